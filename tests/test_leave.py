"""Someone falls away at short notice: what stays, what is mended, and what it is called."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import cache

import pytest

import wfm
from tests.solver.problems import night_before, problem_of
from wfm import rules
from wfm.errors import InputError
from wfm.horizon import DAY
from wfm.problem import Problem
from wfm.rules.example import SPRING_SATURDAY, example
from wfm.window import Window

WEDNESDAY, THURSDAY = date(2026, 12, 9), date(2026, 12, 10)
NOON = datetime(2026, 12, 9, 12)
HARD = (
    rules.MinRest(hours=11),
    rules.Hours(least=32, most=40),
    rules.DaysOff(least=2),
    rules.MaxDaysInARow(days=5),
)


@cache
def known(calls):
    """A week of six people that has been published, and who works on its Thursday."""
    problem = problem_of(6, calls=calls, given=HARD)
    schedule = wfm.solve(problem, seconds=1).schedule
    assert schedule is not None
    return problem, schedule, next(s.agent for s in schedule.shifts if s.day == 3)


@cache
def one_sided():
    """A week in which everybody comes late, although people call all day and all night."""
    shifts = [
        wfm.Shift(
            agent=f"a{n}", day=day, template="late", start=day * DAY + 840, end=day * DAY + 1320
        )
        for n in range(6)
        for day in (n % 7, (n + 1) % 7, (n + 2) % 7, (n + 4) % 7)
    ]
    return problem_of(6, calls=20.0, given=HARD), wfm.Schedule.of_shifts(shifts), "a0"


@cache
def mended(calls, weight):
    """The problem with the Thursday away, and a schedule of it."""
    return _mended(known(calls), weight)


def _mended(plan, weight):
    problem, schedule, agent = plan
    new = wfm.with_leave(problem, schedule, agent, [THURSDAY], NOON, weight=weight)
    found = wfm.solve(new, seconds=1)
    assert found.schedule is not None, found.conflict
    return new, found.schedule


def touched(plan, after):
    """Days on which the plan changes of those who are not away."""
    problem, before, agent = plan
    return [
        (other.id, day)
        for other in problem.agents
        for day in range(problem.horizon.days)
        if other.id != agent and _plan(before, other.id, day) != _plan(after, other.id, day)
    ]


def _plan(schedule, agent, day):
    shift = schedule.on(agent, day)
    return shift and (shift.template, shift.start, shift.end)


@pytest.mark.parametrize("calls", [2.0, 20.0])
@pytest.mark.parametrize("weight", [0.01, 500.0])
def test_hard_rules_hold_and_the_past_stays(calls, weight):
    """The mended plan keeps the rules, keeps the time away free, and changes nothing before now."""
    problem, schedule, agent = known(calls)
    new, after = mended(calls, weight)
    found = wfm.verify(new, after).violations
    assert {v.rule for v in found if v.weight is None and not v.informative} == set()
    assert all(not s.overlap(3 * DAY, 4 * DAY) for s in after.of(agent))
    now = problem.horizon.elapsed(NOON)
    for one, other in ((schedule, after), (after, schedule)):
        for shift in one.shifts:
            if shift.start < now:
                assert _plan(other, shift.agent, shift.day) == _plan(one, shift.agent, shift.day)


def test_nobody_else_is_asked_where_the_others_are_enough():
    """Where a change costs more than the service that is lost, only the one away has a new plan."""
    assert touched(known(2.0), mended(2.0, 500.0)[1]) == []


def test_few_others_are_asked_where_they_are_not():
    """Of the thirty days of the others, only some change at a price like that of the service."""
    assert len(touched(known(20.0), mended(20.0, 500.0)[1])) <= 6


def test_keeping_has_a_price():
    """A plan that is bad for the service is made anew if keeping it is worth next to nothing."""
    cheap, dear = (_mended(one_sided(), weight)[1] for weight in (0.01, 100_000.0))
    assert len(touched(one_sided(), cheap)) > 8
    assert touched(one_sided(), dear) == []


def test_changes_are_told_by_agent_and_day():
    """Each day that differs is a sentence, in the order of agents and days."""
    before = example("", rules.OneShiftADay(), {"anna": "E-", "ben": "-N"})
    after = example("", rules.OneShiftADay(), {"anna": "D-", "ben": "L-"})
    assert wfm.changes(before.schedule, after.schedule, before.problem) == [
        "Anna has a shift 'day' 09:00–17:30 on Mon 7 Dec, not a shift 'early' 06:00–14:30.",
        "Ben has a shift 'late' 14:00–22:30 on Mon 7 Dec, not a day off.",
        "Ben has a day off on Tue 8 Dec, not a shift 'night' 22:00–06:00.",
    ]
    assert wfm.changes(before.schedule, before.schedule, before.problem) == []


def leave(given, rosters, away, now, **more):
    """A leave of Anna's in a small roster: the new problem and the published schedule."""
    one = example("", given, rosters, **more)
    return wfm.with_leave(one.problem, one.schedule, "anna", away, now), one.schedule


