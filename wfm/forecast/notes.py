"""What a planner should know of a plan's past before trusting its forecast."""

from __future__ import annotations

from datetime import date, timedelta

from wfm.forecast.calendar import holiday_dates
from wfm.forecast.history import History

STALE = timedelta(days=28)


def notes_on(history: History, start: date, days: int, country: str | None) -> tuple[str, ...]:
    """Findings of a history, and what it cannot teach of the days to plan, in sentences.

    Parameters
    ----------
    history : History
        The past.
    start : datetime.date
        First day to plan.
    days : int
        Number of days.
    country : str or None
        Whose public holidays count, as :class:`wfm.forecast.ProfileForecaster` takes it.
    """
    found = [str(finding) for finding in history.findings]
    local = history.frame["start"].dt.tz_convert(history.timezone).dt.date
    before = [day for day in (local.min(), local.max()) if day < start]
    newest = max((day for day in local.unique() if day < start), default=None)
    if newest is not None and start - newest > STALE:
        found.append(f"old history: it ends on {newest}, {(start - newest).days} days before.")
    if country and before:
        found += _untaught(before[0], start, days, country)
    return tuple(found)


def _untaught(oldest: date, start: date, days: int, country: str) -> list[str]:
    last = start + timedelta(days=days - 1)
    known = holiday_dates(country, range(oldest.year, last.year + 1))
    if any(oldest <= day < start for day in known):
        return []
    return [
        f"holiday: {name} on {day} is planned as an ordinary day; the history holds no holiday."
        for day, name in sorted(known.items())
        if start <= day <= last
    ]
