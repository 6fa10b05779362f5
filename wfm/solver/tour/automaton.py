"""Automata: what must be known of the days before, as states, and the steps from day to day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wfm.solver.tour.distinct import unique_rows

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Layer:
    """One day of an automaton.

    Attributes
    ----------
    kind : ndarray of int, shape (options + 1,)
        Class of each column, -1 where it is not open; the last is a day off.
    follow : ndarray of int, shape (states, kinds)
        State after the day, -1 where no tour is left that keeps the promise.
    toll : ndarray, shape (states, kinds)
        Cost that is decided on the day.
    """

    kind: Ints
    follow: Ints
    toll: Floats


@dataclass(frozen=True, eq=False)
class Automaton:
    """Layers for the days from `first` on; it starts and ends in its state 0."""

    first: int
    layers: tuple[Layer, ...]

    @property
    def peak(self) -> int:
        """Most states before any day."""
        return max(len(layer.follow) for layer in self.layers)


def merged(layers: list[Layer], until: int = 0) -> list[Layer]:
    """Merge states from which all tours go on alike, and kinds that all states take alike.

    Parameters
    ----------
    layers : list of Layer
        The layers of some days in a row, of which the last leads to living states only.
    until : int
        Below this index layers are as they should be, if the states that they lead to are.
    """
    layers = list(layers)
    place: Ints | None = None
    for index in range(len(layers) - 1, -1, -1):
        if place is None and index < until:
            break
        layer = layers[index]
        follow = layer.follow if place is None else np.append(place, -1)[layer.follow]
        toll = np.where(follow < 0, 0.0, layer.toll)
        alive = np.asarray((follow >= 0).any(axis=1))
        alive[0] |= not alive.any()
        rows = np.hstack([follow[alive], _bits(toll[alive])])
        kept, which = unique_rows(rows)
        after, cost = kept[:, : follow.shape[1]], kept[:, follow.shape[1] :]
        columns, same = unique_rows(np.vstack([after, cost]).T)
        kind = np.append(same, -1)[layer.kind]
        states = len(kept)
        layers[index] = Layer(
            kind,
            np.ascontiguousarray(columns[:, :states].T),
            np.ascontiguousarray(columns[:, states:].T).view(np.float64),
        )
        place = np.full(len(follow), -1, dtype=np.int64)
        place[alive] = which
        if np.array_equal(place, np.arange(len(follow))):
            place = None
    return layers


def _bits(values: Floats) -> Ints:
    return np.ascontiguousarray(values + 0.0).view(np.int64)
