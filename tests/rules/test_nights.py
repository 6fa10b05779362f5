"""What a night shift is, and how night workers' hours are averaged."""

from __future__ import annotations

import re
from datetime import date

import pytest

from wfm import contract, rules
from wfm.errors import InputError
from wfm.horizon import Horizon, SwapDay
from wfm.problem import Problem
from wfm.rule import Rule
from wfm.rules.example import SPRING_SATURDAY, example
from wfm.window import Window


def judged(rule, rosters, **also):
    """Violations of a rule on a roster in letters, on which both sides agree."""
    one = example("", rule, rosters, **also)
    contract.check_agreement(type(rule), one.problem, one.schedule)
    return list(rule.violations(one.problem, one.schedule))


def test_sentences_on_nights():
    """They tell how many nights there are, from when, and how many may be."""
    (one,) = judged(rules.MaxNights(most=1), {"anna": "NNN"}, before={"anna": "N"})
    assert one.sentence == (
        "Anna has 3 night shifts in the week from Mon 7 Dec to Sun 13 Dec; at most 1 may be."
    )
    (one,) = judged(rules.MaxNightsInARow(nights=3), {"anna": "NNN"}, before={"anna": "N"})
    assert one.sentence == (
        "Anna has 4 night shifts in a row from Sun 6 Dec to Wed 9 Dec; the limit is 3."
    )
    (one,) = judged(rules.NightAverage(weeks=1), {"anna": "NNNNNNN"})
    assert one.sentence == (
        "Anna has 9.33 h of paid time on each of 6 working days on average until Sun 13 Dec; "
        "at most 8 h are allowed."
    )


def test_minutes_of_the_night_truly_elapse():
    """In the night in which the clocks go forward, 23:00-06:00 has six hours."""
    for minutes, nights in ((360, 1), (361, 0)):
        rule = rules.MaxNights(most=0, at_least_minutes=minutes)
        assert len(judged(rule, {"anna": "N"}, start=SPRING_SATURDAY)) == nights


def test_the_window_counts_days_as_the_calendar_says():
    """A Friday that counts as a Sunday has the Sunday's night."""
    rule = rules.MaxNights(most=0, window=Window(days=("Sun",), start="20:00", end="06:00"))
    one = example("", rule, {"anna": "----N--"})
    fields = {name: getattr(one.problem, name) for name in Problem.model_fields}
    horizon = {name: getattr(one.problem.horizon, name) for name in Horizon.model_fields}
    horizon["swaps"] = (SwapDay(day=date(2026, 12, 11), counts_as="Sun"),)
    demand = one.problem.demand.model_copy(update={"horizon": Horizon(**horizon)})
    swapped = Problem(**{**fields, "demand": demand})
    assert not list(rule.violations(one.problem, one.schedule))
    assert len(list(rule.violations(swapped, one.schedule))) == 1
    contract.check_agreement(rules.MaxNights, swapped, one.schedule)


def test_who_works_few_nights_is_no_night_worker():
    """Hours are bound where enough nights start, those of the previous period among them."""
    rule = rules.NightAverage(weeks=2, nights=3, most=4)
    assert not judged(rule, {"anna": "EEEEENN"}, before={"ben": "D" + "-" * 6})
    before = {"anna": "N------"}
    (one,) = judged(rule, {"anna": "EEEEENN"}, before=before)
    assert one.amount == 60 * (8 * 8 - 4 * 12)


def test_nights_of_a_week_have_no_counter():
    """A counter goes with the horizon, and has to be there."""
    with pytest.raises(InputError, match=r"MaxNights\.counter must be left out when nights are"):
        Rule.parse({"rule": "max_nights", "most": 3, "counter": "nights"})
    message = "rule max_nights.counter must be one of previous.counters (there are none), got"
    with pytest.raises(InputError, match=re.escape(message)):
        example("", rules.MaxNights(most=3, per="horizon", counter="nights"), {"anna": "-"})
