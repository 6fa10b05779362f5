"""The stretches of time over which service is counted, and what they are called."""

from __future__ import annotations

from typing import Literal

from wfm.errors import InputError
from wfm.problem import Problem

By = Literal["horizon", "week", "day", "interval"]
STRETCHES: tuple[By, ...] = ("horizon", "week", "day", "interval")


def whole_name(problem: Problem) -> str:
    """First and last date of the horizon: ``2026-12-07/2026-12-13``."""
    last = problem.horizon.date_of(problem.horizon.days - 1)
    return f"{problem.horizon.start.isoformat()}/{last.isoformat()}"


def day_names(problem: Problem) -> list[str]:
    """Dates of the horizon."""
    return [problem.horizon.date_of(day).isoformat() for day in range(problem.horizon.days)]


def slot_names(problem: Problem, by: By) -> list[str]:
    """What the stretch is called in which each slot lies; raises `InputError` for others."""
    if by not in STRETCHES:
        raise InputError("by", f"be one of {', '.join(STRETCHES)}", by)
    horizon = problem.horizon
    if by == "horizon":
        return [whole_name(problem)] * horizon.slots
    if by == "interval":
        minutes = range(0, horizon.minutes, horizon.interval)
        return [horizon.local(minute).isoformat(timespec="minutes") for minute in minutes]
    names = day_names(problem)
    if by == "week":
        weeks = [horizon.date_of(day).isocalendar() for day in range(horizon.days)]
        names = [f"{week.year}-W{week.week:02d}" for week in weeks]
    return [names[day] for day in horizon.slot_days]
