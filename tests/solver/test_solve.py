"""What comes out of `solve`, judged by `verify`, which shares no code with it."""

from __future__ import annotations

import itertools
import threading
import time
from _thread import interrupt_main
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings

from tests.solver.problems import night_before, problem_of, problems
from wfm import Previous, Problem, Progress, Result, Schedule, Shift, Window, rules, solve, verify
from wfm.shift import ShiftTemplate
from wfm.solver.search import Search
from wfm.solver.start import start

RANDOM = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


@given(problem=problems())
@RANDOM
def test_a_schedule_keeps_every_hard_rule_and_costs_what_it_says(problem):
    """For random problems no hard rule is broken, cost is recomputed equal, bound is below it."""
    result = solve(problem, seconds=0.4)
    if result.schedule is None:
        assert result.status == "infeasible"
        assert result.conflict
        return
    report = verify(problem, result.schedule)
    assert [violation.sentence for violation in report.hard] == []
    assert report.costs.total == pytest.approx(result.objective, rel=1e-6, abs=1e-6)
    assert result.bound <= result.objective + 1e-9
    assert Result.from_json(result.to_json()) == result
    assert Problem.from_json(problem.to_json()) == problem


def _every_schedule(problem: Problem):
    options, horizon = problem.options, problem.horizon
    cells = []
    for agent in problem.agents:
        for day in range(horizon.days):
            shifts = [
                Shift(
                    agent=agent.id,
                    day=day,
                    template=options.templates[options.template[o]].id,
                    start=int(options.start[day, o]),
                    end=int(options.end[day, o]),
                )
                for o in range(len(options))
                if options.offered[day, o]
            ]
            cells.append([None, *shifts])
    for chosen in itertools.product(*cells):
        yield Schedule.of_shifts([shift for shift in chosen if shift is not None])


@pytest.mark.parametrize("rest", [9, 11])
def test_the_optimum_of_a_tiny_problem_is_found_and_bounded(rest):
    """The cost equals the least over every schedule there is, and the bound is not above it."""
    shifts = (
        ShiftTemplate(id="early", start="06:00", lengths=(480,)),
        ShiftTemplate(id="late", start="13:00", lengths=(480,)),
    )
    given_rules = (rules.MinRest(hours=rest), rules.DayOffRequest(agents=("a1",), days=("Mon",)))
    problem = problem_of(2, days=2, calls=4.0, given=given_rules, shifts=shifts)
    reports = (verify(problem, schedule) for schedule in _every_schedule(problem))
    least = min(report.costs.total for report in reports if report.ok)
    result = solve(problem, seconds=1)
    assert result.objective == pytest.approx(least, rel=1e-6)
    assert result.bound <= least + 1e-6


def test_rest_holds_across_the_seam():
    """Someone who comes off a night shift on the first morning gets the rest before working."""
    previous = Previous(shifts=(night_before("a0"),))
    problem = problem_of(1, days=3, given=(rules.MinRest(hours=11),), previous=previous)
    result = solve(problem, seconds=0.5)
    assert all(shift.start >= 360 + 11 * 60 for shift in result.schedule.of("a0"))
    assert verify(problem, result.schedule).ok


@pytest.mark.parametrize("start", [date(2026, 10, 24), date(2026, 3, 28)])
def test_days_on_which_the_clocks_change_are_scheduled_right(start):
    """Over both clock changes the schedule passes the judge and costs what it says."""
    problem = problem_of(4, days=3, calls=6, given=(rules.MinRest(hours=11),), start=start)
    result = solve(problem, seconds=0.5)
    report = verify(problem, result.schedule)
    assert report.ok
    assert report.costs.total == pytest.approx(result.objective, rel=1e-6)
    assert any(shift.template == "night" for shift in result.schedule.shifts)


def test_an_infeasible_problem_is_answered_with_its_conflict():
    """The sentences name the agent and the two rules that cannot hold together, and no others."""
    conflict = (
        rules.Hours(agents=("a0",), least=30, per="week"),
        rules.Availability(agents=("a0",), available=(Window(days=("Mon", "Tue")),)),
    )
    problem = problem_of(3, given=(rules.MinRest(hours=11), *conflict))
    result = solve(problem, seconds=1)
    assert result.status == "infeasible"
    assert result.schedule is None
    assert len(result.conflict) == 3
    assert "Agent 0" in result.conflict[0]
    assert "Agent 1" not in " ".join(result.conflict)
    assert "30" in " ".join(result.conflict)
    assert "Mon Tue" in " ".join(result.conflict)


def test_a_conflict_that_couples_people_names_them():
    """Two members who must both work the same nights cannot leave someone at home."""
    conflict = (
        rules.SomeoneAtHome(household="home", windows=(Window(start="20:00", end="07:00"),)),
        rules.ShiftRequest(agents=("a0",), days=("Wed",), templates=("night",), weight=None),
        rules.ShiftRequest(agents=("a1",), days=("Wed",), templates=("night",), weight=None),
    )
    result = solve(problem_of(3, given=(*conflict, rules.MinRest(hours=11))), seconds=1)
    assert result.status == "infeasible"
    assert "Agent 0, Agent 1" in result.conflict[0]
    assert len(result.conflict) == 4


