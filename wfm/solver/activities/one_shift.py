"""One shift with its breaks and activities laid into it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wfm.solver.activities.arrangement import arrange, read_back
from wfm.solver.activities.items import Item
from wfm.solver.activities.worths import Worths

if TYPE_CHECKING:
    from wfm.solver.search import Search

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Wanted = dict[int, float]
"""Items by identity, with the cost of their lack."""


@dataclass(frozen=True, eq=False)
class Laid:
    """One shift with every set of its items laid into it.

    Attributes
    ----------
    items : tuple of Item
        What the shift may hold; sets are of those for which there is a time.
    rows : ndarray of int, shape (items,)
        Place of each of them among all items of the day.
    absent : tuple of Item
        Those for which there is none.
    first : int
        First slot of the shift.
    best : ndarray, shape (2 ** items,)
        Least loss of each set.
    choice, pause, size : ndarray of int
        As in `arrange`.
    """

    items: tuple[Item, ...]
    rows: Ints
    absent: tuple[Item, ...]
    first: int
    best: Floats
    choice: Ints
    pause: Ints
    size: Ints

    def read(self, held: int, places: Ints, marks: Ints) -> None:
        """Fill in where the shift's breaks, and a set of its items, begin."""
        starts = np.empty(len(self.items), dtype=np.int64)
        read_back(self.choice, held, self.pause, self.size, places, starts)
        places[: self.choice.shape[2] - 1] += self.first
        marks[:] = -1
        marks[self.rows] = np.where(starts < 0, -1, starts + self.first)

    def set_of(self, rows: Iterable[int]) -> int:
        """The set that holds the items of some places, -1 if one of them has no time."""
        known = {row: 1 << bit for bit, row in enumerate(self.rows.tolist())}
        bits = [known.get(row, -1) for row in rows]
        return -1 if -1 in bits else sum(bits)

    def costs(self, prices: Wanted) -> tuple[Floats, Ints]:
        """Loss and lacks of each set; and of each set those that other shifts may hold too."""
        sets = np.arange(len(self.best))
        cost, others = self.best.copy(), 0
        length = self.choice.shape[0] - 1
        for bit, item in enumerate(self.items):
            if not item.local:
                others |= 1 << bit
            elif length > item.longer:
                cost += prices[id(item)] * (sets >> bit & 1 == 0)
        cost += sum(prices[id(i)] for i in self.absent if i.local and length > i.longer)
        return cost, sets & others


def lay(
    search: Search,
    items: tuple[Item, ...],
    shift: tuple[int, int],
    worths: Worths,
    times: Ints,
) -> Laid:
    """Lay breaks and items into a shift.

    Parameters
    ----------
    search : Search
        Holds the compiled problem.
    items : tuple of Item
        What the shift may hold.
    shift : tuple of int
        Its day and option.
    worths : Worths
        What the agent is worth.
    times : ndarray of int, shape (meetings,)
        Slot in which each meeting begins, -1 if at none.
    """
    instance = search.instance
    day, option = shift
    first, length = int(instance.first[day, option]), int(instance.length[option])
    sums = _sums(worths.usual, first, length)
    lost = np.full((len(items), length + 1), np.inf)
    for row, item in enumerate(items):
        may = item.open(first, length)
        if item.meeting >= 0:
            may = may & (np.arange(length + 1) + first == times[item.meeting])
        at = np.flatnonzero(may)
        lost[row, at] = sums[at + item.slots + item.rest] - sums[at]
        if item.group >= 0:
            earned = _sums(worths.turns[item.group], first, length)
            lost[row, at] -= earned[at + item.slots] - earned[at]
    able = np.isfinite(lost).any(axis=1)
    rows = np.flatnonzero(able)
    absent = tuple(item for item, may in zip(items, able.tolist(), strict=True) if not may)
    items, lost = tuple(items[row] for row in rows), lost[rows]
    size = np.array([item.slots + item.rest for item in items], dtype=np.int64)
    after = np.array([item.after for item in items], dtype=bool)
    count = int(instance.counts[option])
    best = np.empty(1 << len(items))
    choice = np.empty((length + 1, len(best), count + 1), dtype=np.int64)
    windows = (instance.earliest[option], instance.latest[option], instance.pause[option])
    arrange(sums, *windows, count, size, after, lost, best, choice)
    return Laid(items, rows, absent, first, best, choice, instance.pause[option], size)


def _sums(worth: Floats, first: int, length: int) -> Floats:
    return np.concatenate([[0.0], np.cumsum(worth[first : first + length])])
