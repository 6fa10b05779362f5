"""What is held inside shifts: placed where it costs least, and costed as the judge does."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.solver.problems import night_before, problem_of
from wfm import (
    ActivityTime,
    Break,
    BreakTime,
    Previous,
    Problem,
    Schedule,
    Shift,
    ShiftTemplate,
    Window,
    rules,
    solve,
    verify,
)

RANDOM = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
DAYTIME = Window(days=("Mon", "Tue", "Wed", "Thu", "Fri"), start="09:00", end="17:00")


@st.composite
def holding(draw: st.DrawFn):
    """Random centres whose rules ask for activities, rests and turns."""
    soft = draw(st.sampled_from([None, 7.0, 300.0]))
    menu = (
        rules.Activity(activity="coaching", minutes=60, windows=(DAYTIME,), weight=soft),
        rules.Activity(activity="QA", minutes=120, agents=("a1",), per="week"),
        rules.Activity(activity="huddle", minutes=60, per="day", off_excuses=True, weight=soft),
        rules.Activity(
            activity="meeting",
            minutes=60,
            agents=("a0", "a1"),
            windows=(Window(start="08:00", end="20:00"),),
            together=True,
            weight=soft,
        ),
        rules.Activity(activity="forum", minutes=60, together=True, at_least=2, weight=soft),
        rules.PaidRest(agents=("a0",), minutes=120, parts=2, shifts_from=240, latest=360),
        rules.PaidRest(agents=("a1",), minutes=60, earliest=60, latest=240, label="pump"),
        rules.QueueExposure(agents=("a1", "a2"), queue="chats", hours=3, recovery=60),
        rules.QueueExposure(agents=("a0",), queue="calls", hours=2, turn=120, recovery=0),
        rules.MinRest(hours=11),
        rules.Hours(most=40),
    )
    chats = draw(st.sampled_from([6.0, 12.0]))
    chosen = draw(st.lists(st.sampled_from(menu), min_size=1, max_size=6, unique=True))
    return problem_of(
        draw(st.integers(3, 5)),
        days=draw(st.integers(2, 9)),
        calls=draw(st.floats(1, 30)),
        chats=chats,
        given=tuple(chosen),
        start=draw(st.sampled_from([date(2026, 12, 7), date(2026, 10, 22), date(2026, 3, 26)])),
        previous=Previous(shifts=(night_before("a0"),)) if draw(st.booleans()) else None,
    )


@given(problem=holding())
@RANDOM
def test_what_is_held_is_costed_as_the_judge_does(problem):
    """For random problems no hard rule is broken, no activity is at fault, and costs are equal."""
    result = solve(problem, seconds=0.5)
    if result.schedule is None:
        assert result.conflict
        return
    report = verify(problem, result.schedule)
    assert [violation.sentence for violation in report.hard] == []
    assert report.costs.total == pytest.approx(result.objective, rel=1e-6, abs=1e-6)
    assert result.bound <= result.objective + 1e-9


LUNCH = Break(minutes=60, earliest=120, latest=240, label="lunch")
DAY = (ShiftTemplate(id="day", start="08:00", lengths=(420,), breaks=(LUNCH,)),)
LATE = ShiftTemplate(id="late", start="12:00", lengths=(300,))


def _least(problem: Problem, held: dict[str, list[list[ActivityTime]]]) -> float:
    """Least cost of all kept schedules: every tour, every break, everything that may be held."""
    choices = []
    for agent in problem.agents:
        for day in range(problem.horizon.days):
            midnight = problem.horizon.midnight(day)
            shifts: list[Shift | None] = [None]
            for template in problem.shifts:
                start = midnight + template.starts[0]
                for activities in held[agent.id]:
                    inside = tuple(
                        a.model_copy(update={"start": midnight + a.start, "end": midnight + a.end})
                        for a in activities
                    )
                    for breaks in _breaks(template, start):
                        try:
                            shift = Shift(
                                agent=agent.id,
                                day=day,
                                template=template.id,
                                start=start,
                                end=start + template.lengths[0],
                                breaks=breaks,
                                activities=inside,
                            )
                        except ValueError:
                            continue
                        shifts.append(shift)
            choices.append(shifts)
    costs = []
    for chosen in itertools.product(*choices):
        report = verify(problem, Schedule.of_shifts([s for s in chosen if s is not None]))
        if report.ok:
            costs.append(report.costs.total)
    return min(costs)


def _breaks(template: ShiftTemplate, start: int):
    if not template.breaks:
        return [()]
    (lunch,) = template.breaks
    return [
        (BreakTime(start=start + after, end=start + after + 60, label="lunch"),)
        for after in range(lunch.earliest, lunch.latest + 1, 60)
    ]


def _any_time(name: str, minutes: int = 60) -> list[list[ActivityTime]]:
    hours = range(8 * 60, 18 * 60 - minutes, 60)
    return [[ActivityTime(start=h, end=h + minutes, activity=name)] for h in hours]


@pytest.mark.parametrize("weight", [None, 5.0, 500.0])
def test_an_activity_is_held_where_it_costs_least(weight):
    """Beside a break that moves; a soft one is left out where it costs more than its weight."""
    rule = rules.Activity(activity="coaching", minutes=120, agents=("a0",), weight=weight)
    problem = problem_of(1, days=1, calls=6.0, given=(rule,), shifts=DAY)
    result = solve(problem, seconds=2)
    held = {"a0": [[], *_any_time("coaching", 120)]}
    assert result.objective == pytest.approx(_least(problem, held), rel=1e-6)


def test_a_meeting_is_held_where_it_costs_least():
    """Two people whose shifts start apart, or not, meet at the cheapest common time."""
    rule = rules.Activity(activity="meeting", minutes=60, together=True)
    problem = problem_of(2, days=1, calls=5.0, given=(rule,), shifts=(*DAY, LATE))
    result = solve(problem, seconds=2)
    held = {agent: [[], *_any_time("meeting")] for agent in ("a0", "a1")}
    assert result.objective == pytest.approx(_least(problem, held), rel=1e-6)
    times = {a.start for s in result.schedule.shifts for a in s.activities}
    assert len(times) == 1


def test_a_rest_in_two_parts_is_held_where_it_costs_least():
    """Both parts and the break find the cheapest places of the shift."""
    rule = rules.PaidRest(minutes=120, parts=2, earliest=60, latest=300)
    problem = problem_of(1, days=1, calls=6.0, given=(rule,), shifts=(*DAY, LATE))
    result = solve(problem, seconds=2)
    both = itertools.combinations(range(9 * 60, 18 * 60, 60), 2)
    pairs = [[ActivityTime(start=h, end=h + 60, activity="rest") for h in pair] for pair in both]
    assert result.objective == pytest.approx(_least(problem, {"a0": pairs}), rel=1e-6)


def test_turns_are_taken_where_they_are_worth_most():
    """An agent of two queues takes turns on one of them, each with its recovery, and pays."""
    rule = rules.QueueExposure(queue="calls", hours=2, recovery=60, agents=("a1",))
    problem = problem_of(2, days=1, calls=9.0, chats=4.0, given=(rule,), shifts=DAY)
    result = solve(problem, seconds=2)
    turns = [[], *_turns(1), *_turns(2)]
    assert result.objective == pytest.approx(_least(problem, {"a0": [[]], "a1": turns}), rel=1e-6)


def _turns(count: int) -> list[list[ActivityTime]]:
    found = []
    for hours in itertools.combinations(range(8 * 60, 15 * 60, 60), count):
        held = []
        for hour in hours:
            held.append(
                ActivityTime(start=hour, end=hour + 60, activity="calls", queues=("calls",))
            )
            held.append(ActivityTime(start=hour + 60, end=hour + 120, activity="recovery"))
        found.append(held)
    return found


def test_what_has_no_room_together_is_told():
    """Each of two activities has room in the only shift, but not both; the rules are named."""
    window = (Window(start="09:00", end="11:00"),)
    both = (
        rules.Activity(activity="coaching", minutes=120, agents=("a0",), windows=window),
        rules.Activity(activity="QA", minutes=60, agents=("a0",), windows=window),
    )
    result = solve(problem_of(1, days=1, given=both, shifts=DAY), seconds=1)
    assert result.status == "unknown"
    assert result.conflict == (
        "No schedule was found within the time with room for all that is asked for:",
        "Agent 0 has 120 min of coaching once (daily 09:00–11:00).",
        "Agent 0 has 60 min of QA once (daily 09:00–11:00).",
    )


def test_who_has_had_it_before_has_it_no_more():
    """A coaching of the same week, in the previous period's shifts, is not given again."""
    rule = rules.Activity(activity="coaching", minutes=60, agents=("a0",), per="week")
    past = night_before("a0").model_copy(
        update={"activities": (ActivityTime(start=-60, end=0, activity="coaching"),)}
    )
    for held, count in ((past, 0), (night_before("a0"), 1)):
        problem = problem_of(
            1,
            days=5,
            given=(rule,),
            start=date(2026, 12, 9),
            previous=Previous(shifts=(held,)),
        )
        schedule = solve(problem, seconds=0.5).schedule
        assert sum(len(shift.activities) for shift in schedule.shifts) == count


