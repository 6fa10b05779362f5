"""Swaps under rules of the whole registry: what is offered and withheld, held against the judge."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from tests.advice.plans import any_plans, kept_plans
from tests.advice.thought_of import all_swaps, hard_amounts, hard_breaches, key_of
from wfm import swap_options, verify

RANDOM = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    database=None,
)


def offered_in(problem, schedule, shift):
    """The options of a shift by what tells them apart."""
    day = problem.horizon.date_of(shift.day)
    found = swap_options(problem, schedule, shift.agent, day)
    options = {key_of(problem, option): option for option in found}
    assert len(options) == len(found)
    return options


@given(plan=kept_plans())
@RANDOM
def test_all_that_keeps_the_rules_is_offered_and_nothing_else(plan):
    """Each option keeps every hard rule by the judge; each swap that is withheld breaks one."""
    problem, schedule, shift = plan
    assert verify(problem, schedule).ok
    offered = offered_in(problem, schedule, shift)
    for option in offered.values():
        assert [v.sentence for v in verify(problem, option.applied(schedule)).hard] == []
    thought_of = dict.fromkeys(offered, False)
    for key, after, holds in all_swaps(problem, schedule, shift.agent, shift.day):
        thought_of[key] = True
        if key not in offered and not holds:
            assert hard_breaches(problem, after), key
    assert all(thought_of.values())


@given(plan=any_plans())
@RANDOM
def test_no_option_adds_a_breach_to_a_schedule_that_has_some(plan):
    """Nobody breaks a rule by more than before; each swap that is withheld has a new breach."""
    problem, schedule, shift = plan
    before, amounts = hard_breaches(problem, schedule), hard_amounts(problem, schedule)
    offered = offered_in(problem, schedule, shift)
    for key, option in offered.items():
        after = hard_amounts(problem, option.applied(schedule))
        assert {who for who, much in after.items() if much > amounts[who]} == set(), key
    for key, after, holds in all_swaps(problem, schedule, shift.agent, shift.day):
        if key not in offered and not holds:
            new = [v for v in hard_breaches(problem, after) if v not in before]
            assert new, key


@given(plan=any_plans())
@RANDOM
def test_effects_are_those_that_the_judge_finds(plan):
    """Wages, lost service, answers and wishes change as they do from report to report."""
    problem, schedule, shift = plan
    offered = offered_in(problem, schedule, shift)
    before = verify(problem, schedule).costs
    for option in offered.values():
        after = verify(problem, option.applied(schedule)).costs
        paid = after.wages + after.premiums - before.wages - before.premiums
        assert option.wages == pytest.approx(paid, abs=1e-5)
        assert option.service == pytest.approx(after.service - before.service, abs=1e-4, rel=1e-6)
        assert option.wish_cost == pytest.approx(after.rules - before.rules, abs=1e-4)
    totals = [option.total for option in offered.values()]
    assert totals == pytest.approx(sorted(totals), abs=1e-5)
