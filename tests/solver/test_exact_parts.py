"""The exact parts of the solver against brute force."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.infeasible import smallest_by_force
from tests.solver.problems import SHIFTS, problem_of, problems
from wfm import Problem, Window, rules
from wfm.solver.allocation import Curves, allocate, no_division
from wfm.solver.book import open_book, tour_cost
from wfm.solver.bound import Dual
from wfm.solver.conflicts.holding import Patience
from wfm.solver.conflicts.smallest import smallest_conflict
from wfm.solver.conflicts.teams import teams
from wfm.solver.conflicts.whom import Inquiry
from wfm.solver.instance import compile_problem
from wfm.solver.model import TourModel, solver_for
from wfm.solver.one_head import gains, shift_heads
from wfm.solver.oracle import Oracle
from wfm.solver.placement import option_values
from wfm.solver.prices import roster_prices
from wfm.solver.roster import divide
from wfm.solver.search import Search
from wfm.solver.start import start
from wfm.solver.worth import best_worth

RANDOM = settings(max_examples=60, deadline=None, derandomize=True)
MASKS = np.array([1, 2, 4, 3, 5, 7])


def _best_division(supply, worth, planned, floor):
    """Value of the best division of one slot's groups, by trying every one of them."""
    best = -np.inf
    choices = []
    for heads, mask in zip(supply, MASKS, strict=True):
        mine = [q for q in range(3) if mask >> q & 1]
        choices.append(list(itertools.combinations_with_replacement([*mine, 3], heads)))
    for split in itertools.product(*choices):
        heads = np.bincount([q for part in split for q in part], minlength=4)[:3]
        value = sum(worth[q] * planned[q, n] - floor[q, n] for q, n in enumerate(heads))
        best = max(best, value)
    return best


@st.composite
def slots(draw):
    """One slot: groups, concave curves and worths."""
    seed = draw(st.integers(0, 10**6))
    random = np.random.default_rng(seed)
    steps = -np.sort(-random.exponential(1.0, (3, 9)), axis=1)
    planned = np.hstack([np.zeros((3, 1)), steps.cumsum(axis=1)])
    floor = np.maximum(0.0, random.uniform(0, 4, (3, 1)) - planned) * random.uniform(0, 3)
    return random.integers(0, 3, 6), random.uniform(0, 5, 3), planned, floor


def _allocated(supply, worth, planned, floor, division=None):
    division = division or no_division(3, 1)
    curves = Curves(worth[:, None], planned[:, None, :].copy(), floor[:, None, :].copy())
    allocate(np.array([0]), supply[:, None].astype(np.int64), MASKS, curves, division)
    return curves, division


@given(slot=slots())
@RANDOM
def test_the_division_of_agents_is_the_best_there_is(slot):
    """The greedy over the polymatroid reaches the value of the best of all divisions."""
    assert _allocated(*slot)[1].value[0] == pytest.approx(_best_division(*slot))


@given(slot=slots())
@RANDOM
def test_the_gain_of_one_more_agent_is_exact(slot):
    """The gain told for each group equals the value with one more agent less that without."""
    supply, worth, planned, floor = slot
    curves, division = _allocated(*slot)
    for group, mask in enumerate(MASKS):
        gain = np.zeros(1)
        gains(int(mask), curves.worth, division, gain)
        more = supply.copy()
        more[group] += 1
        after = _allocated(more, worth, planned, floor)[1].value
        assert gain[0] == pytest.approx(after[0] - division.value[0])


@given(slot=slots(), moved=st.lists(st.integers(0, 5), min_size=1, max_size=6))
@RANDOM
def test_agents_who_come_and_go_leave_the_best_division(slot, moved):
    """Joining one by one, and leaving in another order, the value stays that of the greedy."""
    supply, worth, planned, floor = slot
    curves, division = _allocated(*slot)
    steps = [(group, 1) for group in moved] + [(group, -1) for group in sorted(moved)]
    for group, change in steps:
        supply[group] += change
        heads = supply[:, None].astype(np.int64)
        heads[group] -= change
        shift_heads(np.array([group]), change, MASKS, curves, heads, division)
        assert heads[:, 0].tolist() == supply.tolist()
        _, anew = _allocated(supply, worth, planned, floor)
        assert division.value[0] == pytest.approx(anew.value[0])
        used = [division.heads[[q for q in range(3) if s >> q & 1]].sum() for s in range(8)]
        able = [supply[(MASKS & s) > 0].sum() for s in range(8)]
        assert division.room[0].tolist() == (np.array(able) - used).tolist()


@given(first=slots(), second=slots(), same_curves=st.booleans())
@RANDOM
def test_a_division_that_is_there_becomes_the_best_one(first, second, same_curves):
    """From any other division, be its heads too many or ill placed, the best value is reached."""
    _, division = _allocated(*first)
    supply, worth, planned, floor = second
    if same_curves:
        planned, floor = first[2:]
    _allocated(supply, worth, planned, floor, division)
    assert division.value[0] == pytest.approx(_best_division(supply, worth, planned, floor))
    assert (division.room >= 0).all()


