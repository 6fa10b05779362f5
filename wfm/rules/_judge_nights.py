"""Night shifts as judges read them; the limits have their own reading."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from wfm.horizon import Horizon
from wfm.rules._night_rule import NightRule
from wfm.schedule import Shift


def night_shifts(shifts: Iterable[Shift], rule: NightRule, horizon: Horizon) -> list[Shift]:
    """Those of some shifts that have enough minutes of the night."""
    return [s for s in shifts if minutes_of_night(s, rule, horizon) >= rule.at_least_minutes]


def minutes_of_night(shift: Shift, rule: NightRule, horizon: Horizon) -> int:
    """Minutes of a shift, breaks included, inside the nights around it."""
    begin, finish = (_after_midnight(text) for text in (rule.window.start, rule.window.end))
    if finish <= begin:
        finish += timedelta(days=1)
    total = 0
    when = horizon.local(shift.start).date() - timedelta(days=3)
    while when <= horizon.local(shift.end).date():
        if rule.window.holds(when, horizon.day_type(horizon.day(when))):
            midnight = datetime.combine(when, time())
            first, last = horizon.elapsed(midnight + begin), horizon.elapsed(midnight + finish)
            total += len(range(max(first, shift.start), min(last, shift.end)))
        when += timedelta(days=1)
    return total


def _after_midnight(text: str) -> timedelta:
    hours, minutes = text.split(":")
    return timedelta(hours=int(hours), minutes=int(minutes))
