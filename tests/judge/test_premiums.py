"""Premiums for nights and Sundays, with answers known by hand."""

from datetime import date

import pytest

from tests.judge.small import demand_of, full, night, problem_of, roster
from wfm.agent import Contract
from wfm.judge.verify import verify
from wfm.window import Window

NIGHTS = Window(start="22:00", end="06:00")
SUNDAYS = Window(days=("Sun",))


@pytest.mark.parametrize(
    ("start", "hours"),
    [(date(2027, 3, 26), 7), (date(2026, 10, 23), 8), (date(2026, 12, 4), 8)],
)
def test_night_premium_when_clocks_change(start, hours):
    """Of a night from 22:00, all eight hours are before 06:00, but seven when an hour is lost."""
    contract = Contract(id="staff", hourly_cost=20, premium=0.25, premium_hours=(NIGHTS,))
    demand = demand_of({}, days=3, start=start, timezone="Europe/Berlin")
    problem = problem_of(demand, {"anna": "a"}, contract=contract)
    report = verify(problem, roster(night("anna", 1)))
    assert report.ok
    assert report.costs.wages == 160
    assert report.costs.premiums == pytest.approx(20 * 0.25 * hours)


def test_premium_is_due_on_the_paid_share():
    """Two of eight hours lie in premium hours: seven eighths of them are paid."""
    evening = Window(start="15:00", end="22:00")
    contract = Contract(id="staff", hourly_cost=20, premium=0.5, premium_hours=(evening,))
    problem = problem_of(demand_of({}), {"anna": "a"}, contract=contract)
    assert verify(problem, roster(full("anna"))).costs.premiums == pytest.approx(
        20 * 0.5 * 2 * 7 / 8
    )


def test_premium_hours_that_overlap_count_once():
    """A night into Sunday is due one premium, after the horizon's end too."""
    contract = Contract(id="staff", premium=1.0, premium_hours=(SUNDAYS, NIGHTS, NIGHTS))
    problem = problem_of(demand_of({}, days=6), {"anna": "a"}, contract=contract)
    assert verify(problem, roster(night("anna", 5))).costs.premiums == pytest.approx(8 * 20)
    sundays = contract.model_copy(update={"premium_hours": (SUNDAYS,)})
    problem = problem_of(demand_of({}, days=6), {"anna": "a"}, contract=sundays)
    assert verify(problem, roster(night("anna", 5))).costs.premiums == pytest.approx(6 * 20)