@given(seed=st.integers(0, 10**6))
@RANDOM
def test_breaks_are_placed_where_they_cost_least(seed):
    """The value of a shift with two ordered breaks equals the best of all their places."""
    random = np.random.default_rng(seed)
    gain = random.exponential(1.0, 14)
    earliest, latest = np.array([[1, 2]]), np.array([[4, 6]])
    pause = np.array([[random.integers(1, 3), random.integers(1, 3)]])
    value, places = np.zeros((1, 2)), np.zeros((1, 1, 2), dtype=np.int64)
    args = (np.array([[2]]), np.array([9]), np.array([2]), earliest, latest, pause)
    option_values(gain, np.zeros((1, 2)), *args, value, places)
    worth = [
        gain[2:11].sum() - gain[one : one + pause[0, 0]].sum() - gain[two : two + pause[0, 1]].sum()
        for one in range(3, 7)
        for two in range(4, 9)
        if one + pause[0, 0] <= two
    ]
    assert value[0, 0] == pytest.approx(max(worth))
    first, second = places[0, 0]
    assert first + pause[0, 0] <= second


TOUR_RULES = [
    (rules.MinRest(hours=11),),
    (rules.MinRest(hours=11, weight=3.0), rules.Hours(least=15, most=25, per="horizon")),
    (rules.MaxDaysInARow(days=2), rules.DaysOff(least=1, per="horizon", weight=4.0)),
    (rules.Hours(most=16, per="horizon", weight=0.01), rules.MaxDaysInARow(days=2, weight=5.0)),
    (
        rules.ForbiddenSuccession(first=("night",), then=("late",)),
        rules.Hours(least=20, per="horizon"),
    ),
]


@pytest.mark.parametrize("chosen", TOUR_RULES)
def test_the_tour_programme_finds_the_best_of_all_tours(chosen):
    """On random values its tour is as good as the best tour by enumeration and limits."""
    problem = problem_of(1, days=4, given=chosen, shifts=SHIFTS[1:3])
    search = Search(problem, 1)
    off = search.instance.off
    for seed in range(5):
        random = np.random.default_rng(seed)
        value = np.hstack([random.normal(0, 10, (4, off)), np.zeros((4, 1))])
        found, _ = search.programmes[0].best(value)
        worth = []
        for columns in itertools.product(range(off + 1), repeat=4):
            price = tour_cost(search.book.own[0], np.array(columns))
            worth.append(value[np.arange(4), columns].sum() - price)
        assert found == pytest.approx(max(worth))


@given(problem=problems())
@settings(max_examples=25, deadline=None, derandomize=True)
def test_the_worth_of_an_answer_makes_the_lost_service_exact(problem):
    """No other worths give a larger dual cost, and the cost is not above any real division's."""
    instance = compile_problem(problem)
    random = np.random.default_rng(1)
    supply = random.integers(0, 4, (len(instance.masks), instance.width))
    worth = best_worth(instance, supply, instance.price)
    best = divide(instance, supply, worth).cost
    for _ in range(20):
        other = random.uniform(0, 1, len(worth)) * instance.price
        service = divide(instance, supply, other)
        assert service.cost <= best + 1e-6 * max(1, abs(best))
        missing = np.maximum(0, instance.target - service.totals)
        at = np.take_along_axis(instance.floor, service.heads[:, :, None], axis=2).sum()
        assert best <= instance.price @ missing + at + 1e-6 * max(1, abs(best))


def test_the_bound_of_a_whole_small_problem_is_below_its_optimum():
    """CP-SAT's optimum of wages under hours alone is met by the bound from below."""
    given_rules = (rules.MinRest(hours=11), rules.Hours(least=20, most=40, per="week"))
    problem = problem_of(2, days=7, calls=0.0, given=given_rules)
    search = Search(problem, 1)
    start(search, 1)
    search.settle()
    dual = Dual(Oracle(search), roster_prices(search))
    dual.improve(50, search.total)
    built = TourModel(search.instance, range(2))
    for agent in range(2):
        for entry in search.book.own[agent]:
            built.post(entry, (agent,))
    cost = search.instance.cost[0]
    terms = [(v, cost[c]) for cells in built.works.values() for c, v in cells.items()]
    built.model.minimize(sum(v * round(1000 * c) for v, c in terms))
    solver = solver_for(1, 60)
    solver.solve(built.model)
    optimum = solver.objective_value / 1000
    assert dual.best <= optimum + 1e-6
    assert dual.best == pytest.approx(optimum, rel=0.01)


@pytest.mark.parametrize("seed", range(12))
def test_conflicts_are_the_smallest_there_are(seed):
    """The size of the conflict told equals that of the smallest infeasible subset of the rules."""
    random = np.random.default_rng(seed)
    menu = [
        rules.Hours(least=float(random.choice([24, 32])), per="week"),
        rules.Availability(available=(Window(days=("Mon", "Tue", "Wed")),)),
        rules.DaysOff(least=int(random.choice([3, 5])), per="week"),
        rules.MaxDaysInARow(days=int(random.choice([1, 2]))),
        rules.ShiftRequest(days=("Thu",), weight=None),
        rules.DayOffRequest(days=("Thu",), weight=None),
        rules.MinRest(hours=11),
    ]
    problem = problem_of(1, given=tuple(menu))

    def kept(problem: Problem, some: tuple[int, ...]) -> bool:
        chosen = tuple(problem.rules[index] for index in some)
        search = Search(problem.model_copy(update={"rules": chosen}), 1)
        return bool(np.isfinite(search.programmes[0].best(-search.cell_cost[0])[0]))

    smallest = smallest_by_force(problem, kept)
    inquiry = Inquiry(compile_problem(problem), 1, Patience(60))
    found, proven = smallest_conflict(inquiry.holding(teams(open_book(problem))[0]))
    assert len(found) == len(smallest)
    assert proven or not found
    assert not found or not kept(problem, tuple(found))
