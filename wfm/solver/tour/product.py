"""The product of automata: what a tour programme knows of all promises at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wfm.solver.tour.automaton import Automaton, Layer, merged
from wfm.solver.tour.distinct import unique_rows

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
MOST_STATES = 8_000
"""Before any one day."""
MOST_MOVES = 4_000_000
"""States by kinds that a product may take on a day on its way."""


def idle(cells: Bools) -> Layer:
    """A day on which nothing need be known, by the columns that are open."""
    kind = np.where(cells, 0, -1)
    return Layer(kind, np.zeros((1, 1), dtype=np.int64), np.zeros((1, 1)))


def multiplied(
    layers: list[Layer], other: Automaton, more: int = 1, in_all: int | None = None
) -> list[Layer] | None:
    """Multiply the layers of all days with an automaton of some; None if that is too large.

    Parameters
    ----------
    more : int
        How many times the usual number of states and moves there may be on a day.
    in_all : int or None
        States over all days, before those that cannot be told apart are merged; None for any.
    """
    found = list(layers)
    first, last = other.first, other.first + len(other.layers) - 1
    mine = np.arange(len(layers[first].follow))
    theirs = np.zeros_like(mine)
    passed = 0
    for day, theirs_layer in enumerate(other.layers, first):
        layer = layers[day]
        kinds, kind = _both(layer.kind, theirs_layer.kind)
        if len(mine) * len(kinds) > MOST_MOVES * more:
            return None
        after = layer.follow[mine][:, kinds[:, 0]]
        beside = theirs_layer.follow[theirs][:, kinds[:, 1]]
        width = len(other.layers[day + 1 - first].follow) if day < last else 1
        codes = np.where((after < 0) | (beside < 0), -1, after * width + beside)
        toll = layer.toll[mine][:, kinds[:, 0]] + theirs_layer.toll[theirs][:, kinds[:, 1]]
        if day < last:
            states, codes = _renumbered(codes)
            passed += len(states)
            if len(states) > MOST_STATES * more or (in_all and passed > in_all):
                return None
            states = states if len(states) else np.zeros(1, dtype=np.int64)
            mine, theirs = states // width, states % width
        found[day] = Layer(kind, codes, toll)
    return merged(found[: last + 1], first) + found[last + 1 :]


def _both(one: Ints, other: Ints) -> tuple[Ints, Ints]:
    """Pairs of classes that some column is in, and which of them each column is."""
    cells = np.flatnonzero(one >= 0)
    pairs, which = unique_rows(np.stack([one[cells], other[cells]], axis=1))
    kind = np.full(len(one), -1, dtype=np.int64)
    kind[cells] = which
    return pairs, kind


def _renumbered(codes: Ints) -> tuple[Ints, Ints]:
    """Distinct numbers from 0 on in their order, and which of them each is; -1 stays."""
    seen = np.zeros(int(codes.max(initial=-1)) + 2, dtype=bool)
    seen[codes] = True
    seen[-1] = False
    place = np.cumsum(seen) - 1
    place[-1] = -1
    return np.flatnonzero(seen), place[codes]


def reached(layers: list[Layer]) -> list[Layer]:
    """Leave out the states that no tour comes to."""
    found = []
    states = np.zeros(1, dtype=np.int64)
    for layer in layers:
        after, follow = _renumbered(layer.follow[states])
        found.append(Layer(layer.kind, follow, layer.toll[states]))
        states = after if len(after) else np.zeros(1, dtype=np.int64)
        if not len(after):
            break
    for layer in layers[len(found) :]:
        nowhere = np.full((1, layer.follow.shape[1]), -1, dtype=np.int64)
        found.append(Layer(layer.kind, nowhere, np.zeros(nowhere.shape)))
    return found
