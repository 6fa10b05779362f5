"""People who are alike are counted: what that proves and finds is what naming them does."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from benchmarks.others.reading import grown_cover
from tests.solver.problems import SHIFTS, problem_of
from wfm import Problem, rules, solve, verify
from wfm.solver.budget import Budget
from wfm.solver.model import solver_for
from wfm.solver.proof import WHOLE
from wfm.solver.search import Search
from wfm.solver.start import start
from wfm.solver.whole.build import build_whole, small_crowds, take
from wfm.solver.whole.crowds import Crowd, crowds_of

SOFT = 25.0
MENU = (
    rules.MinRest(hours=11),
    rules.Hours(most=24, per="week"),
    rules.Hours(least=14, per="horizon", weight=SOFT),
    rules.MaxDaysInARow(days=2),
    rules.DaysOff(least=1, per="horizon"),
    rules.ForbiddenSuccession(first=("night",), then=("early", "short"), weight=SOFT),
    rules.DayOffRequest(days=("Sat",), weight=SOFT),
)


def alike(
    agents: int, days: int, *stated: rules.Rule, chats: float = 0.0, breaks: int = 1
) -> Problem:
    """A centre of people who can do the same, so many breaks in the early shift."""
    early = SHIFTS[0].model_copy(update={"latest": None, "breaks": SHIFTS[0].breaks[:breaks]})
    shifts = (early, *SHIFTS[1:])
    problem = problem_of(agents, days, chats=chats, given=stated, shifts=shifts)
    skills = problem.agents[1].skills
    same = tuple(agent.model_copy(update={"skills": skills}) for agent in problem.agents)
    return Problem.model_validate({**dict(problem), "agents": same})


def begun(problem: Problem) -> Search:
    """A search that holds a first roster."""
    search = Search(problem, 1, Budget(None, work=400))
    start(search, 1)
    return search


def proven(search: Search, crowds: list[Crowd], work: float = 1e9) -> tuple[float, float]:
    """What the engine proves of the whole, and the cost of its solution, which is then in hand."""
    built = build_whole(search, search.roster, crowds)
    solver = solver_for(1, workers=1)
    solver.parameters.linearization_level = 2
    solver.parameters.max_deterministic_time = work
    status = solver.solve(built.model)
    assert status == cp_model.OPTIMAL or work < 1e9
    take(built, solver)
    return built.bound(solver), search.settle()


@given(
    stated=st.lists(st.sampled_from(MENU), max_size=4, unique_by=lambda rule: rule.name()),
    agents=st.integers(2, 4),
    days=st.integers(2, 3),
    chats=st.sampled_from([0.0, 6.0]),
)
@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
def test_counting_people_and_naming_them_come_to_the_same(stated, agents, days, chats):
    """Both prove the same least cost; the tours that heads fall into keep everybody's rules."""
    problem = alike(agents, days, *stated, chats=chats)
    search = begun(problem)
    crowds = small_crowds(search)
    assert crowds is not None
    least, cost = proven(search, crowds)
    assert verify(problem, search.roster.schedule(search.instance)).ok
    assert cost == pytest.approx(least, rel=1e-4)
    bound, named = proven(begun(problem), [], work=1.0)
    assert bound <= 1.0001 * cost
    assert least <= named


def test_breaks_that_are_counted_can_be_given_to_people():
    """Whose first break is as late as can be has the second after it; only the others may begin."""
    search = begun(alike(4, 2, breaks=2))
    built = build_whole(search, search.roster, small_crowds(search))
    (agents, cell), (first, second) = next(iter(built.breaks.items()))
    (both,) = set(first) & set(second)
    built.model.add(built.works[agents][cell] == 3)
    built.model.add(first[both] == 2)
    built.model.maximize(second[both])
    solver = solver_for(1, workers=1)
    assert solver.solve(built.model) == cp_model.OPTIMAL
    assert solver.value(second[both]) == 1


def test_people_who_are_alike_are_counted():
    """Few rules on the days before make a crowd; what couples people, or sets one apart, none."""
    crowds = small_crowds(begun(alike(6, 7, rules.MinRest(hours=11))))
    assert [crowd.agents for crowd in crowds] == [(0, 1, 2, 3, 4, 5)]
    home = begun(alike(6, 3, rules.SameDaysOff(household="home")))
    assert small_crowds(home) == []
    apart = begun(alike(6, 3, rules.DayOffRequest(agents=("a2",), days=("Mon",), weight=1.0)))
    assert [crowd.agents for crowd in small_crowds(apart)] == [(0, 1, 3, 4, 5)]


def test_a_crowd_whose_ways_are_more_than_its_names_is_named():
    """What must be known of hours of many days may be more than what each can be given."""
    search = begun(alike(2, 7, rules.Hours(most=37, per="week"), rules.MaxDaysInARow(days=3)))
    assert crowds_of(search, [10, 10]) == []


def test_many_alike_are_solved_as_a_whole():
    """Sixty people who are far too many to name are given their shifts at proven least cost."""
    problem = grown_cover(days=3).problem()
    result = solve(problem, work=3000)
    assert result.status == "optimal"
    assert result.bound_by == WHOLE
    assert verify(problem, result.schedule).ok
