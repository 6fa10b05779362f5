"""Targets that busy weeks are to meet, in expectation or with a probability."""

from __future__ import annotations

import numpy as np
import pytest

from tests.forecast.test_staffing import volume_of
from wfm import BusyFactor, Horizon, Queue, ServiceTarget
from wfm.forecast import staff
from wfm.forecast.erlang import day_factors, queue_level, slot_factors
from wfm.judge.kpi import predicted

WEEK = Horizon(start="2026-12-07", days=7, interval=60)
BY_DAY, BY_WEEK = (Queue(id="a", patience=180, target={"period": p}) for p in ("day", "week"))
DAYS = np.array([1.2, 1.1, 1.0, 1.0, 1.1, 0.5, 0.0])


def contacts(of_a_day=20_000.0):
    """As many an hour by day, from 8 to 18."""
    hours = np.zeros(24)
    hours[8:18] = of_a_day / 10
    return np.outer(DAYS, hours).ravel()


def agents_for(busy, level=0.8):
    """Agents, not whole, who give the level over the factors that are planned for, in each slot."""
    load = contacts() * 180 / 3600
    factors = slot_factors(busy, BY_WEEK, contacts(), WEEK)
    low, high = np.zeros(load.size), 2 * load + 20
    for _ in range(40):
        middle = (low + high) / 2
        enough = queue_level(BY_WEEK, load, 180.0, middle, factors) >= level
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    return high


def levels_of_weeks(agents, busy, weeks=4000):
    """Levels of weeks whose days are drawn, without the chance of single contacts."""
    random = np.random.default_rng(1)
    days = random.gamma(busy.cv**-2, busy.cv**2, (weeks, 7))
    if busy.day_to_day == 1:
        days[:] = days[:, :1]
    noon = contacts().reshape(7, 24)[:, 12]
    there = agents.reshape(7, 24)[:, 12]
    level = queue_level(BY_WEEK, noon * days * 180 / 3600, 180.0, there)
    return (DAYS * days * level).sum(axis=1) / (DAYS * days).sum(axis=1)


@pytest.mark.parametrize("probability", [0.3, 0.8, 0.95])
@pytest.mark.parametrize("day_to_day", [0.0, 1.0])
def test_as_many_weeks_meet_their_target_as_asked_for(probability, day_to_day):
    """Staffed for a share of the weeks, the level is reached in about that share."""
    busy = BusyFactor(cv=0.12, probability=probability, day_to_day=day_to_day)
    met = (levels_of_weeks(agents_for(busy), busy) >= 0.8).mean()
    assert met == pytest.approx(probability, abs=0.05)


def test_staffed_for_expectation_the_mean_is_the_target():
    """Over all days, contact by contact, the level is the one planned for."""
    busy = BusyFactor(cv=0.12)
    assert levels_of_weeks(agents_for(busy), busy).mean() == pytest.approx(0.8, abs=0.01)
    apart = busy.model_copy(update={"day_to_day": 0.7})
    assert (agents_for(busy) == agents_for(apart)).all()


def high(busy, queue, of_a_day=1e9):
    """Mean of the factors planned for in each slot, which is the stretch's own."""
    values, weights = slot_factors(busy, queue, contacts(of_a_day), WEEK)
    return (np.asarray(values) @ weights)[:144]


@pytest.mark.parametrize("cv", [0.02, 0.1, 0.4])
def test_days_of_a_week_even_each_other_out(cv):
    """A week asks for less than its days one by one, unless these are all alike."""
    asked = [BusyFactor(cv=cv, probability=0.9, day_to_day=r) for r in (0.0, 0.5, 1.0)]
    weeks = [high(busy, BY_WEEK) for busy in asked]
    days = [high(busy, BY_DAY) for busy in asked]
    assert (weeks[0] == weeks[0][0]).all()
    assert 1 < weeks[0][0] < weeks[1][0] < weeks[2][0]
    assert weeks[2] == pytest.approx(days[2])
    for each in days:
        assert each == pytest.approx(day_factors(asked[0]).values[0], rel=1e-4)


def test_few_contacts_vary_by_chance():
    """With few contacts the same probability asks for more spare time than with many."""
    busy = BusyFactor(cv=0.05, probability=0.9)
    few, many = (high(busy, BY_WEEK, of_a_day)[0] for of_a_day in (20.0, 20_000.0))
    assert 1 < many < few
    plain = np.random.default_rng(1).poisson(118, 100_000) / 118
    work = np.random.default_rng(2).normal(1, 118**-0.5, 100_000)
    days = np.random.default_rng(3).normal(1, 0.05 * 6.11**0.5 / 5.9, 100_000)
    assert few == pytest.approx(np.quantile(plain * work * days, 0.9), abs=0.01)


def test_demand_for_a_probability():
    """Curves and requirement are for the stated share of weeks; the judge predicts as planned."""
    made = {}
    for name, target, probability in (
        ("mean", "week", None),
        ("week", "week", 0.9),
        ("day", "day", 0.9),
    ):
        queue = Queue(id="a", patience=180, target=ServiceTarget(period=target))
        busy = BusyFactor(cv=0.1, probability=probability)
        rates = [0.0] * 16 + [150.0] * 20 + [0.0] * 12
        made[name] = staff(volume_of(rates * 7, 180, days=7), [queue], busy=busy)
    hours = {name: demand.required_array.sum() for name, demand in made.items()}
    assert hours["mean"] < hours["week"] < hours["day"]
    for demand in made.values():
        heads = demand.required_array.astype(float)
        level = predicted(demand, heads)[0, 20]
        at = int(heads[0, 20])
        assert level >= 0.8 > predicted(demand, np.maximum(heads - 1, 0))[0, 20]
        assert demand.service_at(at)[0, 20, at] == pytest.approx(150 * level, abs=0.2)
