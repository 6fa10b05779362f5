"""Going on from a schedule."""

from __future__ import annotations

import numpy as np
import pytest

from tests.solver.problems import night_before, problem_of
from wfm import Previous, Schedule, Window, rules, solve, verify
from wfm.solver.search import Search
from wfm.solver.start import start

GIVEN = (
    rules.MinRest(hours=11),
    rules.Hours(most=40),
    rules.SomeoneAtHome(household="home", windows=(Window(start="20:00", end="07:00"),)),
    rules.DayOffRequest(agents=("a1",), days=("Sat",)),
)


@pytest.fixture(scope="module")
def before():
    """A centre of five with its schedule."""
    problem = problem_of(5, chats=4.0, given=GIVEN)
    return problem, solve(problem, seconds=1.5)


def _started(problem, schedule):
    search = Search(problem, 3)
    start(search, 3, schedule)
    return search


def test_an_unchanged_problem_starts_where_it_ended(before):
    """The first progress told is the cost of the schedule, and the end is no dearer."""
    problem, known = before
    seen = []
    again = solve(problem, seconds=0.5, start_from=known.schedule, on_progress=seen.append)
    assert seen[0].objective == pytest.approx(known.objective, rel=1e-9)
    assert again.objective <= known.objective + 1e-6


def test_breaks_and_shifts_are_taken_over_as_they_are(before):
    """Read into the search and out again the schedule is the same."""
    problem, known = before
    search = _started(problem, known.schedule)
    assert search.roster.schedule(search.instance) == known.schedule


def test_who_became_unavailable_changes_and_the_others_stay(before):
    """A new hard rule of one agent gives that agent a new tour at the start, and nobody else."""
    problem, known = before
    days = sorted({shift.day for shift in known.schedule.of("a3")})
    name = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[days[0]]
    away = rules.DayOffRequest(agents=("a3",), days=(name,), weight=None)
    changed = problem.with_rules(away)
    search = _started(changed, known.schedule)
    found = search.roster.schedule(search.instance)
    for agent in ("a0", "a1", "a2", "a4"):
        assert found.of(agent) == known.schedule.of(agent)
    assert days[0] not in {shift.day for shift in found.of("a3")}
    assert verify(changed, found).ok


def test_of_a_couple_that_may_not_work_together_one_gives_way():
    """Both worked the nights that now one of them must be at home: only one of them changes."""
    nights = Schedule.of_shifts(
        [
            night_before(agent).model_copy(update={"day": 2, "start": 4200, "end": 4680})
            for agent in ("a0", "a1", "a2")
        ]
    )
    home = rules.SomeoneAtHome(household="home", windows=(Window(start="20:00", end="07:00"),))
    problem = problem_of(3, calls=0.0, given=(home, rules.MinRest(hours=11)))
    search = _started(problem, nights)
    found = search.roster.schedule(search.instance)
    assert verify(problem, found).ok
    assert found.of("a2") == nights.of("a2")
    assert (found.of("a0") == nights.of("a0")) != (found.of("a1") == nights.of("a1"))


def test_what_is_no_longer_on_offer_is_found_anew(before):
    """Unknown agents are left out; shifts not on offer and breaks astray are replaced."""
    problem, known = before
    odd = night_before("a0").model_copy(update={"day": 1, "start": 1475, "end": 1955})
    gone = odd.model_copy(update={"agent": "nobody"})
    others = [shift for shift in known.schedule.shifts if shift.agent != "a0"]
    astray = [
        shift.model_copy(
            update={
                "breaks": tuple(
                    pause.model_copy(update={"start": pause.start + 5, "end": pause.end + 5})
                    for pause in shift.breaks
                )
            }
        )
        for shift in others
    ]
    search = _started(problem, Schedule.of_shifts([odd, gone, *astray]))
    found = search.roster.schedule(search.instance)
    assert verify(problem, found).ok
    for shift, kept in zip(others, (s for s in found.shifts if s.agent != "a0"), strict=True):
        assert (shift.agent, shift.start, shift.end) == (kept.agent, kept.start, kept.end)


def test_rest_after_a_late_change_of_the_past_is_kept(before):
    """A night before the horizon that was not known makes its agent begin anew, and no other."""
    problem, known = before
    fields = {"previous": Previous(shifts=(night_before("a4"),))}
    changed = problem.model_copy(update=fields)
    search = _started(changed, known.schedule)
    found = search.roster.schedule(search.instance)
    assert verify(changed, found).ok
    assert found.of("a2") == known.schedule.of("a2")
    assert np.isfinite(search.total)


def test_activities_are_taken_over_as_they_are():
    """A coaching, a meeting and paid rests stay where they were, at the same cost."""
    held = (
        rules.Activity(activity="coaching", agents=("a1",), minutes=60),
        rules.Activity(activity="meeting", agents=("a0", "a2"), minutes=60, together=True),
        rules.PaidRest(agents=("a3",), minutes=60, earliest=60, latest=240),
    )
    problem = problem_of(4, calls=6.0, given=(rules.MinRest(hours=11), *held))
    known = solve(problem, seconds=1.5)
    seen = []
    solve(problem, seconds=0.5, start_from=known.schedule, on_progress=seen.append)
    assert seen[0].objective <= known.objective + 1e-6
    search = _started(
        problem.with_rules(rules.DayOffRequest(agents=("a0",), days=("Mon",))), known.schedule
    )
    found = search.roster.schedule(search.instance)
    assert found.of("a1") == known.schedule.of("a1")
    assert found.of("a3") == known.schedule.of("a3")
    fewer = problem.model_copy(update={"rules": (rules.MinRest(hours=11), held[2])})
    result = solve(fewer, seconds=0.5, start_from=known.schedule)
    assert verify(fewer, result.schedule).ok
