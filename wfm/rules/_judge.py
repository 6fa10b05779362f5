"""What several judges read; the solver's side never does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, time, timedelta

from wfm.horizon import Horizon
from wfm.window import Window


def occurrences(
    windows: Iterable[Window], horizon: Horizon, before: int = 2
) -> list[tuple[int, int]]:
    """Every time of the windows that a shift of the horizon may reach.

    Parameters
    ----------
    windows : iterable of Window
        The windows.
    horizon : Horizon
        The days looked at, with two after them.
    before : int
        How many days before them to look at too.

    Returns
    -------
    list of tuple of int
        Elapsed minutes ``[start, end)``, window by window.
    """
    found = []
    for window in windows:
        for day in range(-before, horizon.days + 2):
            when = horizon.date_of(day)
            if window.holds(when, horizon.day_type(day)):
                start = datetime.combine(when, time()) + since_midnight(window.start)
                end = datetime.combine(when, time()) + since_midnight(window.end)
                end += timedelta(days=int(end <= start))
                found.append((horizon.elapsed(start), horizon.elapsed(end)))
    return found


def since_midnight(text: str) -> timedelta:
    """Time from midnight to ``"HH:MM"`` on the wall clock."""
    hours, minutes = text.split(":")
    return timedelta(hours=int(hours), minutes=int(minutes))


def iso_weeks(horizon: Horizon) -> list[list[int]]:
    """All seven days, by index, of each ISO week that the horizon touches."""
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    for day in range(-7, horizon.days + 7):
        year, week, _ = horizon.date_of(day).isocalendar()
        found[year, week].append(day)
    return [days for days in found.values() if days[-1] >= 0 and days[0] < horizon.days]
