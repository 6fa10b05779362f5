"""Schedules and demand as tables: long for machines, wide for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from wfm.demand import Demand
from wfm.problem import Problem
from wfm.schedule import SHIFT, Schedule, Shift

if TYPE_CHECKING:
    from wfm.horizon import Horizon

BETWEEN = ";"
"""Between the queues of an activity."""


def schedule_frame(problem: Problem, schedule: Schedule) -> pd.DataFrame:
    """Long table of a schedule: a row for each shift, and for each break and activity in it.

    Parameters
    ----------
    problem : Problem
        Whose agents and days.
    schedule : Schedule
        Who works when.

    Returns
    -------
    pandas.DataFrame
        ``agent``, ``name``, ``date`` and ``day`` (of the shift's start), ``start`` and ``end``
        (local, ISO 8601 with their offset), ``activity`` (``shift``, the break's label, or what
        the activity is called), ``template`` and ``paid_minutes``. A shift's row spans its breaks
        and activities and holds all of its paid minutes, their rows hold none, so that the column
        sums up. If an activity answers queues, there is a column ``queues`` too.
    """
    rows = []
    for shift in schedule.shifts:
        rows.append(_row(problem, shift, (shift.start, shift.end), SHIFT, shift.paid_minutes))
        inside = [(b.start, b.end, b.label) for b in shift.breaks]
        inside += [(a.start, a.end, a.activity) for a in shift.activities]
        rows += [_row(problem, shift, (start, end), name, 0) for start, end, name in sorted(inside)]
    columns = ["agent", "name", "date", "day", "start", "end"]
    table = pd.DataFrame(rows, columns=[*columns, "activity", "template", "paid_minutes"])
    answered = {
        (shift.agent, problem.horizon.local(a.start).isoformat(), a.activity): a.queues
        for shift in schedule.shifts
        for a in shift.activities
        if a.queues
    }
    if answered:
        keys = zip(table["agent"], table["start"], table["activity"], strict=True)
        table["queues"] = [BETWEEN.join(answered.get(key, ())) for key in keys]
    return table


def _row(
    problem: Problem, shift: Shift, span: tuple[int, int], activity: str, paid: int
) -> tuple[object, ...]:
    horizon = problem.horizon
    return (
        shift.agent,
        str(problem.agent(shift.agent)),
        horizon.date_of(shift.day).isoformat(),
        shift.day,
        horizon.local(span[0]).isoformat(),
        horizon.local(span[1]).isoformat(),
        activity,
        shift.template,
        paid,
    )


def roster_frame(problem: Problem, schedule: Schedule) -> pd.DataFrame:
    """Wide table of a schedule: agents by days, for people to read.

    Parameters
    ----------
    problem : Problem
        Whose agents and days.
    schedule : Schedule
        Who works when.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``agent``; ``name``, ``contract``, ``paid_hours`` and a column for each day,
        such as ``Mon 2026-12-07``, with cells such as ``08:00–16:30 day``, empty when off.
    """
    horizon = problem.horizon
    days = range(horizon.days)
    headings = [f"{horizon.day_label(day)[:3]} {horizon.date_of(day)}" for day in days]
    cells = {agent.id: dict.fromkeys(headings, "") for agent in problem.agents}
    for shift in schedule.shifts:
        if shift.day in days:
            cells[shift.agent][headings[shift.day]] = shift_label(horizon, shift)
    people = {
        agent.id: {
            "name": str(agent),
            "contract": agent.contract,
            "paid_hours": sum(shift.paid_minutes for shift in schedule.of(agent.id)) / 60,
            **cells[agent.id],
        }
        for agent in problem.agents
    }
    return pd.DataFrame.from_dict(people, orient="index").rename_axis("agent")


def shift_label(horizon: Horizon, shift: Shift) -> str:
    """Write a shift for people: ``08:00–16:30 day``."""
    start, end = horizon.local(shift.start), horizon.local(shift.end)
    return f"{start:%H:%M}–{end:%H:%M} {shift.template}"


def demand_frame(demand: Demand) -> pd.DataFrame:
    """Long table of a demand: a row for each queue and interval.

    Parameters
    ----------
    demand : Demand
        What the queues ask for.

    Returns
    -------
    pandas.DataFrame
        ``queue``, ``start`` (local, ISO 8601 with its offset), ``contacts``, ``aht`` (seconds)
        and ``required`` (scheduled agents). If there is deferred work, ``due`` too: contacts that
        must be done by the end of the interval; empty for other queues.
    """
    horizon = demand.horizon
    starts = [
        horizon.local(minute).isoformat() for minute in range(0, horizon.minutes, horizon.interval)
    ]
    table = pd.DataFrame(
        {
            "queue": [queue.id for queue in demand.queues for _ in starts],
            "start": starts * len(demand.queues),
            "contacts": demand.contacts_array.ravel(),
            "aht": demand.aht_array.ravel(),
            "required": demand.required_array.ravel(),
        }
    )
    if demand.works:
        due = np.full(demand.contacts_array.shape, np.nan)
        for row, work in demand.works.items():
            due[row] = np.diff(work.due_array, prepend=0.0)
        table["due"] = due.ravel()
    return table
