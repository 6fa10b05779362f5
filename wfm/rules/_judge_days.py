"""Chosen days as judges read them; the limits have their own reading."""

from __future__ import annotations

from datetime import date

from wfm.horizon import WEEKDAYS, Horizon


def is_chosen(
    horizon: Horizon,
    day: int,
    days: tuple[str, ...],
    weeks: str | tuple[int, ...],
    anchor: date | None = None,
) -> bool:
    """Whether a day counts as one of some weekdays, in one of some ISO weeks.

    Parameters
    ----------
    horizon : Horizon
        Whose day it is.
    day : int
        Its index.
    days : tuple of str
        The weekdays.
    weeks : {"every", "even", "odd"} or tuple of int
        The weeks.
    anchor : datetime.date, optional
        A date of an even week, from which they are counted.
    """
    when = horizon.date_of(day)
    week = when.isocalendar().week
    if anchor is not None:
        mondays = [one.toordinal() - one.weekday() for one in (anchor, when)]
        week = abs(mondays[1] - mondays[0]) // 7
    fits = {"every": True, "even": week % 2 == 0, "odd": week % 2 == 1}
    in_week = fits[weeks] if isinstance(weeks, str) else week in weeks
    return in_week and WEEKDAYS[horizon.day_type(day)] in days
