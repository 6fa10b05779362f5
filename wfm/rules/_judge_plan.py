"""What the judges of plans made before read and tell; the solver's side never does."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from wfm.horizon import Horizon


def elapsed(horizon: Horizon, day: date, text: str) -> int:
    """Elapsed minute at which the wall clock of a date shows ``"HH:MM"``."""
    hours, minutes = text.split(":")
    ahead = timedelta(hours=int(hours), minutes=int(minutes))
    return horizon.elapsed(datetime.combine(day, time()) + ahead)


def hours_told(horizon: Horizon, template: str, start: int, end: int) -> str:
    """A shift in words: its template and its hours on the wall clock."""
    first, last = (f"{horizon.local(at):%H:%M}" for at in (start, end))
    return f"a shift {template!r} {first}–{last}"
