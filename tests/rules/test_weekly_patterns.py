"""Starts, bands and rotations: clocks that change, cycles that repeat, and what is said."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta

import pytest

from wfm import contract, rules
from wfm.errors import InputError
from wfm.problem import Problem
from wfm.rule import Rule
from wfm.rules.example import MONDAY, SPRING_SATURDAY, example
from wfm.rules.shift_rotation import Offset
from wfm.schedule import Schedule, Shift
from wfm.shift import ShiftTemplate

BANDS = (("early", "day"), ("late",), ("night",))


def judged(rule, rosters, **also):
    """Violations of a rule on a roster in letters, on which both sides agree."""
    one = example("", rule, rosters, **also)
    contract.check_agreement(type(rule), one.problem, one.schedule)
    return list(rule.violations(one.problem, one.schedule))


def test_sentences_on_patterns():
    """They name both shifts, the bands or the place in the cycle."""
    assert _said(rules.ForwardRotation(tolerance=60), {"anna": "LE"}) == (
        "Anna starts on Tue 8 Dec 06:00, after a shift that started on Mon 7 Dec 14:00: "
        "480 min earlier on the clock, where at most 60 min may be."
    )
    assert _said(rules.StableStarts(minutes=60), {"anna": "DE"}) == (
        "Anna starts on Tue 8 Dec 06:00 and on Mon 7 Dec 09:00, 180 min apart on the clock in "
        "one week; at most 60 min may be."
    )
    assert _said(rules.OneBandAWeek(bands=BANDS), {"anna": "EDL"}) == (
        "Anna works shifts of 2 bands in the week from Mon 7 Dec to Sun 13 Dec; "
        "all are to be of one."
    )
    assert _said(rules.ShiftRotation(cycle=BANDS, anchor=MONDAY), {"anna": "L"}) == (
        "Anna works a shift 'late' on Mon 7 Dec 14:00, in week 1 of 3 of the cycle, in which "
        "early or day may be worked."
    )


@pytest.mark.parametrize(
    "rule", [rules.ForwardRotation(), rules.StableStarts(minutes=0)], ids=lambda rule: rule.name()
)
def test_the_clock_shows_the_same_after_it_has_changed(rule):
    """Nine o'clock is nine o'clock before and after the night in which the clocks go forward."""
    assert not judged(rule, {"anna": "DD"}, start=SPRING_SATURDAY)


@pytest.mark.parametrize(
    ("rule", "amount"), [(rules.ForwardRotation(), 60), (rules.StableStarts(minutes=0), 1)]
)
def test_a_start_that_is_skipped_is_an_hour_later(rule, amount):
    """A shift of 02:30 starts at 03:30 on the day on which the clocks go forward."""
    problem = example("", rule, {"anna": "---"}, start=SPRING_SATURDAY).problem
    fields = {name: getattr(problem, name) for name in Problem.model_fields}
    small = ShiftTemplate(id="small", start="02:30", lengths=(120,))
    problem = Problem(**{**fields, "shifts": (*problem.shifts, small)})
    starts = [problem.horizon.minute(day, 150) for day in range(3)]
    shifts = [
        Shift(agent="anna", day=day, template="small", start=start, end=start + 120)
        for day, start in enumerate(starts)
    ]
    schedule = Schedule.of_shifts(shifts)
    contract.check_agreement(type(rule), problem, schedule)
    assert sum(violation.amount for violation in rule.violations(problem, schedule)) == amount


def test_a_cycle_runs_through_the_turn_of_the_year():
    """Weeks are counted from the anchor's week, whatever their numbers are."""
    rule = rules.ShiftRotation(cycle=BANDS, anchor=date(2026, 12, 23))
    start = date(2026, 12, 21)
    rosters = {"anna": "EEEEE--LLLLL--NNNN---DDDDD--"}
    assert not judged(rule, rosters, start=start)
    assert len(judged(rule, rosters, start=start + timedelta(weeks=1))) == 19
    late = rules.ShiftRotation(cycle=BANDS, anchor=date(2027, 1, 17))
    assert not judged(late, rosters, start=start + timedelta(weeks=3 * 52))


def test_a_rotation_can_be_hashed_and_comes_back_from_json():
    """Offsets are values, so that a rule with them is one."""
    offsets = (Offset(agent="ben", weeks=1),)
    rule = rules.ShiftRotation(cycle=BANDS, anchor=MONDAY, offsets=offsets)
    assert hash(rule) == hash(Rule.parse(json.loads(rule.to_json())))


BAD = [
    (
        rules.ShiftRotation(cycle=(("early",), ("dusk",)), anchor=MONDAY),
        "rule shift_rotation.cycle must be one of the shifts "
        "(early, day, late, night, short), got 'dusk'.",
    ),
    (
        rules.ShiftRotation(
            cycle=(("early",),), anchor=MONDAY, offsets=(Offset(agent="dora", weeks=1),)
        ),
        "rule shift_rotation.offsets must be one of the agents (anna, ben, cleo), got 'dora'.",
    ),
    (
        rules.OneBandAWeek(bands=(("early",), ("dusk",))),
        "rule one_band_a_week.bands must be one of the shifts "
        "(early, day, late, night, short), got 'dusk'.",
    ),
]


@pytest.mark.parametrize(("rule", "message"), BAD)
def test_what_the_problem_lacks_is_refused(rule, message):
    """Unknown templates and agents are named with those that are known."""
    with pytest.raises(InputError, match=re.escape(message)):
        example("", rule, {"anna": "-"})


def test_bands_and_offsets_are_unambiguous():
    """A template in two bands, an empty band, and an agent with two offsets are refused."""
    with pytest.raises(InputError, match=r"OneBandAWeek\.bands must name each template once, got"):
        rules.OneBandAWeek(bands=(("early",), ("late", "early")))
    with pytest.raises(InputError, match=r"OneBandAWeek\.bands must name a template in each band"):
        rules.OneBandAWeek(bands=(("early",), ()))
    twice = (Offset(agent="ben", weeks=1), Offset(agent="ben", weeks=2))
    with pytest.raises(InputError, match=r"ShiftRotation\.offsets must name each agent once, got"):
        rules.ShiftRotation(cycle=BANDS, anchor=MONDAY, offsets=twice)


def _said(rule, rosters):
    (violation,) = judged(rule, rosters)
    return violation.sentence
