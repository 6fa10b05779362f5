"""Paid time by day, week, month and on average: stretches, counters, and what is said."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests.rules.rosters import amounts, judged
from wfm import rules
from wfm.agent import Contract
from wfm.errors import InputError
from wfm.problem import Problem
from wfm.rule import Rule
from wfm.rules.example import FRIDAY, MONDAY, example
from wfm.rules.stepped_hours import Step
from wfm.window import Window

OFF, FULL, MORE = "-------", "EEEEE--", "EEEEEE-"


def test_sentences_on_paid_time():
    """They tell the stretch, what is found in it, and what is due."""
    assert _said(rules.Hours(most=6, per="day"), {"anna": "--E"}) == (
        "Anna has 8 h of paid time on Wed 9 Dec; at most 6 h are allowed."
    )
    assert _said(rules.Hours(most=20, per="month"), {"anna": "EE"}, before={"anna": "E"}) == (
        "Anna has 24 h of paid time in December 2026, 8 h of them before the horizon; "
        "at most 20 h are allowed."
    )
    assert _said(rules.AverageHours(most=40, weeks=2), {"anna": MORE}, before={"anna": FULL}) == (
        "Anna has 44 h of paid time a week on average over 2 weeks from Mon 30 Nov to "
        "Sun 13 Dec; at most 40 h are allowed."
    )
    assert _said(rules.NoOvertime(), {"anna": MORE}) == (
        "Anna has 48 h of paid time in the week from Mon 7 Dec to Sun 13 Dec; "
        "at most the 40 h of the contract are allowed."
    )
    steps = (Step(since=MONDAY, least=50),)
    assert _said(rules.SteppedHours(steps=steps, agents=("anna",)), {"anna": MORE}) == (
        "Anna has 48 h of paid time in the week from Mon 7 Dec to Sun 13 Dec; "
        "at least 50 h are due."
    )
    sundays = rules.PricedTime(windows=(Window(days=("Sun",)),))
    assert _said(sundays, {"anna": "-----N-"}) == (
        "Anna is on duty from Sat 12 Dec 22:00 to Sun 13 Dec 06:00, 360 min of it at a time that "
        "has a price (Sun 00:00–24:00)."
    )


def test_a_month_is_known_by_its_shifts_or_by_a_counter():
    """With a counter, the previous shifts do not count on top of it, and who has no value has 0."""
    rule = rules.Hours(most=20, per="month", counter="month")
    before = {"anna": "EE", "ben": "EE"}
    carried = {"month": {"anna": 1200}}
    (one,) = judged(rule, {"anna": "E--", "ben": "EE-"}, before=before, counters=carried)
    assert (one.agents, one.amount) == (("anna",), 480)


def test_months_end_where_they_do():
    """February of 2028 has 29 days."""
    rule = rules.Hours(most=8, per="month")
    assert amounts(rule, {"anna": "EEE"}, start=date(2028, 2, 28)) == [480]
    assert amounts(rule, {"anna": "EEE"}, start=date(2027, 2, 27)) == [480]
    assert amounts(rule, {"anna": "EE"}, start=date(2027, 2, 28)) == []


def test_a_minimum_of_a_month_needs_the_whole_month():
    """The horizon holds all of February 2027: the minimum holds there, and not in a cut month."""
    rule = rules.Hours(least=8, per="month", agents=("anna",))
    february = "-" * 28
    assert amounts(rule, {"anna": february}, start=date(2027, 2, 1)) == [480]
    assert amounts(rule, {"anna": february}, start=date(2027, 2, 2)) == []
    assert amounts(rule, {"anna": february[1:]}, start=date(2027, 2, 1)) == []


def test_full_stretches_are_judged_and_the_last_one_as_far_as_it_is_known():
    """Without a past, a first week of 48 hours may be made good until the stretch is full."""
    rule = rules.AverageHours(most=40, weeks=3)
    assert amounts(rule, {"anna": MORE + OFF + FULL}) == []
    assert amounts(rule, {"anna": MORE + MORE}) == [960]
    assert amounts(rule, {"anna": MORE * 3 + OFF}) == [1440]


def test_a_week_that_is_unknown_is_left_out():
    """Between two weeks with counters one is missing: the last stretch averages the others."""
    rule = rules.AverageHours(most=40, weeks=4, agents=("anna",))
    weeks = {47: 2880, 49: 1920}
    counters = {f"paid minutes 2026-W{week}": {"anna": paid} for week, paid in weeks.items()}
    assert amounts(rule, {"anna": FULL}, counters=counters) == []
    assert amounts(rule, {"anna": MORE}, counters=counters) == [480]
    assert amounts(rule, {"anna": MORE + "EE-----"}, counters=counters) == []


def test_the_counter_of_a_week_wins_over_its_shifts():
    """A counter may hold what the shifts do not show, such as time that was added later."""
    rule = rules.AverageHours(most=40, weeks=2, agents=("anna",))
    counters = {"paid minutes 2026-W49": {"anna": 2880}}
    assert amounts(rule, {"anna": FULL}, before={"anna": FULL}) == []
    assert amounts(rule, {"anna": FULL}, before={"anna": FULL}, counters=counters) == [480]


def test_shifts_that_begin_late_in_a_week_do_not_tell_it():
    """The week before is known if the shifts reach back to its Monday, whoever worked then."""
    rule = rules.AverageHours(most=40, weeks=2, agents=("anna",))
    late = {"anna": OFF[1:]}
    assert amounts(rule, {"anna": MORE}, before={**late, "ben": "-D-----"}) == [480]
    assert amounts(rule, {"anna": MORE}, before={**late, "ben": "D------"}) == []


def test_weeks_have_the_names_of_iso():
    """The days at the turn of the year are of week 53 of the old year, and named so."""
    rule = rules.AverageHours(most=40, weeks=2, agents=("anna",))
    counters = {"paid minutes 2026-W53": {"anna": 2880}}
    assert amounts(rule, {"anna": FULL}, counters=counters, start=date(2027, 1, 4)) == [480]
    cut = {"paid minutes 2026-W53": {"anna": 2400}}
    one = rules.AverageHours(most=40, weeks=1, agents=("anna",))
    assert amounts(one, {"anna": "-S-"}, counters=cut, start=date(2027, 1, 1)) == [240]


def test_overlapping_windows_are_priced_once():
    """A Sunday's night counts once within a rule, and for each of two rules."""
    sunday, night = Window(days=("Sun",)), Window(start="22:00", end="06:00")
    roster = {"anna": "------N"}
    assert amounts(rules.PricedTime(windows=(sunday, night)), roster) == [480]
    assert amounts(rules.PricedTime(windows=(sunday,)), roster) == [120]
    assert amounts(rules.PricedTime(windows=(night, night)), roster) == [480]


