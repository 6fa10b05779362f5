"""Agents divided over queues: against the programme's definition, a greedy and brute force."""

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from tests.judge.small import demand_of, supply_of
from wfm.judge.allocation import divide
from wfm.judge.curve import planned_at, service_cost
from wfm.queue import ServiceTarget

HOURS = (9, 10, 33)


@st.composite
def cases(draw, floors=True):
    """One to three queues, three hours of two days, and heads of every set of queues."""
    queues = draw(st.integers(1, 3))
    steps = st.lists(st.integers(0, 6), max_size=3).map(lambda s: sorted(s, reverse=True))
    asked, targets = [], []
    for _ in range(queues):
        slots = {}
        for slot in HOURS:
            lowest = draw(st.integers(-3, 0)) if floors else 0
            rising = np.cumsum([lowest, *draw(steps)]).tolist()
            contacts = draw(st.integers(0, 12)) if floors else max(rising) + 5
            slots[slot] = (float(contacts), rising)
        asked.append(slots)
        targets.append(
            ServiceTarget(
                level=draw(st.sampled_from([0.3, 0.5, 0.8])) if floors else 0.999,
                period=draw(st.sampled_from(["day", "week"])),
                floor=draw(st.sampled_from([0, 0.25, 0.5])) if floors else 0,
                price=draw(st.sampled_from([0, 5, 20])),
                floor_price=draw(st.sampled_from([0, 3, 40])),
            )
        )
    demand = demand_of(*asked, targets=targets, days=2)
    sizes = range(1, queues + 1)
    sets = ["".join(letters) for size in sizes for letters in combinations("abc"[:queues], size)]
    heads = st.integers(0, 2)
    groups = {name: {slot: draw(heads) for slot in HOURS} for name in sets}
    return demand, *supply_of(demand, **groups)


def greedy_cost(demand, serves, supply):
    """Send every agent in turn to the queue whose next planned answers are most."""
    heads = np.zeros((len(demand.queues), demand.horizon.slots))
    for group, slot in product(range(len(supply)), range(supply.shape[1])):
        for _ in range(supply[group, slot]):
            more = planned_at(demand, heads + 1) - planned_at(demand, heads)
            heads[np.where(serves[group], more[:, slot], -1).argmax(), slot] += 1
    return service_cost(demand, heads)


class Written:
    """A linear programme written out row by row, its variables called by name."""

    def __init__(self, costs):
        self.names = list(costs)
        self.costs = list(costs.values())
        self.rows, self.most = [], []

    def at_most(self, terms, limit):
        self.rows.append([terms.get(name, 0.0) for name in self.names])
        self.most.append(limit)

    def least(self):
        free = [(None, None) if name[0] == "planned" else (0, None) for name in self.names]
        return linprog(self.costs, A_ub=self.rows, b_ub=self.most, bounds=free).fun


def lines(curve):
    """Straight lines, as height at nobody and slope, whose lowest is the curve."""
    steps = np.diff(curve)
    return [(curve[-1], 0.0), *((curve[n] - n * step, step) for n, step in enumerate(steps))]


def least_by_definition(demand, serves, supply):
    """Solve the programme as it is defined: planned answers below every line of a curve."""
    aims = [queue.target for queue in demand.queues]
    cells = list(product(range(len(aims)), HOURS))
    curves = demand.curves.table()
    weeks = [(q, label, slots) for q in range(len(aims)) for label, slots in demand.periods(q)]
    written = Written(
        {("planned", q, t): 0.0 for q, t in cells}
        | {("below", q, t): aims[q].floor_price for q, t in cells}
        | {("heads", g, q, t): 0.0 for g in range(len(serves)) for q, t in cells if serves[g, q]}
        | {("short", q, label): aims[q].price for q, label, _ in weeks}
    )
    for q, t in cells:
        groups = np.flatnonzero(serves[:, q])
        for height, slope in lines(curves[q, t]):
            heads = {("heads", g, q, t): -slope for g in groups}
            written.at_most({("planned", q, t): 1.0} | heads, height)
        due = aims[q].floor * demand.contacts[q][t]
        kept = np.minimum(0.0, curves[q, t] - due)
        for height, slope in lines(kept):
            heads = {("heads", g, q, t): -slope for g in groups}
            written.at_most({("below", q, t): -1.0} | heads, height)
    for g, t in product(range(len(serves)), HOURS):
        written.at_most({("heads", g, q, t): 1.0 for q in np.flatnonzero(serves[g])}, supply[g, t])
    for q, label, slots in weeks:
        due = aims[q].level * sum(demand.contacts[q][t] for t in slots)
        planned = {("planned", q, t): -1.0 for t in HOURS if t in slots}
        written.at_most(planned | {("short", q, label): -1.0}, -due)
    return written.least()


