"""Weekends as judges read them; the limits have their own reading."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from wfm.horizon import Horizon
from wfm.schedule import Shift


def saturday(when: date) -> date:
    """Saturday of the ISO week of a date."""
    return when + timedelta(days=6 - when.isoweekday())


def saturdays_worked(
    shifts: Iterable[Shift], horizon: Horizon, from_friday: str | None = None
) -> set[date]:
    """Saturday of each weekend on which a shift starts, or into which one of Friday reaches."""
    found = set()
    for shift in shifts:
        when = horizon.date_of(shift.day)
        late = False
        if from_friday is not None and when.isoweekday() == 5:
            hours, minutes = map(int, from_friday.split(":"))
            late_from = datetime.combine(when, datetime.min.time())
            late_from += timedelta(hours=hours, minutes=minutes)
            late = shift.end > horizon.elapsed(late_from)
        if when.isoweekday() > 5 or late:
            found.add(saturday(when))
    return found


def saturdays_of(horizon: Horizon) -> list[date]:
    """Saturday of each week that the horizon touches."""
    return sorted({saturday(horizon.date_of(day)) for day in range(horizon.days)})
