"""The limits that bind one agent alone, compiled to price a tour in no time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wfm.solver.book import Promise
from wfm.solver.counts import NOTHING, Grids, Rows, count_one

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class OwnLimits:
    """Promises of one class of agents.

    Parameters
    ----------
    found : sequence of Promise
        The promises.
    grids : Grids
        Where their coefficients are kept, to be closed before a tour is priced.
    """

    def __init__(self, found: Sequence[Promise], grids: Grids) -> None:
        self.grids = grids
        lines: list[tuple[int, ...]] = []
        parts: list[tuple[int, ...]] = []
        self._days = [promise.days for promise in found]
        self._first = np.cumsum([0, *(len(promise.entries) for promise in found)])
        for number, promise in enumerate(found):
            for entry in promise.entries:
                grid, factor = self.grids.add(entry.limit.cells[0])
                inner = entry.limit.any_of
                place = (len(parts), len(parts) + len(inner))
                lines.append((grid, factor, entry.limit.most, number, *place))
                parts += [(*self.grids.add(a.cells[0]), a.over, a.factor) for a in inner]
        weights = [p.weight for p in found for _ in p.entries]
        self.weight = np.array([np.inf if w is None else w for w in weights])
        self.lines = np.array(lines, dtype=np.int64).reshape(-1, 6)
        self.parts = np.array(parts, dtype=np.int64).reshape(-1, 4)
        self._all = np.arange(len(lines))

    def cost(self, tour: Ints) -> float:
        """Cost of what a tour breaks, infinite if hard; of a promise the largest breach counts."""
        return self._cost(self._all, tour)

    def part_cost(self, first: int, last: int, tour: Ints) -> float:
        """Cost by the entries ``first..last - 1`` alone, which are whole promises."""
        return self._cost(self._all[first:last], tour)

    def day_cost(self, tour: Ints, day: int) -> Floats:
        """Cost, by the column of a day, of the promises that look at that day and others."""
        chosen = [
            np.arange(self._first[number], self._first[number + 1])
            for number, days in enumerate(self._days)
            if day in days
        ]
        which = np.concatenate(chosen) if chosen else self._all[:0]
        tour = tour.copy()
        found = np.zeros(self.grids.columns)
        for column in range(self.grids.columns):
            tour[day] = column
            found[column] = self._cost(which, tour)
        return found

    def _cost(self, which: Ints, tour: Ints) -> float:
        grids = self.grids
        return float(
            price(
                which,
                self.lines,
                self.parts,
                self.weight,
                grids.day,
                grids.begin,
                grids.rows,
                tour,
            )
        )


@njit(cache=True, nogil=True)
def price(
    which: Ints,
    lines: Ints,
    parts: Ints,
    weight: Floats,
    day: Ints,
    begin: Ints,
    rows: Rows,
    tour: Ints,
) -> float:
    """Cost of some entries on a tour; those of a promise follow each other."""
    total, worst, promise = 0.0, 0.0, -1
    for line in which:
        if lines[line, 3] != promise:
            total, worst, promise = total + worst, 0.0, lines[line, 3]
        over = -lines[line, 2]
        if lines[line, 0] != NOTHING:
            over += lines[line, 1] * count_one(lines[line, 0], day, begin, rows, tour)
        for part in range(lines[line, 4], lines[line, 5]):
            found = 0
            if parts[part, 0] != NOTHING:
                found = parts[part, 1] * count_one(parts[part, 0], day, begin, rows, tour)
            if found > parts[part, 2]:
                over += parts[part, 3]
        if over > 0:
            if np.isinf(weight[line]):
                return np.inf
            worst = max(worst, over * weight[line])
    return total + worst
