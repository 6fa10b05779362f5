"""Limits that count any of some shifts once: every part of the solver against brute force."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from ortools.sat.python import cp_model

from tests.solver.problems import SHIFTS, problem_of
from tests.solver.stated import (
    Stated,
    breach,
    random_limit,
    shared_days_off,
    weekends,
    weekly_block,
    with_rules,
)
from wfm import rules, solve, verify
from wfm.solver.book import tour_cost
from wfm.solver.day.build import build_day
from wfm.solver.model import solver_for
from wfm.solver.rows import place_breaks
from wfm.solver.search import Search

SEEDS = pytest.mark.parametrize("seed", range(25))


def _random_rules(random, days, options, groups, many=4, longest=9):
    for _ in range(int(random.integers(1, many + 1))):
        weight = None if random.random() < 0.4 else float(random.integers(1, 9))
        drawn = [
            random_limit(random, days, options, groups[random.integers(len(groups))], longest)
            for _ in range(random.integers(1, 4))
        ]
        yield Stated(lambda _, found=tuple(drawn): found, weight)


def _one_agent(seed, days=5):
    random = np.random.default_rng(seed)
    problem = problem_of(1, days=days, shifts=SHIFTS[1:3])
    options = len(problem.options)
    return random, with_rules(problem, *_random_rules(random, days, options, [("a0",)]))


def _tours(search):
    off, days = search.instance.off, search.instance.days
    offered = np.isfinite(search.instance.cost[0])
    columns = [np.flatnonzero(offered[day]) for day in range(days)]
    return [np.array(tour) for tour in itertools.product(*columns)], off


@SEEDS
def test_the_tour_programme_finds_the_best_of_all_tours(seed):
    """On random values its tour is worth as much as the best by enumeration and counting."""
    random, problem = _one_agent(seed)
    search = Search(problem, 1)
    tours, off = _tours(search)
    assert search.programmes[0].complete
    days = np.arange(search.instance.days)
    prices = np.array([tour_cost(search.book.own[0], tour) for tour in tours])
    masks = search.cell_cost[0] - search.instance.cost[0]
    for _ in range(3):
        gain = np.hstack([random.normal(0, 6, (len(days), off)), np.zeros((len(days), 1))])
        found, tour = search.programmes[0].best(gain - np.nan_to_num(masks, nan=np.inf))
        worth = np.array([gain[days, tour].sum() for tour in tours]) - prices
        assert found == pytest.approx(worth.max())
        if np.isfinite(found):
            price = tour_cost(search.book.own[0], tour)
            assert gain[days, tour].sum() - price == pytest.approx(found)


@SEEDS
def test_the_cost_of_a_tour_and_of_a_day_is_what_the_limits_say(seed):
    """Compiled costs equal counting, for each tour, and on each day up to what the rest costs."""
    random, problem = _one_agent(seed)
    search = Search(problem, 1)
    tours, off = _tours(search)
    wages = search.instance.cost[0]
    days = np.arange(search.instance.days)
    for number in random.integers(len(tours), size=40):
        tour = tours[number]
        cost = tour_cost(search.book.own[0], tour) + wages[days, tour].sum()
        assert search.own_cost(0, tour) == pytest.approx(cost)
        search.roster.tours[0] = tour
        day = int(random.integers(len(days)))
        costs = search.day_cost(0, day)
        changed = np.tile(tour, (off + 1, 1))
        changed[:, day] = np.arange(off + 1)
        whole = np.array([tour_cost(search.book.own[0], other) for other in changed])
        whole = whole + wages[day]
        if np.isfinite(whole).any():
            best = int(whole.argmin())
            open_ = np.isfinite(whole)
            assert (np.isfinite(costs) == open_).all() or not np.isfinite(costs).any()
            assert costs[open_] - costs[best] == pytest.approx(whole[open_] - whole[best])


def _several(seed, agents=3, days=4):
    random = np.random.default_rng(seed)
    problem = problem_of(agents, days=days, calls=0.0, shifts=SHIFTS[1:3])
    names = [agent.id for agent in problem.agents]
    groups = [tuple(names[:2]), tuple(names), tuple(names[::-1]), (names[0], names[0], names[2])]
    drawn = _random_rules(random, days, len(problem.options), groups, many=6, longest=3)
    return random, with_rules(problem, *drawn)


def _joint_cost(search, tours):
    """Cost of the joint limits by counting cells; infinite if a hard one is broken."""
    worst = {}
    for number, joint in enumerate(search.book.joint):
        limit = joint.entry.limit
        total = sum(c.of(tours[a]) for a, c in zip(joint.agents, limit.cells, strict=True))
        for some in limit.any_of:
            inner = sum(c.of(tours[a]) for a, c in zip(joint.agents, some.cells, strict=True))
            total += some.factor * (inner > some.over)
        over = total - limit.most
        if over > 0 and joint.entry.weight is None:
            return np.inf
        if over > 0:
            key = (joint.entry.rule, joint.agents, limit.slack or number)
            worst[key] = max(worst.get(key, 0.0), joint.entry.weight * over)
    return sum(worst.values())


def _random_tours(random, search):
    offered = np.isfinite(search.instance.cost[0])
    shape = search.roster.tours.shape
    return np.array(
        [
            [random.choice(np.flatnonzero(offered[d])) for d in range(shape[1])]
            for _ in range(shape[0])
        ]
    )


@SEEDS
def test_joint_limits_are_counted_as_they_say(seed):
    """Cost and keeping of joint limits equal counting, also when tours change one by one."""
    random, problem = _several(seed)
    search = Search(problem, 1)
    tours = _random_tours(random, search)
    for _ in range(30):
        tours[random.integers(len(tours))] = _random_tours(random, search)[0]
        cost = _joint_cost(search, tours)
        assert search.coupling.kept(tours) == np.isfinite(cost)
        if np.isfinite(cost):
            assert search.coupling.cost(tours) == pytest.approx(cost)


@SEEDS
def test_a_tour_that_costs_no_cell_keeps_what_was_kept(seed):
    """Within the cells that cost nothing any tour of one agent keeps every limit that can be."""
    random, problem = _several(seed)
    search = Search(problem, 1)
    every, _ = _tours(search)
    days = np.arange(search.instance.days)
    for turn in random.integers(1 << 16, size=12):
        tours = _random_tours(random, search)
        before = search.coupling.counts(tours)
        agent = int(random.integers(len(tours)))
        costs = search.coupling.cell_cost(agent, tours, frozenset(), int(turn))
        if costs is None or np.isinf(costs).all():
            continue
        for number in random.integers(len(every), size=200):
            tour = every[number]
            if costs[days, tour].sum() == 0:
                tours[agent] = tour
                after = search.coupling.counts(tours)
                assert (after <= np.maximum(search.coupling.most, before)).all()


@SEEDS
def test_the_day_model_prices_joint_limits_exactly(seed):
    """With two agents' duties fixed, its cost moves as the roster's, or there is none."""
    random, problem = _several(seed, days=3)
    search = Search(problem, 1)
    for _ in range(200):
        tours = _random_tours(random, search)
        if np.isfinite(_joint_cost(search, tours)):
            break
    else:
        return
    for agent, tour in enumerate(tours):
        place_breaks(search, agent, tour)
    search.set_worth(search.worth)
    day = int(random.integers(3))
    found, true = [], []
    for options in itertools.product(*(_open(search, day) for _ in range(2))):
        built = build_day(search, day, (0, 2))
        for agent, option in zip((0, 2), options, strict=True):
            for duty in built.duties[agent]:
                built.model.add(duty.takes == int(duty.option == option))
        solver = solver_for(1, 20, workers=1)
        solved = solver.solve(built.model) == cp_model.OPTIMAL
        found.append(solver.objective_value / 1000 if solved else np.inf)
        changed = tours.copy()
        changed[[0, 2], day] = options
        own = sum(search.own_cost(agent, tour) for agent, tour in enumerate(changed))
        true.append(own + _joint_cost(search, changed))
    found, true = np.array(found), np.array(true)
    assert (np.isfinite(found) == np.isfinite(true)).all()
    some = np.isfinite(true)
    assert found[some] - found[some].min() == pytest.approx(true[some] - true[some].min(), abs=0.02)


def _open(search, day):
    return np.flatnonzero(np.isfinite(search.instance.cost[0][day])).tolist()


RULES = {
    "weekends": (Stated(weekends(1)),),
    "a weekly block": (Stated(weekly_block(40)),),
    "shared days off": (Stated(shared_days_off(6, ("a0", "a1", "a2"))),),
    "all of them": (
        Stated(weekends(1)),
        Stated(weekly_block(62)),
        Stated(shared_days_off(5, ("a0", "a1"))),
    ),
    "at a price": (
        Stated(weekends(0), 40.0),
        Stated(weekly_block(62), 3.0),
        Stated(shared_days_off(9, ("a1", "a2")), 15.0),
    ),
}


@pytest.mark.parametrize("name", RULES)
def test_what_is_solved_keeps_them_and_costs_what_it_says(name):
    """Two weeks with much to do: hard ones are kept, soft ones are paid for, the bound is below."""
    problem = with_rules(problem_of(3, days=14, calls=25.0, given=(rules.MinRest(hours=11),)))
    problem = with_rules(problem, *RULES[name])
    result = solve(problem, seconds=2)
    assert result.schedule is not None
    amounts = [breach(problem, rule, result.schedule) for rule in RULES[name]]
    paid = sum(a * r.weight for a, r in zip(amounts, RULES[name], strict=True) if r.weight)
    assert not any(a for a, r in zip(amounts, RULES[name], strict=True) if r.weight is None)
    plain = problem_of(3, days=14, calls=25.0, given=(rules.MinRest(hours=11),))
    report = verify(plain, result.schedule)
    assert report.ok
    assert report.costs.total + paid == pytest.approx(result.objective, rel=1e-6)
    assert result.bound <= result.objective + 1e-6
    assert len(result.schedule.shifts) > 9
