"""Who is there, what service that gives, and how it compares with what is required."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from wfm.demand import Demand
from wfm.forecast.erlang import service_level
from wfm.judge.allocation import Division
from wfm.judge.curve import Floats, Ints
from wfm.judge.report import QueueCoverage, QueueService
from wfm.problem import Problem
from wfm.schedule import Schedule

NONE_LACKS = 1e-6


def heads_by_group(problem: Problem, schedule: Schedule) -> tuple[NDArray[np.bool_], Ints]:
    """Agents at work and not on a break, by the set of queues that they serve.

    Shifts of the previous period that reach into the horizon count.

    Returns
    -------
    serves : ndarray of bool, shape (groups, queues)
        Queues of each group; agents who serve none are in no group.
    heads : ndarray of int, shape (groups, slots)
        Agents there in the whole of a slot.
    """
    everything = Schedule.of_shifts([*problem.previous.shifts, *schedule.shifts])
    there = everything.at_work(problem.horizon, [agent.id for agent in problem.agents])
    groups, group = np.unique(problem.serves, axis=0, return_inverse=True)
    member = np.arange(len(groups))[:, None] == group.ravel()
    serving = groups.any(axis=1)
    heads = member[serving].astype(np.float32) @ there.astype(np.float32)
    return groups[serving], np.rint(heads).astype(np.int64)


def predicted(demand: Demand, heads: Floats) -> Floats:
    """Share answered in time that Erlang C predicts, shape ``(queues, slots)``.

    The servers are ``heads * (1 - shrinkage) * concurrency``, whole or not.
    """
    load, servers = _loads(demand, heads)
    # Where handling takes no time there is no load, and any time will do.
    aht = np.where(demand.aht_array > 0, demand.aht_array, 1.0)
    rows = zip(demand.queues, load, servers, aht, strict=True)
    return np.array([service_level(a, n, s, queue.target.threshold) for queue, a, n, s in rows])


def service(demand: Demand, division: Division) -> Iterator[QueueService]:
    """Service of each queue by day, and by week where its target is for weeks."""
    horizon = demand.horizon
    in_time = demand.contacts_array * predicted(demand, division.heads)
    days = [
        (horizon.date_of(day).isoformat(), np.flatnonzero(horizon.slot_days == day))
        for day in range(horizon.days)
    ]
    for row, queue in enumerate(demand.queues):
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


def coverage(demand: Demand, division: Division) -> Iterator[QueueCoverage]:
    """Heads of each queue against its requirement.

    Occupancy is busy over available servers; a slot with more load than servers is fully busy.
    """
    load, servers = _loads(demand, division.heads)
    hours = demand.horizon.interval / 60
    for row, queue in enumerate(demand.queues):
        required = demand.required_array[row]
        net = division.heads[row] - required
        under = np.where(net < -NONE_LACKS, -net, 0.0)
        worst = int(under.argmax())
        available = float(servers[row].sum())
        busy = float(np.minimum(load[row], servers[row]).sum())
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


def _loads(demand: Demand, heads: Floats) -> tuple[Floats, Floats]:
    """Load in servers, and servers, both of shape ``(queues, slots)``."""
    seconds = demand.horizon.interval * 60
    share = np.array([(1 - queue.shrinkage) * queue.concurrency for queue in demand.queues])
    return demand.contacts_array * demand.aht_array / seconds, share[:, None] * heads
