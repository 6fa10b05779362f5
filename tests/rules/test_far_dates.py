"""Dates that stand for always and for never, such as the last one of the calendar."""

from __future__ import annotations

from datetime import date

import pytest

from wfm import contract, rules
from wfm.rules.example import example

ROSTER = {"anna": "NN-E-NN", "ben": "LLDDN--"}


@pytest.mark.parametrize(
    ("since", "until", "amount"),
    [(date.min, date.max, 7), (None, date.max, 7), (date.min, date(2026, 12, 7), 2)],
)
def test_nights_end_for_good(since, until, amount):
    """Both sides take any date there is."""
    one = example("", rules.NoNights(since=since, until=until), ROSTER, amount)
    _agree(one)


def test_a_cycle_may_begin_on_any_date():
    """The anchor is the first date of the calendar, a Monday an even number of weeks before."""
    rule = rules.ShiftRotation(cycle=(("night",), ("early", "day")), anchor=date.min)
    _agree(example("", rule, {"anna": "EEN-D--", "ben": "D------NNE----"}, 6))


def _agree(one):
    (rule,) = one.problem.rules
    found = sum(v.amount for v in rule.violations(one.problem, one.schedule))
    assert found == one.amount
    assert contract.stated_breach(one.problem, rule, one.schedule) == one.amount