@pytest.mark.parametrize("seconds", [0.5])
def test_a_turn_of_the_past_counts_where_it_reaches_in(seconds):
    """A shift of the previous period serves, in the horizon, what its turns and its rest say."""
    turn = ActivityTime(start=-60, end=120, activity="chats", queues=("chats",))
    rest = ActivityTime(start=120, end=180, activity="recovery")
    past = night_before("a1").model_copy(update={"activities": (turn, rest)})
    rule = rules.QueueExposure(queue="chats", hours=3, recovery=60)
    problem = problem_of(3, days=2, chats=6.0, given=(rule,), previous=Previous(shifts=(past,)))
    result = solve(problem, seconds=seconds)
    report = verify(problem, result.schedule)
    assert report.ok
    assert report.costs.total == pytest.approx(result.objective, rel=1e-6)


@pytest.mark.parametrize("weight", [None, 1.0])
def test_who_has_no_turn_does_not_answer_the_queue(weight):
    """With no hours on a queue at all, nobody who is bound counts as a head on it."""
    none = {"hours": 0, "recovery": 0, "weight": weight}
    rule = rules.QueueExposure(queue="calls", agents=("a1", "a2"), **none)
    problem = problem_of(3, days=2, chats=6.0, given=(rule,))
    result = solve(problem, seconds=0.5)
    report = verify(problem, result.schedule)
    assert report.ok
    assert report.costs.total == pytest.approx(result.objective, rel=1e-6)
