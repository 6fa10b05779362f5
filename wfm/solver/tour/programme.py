"""A compiled tour programme: the arrays over which the walk goes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wfm.solver.book import Promise
from wfm.solver.tour.walk import best_tour

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Programme:
    """The compiled programme of one class of agents.

    Attributes
    ----------
    group : ndarray of int, shape (days, options + 1)
        Options that are alike to every limit share a group; -1 where not offered.
    enter, leave, use : ndarray of int, shape (days, groups)
        Class of a group towards the day before, towards the day after, and in the automaton.
    groups : ndarray of int, shape (days,)
        Number of groups of each day.
    step : ndarray, shape (days, leave classes, enter classes)
        Cost of entering a day from the one before.
    begin, uses : ndarray of int, shape (days,)
        Where a day begins in `follow` and `toll`, and its number of uses.
    follow : ndarray of int, shape (moves,)
        State after the day by state and use, -1 where a promise forbids it.
    toll : ndarray, shape (moves,) or (1,)
        Cost of soft promises that is decided there; a single zero where there is none.
    states : ndarray of int, shape (days + 1,)
        Number of states before each day.
    dropped : tuple of Promise
        What it does not carry, for too many states; its tours must be checked for them.
    """

    group: Ints
    enter: Ints
    leave: Ints
    use: Ints
    groups: Ints
    step: Floats
    begin: Ints
    uses: Ints
    follow: NDArray[np.int32]
    toll: Floats
    states: Ints
    dropped: tuple[Promise, ...]

    @property
    def complete(self) -> bool:
        """Whether it carries every limit; if not, its tours must be checked."""
        return not self.dropped

    def best(self, value: Floats) -> tuple[float, Ints]:
        """Best value of a tour and its column on each day.

        Parameters
        ----------
        value : ndarray, shape (days, options + 1)
            Value of each cell; the last column is a day off.

        Returns
        -------
        float
            Minus infinity where no tour keeps the limits.
        ndarray of int, shape (days,)
        """
        tour = np.full(len(value), value.shape[1] - 1, dtype=np.int64)
        total = best_tour(
            value,
            self.group,
            self.enter,
            self.leave,
            self.use,
            self.groups,
            self.step,
            self.begin,
            self.uses,
            self.follow,
            self.toll,
            self.states,
            tour,
        )
        return float(total), tour
