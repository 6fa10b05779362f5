"""Weeks in a row, as judges read them; the solver's side never does."""

from __future__ import annotations

from datetime import date, timedelta

from wfm.horizon import Horizon
from wfm.problem import Problem


def whole_weeks(problem: Problem, weeks: int, anchor: date | None) -> list[list[int]]:
    """Days, by index, of each `weeks` ISO weeks in a row that end inside the horizon.

    They begin inside the horizon too, or in the week of the first of the previous period's shifts
    or later. With an anchor they follow each other without overlap, one from the anchor's week on.

    Parameters
    ----------
    problem : Problem
        The problem.
    weeks : int
        How many.
    anchor : datetime.date, optional
        A date of the first week of one of them.
    """
    horizon = problem.horizon
    begin = horizon.date_of(first_known(problem))
    end = horizon.start + timedelta(days=horizon.days)
    monday = begin if begin == _monday(begin) else _monday(begin) + timedelta(days=7)
    found = []
    while monday + timedelta(weeks=weeks) <= end:
        if anchor is None or (monday - _monday(anchor)).days // 7 % weeks == 0:
            first = horizon.day(monday)
            found.append(list(range(first, first + 7 * weeks)))
        monday += timedelta(days=7)
    return found


def first_known(problem: Problem) -> int:
    """Monday of the week of the previous period's first shift, or the horizon's first day."""
    past = [shift.day for shift in problem.previous.shifts]
    return problem.horizon.day(_monday(problem.horizon.date_of(min(past)))) if past else 0


def _monday(when: date) -> date:
    return when - timedelta(days=when.weekday())


def told(horizon: Horizon, days: list[int]) -> str:
    """Some days in a row for people: ``from Mon 7 Dec to Sun 13 Dec``."""
    return f"from {horizon.day_label(days[0])} to {horizon.day_label(days[-1])}"


def count(days: int) -> str:
    """A number of days for people."""
    return "1 day" if days == 1 else f"{days} days"