def broken(problem, schedule, name):
    """Sentences of hard rules of a name that a schedule breaks."""
    of_name = [rule for rule in problem.rules if rule.name() == name and rule.weight is None]
    found = (violation for rule in of_name for violation in rule.violations(problem, schedule))
    return [violation.sentence for violation in found]


def test_what_has_begun_goes_on_and_what_has_not_may_change():
    """Shifts under way stay, later ones of the day may go, and none may begin before now."""
    rosters = {"anna": "E-E", "ben": "EL-", "cleo": "N-D"}
    new, schedule = leave(rules.OneShiftADay(), rosters, [WEDNESDAY], datetime(2026, 12, 8, 10))
    (locked,) = [rule for rule in new.rules if rule.name() == "locked"]
    said = {(a.agent, a.day.day): (a.template, a.off, a.until) for a in locked.assignments}
    assert said == {
        ("anna", 7): ("early", False, None),
        ("anna", 8): (None, True, "10:00"),
        ("ben", 7): ("early", False, None),
        ("ben", 8): (None, True, "10:00"),
        ("cleo", 7): ("night", False, None),
        ("cleo", 8): (None, True, "10:00"),
    }
    assert broken(new, schedule, "locked") == []
    assert broken(new, schedule, "availability") == [
        "Anna has a shift from Wed 9 Dec 06:00 to Wed 9 Dec 14:30, "
        "but is not available from Wed 9 Dec 06:00."
    ]


def test_a_night_that_is_over_stays_and_one_under_way_is_taken_out():
    """Time away counts from now on: a night that has ended is not in its way."""
    rosters = {"anna": "N--", "ben": "---"}
    ended, schedule = leave(
        rules.OneShiftADay(), rosters, [date(2026, 12, 8)], datetime(2026, 12, 8, 7)
    )
    assert broken(ended, schedule, "availability") == broken(ended, schedule, "locked") == []
    under_way, schedule = leave(
        rules.OneShiftADay(), rosters, [date(2026, 12, 8)], datetime(2026, 12, 8, 2)
    )
    assert len(broken(under_way, schedule, "availability")) == 1
    assert broken(under_way, schedule, "locked") == [
        "Anna has a shift 'night' 22:00–06:00 on Mon 7 Dec, where a day off is locked."
    ]


def test_windows_say_part_of_a_day():
    """With a window only shifts that reach into it are taken out."""
    noon = Window(days=("Tue",), start="12:00", end="13:00")
    rosters = {"anna": "ELE", "ben": "---"}
    new, schedule = leave(rules.OneShiftADay(), rosters, [noon], datetime(2026, 12, 6))
    assert broken(new, schedule, "availability") == []
    assert [rule.name() for rule in new.rules] == ["one_shift_a_day", "availability", "published"]
    night = Window(dates=(SPRING_SATURDAY,), start="22:00", end="06:00")
    new, schedule = leave(
        rules.OneShiftADay(),
        {"anna": "N-"},
        [night],
        datetime.combine(SPRING_SATURDAY, NOON.time()),
        start=SPRING_SATURDAY,
    )
    (free,) = [rule for rule in new.rules if rule.name() == "availability"]
    assert [(w.start, w.end) for w in free.unavailable] == [("22:00", "24:00"), ("00:00", "06:00")]


