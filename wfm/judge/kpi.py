"""Who is there, what service that gives, and how it compares with what is required."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from wfm.demand import Demand
from wfm.forecast.erlang import queue_course, queue_level, queue_performance, slot_factors
from wfm.judge.allocation import Division
from wfm.judge.curve import Floats, Ints, planned_at
from wfm.judge.deferred import work_off
from wfm.judge.report import QueueCoverage, QueueService
from wfm.piece import asked
from wfm.problem import Problem
from wfm.schedule import Schedule

NONE_LACKS = 1e-6


def heads_by_group(problem: Problem, schedule: Schedule) -> tuple[NDArray[np.bool_], Ints]:
    """Agents at work and not on a break, by the set of queues that they serve.

    Shifts of the previous period that reach into the horizon count. Whoever has turns on a queue
    serves it in these alone.

    Returns
    -------
    serves : ndarray of bool, shape (groups, queues)
        Queues of each group; agents who serve none are in no group.
    heads : ndarray of int, shape (groups, slots)
        Agents there in the whole of a slot.
    """
    everything = Schedule.of_shifts([*problem.previous.shifts, *schedule.shifts])
    there = everything.at_work(problem.horizon, [agent.id for agent in problem.agents])
    kinds, kind = _serving(problem, everything)
    groups, group = np.unique(kinds, axis=0, return_inverse=True)
    which = group.ravel()[kind]
    heads = np.array([(there & (which == row)).sum(axis=0) for row in range(len(groups))])
    serving = groups.any(axis=1)
    return groups[serving], heads[serving].astype(np.int64)


def _serving(problem: Problem, schedule: Schedule) -> tuple[NDArray[np.bool_], Ints]:
    """Sets of queues, (sets, queues), and which of them each agent serves, (agents, slots)."""
    rows = {agent.id: row for row, agent in enumerate(problem.agents)}
    queues = [queue.id for queue in problem.demand.queues]
    usual = problem.serves.copy()
    for rule, piece in asked(problem):
        for agent in () if rule.informative else piece.agents:
            usual[rows[agent], [queue in piece.queues for queue in queues]] = False
    kinds = [*usual]
    kind = np.repeat(np.arange(len(rows))[:, None], problem.horizon.slots, axis=1)
    width = problem.horizon.interval
    for shift in schedule.shifts:
        for held in shift.activities:
            if held.queues:
                row = rows[shift.agent]
                # A slot that it fills only in part serves neither those queues nor the others.
                whole = slice(max(0, -(-held.start // width)), max(0, held.end // width))
                touched = slice(max(0, held.start // width), max(0, -(-held.end // width)))
                kind[row, touched] = len(kinds)
                kinds.append(np.zeros(len(queues), dtype=bool))
                kind[row, whole] = len(kinds)
                kinds.append(problem.serves[row] & [queue in held.queues for queue in queues])
    return np.array(kinds), kind


def predicted(demand: Demand, heads: Floats) -> Floats:
    """Share answered in time that the queueing formulas predict, shape ``(queues, slots)``.

    Each slot by itself on the load that it was staffed on, by Erlang C, or A where patience is
    known; where one is overloaded, the line that it leaves is carried to the next. Deferred queues,
    where nobody waits on the line, have no such level.
    """
    interval = demand.horizon.interval
    agents = available_agents(demand, heads)
    found = []
    for row, queue in enumerate(demand.queues):
        if row in demand.works:
            found.append(np.zeros(demand.horizon.slots))
            continue
        aht, contacts = demand.aht_array[row], demand.contacts_array[row]
        factors = slot_factors(demand.busy, queue, contacts, demand.horizon)
        level = queue_level(queue, demand.load_array[row], aht, agents[row], factors)
        found.append(queue_course(queue, contacts, aht, agents[row], interval, level))
    return np.array(found)


def available_agents(demand: Demand, heads: Floats) -> Floats:
    """Scheduled heads less shrinkage, shape ``(queues, slots)``."""
    left = np.array([queue.available(demand.horizon) for queue in demand.queues])
    return np.asarray(heads * left)


def service(demand: Demand, division: Division) -> Iterator[QueueService]:
    """Service of each queue by day, and by week where its target is for weeks.

    A deferred queue has the contacts due on each day, and those due in the whole horizon.
    """
    horizon = demand.horizon
    in_time = demand.contacts_array * predicted(demand, division.heads)
    days = [
        (horizon.date_of(day).isoformat(), np.flatnonzero(horizon.slot_days == day))
        for day in range(horizon.days)
    ]
    for row, queue in enumerate(demand.queues):
        if row in demand.works:
            yield from _deadlines(demand, row, division.heads)
            continue
        level, kind = queue.target.level, queue.target.period
        found = [("day", *day) for day in days]
        if kind == "week":
            found += [("week", *week) for week in demand.periods(row)]
        for each, label, slots in found:
            offered = float(demand.contacts_array[row, slots].sum())
            answered = float(in_time[row, slots].sum())
            planned = float(division.planned[row, slots].sum())
            yield QueueService(
                queue=queue.id,
                period=label,
                kind="day" if each == "day" else "week",
                offered=offered,
                in_time=answered,
                level=answered / offered if offered else None,
                planned=planned / offered if offered else None,
                target=level if each == kind else None,
            )


def _deadlines(demand: Demand, row: int, heads: Floats) -> Iterator[QueueService]:
    """Deferred work by the day on which it is due, and in all."""
    horizon, queue, work = demand.horizon, demand.queues[row], demand.works[row]
    _, late = work_off(work, planned_at(demand, heads)[row])
    due = np.bincount(horizon.slot_days, np.diff(work.due_array, prepend=0.0), horizon.days)
    missed = np.bincount(horizon.slot_days, late, horizon.days)
    dates = [horizon.date_of(day).isoformat() for day in range(horizon.days)]
    found = [("day", *day) for day in zip(dates, due, due - missed, strict=True)]
    whole = f"{dates[0]}/{dates[-1]}"
    for kind, label, offered, done in [
        *found,
        ("horizon", whole, work.total, work.total - late.sum()),
    ]:
        level = float(done / offered) if offered > 0 else None
        yield QueueService(
            queue=queue.id,
            period=label,
            kind="day" if kind == "day" else "horizon",
            offered=float(offered),
            in_time=float(done),
            level=level,
            planned=level,
            target=queue.target.level if kind == "horizon" else None,
        )


def coverage(demand: Demand, division: Division) -> Iterator[QueueCoverage]:
    """Heads of each queue against its requirement.

    Occupancy is the mean over the available agents of each slot. Deferred work requires nobody in
    any slot: over are the agents who have none left to do.
    """
    agents = available_agents(demand, division.heads)
    hours = demand.horizon.interval / 60
    for row, queue in enumerate(demand.queues):
        required = demand.required_array[row]
        net = division.heads[row] - required
        if row in demand.works:
            net = (1 - _used(demand, division, row)) * division.heads[row]
        under = np.where(net < -NONE_LACKS, -net, 0.0)
        worst = int(under.argmax())
        available = float(agents[row].sum())
        busy = float(agents[row] @ _occupancy(demand, division, row, agents[row]))
        yield QueueCoverage(
            queue=queue.id,
            heads=tuple(division.heads[row].tolist()),
            required=tuple(required.tolist()),
            occupancy=busy / available if available else None,
            over_hours=float(np.maximum(net, 0.0).sum()) * hours,
            under_hours=float(under.sum()) * hours,
            under_share=float((under > 0).sum() / max(1, (required > 0).sum())),
            worst=demand.horizon.label(worst * demand.horizon.interval) if under[worst] else None,
            worst_under=float(under[worst]),
        )


def _occupancy(demand: Demand, division: Division, row: int, agents: Floats) -> Floats:
    """Busy share of a queue's agents, shape ``(slots,)``."""
    if row in demand.works:
        return _used(demand, division, row)
    load, aht = demand.load_array[row], demand.aht_array[row]
    return np.asarray(queue_performance(demand.queues[row], load, aht, agents).occupancy)


def _used(demand: Demand, division: Division, row: int) -> Floats:
    """Share of what agents can do of deferred work that there is to do, shape ``(slots,)``."""
    able = planned_at(demand, division.heads)[row]
    some = np.where(able > 0, able, 1.0)
    return np.asarray(division.planned[row] / some)
