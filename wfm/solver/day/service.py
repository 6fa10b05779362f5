"""Heads and lost service in the model of a day."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from wfm.solver.day.backlog import add_backlog
from wfm.solver.day.model import SCALE, DayModel, Duty

Ints = NDArray[np.int64]


def serve(built: DayModel) -> None:
    """Heads by slot and group, their division over the queues, and the service that is lost."""
    search, instance = built.search, built.instance
    start = int(instance.first[built.day].min())
    stop = min(instance.slots, int((instance.first[built.day] + instance.length).max()))
    staying = search.roster.supply.copy()
    for agent in built.agents:
        posts = built.duties[agent][0].posts
        there = np.flatnonzero(posts >= 0)
        staying[posts[there], there] -= 1
    service = search.service()
    answers: dict[int, list[tuple[cp_model.IntVar, int]]] = {}
    sums = service.totals.copy()
    busy = np.asarray((instance.planned[:, :, -1] > instance.planned[:, :, 0]).any(axis=0))
    waiting: dict[int, dict[int, cp_model.IntVar]] = {d.queue: {} for d in instance.deferred}
    for slot in range(start, stop):
        if not busy[slot]:
            continue
        heads = _heads(built, slot, staying[:, slot], service.heads[:, slot])
        for queue in range(len(instance.planned)):
            if queue in waiting:
                waiting[queue][slot] = heads[queue]
                continue
            now = int(service.heads[queue, slot])
            answered = _answers(built, queue, slot, heads[queue], now)
            if answered is not None:
                period = int(instance.period[queue, slot])
                sums[period] -= instance.planned[queue, slot, now]
                answers.setdefault(period, []).append(answered)
    for period, found in answers.items():
        due = round(SCALE * float(instance.target[period] - sums[period]))
        missing = built.model.new_int_var(0, 10**9, f"missing_{period}")
        total = cp_model.LinearExpr.sum([variable for variable, _ in found])
        built.model.add(total + missing >= due)
        built.model.add_hint(missing, max(0, due - sum(now for _, now in found)))
        built.costs.append((missing, round(float(instance.price[period]))))
    for each in instance.deferred:
        able = service.totals[each.entries]
        backlog = add_backlog(built.model, each, able, waiting[each.queue], start, stop)
        built.costs.append(backlog)


def _heads(built: DayModel, slot: int, staying: Ints, now: Ints) -> list[cp_model.IntVar]:
    """Heads on each queue in a slot: any set of queues shares those who serve any of it."""
    instance = built.instance
    queues = len(instance.planned)
    supply: list[cp_model.LinearExprT] = [int(heads) for heads in staying]
    for number in range(len(staying)):
        duties = _at_work(built, slot, number)
        if duties:
            rest = int(staying[number])
            total = built.model.new_int_var(rest, rest + len(built.agents), "")
            built.model.add(total == rest + cp_model.LinearExpr.sum([d.takes for d in duties]))
            built.model.add_hint(total, int(built.search.roster.supply[number, slot]))
            supply[number] = total
    most = int(staying.sum()) + len(built.agents)
    heads = [built.model.new_int_var(0, most, f"heads_{queue}_{slot}") for queue in range(queues)]
    for variable, count in zip(heads, now, strict=True):
        built.model.add_hint(variable, int(count))
    for subset in range(1, 1 << queues):
        mine = [supply[g] for g, mask in enumerate(instance.masks) if mask & subset]
        used = [heads[queue] for queue in range(queues) if subset >> queue & 1]
        built.model.add(cp_model.LinearExpr.sum(used) <= cp_model.LinearExpr.sum(mine))
    return heads


def _at_work(built: DayModel, slot: int, group: int) -> list[Duty]:
    """Duties of the free agents of a group that are at work in a slot."""
    return [
        duty for agent in built.agents for duty in built.duties[agent] if duty.posts[slot] == group
    ]


def _answers(
    built: DayModel, queue: int, slot: int, heads: cp_model.IntVar, now: int
) -> tuple[cp_model.IntVar, int] | None:
    """Planned answers in a slot, in thousandths, below every chord of the curve; those of now."""
    instance = built.instance
    curve = instance.planned[queue, slot]
    if curve[-1] - curve[0] <= 0:
        return None
    scaled = np.round(SCALE * curve).astype(int)
    name = f"{queue}_{slot}"
    # Chords through rounded points cross a little below them, by one for each head at most.
    low = int(scaled.min()) - len(scaled)
    answered = built.model.new_int_var(low, int(scaled.max()), f"answers_{name}")
    reached = int(scaled[-1])
    for count, slope in enumerate(np.diff(scaled).tolist()):
        if slope > 0:
            built.model.add(answered <= int(scaled[count]) + slope * (heads - count))
            reached = min(reached, int(scaled[count]) + slope * (now - count))
    built.model.add_hint(answered, reached)
    target = instance.problem.demand.queues[queue].target
    least = round(SCALE * target.floor * instance.problem.demand.contacts[queue][slot])
    if least:
        short = built.model.new_int_var(0, max(0, least - low), f"short_{name}")
        built.model.add(answered + short >= least)
        built.model.add_hint(short, max(0, least - reached))
        built.costs.append((short, round(target.floor_price)))
    return answered, reached
