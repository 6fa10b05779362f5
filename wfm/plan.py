"""The whole way from a planner's folder to a schedule that has been judged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from wfm.demand import Demand
from wfm.forecast import Change, History, Volume, staff, with_patience
from wfm.forecast.notes import patience_notes
from wfm.io.center import CENTER, Center
from wfm.io.folder import read_center
from wfm.judge.report import Report
from wfm.judge.verify import verify
from wfm.prepare import prepare
from wfm.problem import Problem
from wfm.result import Progress, Result
from wfm.solver.interrupts import heeding_interrupts
from wfm.solver.solve import solve


@dataclass(frozen=True, eq=False)
class Plan:
    """What each step of planning made.

    Attributes
    ----------
    center : Center
        The folder as it was read.
    history : History
        The past, cleaned by the centre's rules.
    changes : tuple of Change
        In what it differs from the past that was read.
    notes : tuple of str
        What was learned from the past, what was changed and what is odd in it, and what it cannot
        teach of the days planned.
    volume : Volume
        The forecast.
    demand : Demand
        What the queues ask for.
    problem : Problem
        What was solved.
    result : Result
        The schedule with its bound, or why there is none.
    report : Report or None
        The judgement of the schedule, if there is one.
    """

    center: Center
    history: History
    changes: tuple[Change, ...]
    notes: tuple[str, ...]
    volume: Volume
    demand: Demand
    problem: Problem
    result: Result
    report: Report | None


def plan_folder(
    folder: str | Path,
    start: date,
    days: int = 7,
    *,
    seconds: float = 60.0,
    seed: int = 1,
    on_progress: Callable[[Progress], object] | None = None,
) -> Plan:
    """Plan some days of a centre: history, forecast, staffing, schedule, judgement.

    Parameters
    ----------
    folder : str or pathlib.Path
        A planner's folder, as :func:`wfm.io.read_center` reads it.
    start : datetime.date
        First day to plan.
    days : int
        Number of days.
    seconds : float
        Time to search for schedules.
    seed : int
        Of everything random.
    on_progress : callable, optional
        As in :func:`wfm.solve`.

    Raises
    ------
    InputError
        Naming file and place, before the search begins.
    """
    center = read_center(folder)
    horizon = center.horizon(start, days)
    previous = center.past(horizon)
    center.check(horizon, Path(folder) / CENTER, previous)
    prepared = prepare(center, start, center=Path(folder) / CENTER)
    ahead = prepared.horizon(start, days)
    volume = prepared.forecaster().forecast(prepared.past, ahead)
    queues = with_patience(center.queues, prepared.past)
    demand = staff(volume, queues, interval=center.interval, busy=center.busy)
    problem = center.problem(demand, previous)
    result = solve(problem, seconds=seconds, seed=seed, on_progress=on_progress)
    with heeding_interrupts():
        report = None if result.schedule is None else verify(problem, result.schedule)
        changes = prepared.cleaned.changes
        learned = patience_notes(center.queues, prepared.past)
        notes = (*learned, *map(str, changes), *prepared.notes(ahead))
    return Plan(center, prepared.past, changes, notes, volume, demand, problem, result, report)
