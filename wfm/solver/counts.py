"""What tours count, compiled: each grid of coefficients once, however many limits and roles use it.

Cells that differ by a factor only, as in the shares of a team, are one grid with two factors.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wfm.limit import Cells

Ints = NDArray[np.int64]
Rows = NDArray[np.int32]
NOTHING = -1
"""Grid of cells that count nothing."""


class Layout(NamedTuple):
    """Grids one below the other, as kernels read them; the arrays are those of `Grids`."""

    day: Ints
    begin: Ints
    rows: Rows
    low: Ints
    high: Ints


class Grids:
    """Distinct grids of coefficients, their rows one below the other.

    Attributes
    ----------
    day, begin : ndarray of int, shape (grids,), (grids + 1,)
        First day of each grid, and where its rows begin.
    rows : ndarray of int, shape (rows, options + 1)
        Coefficients; the last column is a day off.
    low, high : ndarray of int, shape (rows,)
        Smallest and largest coefficient of each row.
    last : ndarray of int, shape (grids,)
        Last day of each grid.
    layout : Layout
        All of these but the last days, for kernels.
    """

    def __init__(self, columns: int) -> None:
        self.columns = columns
        self._seen: dict[tuple[int, int], tuple[int, int]] = {}
        self._known: dict[tuple[int, bytes], int] = {}
        self._day: list[int] = []
        self._blocks: list[Rows] = []

    def add(self, cells: Cells) -> tuple[int, int]:
        """Number of the grid of some cells, and their factor; the cells must be kept."""
        key = (cells.day, id(cells.grid))
        if key not in self._seen:
            self._seen[key] = self._add(cells)
        return self._seen[key]

    def _add(self, cells: Cells) -> tuple[int, int]:
        rows = np.flatnonzero(cells.grid.any(axis=1))
        if not len(rows):
            return NOTHING, 0
        grid = cells.grid[rows[0] : rows[-1] + 1]
        factor = int(np.gcd.reduce(grid[grid != 0]))
        factor *= 1 if grid[grid != 0][0] > 0 else -1
        block = np.zeros((len(grid), self.columns), dtype=np.int32)
        block[:, :-1] = grid // factor
        day = cells.day + int(rows[0])
        number = self._known.setdefault((day, block.tobytes()), len(self._blocks))
        if number == len(self._blocks):
            self._day.append(day)
            self._blocks.append(block)
        return number, factor

    def close(self) -> None:
        """Lay the grids out; none can be added any more."""
        self.day = np.array(self._day, dtype=np.int64)
        sizes = [len(block) for block in self._blocks]
        self.begin = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        nothing = np.zeros((0, self.columns), dtype=np.int32)
        self.rows = np.concatenate([nothing, *self._blocks])
        self.low = self.rows.min(axis=1).astype(np.int64)
        self.high = self.rows.max(axis=1).astype(np.int64)
        self.last = self.day + np.diff(self.begin) - 1
        self.layout = Layout(self.day, self.begin, self.rows, self.low, self.high)
        self._seen, self._known, self._blocks = {}, {}, []

    def count(self, which: Ints, tour: Ints) -> Ints:
        """What some grids count on a tour, shape ``(which,)``."""
        found = np.empty(len(which), dtype=np.int64)
        count(which, self.day, self.begin, self.rows, tour, found)
        return found


@njit(cache=True, nogil=True)
def count_one(grid: int, day: Ints, begin: Ints, rows: Rows, tour: Ints) -> int:
    """What one grid counts on a tour."""
    total = 0
    at = day[grid]
    for row in range(begin[grid], begin[grid + 1]):
        total += rows[row, tour[at]]
        at += 1
    return total


@njit(cache=True, nogil=True)
def count(which: Ints, day: Ints, begin: Ints, rows: Rows, tour: Ints, found: Ints) -> None:
    """Fill `found` with what some grids count on a tour."""
    for place in range(which.size):
        found[place] = count_one(which[place], day, begin, rows, tour)
