"""Small problems as a whole: what the engine proves and finds, judged from outside."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from tests.solver.problems import problem_of, problems
from wfm import rules, solve, verify
from wfm.solver.budget import Budget
from wfm.solver.proof import WHOLE
from wfm.solver.search import Search
from wfm.solver.start import InfeasibleError, start
from wfm.solver.whole.build import small_crowds
from wfm.solver.whole.engine import WholeProblem

GIVEN = (rules.MinRest(hours=11), rules.Hours(most=40), rules.SameDaysOff(household="home"))


def test_a_gap_that_prices_leave_open_is_closed():
    """Prices alone prove less than half of what the engine proves of the same problem."""
    problem = problem_of(3, given=GIVEN)
    priced = solve(problem, work=2500, moves=("rows",))
    whole = solve(problem, work=2500)
    assert whole.bound_by == WHOLE
    assert whole.gap < 0.5 * priced.gap
    assert verify(problem, whole.schedule).ok


@given(problem=problems())
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
def test_the_engine_proves_no_more_than_the_best_schedule_costs(problem):
    """Its bound lies below every schedule that is found, its own solution is a valid one."""
    search = Search(problem, 1, Budget(None, work=400))
    try:
        start(search, 1)
    except InfeasibleError:
        return
    assert small_crowds(search) is not None
    known = search.settle()
    whole = WholeProblem(search, 1)
    found = whole.run(search.roster.copy(), lambda: False)
    cost = search.settle()
    assert verify(problem, search.roster.schedule(search.instance)).ok
    assert found or cost == pytest.approx(known)
    rows = solve(problem, work=400, moves=("rows",))
    assert whole.bound <= min(cost, known, rows.objective) + 1e-6


def test_a_run_ends_when_told_to():
    """A run that is stopped at once leaves a valid roster and a bound that holds."""
    problem = problem_of(8, calls=20.0, chats=8.0, given=GIVEN)
    search = Search(problem, 1)
    start(search, 1)
    cost = search.settle()
    whole = WholeProblem(search, 1)
    whole.run(search.roster.copy(), lambda: True)
    assert whole.bound <= cost
    assert verify(problem, search.roster.schedule(search.instance)).ok


def test_large_problems_are_left_to_the_other_moves():
    """Where people have very many shifts to choose from, nothing is built."""
    search = Search(problem_of(60, given=GIVEN), 1)
    assert small_crowds(search) is None
    assert not WholeProblem(search, 1).open
