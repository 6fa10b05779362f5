"""Heads and lost service in the model of a whole problem, rounded in its favour."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from wfm.solver.whole.model import SCALE, WholeModel, down, up

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Terms = list[tuple[cp_model.IntVar, int]]
PARTS = 100_000
"""Into which a head is divided where people are divided over queues."""


def serve(built: WholeModel) -> None:
    """Heads by slot and group, their division over the queues, and the service that is lost."""
    instance = built.instance
    there = _at_work(built)
    service = built.search.service()
    gained: dict[int, list[cp_model.LinearExprT]] = defaultdict(list)
    hinted, least = np.zeros((2, len(instance.target)))
    for slot in range(instance.slots):
        found = _heads(built, slot, there, service.heads[:, slot])
        for queue, (heads, parts) in enumerate(found):
            period, now = int(instance.period[queue, slot]), int(service.heads[queue, slot])
            curve = SCALE * instance.price[period] * instance.planned[queue, slot]
            answers, reached = _below(built, curve, heads, parts, now)
            gained[period].append(answers)
            hinted[period] += reached
            least[period] += min(0.0, float(curve[0]))
            floor = -SCALE * instance.floor[queue, slot]
            spared, _ = _below(built, floor, heads, parts, now)
            built.owed.append(-spared)
    for period, terms in gained.items():
        due = down(SCALE * float(instance.price[period] * instance.target[period]))
        missing = built.model.new_int_var(0, max(0, due - down(least[period])), f"missing_{period}")
        built.model.add(cp_model.LinearExpr.sum(terms) + missing >= due)
        built.model.add_hint(missing, max(0, due - int(hinted[period])))
        built.costs.append((missing, 1))


def _at_work(built: WholeModel) -> dict[tuple[int, int], Terms]:
    """Group and slot -> shifts that cover the slot, and breaks that take away from it."""
    instance = built.instance
    found: dict[tuple[int, int], Terms] = defaultdict(list)
    for agents, cells in built.works.items():
        group = int(instance.group[agents[0]])
        for (day, option), works in cells.items():
            first = int(instance.first[day, option])
            for slot in range(first, first + int(instance.length[option])):
                found[group, slot].append((works, 1))
            for number, begins in enumerate(built.breaks.get((agents, (day, option)), ())):
                for start, variable in begins.items():
                    for slot in range(start, start + int(instance.pause[option, number])):
                        found[group, slot].append((variable, -1))
    return found


def _heads(
    built: WholeModel, slot: int, there: dict[tuple[int, int], Terms], now: Ints
) -> list[tuple[cp_model.LinearExprT, int]]:
    """Heads on each queue in a slot, and into how many parts each is divided.

    Any set of queues shares those who serve any of it. Several queues may share a head from slot
    to slot; parts are rounded up, one for each queue.
    """
    instance, model = built.instance, built.model
    supply: list[cp_model.LinearExprT] = []
    most: list[int] = []
    for group in range(len(instance.masks)):
        terms = there.get((group, slot), [])
        base = int(instance.base[group, slot])
        many = int((instance.group == group).sum()) if terms else 0
        total = model.new_int_var(base, base + many, f"there_{group}_{slot}")
        model.add(_sum(terms) + base == total)
        model.add_hint(total, int(built.roster.supply[group, slot]))
        supply.append(total)
        most.append(base + many)
    queues = len(instance.planned)
    if queues == 1:
        serving = [total for total, mask in zip(supply, instance.masks, strict=True) if mask]
        return [(cp_model.LinearExpr.sum(serving), 1)]
    heads = []
    for queue in range(queues):
        able = sum(m for m, mask in zip(most, instance.masks, strict=True) if mask >> queue & 1)
        heads.append(model.new_int_var(0, PARTS * able + 1, f"heads_{queue}_{slot}"))
        model.add_hint(heads[-1], PARTS * int(now[queue]))
    for subset in range(1, 1 << queues):
        mine = [total for total, mask in zip(supply, instance.masks, strict=True) if mask & subset]
        used = [heads[queue] for queue in range(queues) if subset >> queue & 1]
        model.add(
            cp_model.LinearExpr.sum(used) <= PARTS * cp_model.LinearExpr.sum(mine) + len(used)
        )
    return [(each, PARTS) for each in heads]


def _below(
    built: WholeModel, curve: Floats, heads: cp_model.LinearExprT, parts: int, now: int
) -> tuple[cp_model.LinearExprT, int]:
    """What heads gain below every chord of a concave curve, and what those of now do."""
    low, high = up(float(curve.min())), up(float(curve.max()))
    if low == high:
        return high, high
    count = np.arange(len(curve))
    gained, reached = built.model.new_int_var(low, high, ""), high
    for each in map(up, np.diff(curve).tolist()):
        if each > 0:
            # Between whole heads a line may pass between two parts: the upper one counts.
            start = up(float((curve - each * count).max())) + (parts > 1)
            built.model.add(parts * gained <= parts * start + each * heads)
            reached = min(reached, start + each * now)
    built.model.add_hint(gained, reached)
    return gained, reached


def _sum(terms: Terms) -> cp_model.LinearExprT:
    return cp_model.LinearExpr.weighted_sum([v for v, _ in terms], [c for _, c in terms])
