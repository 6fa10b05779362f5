"""Runs of working days and of days off, as judges read them; the solver's side never does."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from wfm.problem import Problem
from wfm.rules._judge_weeks import count
from wfm.schedule import Schedule


def short_runs(
    problem: Problem,
    schedule: Schedule,
    agent: str,
    least: int,
    *,
    worked: bool,
    templates: tuple[str, ...] = (),
) -> Iterator[tuple[int, int, str, str]]:
    """Day, missing days, length and dates in words of each whole run shorter than `least` days.

    Parameters are those of :func:`whole_runs`; the day is the run's last, or the horizon's first.
    """
    label = problem.horizon.day_label
    for first, last in whole_runs(problem, schedule, agent, worked=worked, templates=templates):
        run = last - first + 1
        if run < least:
            when = label(first) + (f" to {label(last)}" if run > 1 else "")
            yield max(0, last), least - run, count(run), when


def whole_runs(
    problem: Problem,
    schedule: Schedule,
    agent: str,
    *,
    worked: bool,
    templates: tuple[str, ...] = (),
) -> Iterator[tuple[int, int]]:
    """First and last day of each run of which it is known how it began and how it ended.

    The day that ends it lies inside the horizon.

    Parameters
    ----------
    problem : Problem
        The problem.
    schedule : Schedule
        Its schedule.
    agent : str
        Whose runs.
    worked : bool
        Runs of working days, or of days off.
    templates : tuple of str
        If given, a day is worked only by a shift of one of these.
    """
    shifts = [*problem.previous.shifts, *schedule.shifts]
    known = min((shift.day for shift in problem.previous.shifts), default=0)
    mine = {
        shift.day
        for shift in shifts
        if shift.agent == agent and (not templates or shift.template in templates)
    }
    for working, group in groupby(range(known, problem.horizon.days), mine.__contains__):
        run = list(group)
        begun_and_ended = known < run[0] and -1 <= run[-1] < problem.horizon.days - 1
        if working == worked and begun_and_ended:
            yield run[0], run[-1]
