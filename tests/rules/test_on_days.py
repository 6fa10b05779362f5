"""Promises to families on chosen days: weekdays, alternate weeks, dates and terms."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from wfm import contract, rules
from wfm.contract import random_roster
from wfm.errors import InputError
from wfm.rule import Rule
from wfm.rules.example import example
from wfm.window import DateRange

DATED_THEMSELVES = {"festivals", "paid_rest", "stepped_hours"}
"""They ask for something on days of their own."""
CHOICES = {
    "weekdays of alternate weeks": {"days": ("Tue", "Sat"), "weeks": "odd"},
    "from an anchor": {"weeks": "even", "anchor": date(2026, 12, 14)},
    "dates": {"dates": (date(2026, 12, 8), date(2026, 12, 9), date(2026, 12, 15))},
    "terms": {"during": (DateRange(first=date(2026, 12, 8), last=date(2026, 12, 10)),)},
    "outside of holidays": {
        "outside": (DateRange(first=date(2026, 12, 9), last=date(2027, 1, 3)),)
    },
}
FAMILY = sorted(rule.name() for rule in Rule.named.values() if rule.kind == "family")


@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize("name", sorted({*FAMILY, "day_off_request"} - DATED_THEMSELVES))
def test_promises_hold_on_chosen_days(name, choice):
    """Wrapped in `OnDays`, limits and judge agree about each on random rosters."""
    random = np.random.default_rng(7)
    seen = 0
    for one in Rule.named[name].examples():
        what = next(rule for rule in one.problem.rules if rule.name() == name)
        plain = what.model_copy(update={"weight": None, "informative": False})
        rule = rules.OnDays(what=plain, **CHOICES[choice])
        problem = one.problem.model_copy(update={"rules": (rule,)})
        for _ in range(5):
            contract.check_agreement(rules.OnDays, *random_roster(problem, random), one.title)
            seen += 1
    assert seen


def test_what_asks_for_work_is_refused():
    """A least of hours cannot hold where no shift is seen."""
    one = rules.SteppedHours.examples()[0]
    steps = [{"since": date(2026, 12, 7), "least": 20}]
    rule = rules.OnDays(what=rules.SteppedHours(steps=steps), days=("Mon",))
    with pytest.raises(InputError, match=r"on_days.what must be a rule that holds when nobody"):
        one.problem.model_copy(update={"rules": (rule,)})


def test_what_counters_hold_refuses_no_rule():
    """A rule that fits without a past fits with one, too: what it asks for is then a breach."""
    share = rules.FairShare(of="nights", agents=("anna", "ben"), tolerance=3, tolerance_below=0)
    rule = rules.OnDays(what=share, weeks="odd", weight=1)
    past = {"nights": {"anna": 5, "ben": 0}}
    for counters in (None, past):
        one = example("", rule, {"cleo": "N"}, counters=counters)
        contract.check_agreement(rules.OnDays, one.problem, one.schedule)