def test_the_last_period_reaches_far_into_the_first_days():
    """A past shift of a whole day keeps its agent from starting before it has ended."""
    past = Previous(shifts=(Shift(agent="a0", day=-1, template="night", start=-60, end=1380),))
    problem = problem_of(1, days=3, calls=20.0, previous=past)
    result = solve(problem, seconds=0.5)
    assert verify(problem, result.schedule).ok
    assert min(shift.start for shift in result.schedule.of("a0")) >= 1380


def test_a_shift_of_a_day_across_the_clock_change_blocks_the_day_after_the_next():
    """Twenty-four hours from midnight reach past a day that has only twenty-three."""
    shifts = (
        ShiftTemplate(id="long", start="24:00", lengths=(1440,), days=("Sat",)),
        ShiftTemplate(id="early", start="00:00", lengths=(480,), days=("Mon",)),
    )
    problem = problem_of(1, days=3, calls=20.0, start=date(2026, 3, 28), shifts=shifts)
    result = solve(problem, seconds=0.5)
    assert verify(problem, result.schedule).ok


@pytest.mark.parametrize("weight", [None, 500.0])
def test_a_window_off_the_slots_counts_nobody_twice(weight):
    """Two shifts of one member that meet inside the window leave the other one at home."""
    shifts = (
        ShiftTemplate(id="before", start="00:00", lengths=(360,), days=("Tue",)),
        ShiftTemplate(id="after", start="06:00", lengths=(480,), days=("Tue", "Wed")),
    )
    window = Window(days=("Tue",), start="05:30", end="06:30")
    home = rules.SomeoneAtHome(household="home", windows=(window,), weight=weight)
    problem = problem_of(2, days=3, calls=20.0, given=(home,), shifts=shifts)
    result = solve(problem, seconds=0.5)
    report = verify(problem, result.schedule)
    assert report.ok
    assert report.costs.total == pytest.approx(result.objective, rel=1e-6)


def test_two_people_with_the_same_days_off_both_work():
    """A couple that must keep the same days off is moved together, from all off to at work."""
    together = rules.SameDaysOff(household="home")
    problem = problem_of(2, days=3, calls=8.0, given=(together, rules.MinRest(hours=11)))
    result = solve(problem, seconds=1)
    assert verify(problem, result.schedule).ok
    assert len(result.schedule.shifts) >= 4


def test_a_large_conflict_is_told_in_time():
    """Fifteen leads of whom twelve are needed each day cannot have two days off a week."""
    conflict = (
        rules.MinSkillOnDuty(
            skill="lead", at_least=12, windows=(Window(start="15:00", end="16:00"),)
        ),
        rules.DaysOff(least=2, per="week"),
        rules.MinRest(hours=11),
    )
    problem = problem_of(30, days=14, given=conflict)
    result = solve(problem, seconds=2)
    assert result.status == "infeasible"
    assert len(result.conflict) == 3


def test_the_first_roster_repeats_for_a_seed():
    """Two starts from one seed seat everyone alike, those whom rules couple too."""
    given_rules = (
        rules.MinRest(hours=11),
        rules.SameDaysOff(household="home"),
        rules.MinSkillOnDuty(skill="lead", windows=(Window(start="15:00", end="16:00"),)),
    )
    problem = problem_of(5, given=given_rules)
    tours = []
    for _ in range(2):
        search = Search(problem, 7)
        start(search, 7)
        tours.append(search.roster.tours)
    assert (tours[0] == tours[1]).all()


def test_progress_is_told_and_the_gap_ends_the_search():
    """The callback sees falling costs, and a wide gap stops long before the time limit."""
    seen: list[Progress] = []
    problem = problem_of(3, given=(rules.MinRest(hours=11),))
    result = solve(problem, seconds=60, gap=0.9, on_progress=seen.append)
    assert result.gap <= 0.9
    assert result.seconds < 60
    costs = [progress.objective for progress in seen]
    assert costs == sorted(costs, reverse=True)
    assert seen[0].step == "start"


def test_ctrl_c_returns_the_best_schedule_so_far():
    """An interrupt in the middle of the search ends it with a valid schedule."""
    problem = problem_of(5, chats=6.0, given=(rules.MinRest(hours=11),))
    began = threading.Event()

    def interrupt() -> None:
        began.wait(60)
        time.sleep(0.5)
        interrupt_main()

    threading.Thread(target=interrupt).start()
    result = solve(problem, seconds=300, on_progress=lambda _: began.set())
    assert result.status in ("feasible", "optimal")
    assert result.seconds < 290
    assert verify(problem, result.schedule).ok


@pytest.mark.parametrize("moves", [("rows",), ("columns",), ("rows", "columns")])
def test_each_move_alone_gives_a_valid_schedule(moves):
    """Rows only, columns only and both all end in schedules that pass the judge."""
    problem = problem_of(4, chats=4.0, given=(rules.MinRest(hours=11), rules.Hours(most=40)))
    result = solve(problem, seconds=1.5, moves=moves)
    assert verify(problem, result.schedule).ok


def test_an_agent_without_a_queue_can_be_planned():
    """A role without any queue costs wages only, so nobody schedules it without a rule."""
    problem = problem_of(2, given=(rules.MinRest(hours=11),))
    lead = problem.agents[0].model_copy(update={"skills": ("lead",)})
    problem = problem.model_copy(update={"agents": (lead, problem.agents[1])})
    result = solve(problem, seconds=0.5)
    assert result.schedule.of("a0") == ()
