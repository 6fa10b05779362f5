"""The linear program over whole rows, and branch and price, against the engine."""

from __future__ import annotations

import numpy as np
import pytest

from tests.solver.roster_problems import (
    DAYS,
    HARD,
    PEOPLE,
    SOFT,
    TEMPLATES,
    needs,
    people_of,
    roster_problem,
    tours_of,
)
from wfm import rules, solve
from wfm.solver.budget import Budget
from wfm.solver.rosters.branching import Branching
from wfm.solver.rosters.engine import Engine
from wfm.solver.rosters.hand import Hand
from wfm.solver.rosters.narrowing import Prices
from wfm.solver.rosters.part import Cutter
from wfm.solver.rosters.row_program import RowProgram


def rows_of(people):
    """The linear program over whole rows, without limits of time."""
    return RowProgram(people, Budget(None), lambda: False)


def never(_):
    """No roster is in hand: no bound is as good as it."""
    return False


def test_prices_of_rows_prove_a_bound_and_shut_no_cell_of_a_roster_below():
    """The bound is below any roster's cost, and none is left without a cell that it holds."""
    problem = roster_problem()
    program, people = people_of(problem)
    result = solve(problem, work=800)
    at_first = Prices(people, np.zeros(len(people.joint.most))).bound
    mix = rows_of(people).solve(np.isfinite(people.base), never)
    assert at_first < mix.bound <= result.objective + 0.05
    prices = Prices(people, mix.price)
    assert prices.bound == pytest.approx(mix.bound)
    prices.price_cells(lambda: False)
    x = program.point(tours_of(problem, result.schedule))
    assert prices.narrowed(program, result.objective).keeps(x)
    near = prices.narrowed(program, prices.bound + 1)
    assert (near.upper < program.upper).any()


def test_a_mix_of_rows_is_an_optimum_of_the_linear_program():
    """Everyone works one row in all, and what the mix costs by the program is what it proves."""
    program, people = people_of(roster_problem())
    mix = rows_of(people).solve(np.isfinite(people.base), never)
    cells = mix.cells(people.base.shape)
    assert cells.sum(axis=2) == pytest.approx(np.ones((len(PEOPLE), DAYS)))
    joint = people.joint
    off = np.full((len(PEOPLE), DAYS), program.options)

    def own(tours):
        coupled = np.maximum(people.counts(tours) - joint.most, 0) @ joint.price
        return program.value(program.point(tours)) - coupled

    counted = people.counted(mix.agent, mix.tours).T @ mix.share
    costs = own(off) + np.maximum(counted - joint.most, 0) @ joint.price
    for agent, tour, share in zip(mix.agent, mix.tours, mix.share, strict=True):
        tours = off.copy()
        tours[agent] = tour
        costs += share * (own(tours) - own(off))
    assert mix.bound == pytest.approx(costs, rel=1e-4)


def test_shut_cells_are_worked_by_nobody():
    """With cells shut a mix leaves them, costs no less, and comes back when they are open again."""
    _, people = people_of(roster_problem())
    rows, ground = rows_of(people), np.isfinite(people.base)
    first = rows.solve(ground, never)
    cells = first.cells(people.base.shape)
    agent, day, option = np.argwhere(cells[:, :, :-1] > 0.5)[0]
    less = ground.copy()
    less[agent, day, option] = False
    shut = rows.solve(less, never)
    assert shut.cells(people.base.shape)[agent, day, option] == 0
    assert shut.bound >= first.bound - 1e-6
    again = rows.solve(ground, never)
    assert again.bound == pytest.approx(first.bound, rel=1e-5)
    nothing = ground.copy()
    nothing[agent, day] = False
    assert rows.solve(nothing, never) is None


@pytest.mark.parametrize("heads", [(0, 1, 0), (1, 0, 1), (2, 1, 0)])
def test_branch_and_price_proves_what_the_engine_proves(heads):
    """From any roster that keeps the limits it comes to the least one of CP-SAT on the whole."""
    cover = [
        kind(needs=needs(count, (template.id,)), weight=weight)
        for template, count in zip(TEMPLATES, heads, strict=True)
        for kind, weight in ((rules.MinOnShift, 5), (rules.MaxOnShift, 2))
    ]
    problem = roster_problem((*cover, *HARD, *SOFT[3:5]))
    program, people = people_of(problem)
    hand = Hand(program)
    own = np.arange(program.own)
    first = program.point(tours_of(problem, solve(problem, work=60).schedule))
    hand.seat(own, first[own])
    hand.seated()
    part = Cutter(program).part(first, own)
    answer = Engine(Budget(None)).near_best(part, 1, 60.0, 0.0)
    assert answer.settled
    least = (
        program.value(hand.x) + (part.cost @ (answer.values - first[part.columns])) / program.scale
    )
    rows = rows_of(people)
    Branching(rows, hand, np.random.default_rng(1)).run(lambda: rows.budget.spent > 20_000)
    assert hand.bound_by == "branch and price"
    assert program.keeps(hand.x)
    assert hand.cost == hand.bound == pytest.approx(least)
