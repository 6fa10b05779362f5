"""What the default forecaster tells of the calendar is what was put in."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from wfm.forecast import Calendar, Event, StructuralForecaster, read_history
from wfm.forecast.calendar.effects import effects
from wfm.horizon import Horizon
from wfm.sample.happenings import Busy, Campaign
from wfm.sample.patterns import Pattern
from wfm.sample.synthetic import synthetic_history

QUEUE = Pattern("calls", 40_000.0, (1.2, 1.0, 1.0, 1.0, 1.0, 0.5, 0.4), {0: 1, 24: 1}, {0: 200})
SALES = tuple(date(2024, month, 12) for month in (2, 4, 6, 8, 10))
CALENDAR = Calendar(
    countries=("DE",), events=(Event(name="sale", kind="campaign", dates=SALES, tail=1),)
)


@pytest.fixture(scope="module")
def told():
    """Effects of a year with five sales, by name and by day, and the truth of it."""
    campaigns = [Campaign(name="sale", start=day, factor=1.5, tail=(1.2,)) for day in SALES]
    table, truth = synthetic_history(
        [QUEUE],
        "2024-01-01",
        366,
        country="DE",
        timezone="UTC",
        busy=Busy(cv=0.03),
        campaigns=campaigns,
        interval=60,
    )
    history = read_history(table, timezone="UTC")
    horizon = Horizon(start=date(2025, 1, 1), days=7, timezone="UTC", interval=60)
    forecaster = StructuralForecaster(calendar=CALENDAR)
    by_name, by_day = (forecaster.effects(history, horizon, by=by) for by in ("effect", "day"))
    return by_name, by_day, truth


def test_effects_by_name(told):
    """A sale and the day after it are found inside intervals that are not wide."""
    found = told[0].set_index("effect")
    for name, true in (("campaign: sale", 1.5), ("day after campaign: sale", 1.2)):
        row = found.loc[name]
        assert row["lower"] < true < row["upper"]
        assert row["upper"] / row["lower"] < 1.15


def test_effects_by_day(told):
    """Every day of past and horizon has the product of its effects, with an interval around."""
    by_name, by_day, _ = told
    assert len(by_day) == 366 + 7
    columns = effects(CALENDAR, date(2024, 1, 1), 373, "calls")
    product = np.exp(columns.matrix @ np.log(by_name["factor"].to_numpy()))
    np.testing.assert_allclose(by_day["factor"], product, rtol=1e-6)
    assert (by_day["lower"] < by_day["factor"]).all()
    assert (by_day["factor"] < by_day["upper"]).all()


def test_a_holiday_is_known_better_than_its_parts(told):
    """Christmas is sure, while what it shares with any holiday and its own part are not."""
    by_name, by_day, truth = told
    day = by_day.set_index("day").loc[date(2024, 12, 25)]
    parts = by_name.set_index("effect").loc[["public holiday", "holiday: Christmas Day"]]
    assert day["upper"] / day["lower"] < (parts["upper"] / parts["lower"]).min()
    true = truth.effects.query("effect == 'Christmas Day'")["factor"].iloc[0]
    assert day["factor"] == pytest.approx(true, rel=0.15)
