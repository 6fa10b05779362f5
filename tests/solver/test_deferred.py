"""Work that may wait: what the solver makes of it, against the judge, who thinks another way."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.judge.small import PLAIN, demand_of, mail, problem_of, supply_of, with_mail
from tests.judge.test_deferred import works
from wfm import rules, solve, verify
from wfm.judge.allocation import divide as divided_by_judge
from wfm.judge.deferred import work_off as worked_by_judge
from wfm.solver.bound import Dual
from wfm.solver.deferred import needed, work_off
from wfm.solver.instance import compile_problem
from wfm.solver.oracle import Oracle
from wfm.solver.prices import roster_prices
from wfm.solver.roster import divide
from wfm.solver.search import Search
from wfm.solver.start import start
from wfm.solver.worth import best_worth

RANDOM = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
WHOLE = PLAIN.model_copy(update={"level": 0.999999999})
HOURS = (8, 9, 10, 11)
GROUPS = ("a", "m", "am", "amn", "bn", "abmn")


@st.composite
def demands(draw):
    """Two queues of calls and two of mail, for a day."""
    asked = []
    for _ in range(2):
        steps = sorted(draw(st.lists(st.integers(0, 6), max_size=3)), reverse=True)
        curve = np.cumsum([0, *steps]).tolist()
        asked.append({hour: (float(draw(st.integers(0, 9))), curve) for hour in HOURS})
    mails = [(draw(works(queue=name)), draw(st.integers(1, 4))) for name in "mn"]
    target = PLAIN.model_copy(update={"level": draw(st.sampled_from([0.5, 0.8, 0.99]))})
    return with_mail(demand_of(*asked), *mails, target=target)


@given(demand=demands(), heads=st.lists(st.integers(0, 2), min_size=24, max_size=24))
@RANDOM
def test_the_worths_make_the_lost_service_what_the_judge_says(demand, heads):
    """The dual value at the best worths equals the least cost of the judge's programme."""
    people = {name: name for name in GROUPS for _ in range(2)}
    people = {f"{name}{n}": letters for n in (1, 2) for name, letters in people.items()}
    problem = problem_of(demand, people)
    instance = compile_problem(problem)
    counts = iter(heads)
    groups = {name: {hour: next(counts) for hour in HOURS} for name in GROUPS}
    serves, supply = supply_of(demand, **groups)
    mine = np.zeros((len(instance.masks), instance.width), dtype=np.int64)
    for row, mask in enumerate((serves @ (1 << np.arange(serves.shape[1]))).tolist()):
        mine[instance.masks.tolist().index(mask), : instance.slots] = supply[row]
    worth = best_worth(instance, mine, instance.price)
    cost = divide(instance, mine, worth).cost
    assert cost == pytest.approx(divided_by_judge(demand, serves, supply).cost, rel=1e-6, abs=1e-5)
    for seed in range(5):
        other = np.random.default_rng(seed).uniform(0, 1, len(worth)) * instance.price
        assert divide(instance, mine, other).cost <= cost + 1e-5


@given(work=works(), able=st.lists(st.floats(0, 6), min_size=24, max_size=24))
@RANDOM
def test_both_work_off_alike(work, able):
    """Solver and judge agree on what is done and late in each slot."""
    done, late = np.zeros(24), np.zeros(24)
    work_off(work.arrived_array, work.due_array, np.array(able), 0.0, done, late)
    by_judge = worked_by_judge(work, np.array(able))
    assert np.stack([done, late]) == pytest.approx(np.stack(by_judge))


@given(work=works(), able=st.lists(st.integers(0, 6), min_size=24, max_size=24))
@RANDOM
def test_where_more_is_needed(work, able):
    """A little more in a slot leaves less work late in exactly the slots that are said to."""
    capacity = np.array(able, dtype=float)
    more = np.zeros(24, dtype=bool)
    needed(work.arrived_array, work.due_array, capacity, more)
    late = worked_by_judge(work, capacity)[1].sum()
    for slot in range(24):
        fuller = capacity.copy()
        fuller[slot] += 1e-5
        saved = late - worked_by_judge(work, fuller)[1].sum()
        assert more[slot] == (saved > 1e-6)


def _problem(*, jobs, rules_=(), people=None, calls=None):
    demand = with_mail(
        demand_of(calls or {9: (10, (0, 8)), 10: (10, (0, 8))}),
        (mail(24, *jobs), 5.0),
        target=WHOLE,
    )
    return problem_of(demand, people or {"anna": "am"}, rules=rules_)


def test_mail_goes_where_calls_are_quiet():
    """One agent, calls from nine to eleven, and fifteen letters due by one: the best is plain."""
    problem = _problem(jobs=[(0, 12, 15.0)])
    result = solve(problem, work=500)
    (shift,) = result.schedule.shifts
    # Five hours, of which two are for calls and three for mail: from eight to one.
    assert (shift.start, shift.end) == (480, 780)
    report = verify(problem, result.schedule)
    assert report.costs.service == pytest.approx(0, abs=1e-4)
    assert result.objective == pytest.approx(100, abs=1e-3)
    calls, letters = report.queues
    assert [calls.heads[hour] for hour in (9, 10)] == pytest.approx([1, 1])
    assert [letters.heads[hour] for hour in (8, 11, 12)] == pytest.approx([1, 1, 1])


def test_a_shift_starts_late_enough_for_what_arrives():
    """Twenty letters arrive at ten and are due at two: four hours from ten do them all."""
    problem = _problem(jobs=[(10, 13, 20.0)], calls={9: (0, (0,))}, people={"anna": "m"})
    result = solve(problem, seconds=2.0)
    (shift,) = result.schedule.shifts
    assert (shift.start, shift.end) == (600, 840)
    assert result.objective == pytest.approx(80, abs=1e-3)
    assert result.bound <= 80 + 1e-6


@given(demand=demands(), seed=st.integers(0, 9))
@settings(RANDOM, max_examples=10)
def test_a_schedule_costs_what_it_says(demand, seed):
    """With random mail, cost is recomputed equal, no hard rule is broken, the bound is below."""
    people = {f"a{n}": letters for n, letters in enumerate(("am", "bn", "m", "abmn"))}
    problem = problem_of(demand, people, rules=[rules.Hours(most=8, per="horizon")])
    result = solve(problem, seconds=0.5, seed=seed)
    report = verify(problem, result.schedule)
    assert report.ok
    assert report.costs.total == pytest.approx(result.objective, rel=1e-6, abs=1e-5)
    assert result.bound <= result.objective + 1e-6


def test_the_bound_rises_towards_the_cost():
    """Where the best schedule is plain, the bound comes within a few percent of it."""
    problem = _problem(jobs=[(10, 13, 20.0)], calls={9: (0, (0,))}, people={"anna": "m"})
    search = Search(problem, 1)
    start(search, 1)
    cost = search.settle()
    dual = Dual(Oracle(search), roster_prices(search))
    dual.improve(200, cost)
    assert 0.9 * 80 <= dual.best <= 80 + 1e-6
