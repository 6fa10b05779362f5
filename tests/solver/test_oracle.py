"""What the bound asks of the agents, against one agent after the other."""

from __future__ import annotations

import numpy as np
import pytest

from tests.solver.problems import problem_of
from wfm import Window, rules
from wfm.solver.alike import alike_agents
from wfm.solver.oracle import Oracle
from wfm.solver.rows import price_options
from wfm.solver.search import Search
from wfm.solver.tour.bundle import best_of, bundle_of

GIVEN = (
    rules.MinRest(hours=11),
    rules.Hours(least=16, most=40, per="week"),
    rules.MaxDaysInARow(days=3, agents=("a1", "a4")),
    rules.NoNights(agents=("a2",)),
    rules.DayOffRequest(agents=("a3", "a5"), days=("Tue",), weight=7.0),
    rules.CaregivingWindow(agents=("a0",), windows=(Window(start="18:00", end="22:00"),)),
)


@pytest.fixture(scope="module")
def search():
    """A compiled problem of twelve people, some of whom are alike."""
    return Search(problem_of(12, days=7, chats=3.0, given=GIVEN), 1)


def test_bundled_programmes_find_what_each_finds_alone(search):
    """Programmes of different sizes, put together, give the tours and values of their own."""
    programmes = list({id(p): p for p in search.programmes}.values())
    assert len({p.follow.size for p in programmes}) > 1
    bundle = bundle_of(programmes)
    random = np.random.default_rng(1)
    for number, programme in enumerate(programmes):
        value = random.normal(0, 10, (7, search.instance.off + 1))
        tour = np.full(7, search.instance.off)
        total = best_of(bundle, number, value, tour)
        expected, best = programme.best(value)
        assert total == pytest.approx(expected)
        assert tour.tolist() == best.tolist()


def test_all_tours_cost_what_they_cost_one_by_one(search):
    """At random wages cost and heads of a group are the sums over its agents."""
    instance = search.instance
    assert 1 < len(alike_agents(search)) < len(instance.group)
    oracle, random = Oracle(search), np.random.default_rng(2)
    for group in range(len(instance.masks)):
        wage = random.exponential(4.0, instance.slots)
        gain = np.append(wage, np.zeros(instance.width - instance.slots))
        total, heads = 0.0, np.zeros(instance.width)
        for agent in np.flatnonzero(instance.group == group).tolist():
            value, places = price_options(search, gain, search.cell_cost[agent])
            best, tour = search.programmes[agent].best(value)
            chosen = places[np.arange(instance.days), np.minimum(tour, instance.off - 1)]
            total -= best
            heads += instance.cover(tour, chosen)
        cost, supplied = oracle.tours(group, wage)
        assert cost == pytest.approx(total)
        assert supplied.tolist() == heads[: instance.slots].tolist()
