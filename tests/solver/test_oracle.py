"""What the bound asks of the agents, against one agent after the other."""

from __future__ import annotations

import numpy as np
import pytest

from tests.solver.problems import problem_of
from wfm import Window, rules
from wfm.solver.alike import alike_agents
from wfm.solver.bound import Dual
from wfm.solver.oracle import Oracle
from wfm.solver.prices import roster_prices
from wfm.solver.rows import price_options
from wfm.solver.search import Search
from wfm.solver.start import start
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
        sold = list(oracle.tours(group, wage, range(len(oracle.parts)), oracle.beside))
        assert sum(cost - wage @ there for _, cost, there in sold) == pytest.approx(total)
        assert sum(there for _, _, there in sold).tolist() == heads[: instance.slots].tolist()
        assert {oracle.parts[part].group for part, _, _ in sold} == {group}


@pytest.mark.parametrize("many", [1, 2, 50])
def test_parts_hold_every_class_once(search, many, monkeypatch):
    """However many parts a group has, each class is in one of them, of its own group."""
    monkeypatch.setattr("wfm.solver.oracle.PART", max(1, Oracle(search).classes // many))
    oracle = Oracle(search)
    classes = np.concatenate([part.classes for part in oracle.parts])
    assert sorted(classes.tolist()) == list(range(oracle.classes))
    assert len(oracle.parts) <= oracle.many * len(search.instance.masks)


def test_moves_part_by_part_prove_what_holds(monkeypatch):
    """With several parts a bound rises as with one, and never above the cost of a schedule."""
    search = Search(problem_of(12, days=7, chats=3.0, given=GIVEN), 1)
    start(search, 1)
    cost, proven = search.settle(), []
    for part in (1, 1000):
        monkeypatch.setattr("wfm.solver.oracle.PART", part)
        dual = Dual(Oracle(search), roster_prices(search))
        first = dual.best
        dual.improve(60, cost)
        assert first < dual.best <= cost + 1e-6
        proven.append(dual.best)
    assert proven[0] == pytest.approx(proven[1], rel=0.02)
