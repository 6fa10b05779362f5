"""Weeks in a row and days in a row, as the solver's side reads them; judges never do."""

from __future__ import annotations

from datetime import date

from wfm.limit import Grid


def known_day(x: Grid) -> int:
    """First day whose shifts are known: the first of the previous period's, or the horizon's."""
    return min((shift.day for shift in x.problem.previous.shifts), default=0)


def known_week(x: Grid) -> int:
    """Monday of the first week of which all is known that will be, or the horizon's first day."""
    day = known_day(x)
    return day - x.horizon.weekday(day) if day < 0 else 0


def stretches(x: Grid, weeks: int, anchor: date | None, since: int = 0) -> list[tuple[int, int]]:
    """First and last day of each `weeks` ISO weeks in a row of which every day is known.

    Parameters
    ----------
    x : Grid
        The grid.
    weeks : int
        How many.
    anchor : datetime.date, optional
        If given, they follow each other without overlap, and one begins with its week.
    since : int
        Earliest last day of the stretches wanted.
    """
    length = 7 * weeks
    days = x.horizon.days
    earliest = max(known_week(x), since - length + 1)
    found = []
    for first in range(earliest + -x.horizon.weekday(earliest) % 7, days - length + 1, 7):
        ahead = 0
        if anchor is not None:
            ahead = (first - x.horizon.day(anchor) + anchor.weekday()) % length
        if not ahead:
            found.append((first, first + length - 1))
    return found
