"""Running counts over three days and more, as the tour programme carries them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wfm.solver.book import Entry

Ints = NDArray[np.int64]
State = tuple[tuple[int, int], ...]


@dataclass(frozen=True, eq=False)
class Bound:
    """``sign * count <= most`` at the end of a counter, at a price where it is soft."""

    sign: int
    most: int
    weight: float | None


@dataclass(frozen=True, eq=False)
class Counter:
    """A count over consecutive days, with every bound that is put on it.

    Attributes
    ----------
    key : int
        Tells counters apart in a state.
    first : int
        First day.
    grid : ndarray of int, shape (days, options + 1)
        Coefficients; the last column is a day off.
    bounds : tuple of Bound
        What must hold at its end.
    least, most : ndarray of int, shape (days + 1,)
        Smallest and largest count that the days from each on can still add.
    """

    key: int
    first: int
    grid: Ints
    bounds: tuple[Bound, ...]
    least: Ints
    most: Ints

    @property
    def days(self) -> int:
        """Number of days that it looks at."""
        return len(self.grid)

    @property
    def end(self) -> int:
        """Day after its last."""
        return self.first + self.days

    def use(self, day: int) -> Ints:
        """What each option and a day off add on a day, shape ``(options + 1,)``."""
        if self.first <= day < self.end:
            return np.asarray(self.grid[day - self.first])
        return np.zeros(self.grid.shape[1], dtype=np.int64)

    def judge(self, day: int, count: int) -> float | None:
        """Verdict after a day: infinite if lost, its cost if decided, None if still open."""
        done = day - self.first + 1
        low, high = count + int(self.least[done]), count + int(self.most[done])
        cost = 0.0
        undecided = False
        for bound in self.bounds:
            smallest, largest = (low, high) if bound.sign > 0 else (-high, -low)
            if bound.weight is None and smallest > bound.most:
                return np.inf
            if largest > bound.most:
                undecided = undecided or low < high
                cost += (bound.weight or 0.0) * (largest - bound.most)
        return None if undecided else cost


def counters_of(entries: tuple[Entry, ...], open_cells: NDArray[np.bool_]) -> list[Counter]:
    """Collect the limits that look at three days and more; equal counts are carried once.

    Parameters
    ----------
    entries : tuple of Entry
        Limits of one agent.
    open_cells : ndarray of bool, shape (days, options + 1)
        Cells that may be chosen.
    """
    found: dict[tuple[int, bytes], tuple[int, Ints, list[Bound]]] = {}
    seen: dict[tuple[int, bytes], set[tuple[int, int, float | None]]] = defaultdict(set)
    for entry in entries:
        if len(entry.cells.grid) < 3:
            continue
        grid = np.where(
            open_cells[entry.cells.day : entry.cells.day + len(entry.cells.grid)],
            np.hstack([entry.cells.grid, np.zeros((len(entry.cells.grid), 1), dtype=np.int64)]),
            0,
        )
        nonzero = grid[grid != 0]
        sign = -1 if len(nonzero) and nonzero[0] < 0 else 1
        key = (entry.cells.day, (sign * grid).tobytes())
        terms = (sign, entry.limit.most, entry.weight)
        _, _, bounds = found.setdefault(key, (entry.cells.day, sign * grid, []))
        if terms not in seen[key] or entry.weight is not None:
            bounds.append(Bound(*terms))
            seen[key].add(terms)
    return [
        _counter(number, first, grid, bounds, open_cells)
        for number, (first, grid, bounds) in enumerate(found.values())
    ]


def _counter(
    key: int, first: int, grid: Ints, bounds: list[Bound], open_cells: NDArray[np.bool_]
) -> Counter:
    mine = open_cells[first : first + len(grid)]
    low = np.where(mine, grid, np.iinfo(np.int64).max).min(axis=1)
    high = np.where(mine, grid, np.iinfo(np.int64).min).max(axis=1)
    still = [np.append(np.cumsum(each[::-1])[::-1], 0) for each in (low, high)]
    return Counter(key, first, grid, tuple(bounds), still[0], still[1])
