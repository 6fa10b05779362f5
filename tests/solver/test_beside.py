"""Prices of what programmes do not carry: what they prove is so, and more than without them."""

from __future__ import annotations

import numpy as np
import pytest

from tests.solver.problems import problem_of
from wfm import rules, solve, verify
from wfm.solver.beside import move_beside, pay_beside
from wfm.solver.bound import Dual
from wfm.solver.lagrangian import cheapest_tours
from wfm.solver.oracle import Oracle
from wfm.solver.prices import roster_prices
from wfm.solver.search import Search
from wfm.solver.start import start
from wfm.solver.tour import product

TOO_FEW = 4
"""States of a day."""


def few_calls(weight=None):
    """Two weeks in which nobody would work so long if it were not promised."""
    given = (
        rules.MinRest(hours=11),
        rules.Hours(least=50, most=64, per="horizon", weight=weight),
        rules.MaxDaysInARow(days=4),
    )
    return problem_of(3, days=14, calls=3.0, given=given)


def oracle_of(problem):
    """What the bound asks of the agents."""
    return Oracle(Search(problem, 1))


def test_cheapest_tours_keep_hours_that_programmes_leave_out(monkeypatch):
    """Hours that all must work cost what they cost with programmes that know of them."""
    whole = cheapest_tours(oracle_of(few_calls()))
    monkeypatch.setattr(product, "MOST_STATES", TOO_FEW)
    oracle = oracle_of(few_calls())
    assert (oracle.beside.price > 0).any()
    assert 0.95 * whole <= cheapest_tours(oracle) <= whole + 1e-6
    oracle.beside.price[:] = 0.0
    assert cheapest_tours(oracle) < 0.5 * whole


def test_hours_that_cost_nothing_need_no_price(monkeypatch):
    """People who are paid nothing by the hour cost nothing, and the bound is a number."""
    monkeypatch.setattr(product, "MOST_STATES", TOO_FEW)
    problem = few_calls()
    unpaid = tuple(each.model_copy(update={"hourly_cost": 0.0}) for each in problem.contracts)
    oracle = oracle_of(problem.model_copy(update={"contracts": unpaid}))
    assert len(oracle.beside.price)
    assert (oracle.beside.price == 0).all()
    assert cheapest_tours(oracle) == pytest.approx(0)


@pytest.mark.parametrize("weight", [None, 0.5, 40.0])
def test_the_bound_holds_for_every_schedule_that_is_found(monkeypatch, weight):
    """However prices move, the bound is below the cost of a schedule of complete programmes."""
    problem = few_calls(weight=weight)
    found = solve(problem, work=2000)
    assert not verify(problem, found.schedule).hard
    monkeypatch.setattr(product, "MOST_STATES", TOO_FEW)
    search = Search(problem, 1)
    start(search, 1)
    dual = Dual(Oracle(search), roster_prices(search), cheapest_tours(Oracle(search)))
    dual.improve(60, found.objective)
    assert dual.best <= found.objective + 1e-6
    assert dual.best >= 0.9 * found.bound


def test_prices_rise_while_a_promise_is_broken_and_fall_where_there_is_room(monkeypatch):
    """They stay between nothing and the price of a breach; markets move their own."""
    monkeypatch.setattr(product, "MOST_STATES", TOO_FEW)
    oracle = oracle_of(few_calls(weight=0.5))
    first, beside = oracle.beside.price.copy(), oracle.beside.anew()
    off = np.full(14, oracle.search.instance.off)
    least = int(np.argmin(beside.most))
    assert beside.most[least] < 0
    for _ in range(200):
        before = beside.price.copy()
        move_beside(beside, 0, off)
        assert beside.price[least] >= before[least]
    assert beside.price[least] == pytest.approx(beside.dearest[least])
    works = np.zeros(14, dtype=np.int64)
    for _ in range(400):
        move_beside(beside, 0, works)
    assert beside.price[least] == 0
    assert (first == oracle.beside.price).all()


def test_a_class_pays_for_what_it_counts_and_is_given_back_what_is_allowed(monkeypatch):
    """The value of a tour falls by price times count; what comes back is price times bound."""
    monkeypatch.setattr(product, "MOST_STATES", TOO_FEW)
    beside = oracle_of(few_calls()).beside
    random = np.random.default_rng(1)
    beside.price[:] = random.random(len(beside.price))
    value = random.normal(size=beside.grids.shape[1:])
    paid = value.copy()
    back = pay_beside(beside, 0, paid)
    assert back == pytest.approx(float(beside.price @ beside.most))
    counted = sum(p * beside.grids[g] for p, g in zip(beside.price, beside.grid, strict=True))
    assert value - paid == pytest.approx(counted)
