"""Why someone works on a day: what else could be, with answers that a person can check."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings

import wfm
from tests.advice.plans import any_plans, kept_plans
from tests.advice.thought_of import hard_amounts, hard_breaches
from tests.judge.small import MONDAY, demand_of, problem_of
from wfm import Reasons, Shift, rules, verify
from wfm.errors import InputError
from wfm.rules.example import example

TUESDAY = date(2026, 12, 8)
RANDOM = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    database=None,
)


def plan_of(given, rosters, **more):
    one = example("", given, rosters, **more)
    return one.problem, one.schedule


def said_of(problem, schedule, agent="anna", day=MONDAY):
    """Sentences of why, as one text."""
    return "\n".join(wfm.why(problem, schedule, agent, day).sentences(problem))


def applied(schedule, moves):
    """A schedule after the changes of an alternative."""
    gone = [move.before for move in moves if move.before]
    new = [move.after for move in moves if move.after]
    return wfm.Schedule.of_shifts([*(s for s in schedule.shifts if s not in gone), *new])


def test_a_day_off_saves_wages_and_loses_service():
    """Of 16 calls to answer Anna's two hours answer 12; a call is worth 10, an hour 20."""
    calls = {6: (10.0, (0.0, 8.0, 10.0)), 7: (10.0, (0.0, 4.0, 6.0))}
    problem = problem_of(demand_of(calls), {"anna": "a"})
    shift = Shift(agent="anna", day=0, template="weekday", start=360, end=480)
    found = wfm.why(problem, wfm.Schedule(shifts=(shift,)), "anna", MONDAY)
    off = next(each for each in found.alternatives if each.shift is None)
    assert (off.wages, off.service, off.answers) == (-40, 120, {"a": -12})
    assert found.sentences(problem)[0] == "Anna has 'weekday' Mon 7 Dec 06:00–08:00."
    assert (
        "A day off instead would cost 80.00 more: wages -40.00; lost service +120.00; "
        "a -12.0 contacts answered in time."
    ) in found.sentences(problem)
    assert Reasons.from_json(found.to_json()) == found


def test_the_rule_that_forbids_is_told_and_the_way_round_it():
    """Three days are due: Monday off is one too few, and another day takes its place."""
    problem, schedule = plan_of(
        rules.Hours(agents=("anna",), least=24, most=24), {"anna": "EEE----"}
    )
    text = said_of(problem, schedule)
    assert "A day off instead, and nothing else, is not possible. Anna has 16 h" in text
    assert re.search(r"A day off instead, with '\w+' .+ in place of a day off, would cost", text)
    found = wfm.why(problem, schedule, "anna", MONDAY)
    off = next(each for each in found.alternatives if each.shift is None)
    assert len(off.moves) == 2
    assert verify(problem, applied(schedule, off.moves)).ok


def test_what_cannot_be_is_said_to_be_so():
    """A shift that is locked is the only one."""
    problem, schedule = plan_of(rules.OneShiftADay(), {"anna": "E"})
    locked = rules.Assignment(agent="anna", day=MONDAY, template="early")
    fixed = problem.with_rules(rules.Locked(assignments=(locked,)))
    found = wfm.why(fixed, schedule, "anna", MONDAY)
    assert [each.possible for each in found.alternatives] == [False] * len(found.alternatives)
    assert "A day off instead is possible in no other plan of Anna" in said_of(fixed, schedule)


def test_why_someone_is_off():
    """The alternatives of a day off are shifts, each with what it costs."""
    problem, schedule = plan_of(rules.MinRest(hours=11), {"anna": "-L"})
    late = rules.Assignment(agent="anna", day=TUESDAY, template="late")
    text = said_of(problem.with_rules(rules.Locked(assignments=(late,))), schedule)
    assert text.startswith("Anna has a day off on Mon 7 Dec.")
    assert "'night' 22:00–06:00 instead, and nothing else, is not possible. Anna rests 8 h" in text
    assert "A day off instead" not in text
    assert "'early' 06:00–14:30 instead would cost 160.00 more: wages +160.00." in text


def test_promises_to_others_are_not_told():
    """Ben may not work without his mentor; Anna hears only that somebody was promised something."""
    given = rules.WithMentor(agents=("ben",), mentors=("anna",))
    problem, schedule = plan_of(given, {"anna": "E", "ben": "E"})
    assert verify(problem, schedule).ok
    text = said_of(problem, schedule)
    assert "A day off instead, and nothing else, is not possible. It would break what" in text
    assert "Ben" not in text


@given(plan=kept_plans())
@RANDOM
def test_alternatives_keep_the_rules_and_cost_what_the_judge_says(plan):
    """Each possible one keeps every hard rule; what forbids a day off is told if it breaks one."""
    problem, schedule, shift = plan
    day = problem.horizon.date_of(shift.day)
    before = verify(problem, schedule)
    for each in wfm.why(problem, schedule, shift.agent, day).alternatives:
        alone = applied(schedule, [wfm.SwapMove(agent=shift.agent, day=day, before=shift)])
        if each.shift is None:
            assert bool(each.forbidden) == bool(hard_breaches(problem, alone))
        if each.possible:
            after = verify(problem, applied(schedule, each.moves))
            assert [violation.sentence for violation in after.hard] == []
            assert each.total == pytest.approx(after.costs.total - before.costs.total, abs=1e-3)


@given(plan=any_plans())
@RANDOM
def test_alternatives_add_no_breach(plan):
    """In a schedule that breaks rules, nobody breaks one by more in an alternative."""
    problem, schedule, shift = plan
    amounts = hard_amounts(problem, schedule)
    day = problem.horizon.date_of(shift.day)
    for each in wfm.why(problem, schedule, shift.agent, day).alternatives:
        after = hard_amounts(problem, applied(schedule, each.moves))
        assert {who for who, much in after.items() if much > amounts[who]} == set()


@pytest.mark.parametrize(
    ("agent", "day", "message"),
    [
        ("dora", MONDAY, "why: agent must be one of the agents"),
        ("anna", date(2026, 12, 9), "why: day must be one of the horizon"),
    ],
)
def test_faults_are_refused(agent, day, message):
    """Bad input is answered with a sentence that names it."""
    problem, schedule = plan_of(rules.OneShiftADay(), {"anna": "E-"})
    with pytest.raises(InputError, match=message):
        wfm.why(problem, schedule, agent, day)
