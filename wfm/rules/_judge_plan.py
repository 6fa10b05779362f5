"""What the judges of plans made before read and tell; the solver's side never does."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from wfm.horizon import Horizon
from wfm.problem import Problem
from wfm.rules._assignment import Assignment
from wfm.schedule import Shift


def elapsed(horizon: Horizon, day: date, text: str) -> int:
    """Elapsed minute at which the wall clock of a date shows ``"HH:MM"``."""
    hours, minutes = text.split(":")
    ahead = timedelta(hours=int(hours), minutes=int(minutes))
    return horizon.elapsed(datetime.combine(day, time()) + ahead)


def hours_told(horizon: Horizon, template: str, start: int, end: int) -> str:
    """A shift in words: its template and its hours on the wall clock."""
    first, last = (f"{horizon.local(at):%H:%M}" for at in (start, end))
    return f"a shift {template!r} {first}–{last}"


def differs(problem: Problem, one: Assignment, shift: Shift | None) -> bool:
    """Whether a shift, or a day without one, is not as an assignment says."""
    if shift is None:
        return not one.off
    if one.off:
        return one.until is None or shift.start < elapsed(problem.horizon, one.day, one.until)
    return (
        (one.template is not None and shift.template != one.template)
        or (one.start is not None and shift.start != elapsed(problem.horizon, one.day, one.start))
        or (one.minutes is not None and shift.end - shift.start != one.minutes)
    )
