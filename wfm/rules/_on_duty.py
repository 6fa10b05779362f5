"""Stretches of intervals in which the same shifts are on, for limits; judges have `_presence`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from wfm.limit import Cells, Grid
from wfm.schedule import Shift
from wfm.window import Window

BEYOND = 2
"""Days after the horizon into which its last shifts may reach."""


@dataclass(frozen=True, eq=False)
class Stretch:
    """Some intervals in a row in which the same shifts are on.

    Attributes
    ----------
    start, end : int
        Elapsed minutes of the first interval; the others are like it.
    slots : int
        How many intervals.
    cells : Cells
        One for each shift that is on.
    """

    start: int
    end: int
    slots: int
    cells: Cells

    def touched_by(self, shifts: Iterable[Shift]) -> set[str]:
        """Agents who are on in some of each interval, by given shifts."""
        return {shift.agent for shift in shifts if shift.overlap(self.start, self.end)}

    def filled_by(self, shifts: Iterable[Shift]) -> set[str]:
        """Agents who are on in all of each interval, by given shifts."""
        return {s.agent for s in shifts if s.start <= self.start and self.end <= s.end}


def stretches(
    x: Grid, windows: Iterable[Window], past: Iterable[Shift] = (), *, beyond: bool
) -> Iterator[Stretch]:
    """Cut the intervals that the windows touch where the shifts that may be on change.

    Parameters
    ----------
    x : Grid
        The grid.
    windows : iterable of Window
        Which intervals; where windows overlap, each counts once.
    past : iterable of Shift
        Shifts of the previous period whose ends are to be cut at too.
    beyond : bool
        Whether to go on past the horizon's end, as far as its shifts may reach.
    """
    width = x.horizon.interval
    slots = x.horizon.midnight(x.horizon.days + BEYOND * beyond) // width
    needed = np.zeros(slots + 2, dtype=np.int64)
    for start, end in x.spans(windows):
        needed[max(0, start // width) + 1 : max(0, -(-end // width)) + 1] = 1
    needed[slots + 1] = 0
    edges = set(np.flatnonzero(np.diff(needed)).tolist())
    for times in (x.options.start, x.options.end):
        edges.update((times[x.options.offered] // width).tolist())
    for shift in past:
        edges.update((shift.start // width, shift.end // width, -(-shift.end // width)))
    for first, last in pairwise(sorted(edge for edge in edges if 0 <= edge <= slots)):
        start = first * width
        cells = x.overlaps(start, start + width) if needed[first + 1] else None
        if cells is not None:
            yield Stretch(start, start + width, last - first, cells)
