"""Which shifts have room for an activity beside their breaks, for `limits`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from wfm.limit import AnyOf, Cells, Grid, Limit
from wfm.shift import Break

Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Room:
    """Where an activity can be held.

    Attributes
    ----------
    x : Grid
        The days and shift options.
    starts : ndarray of bool, shape (options, slots)
        Whether it can begin so many intervals into a shift.
    times : ndarray of bool
        Whether it may begin in a slot.
    """

    x: Grid
    starts: Bools
    times: Bools

    @cached_property
    def _first(self) -> NDArray[np.int64]:
        return self.x.options.start // self.x.horizon.interval

    def alone(self, days: range) -> Cells:
        """One for each shift of the days that has room at some time."""
        into = np.arange(self.starts.shape[1])
        slot = self._first[days[0] : days[-1] + 1, :, None] + into
        inside = slot < len(self.times)
        free = inside & self.times[np.where(inside, slot, 0)] & self.starts
        return Cells(days[0], np.asarray(free.any(axis=2), dtype=np.int64))

    def together(self, days: range, agents: tuple[str, ...], least: int) -> Limit:
        """At not every time do fewer than `least` of the agents have a shift with room."""
        rooms: dict[tuple[int, bytes], Cells] = {}
        for slot in np.flatnonzero(self.times).tolist():
            cells = self._at(slot, days)
            if cells is not None:
                rooms.setdefault((cells.day, cells.grid.tobytes()), cells)
        short = tuple(AnyOf((-cells,) * len(agents), over=-least) for cells in rooms.values())
        nothing = (self.x.nothing,) * len(agents)
        return Limit(nothing, len(short) - 1, (agents,), any_of=short)

    def _at(self, slot: int, days: range) -> Cells | None:
        """One for each shift of the days with room from a slot on; None if none has."""
        into = slot - self._first[days[0] : days[-1] + 1]
        inside = (into >= 0) & (into < self.starts.shape[1])
        option = np.arange(self.starts.shape[0])
        free = inside & self.starts[option, np.where(inside, into, 0)]
        rows = np.flatnonzero(free.any(axis=1))
        if not len(rows):
            return None
        first, last = int(rows[0]), int(rows[-1])
        return Cells(days[0] + first, free[first : last + 1].astype(np.int64))


def open_starts(x: Grid, minutes: int) -> Bools:
    """Whether an activity can begin so many intervals into a shift, shape ``(options, slots)``.

    Breaks are moved inside their windows to make room.
    """
    width, options = x.horizon.interval, x.options
    longest = int(options.length.max())
    found = np.zeros((len(options), longest // width + 1), dtype=bool)
    for template, length in {*zip(options.template.tolist(), options.length.tolist(), strict=True)}:
        breaks = options.templates[template].breaks
        row = np.zeros(found.shape[1], dtype=bool)
        for start in range(0, length - minutes + 1, width):
            row[start // width] = _fits(breaks, start, start + minutes)
        found[(options.template == template) & (options.length == length)] = row
    return found


def _fits(breaks: Iterable[Break], start: int, end: int) -> bool:
    """Whether breaks, each as early as it can be, have room before and after a blocked time."""
    free = 0
    for taken in breaks:
        at = max(free, taken.earliest)
        if at < end and at + taken.minutes > start:
            at = end
        if at > taken.latest:
            return False
        free = at + taken.minutes
    return True


def most_inside(
    breaks: tuple[Break, ...], length: int, minutes: int, begin: tuple[int, int]
) -> int:
    """How many activities of a length, each begun in a window, a shift holds beside its breaks.

    Parameters
    ----------
    breaks : tuple of Break
        In their order.
    length : int
        Of the shift.
    minutes : int
        Of each activity.
    begin : tuple of int
        Earliest and latest minute after the shift's start at which each may begin.
    """
    # Soonest minute at which so many breaks have been taken, by how many activities were held.
    soonest: dict[int, int] = {0: 0}
    for taken in (*breaks, None):
        for count in range(length // minutes):
            if count in soonest:
                at = max(soonest[count], begin[0])
                if at <= begin[1] and at + minutes <= length:
                    soonest[count + 1] = min(soonest.get(count + 1, length), at + minutes)
        if taken is not None:
            starts = {count: max(free, taken.earliest) for count, free in soonest.items()}
            soonest = {
                count: at + taken.minutes for count, at in starts.items() if at <= taken.latest
            }
    return max(soonest)