@settings(deadline=None, max_examples=60)
@given(cases())
def test_cost_is_the_least_by_definition(case):
    """The cost is that of the programme written out row by row, and no more than a greedy's."""
    demand, serves, supply = case
    found = divide(demand, serves, supply)
    assert found.cost == pytest.approx(least_by_definition(*case), rel=1e-6, abs=1e-6)
    assert found.cost <= greedy_cost(*case) + 1e-6


@settings(deadline=None, max_examples=60)
@given(cases())
def test_only_breakpoints_matter(case):
    """Curves without the points that lie on a line between others cost the same."""
    demand, serves, supply = case
    bent = tuple(tuple(map(breakpoints, row)) for row in demand.service)
    fewer = demand.model_copy(update={"service": bent})
    assert (fewer.curves.table() == demand.service_at(int(fewer.curves.heads.max()))).all()
    assert (demand.curves.table() == fewer.service_at(int(demand.curves.heads.max()))).all()
    cost = divide(demand, serves, supply).cost
    assert divide(fewer, serves, supply).cost == pytest.approx(cost, rel=1e-6, abs=1e-6)


def breakpoints(curve):
    """Points of a curve where its slope changes, and its first."""
    steps = [*np.diff([contacts for _, contacts in curve]), 0.0]
    return tuple(p for n, p in enumerate(curve) if n == 0 or steps[n] != steps[n - 1])


@settings(deadline=None, max_examples=60)
@given(cases())
def test_every_agent_counts_once(case):
    """All heads are given out, and no set of queues has more than the agents who serve it."""
    demand, serves, supply = case
    found = divide(demand, serves, supply)
    assert (found.heads >= 0).all()
    assert found.heads.sum(axis=0) == pytest.approx(supply.sum(axis=0))
    for mask in product((False, True), repeat=len(demand.queues)):
        able = supply[(serves & np.array(mask)).any(axis=1)].sum(axis=0)
        assert (found.heads[list(mask)].sum(axis=0) <= able + 1e-6).all()
    assert found.cost == pytest.approx(service_cost(demand, found.heads))


@settings(deadline=None, max_examples=30)
@given(cases(floors=False))
def test_cost_equals_brute_force(case):
    """Where no target can be met, whole heads are best: the cost is that of trying them all."""
    demand, serves, supply = case
    worst = service_cost(demand, np.zeros_like(demand.contacts_array))
    price = np.array([queue.target.price for queue in demand.queues])
    gained = sum(best_hour(demand, serves, supply[:, t], t, price) for t in HOURS)
    assert divide(demand, serves, supply).cost == pytest.approx(worst - gained, abs=1e-6)


def best_hour(demand, serves, heads, slot, price):
    """Most money that any division of whole heads gains in an hour."""
    ways = {tuple([0] * len(price))}
    for group, queues in enumerate(serves):
        for _ in range(heads[group]):
            ways = {
                tuple(n + (q == chosen) for q, n in enumerate(way))
                for way in ways
                for chosen in np.flatnonzero(queues)
            }
    curves = demand.curves.table()[:, slot]
    return max(
        sum(
            price[q] * (curves[q][min(n, len(curves[q]) - 1)] - curves[q][0])
            for q, n in enumerate(way)
        )
        for way in ways
    )