def test_no_overtime_needs_the_hours_of_the_contract():
    """A bound agent whose contract has no weekly hours is refused."""
    problem = example("", rules.OneShiftADay(), {"anna": "-"}).problem
    fields = {name: getattr(problem, name) for name in Problem.model_fields}
    bare = {**fields, "contracts": (Contract(id="full"),)}
    message = "contract 'full'.weekly_hours must be given, for 'anna' is bound by no_overtime."
    with pytest.raises(InputError, match=re.escape(message)):
        Problem(**{**bare, "rules": (rules.NoOvertime(agents=("anna",)),)})


def test_any_day_between_the_dates_binds_its_week():
    """From Sunday on, the whole week before it is bound, but only the Sunday's own hours."""
    rule = rules.NoOvertime(since=date(2026, 12, 13), daily=4)
    assert amounts(rule, {"anna": MORE}) == [480]
    assert amounts(rule, {"anna": "EEEEE-E"}) == [480, 240]
    assert amounts(rule, {"anna": MORE[:6]}) == [480]


def test_a_week_follows_the_step_on_its_monday():
    """A step that begins on Tuesday holds from the next week on; one may end the promise."""
    steps = (Step(since=date(2026, 12, 8), most=8), Step(since=date(2026, 12, 21)))
    rule = rules.SteppedHours(steps=steps)
    assert amounts(rule, {"anna": FULL + "EE-----" + FULL}) == [480]
    assert "from 2026-12-21 on any number of" in rule.words(
        example("", rule, {"anna": "-"}).problem
    )
    assert amounts(rule, {"anna": "E"}, start=FRIDAY) == []


BAD = [
    (
        {"rule": "no_overtime", "since": "2026-12-10", "until": "2026-12-09"},
        "NoOvertime.until must not be before since (2026-12-10), got 2026-12-09.",
    ),
    (
        {"rule": "stepped_hours", "steps": [{"since": "2026-12-10"}, {"since": "2026-12-10"}]},
        "SteppedHours.steps must be in order of their dates, got 2026-12-10.",
    ),
    (
        {"rule": "stepped_hours", "steps": [{"since": "2026-12-10", "least": 9, "most": 8}]},
        "SteppedHours.steps[0]: Step.most must be at least least (9), got 8.0.",
    ),
    ({"rule": "priced_time", "windows": []}, "PricedTime.windows must hold: tuple should have at"),
]


@pytest.mark.parametrize(("rule", "message"), BAD)
def test_bad_fields_are_refused(rule, message):
    """Dates and steps that contradict each other are refused."""
    with pytest.raises(InputError, match=re.escape(message)):
        Rule.parse(rule)


def _said(rule, rosters, **also):
    (violation,) = judged(rule, rosters, **also)
    return violation.sentence
