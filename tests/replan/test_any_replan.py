"""Re-plans of random rosters under rules of the whole registry, held against the judge."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import wfm
from tests.advice.plans import any_plans, kept_plans
from tests.replan.small import differing, hard
from wfm import Absence, ChangePrices, OvertimeOffer, TimeOffOffer

RANDOM = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    database=None,
    phases=(Phase.generate,),
)
NOTHING = ChangePrices(moved_break=1e6, moved_shift=1e6)
FREE = ChangePrices(service=10, moved_break=0, moved_shift=0, extra=0, time_off=0, furthest=600)


@st.composite
def mornings(draw, plans):
    """A plan, a time within one of its shifts, that shift's agent absent, and offers of all."""
    problem, schedule, shift = draw(plans)
    horizon = problem.horizon
    # A time that occurs twice would be read as the first.
    start = shift.start + draw(st.integers(-3, 3)) * 60
    now = horizon.local(max(0, min(start, horizon.minutes - 1)))
    gone = Absence(agent=shift.agent, start=now, end=horizon.local(shift.end))
    kind = draw(st.sampled_from([OvertimeOffer, TimeOffOffer]))
    offers = [
        kind(agent=agent.id, start=now, end=now + timedelta(hours=draw(st.integers(6, 30))))
        for agent in problem.agents
        if agent.id != shift.agent and draw(st.booleans())
    ]
    return problem, schedule, now, gone, offers


def check(plan):
    """No breach is added, nobody else works more, the past stays, and the costs are true."""
    problem, schedule, now, gone, offers = plan
    base = wfm.reoptimise(problem, schedule, now, [gone], prices=NOTHING, days=2)
    assert {change.kind for change in base.changes} <= {"away"}
    found = wfm.reoptimise(problem, schedule, now, [gone, *offers], prices=FREE, days=2)
    before, after = hard(base.problem, base.schedule), hard(found.problem, found.schedule)
    assert {who for who, much in after.items() if much > before[who] + 1e-9} == set()
    costs = wfm.verify(found.problem, found.schedule).costs
    assert found.after.costs.model_dump() == pytest.approx(costs.model_dump(), abs=1e-3)
    assert found.before == base.after
    days = {(c.agent, problem.horizon.day(c.day)) for c in found.changes}
    assert days == differing(schedule, found.schedule)
    minute, offering = problem.horizon.elapsed(now), {offer.agent for offer in offers}
    for change in found.changes:
        if change.kind not in ("away", "break", "moved"):
            assert change.agent in offering
        for shift, other in ((change.before, change.after), (change.after, change.before)):
            if change.kind != "away" and shift is not None and shift.start < minute:
                assert other is not None
                assert shift.start == other.start
                past = [each for each in shift.breaks if each.start < minute]
                assert past == [each for each in other.breaks if each.start < minute]


@given(plan=mornings(kept_plans()))
@RANDOM
def test_a_plan_that_keeps_its_rules_goes_on_keeping_them(plan):
    """Whatever the rules: no change breaks one, beyond what the absence itself has broken."""
    check(plan)


@given(plan=mornings(any_plans()))
@RANDOM
def test_a_plan_with_breaches_gets_no_worse(plan):
    """Nobody breaks any rule by more than with the absence alone."""
    check(plan)
