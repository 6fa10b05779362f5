"""Programmes that cannot carry all promises: what is found keeps them all the same."""

from __future__ import annotations

import numpy as np
import pytest

from tests.solver.problems import problem_of
from tests.solver.stated import Stated, breach, weekends, weekly_block, with_rules
from wfm import rules, solve, verify
from wfm.solver.search import Search
from wfm.solver.start import start
from wfm.solver.tour import product

PLAIN = (
    rules.MinRest(hours=11),
    rules.Hours(least=24, most=40),
    rules.Hours(least=50, most=64, per="horizon"),
    rules.MaxDaysInARow(days=4),
    rules.DaysOff(least=3, per="week", weight=7.0),
)
STATED = (Stated(weekends(1)), Stated(weekly_block(35)))


def _problem(agents=3):
    return with_rules(problem_of(agents, days=14, calls=18.0, given=PLAIN), *STATED)


@pytest.mark.parametrize("most", [1, 4, 30, 100])
def test_tours_keep_what_the_programme_does_not_carry(monkeypatch, most):
    """With ever fewer states allowed, hard limits hold, costs are told truly, moves succeed."""
    monkeypatch.setattr(product, "MOST_STATES", most)
    problem = _problem()
    search = Search(problem, 1)
    assert not search.programmes[0].complete
    result = solve(problem, seconds=1.5)
    assert [breach(problem, rule, result.schedule) for rule in STATED] == [0, 0]
    report = verify(problem_of(3, days=14, calls=18.0, given=PLAIN), result.schedule)
    assert [violation.sentence for violation in report.hard] == []
    assert report.costs.total == pytest.approx(result.objective, rel=1e-6)
    assert result.bound <= result.objective + 1e-6


def test_a_tour_is_found_again_beside_the_present_one(monkeypatch):
    """Where no prices help, the present tour guides: whoever is taken out comes in again."""
    monkeypatch.setattr(product, "MOST_STATES", 4)
    search = Search(_problem(), 1)
    start(search, 1)
    for seed in range(20):
        random = np.random.default_rng(seed)
        value = random.normal(0, 40, search.cell_cost[0].shape) - search.cell_cost[0]
        found, tour = search.best_tour(0, value, rounds=0)
        assert np.isfinite(found)
        assert np.isfinite(search.own_cost(0, tour))
        days = np.arange(len(tour))
        wages = search.cell_cost[0][days, tour].sum()
        worth = value[days, tour].sum() + wages - search.own_cost(0, tour)
        assert found == pytest.approx(worth)


def test_the_dearest_is_dropped_and_not_the_longest(monkeypatch):
    """Two weekends in four cost few states and stay; minutes of weeks cost many, and go."""
    monkeypatch.setattr(product, "MOST_STATES", 10)
    given = (rules.Hours(least=24, most=40),)
    problem = with_rules(problem_of(1, days=28, given=given), Stated(weekends(2)))
    found = Search(problem, 1).programmes[0]
    assert {len(promise.days) for promise in found.dropped} == {7}
