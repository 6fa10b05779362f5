"""Paid time as judges tell it; the limits have their own reading."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

from wfm.horizon import Horizon
from wfm.problem import Problem
from wfm.rules._judge import iso_weeks
from wfm.schedule import Schedule


def paid_on(past: Schedule, planned: Schedule, agent: str, days: Collection[int]) -> list[int]:
    """Paid minutes of the shifts that start on some days: before the horizon, and in it."""
    return [
        sum(shift.paid_minutes for shift in shifts.of(agent) if shift.day in days)
        for shifts in (past, planned)
    ]


def told(problem: Problem, agent: str, minutes: Collection[int], when: str) -> str:
    """How much paid time someone has, as the begin of a sentence."""
    carried, paid = minutes
    before = f", {hours(carried)} h of them before the horizon" if carried else ""
    return f"{problem.agent(agent)} has {hours(carried + paid)} h of paid time {when}{before}"


def in_the_week(problem: Problem, days: list[int]) -> str:
    """Name a week by its first and last day."""
    label = problem.horizon.day_label
    return f"in the week from {label(days[0])} to {label(days[-1])}"


def hours(minutes: int) -> str:
    """Minutes as hours for people."""
    return f"{round(minutes / 60, 2):g}"


def stretches(
    problem: Problem, per: str, *, counted: bool
) -> Iterator[tuple[list[int], str, bool]]:
    """Days over which paid time is added up, how to call them, and whether all are known.

    Parameters
    ----------
    problem : Problem
        Its horizon and previous period.
    per : {"day", "week", "month", "horizon"}
        How long each is.
    counted : bool
        Whether a counter tells what was worked in the first month before the horizon.
    """
    horizon = problem.horizon
    inside = list(range(horizon.days))
    if per == "horizon":
        yield inside, "in the horizon", True
    elif per == "day":
        yield from (([day], f"on {horizon.day_label(day)}", True) for day in inside)
    elif per == "week":
        earliest = -7 if problem.previous.shifts else 0
        for days in iso_weeks(horizon):
            known = days[0] >= earliest and days[-1] < horizon.days
            yield days, in_the_week(problem, days), known
    else:
        for days in _months(horizon):
            known = (counted or days[0] >= 0) and days[-1] < horizon.days
            yield days, f"in {horizon.date_of(days[0]):%B %Y}", known


def _months(horizon: Horizon) -> list[list[int]]:
    """All days, by index, of each calendar month that the horizon touches."""
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    for day in range(-31, horizon.days + 31):
        when = horizon.date_of(day)
        found[when.year, when.month].append(day)
    return [days for days in found.values() if days[-1] >= 0 and days[0] < horizon.days]
