"""Rules without the dates that the problem's days do not need ask for the same."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise, product

import numpy as np
import pytest

from wfm import contract, rules
from wfm.problem import Problem
from wfm.rules.example import example
from wfm.window import DateRange

START = date(2026, 12, 9)
"""A Wednesday, so that the weeks on both sides are cut."""
DAYS = 9
SPANS = [
    (since, until)
    for since, until in product((None, -9, -6, -2, 0, 4, 8, 9, 10, 11, 14), repeat=2)
    if since is None or until is None or since <= until
]


def when(day):
    return None if day is None else START + timedelta(days=day)


def dated(kind, **fields):
    return [kind(since=when(a), until=when(b), **fields) for a, b in SPANS]


def between(what):
    spans = [DateRange(first=when(a), last=when(b)) for a, b in SPANS if a is not None and b]
    ranges = [rules.OnDays(what=what, during=pair) for pair in pairwise(spans)]
    return [
        *(rules.OnDays(what=what, since=when(a), until=when(b)) for a, b in SPANS[1:]),
        *ranges,
    ]


def stepped():
    days = (-20, -6, -2, -1, 0, 5, 7, 12, 13, 20)
    for a, b, c in ((a, b, c) for a in days for b in days for c in days if a < b < c):
        steps = ({"since": when(a), "most": 9}, {"since": when(b), "least": 30})
        yield rules.SteppedHours(steps=(*steps, {"since": when(c)}))
        yield rules.SteppedHours(steps=({"since": when(a)}, {"since": when(c), "most": 5}))


CASES = {
    "no_nights": dated(rules.NoNights),
    "no_overtime": dated(rules.NoOvertime, daily=5),
    "paid_rest": dated(rules.PaidRest, minutes=60, earliest=240, latest=420),
    "shift_bounds": dated(rules.ShiftBounds, latest="15:00"),
    "max_absent": dated(rules.MaxAbsent, most=0),
    "stepped_hours": list(stepped()),
    "on_days hours": between(rules.Hours(most=9)),
    "on_days rest": between(rules.MinRest(hours=14)),
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("past", [True, False])
def test_a_clipped_rule_asks_for_the_same(name, past):
    """Both sides find of random rosters what they find with all dates."""
    plain = example("", rules.OneShiftADay(), {"anna": "-" * DAYS}, start=START).problem
    drawn, schedule = contract.random_roster(plain, np.random.default_rng(5))
    told = set()
    for rule in CASES[name]:
        fields = {field: getattr(drawn, field) for field in Problem.model_fields}
        fields |= {} if past else {"previous": plain.previous}
        problem = Problem(**{**fields, "rules": (rule,)})
        clipped = problem.clipped()
        assert amounts(clipped, schedule) == amounts(problem, schedule)
        stated = sum(contract.stated_breach(clipped, one, schedule) for one in clipped.rules)
        assert stated == contract.stated_breach(problem, rule, schedule)
        told.add(amounts(problem, schedule) != [])
    assert True in told


@pytest.mark.parametrize("name", CASES)
def test_a_clipped_rule_tells_no_other_dates(name):
    """Without a past, the dates left are of the horizon, or those that its last nights reach."""
    problem = example("", rules.OneShiftADay(), {"anna": "-" * DAYS}, start=START).problem
    allowed = {START + timedelta(days=day) for day in range(DAYS + (name == "no_nights"))}
    allowed |= {date(2026, 12, 7)} if name == "stepped_hours" else set()
    for rule in CASES[name]:
        clipped = rule.clipped(problem)
        assert clipped is None or set(dates_in(clipped.model_dump())) <= allowed


@pytest.mark.parametrize("name", CASES)
def test_clipping_again_changes_nothing(name):
    """A clipped rule is as it would be clipped."""
    problem = example("", rules.OneShiftADay(), {"anna": "-" * DAYS}, start=START).problem
    for rule in CASES[name]:
        clipped = rule.clipped(problem)
        assert clipped is None or clipped.clipped(problem) == clipped


def test_a_rule_of_other_days_is_left_out():
    """What asks for nothing on these days is no rule of the problem; others stay as they are."""
    problem = example("", rules.OneShiftADay(), {"anna": "-" * DAYS}, start=START).problem
    over = rules.NoNights(until=when(-1))
    assert problem.with_rules(over).clipped() == problem
    assert problem.clipped() is problem


def amounts(problem, schedule):
    return sorted(
        (one.agents, one.day, one.amount)
        for rule in problem.rules
        for one in rule.violations(problem, schedule)
    )


def dates_in(value):
    if isinstance(value, date):
        yield value
    elif isinstance(value, dict):
        for held in value.values():
            yield from dates_in(held)
    elif isinstance(value, list | tuple):
        for held in value:
            yield from dates_in(held)