def test_rules_that_the_time_away_breaks_are_only_reported_for_the_one_away():
    """A least number of hours still binds the others, and stays in sight for the one away."""
    least = rules.Hours(least=24, most=40)
    rosters = {"anna": "EEE----", "ben": "-EEE---", "cleo": "----EEE"}
    new, _ = leave(least, rosters, [WEDNESDAY], datetime(2026, 12, 8))
    hours = [rule for rule in new.rules if rule.name() == "hours"]
    assert [(rule.who(new), rule.informative) for rule in hours] == [
        (["ben", "cleo"], False),
        (["anna"], True),
    ]
    kept, _ = leave(rules.Hours(least=16), rosters, [WEDNESDAY], datetime(2026, 12, 8))
    assert [rule.informative for rule in kept.rules if rule.name() == "hours"] == [False]
    own = rules.Hours(agents=("anna",), least=24)
    alone, _ = leave(own, rosters, [WEDNESDAY], datetime(2026, 12, 8))
    assert [rule.informative for rule in alone.rules if rule.name() == "hours"] == [True]


def test_a_published_rule_that_is_there_keeps_its_price():
    """It takes over the new plan; those whom it does not bind get one of their own."""
    one = example("", rules.OneShiftADay(), {"anna": "EEE----", "cleo": "----EEE"})
    old = rules.Published.of(
        one.problem, one.schedule, on=date(2026, 11, 1), teams=("red",), weight=7.0
    )
    problem = one.problem.with_rules(old)
    new = wfm.with_leave(problem, one.schedule, "anna", [WEDNESDAY], NOON - timedelta(1), weight=9)
    found = [rule for rule in new.rules if rule.name() == "published"]
    assert [(rule.who(new), rule.weight) for rule in found] == [
        (["anna", "ben"], 7.0),
        (["cleo"], 9.0),
    ]
    assert {rule.on for rule in found} == {date(2026, 12, 8)}
    assert [a.day.day for a in found[0].shifts if a.agent == "anna"] == [7, 8]


def test_no_field_says_why():
    """The new problem comes back from JSON, and holds no word of a reason."""
    new, _ = leave(rules.OneShiftADay(), {"anna": "EEE"}, [WEDNESDAY], datetime(2026, 12, 8))
    text = new.to_json()
    assert Problem.from_json(text) == new
    assert not re.search("reason|leave|ill|sick|emergency", text.replace("skill", ""))


@pytest.mark.parametrize(
    ("agent", "away", "now", "message"),
    [
        ("dora", [WEDNESDAY], NOON, "with_leave: agent must be one of the agents (anna, ben, "),
        ("anna", [], NOON, "with_leave: away must hold a time between 2026-12-09 12:00:00 and "),
        ("anna", [date(2026, 12, 8)], NOON, "with_leave: away must hold a time between "),
        ("anna", [date(2026, 12, 14)], NOON, "with_leave: away must hold a time between "),
    ],
)
def test_faults_are_refused(agent, away, now, message):
    """Unknown agents, and times away that are over or beyond the horizon, are refused."""
    one = example("", rules.OneShiftADay(), {"anna": "EEE----"})
    with pytest.raises(InputError, match=re.escape(message)):
        wfm.with_leave(one.problem, one.schedule, agent, away, now)


def test_the_seam_is_left_as_it_is():
    """Shifts of the previous period are in nobody's way."""
    problem = problem_of(3, previous=wfm.Previous(shifts=(night_before("a0"),)))
    new = wfm.with_leave(problem, wfm.Schedule(), "a0", [date(2026, 12, 7)], datetime(2026, 12, 7))
    assert wfm.solve(new, seconds=0.5).schedule is not None
