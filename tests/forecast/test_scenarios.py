"""Samples of what may come: sums and quantiles that agree, from the forecaster and by hand."""

from datetime import date

import numpy as np
import pytest

from tests.forecast.test_structural_forecaster import past
from wfm.errors import InputError
from wfm.forecast import Scenarios, StructuralForecaster, read_history, read_volume
from wfm.forecast.volume import Volume
from wfm.horizon import Horizon

WEEKEND = Horizon(start=date(2026, 3, 28), days=3, timezone="Europe/Berlin", interval=60)
"""Saturday to Monday; on Sunday the clocks skip an hour."""


def by_hand(samples=4, queues=("calls", "chat")):
    contacts = np.arange(samples * len(queues) * WEEKEND.slots, dtype=np.int32)
    shape = (samples, len(queues), WEEKEND.slots)
    aht = np.full(shape[1:], 200.0)
    return Scenarios(WEEKEND, queues, contacts.reshape(shape), aht)


def made(samples=300, seed=1, days=14):
    table = past(weeks=20)
    table["offered"] = np.random.default_rng(5).poisson(table["offered"])
    history = read_history(table, timezone="UTC")
    horizon = Horizon(start=date(2026, 5, 25), days=days, timezone="UTC", interval=30)
    return StructuralForecaster().scenarios(history, horizon, samples=samples, seed=seed)


def test_days_and_weeks_are_sums_of_intervals():
    """Days have 24, 23 and 24 hours here; the ISO week ends with Sunday."""
    found = by_hand()
    days = found.totals("day")
    weeks = found.totals("week")
    assert days.shape == (4, 2, 3)
    assert weeks.shape == (4, 2, 2)
    contacts = found.contacts
    np.testing.assert_array_equal(days[..., 1], contacts[..., 24:47].sum(axis=-1))
    np.testing.assert_array_equal(weeks[..., 0], contacts[..., :47].sum(axis=-1))
    np.testing.assert_array_equal(weeks[..., 1], days[..., 2])
    np.testing.assert_array_equal(found.totals("interval"), contacts)


def test_quantiles_come_from_the_same_samples():
    """Quantiles of each stretch are those of its totals."""
    found = made()
    for by in ("interval", "day", "week"):
        low, middle, high = found.quantiles([0.1, 0.5, 0.9], by)
        assert (low <= middle).all()
        assert (middle <= high).all()
        np.testing.assert_array_equal(middle, np.median(found.totals(by), axis=0))


def test_days_vary_more_than_independent_intervals():
    """A day that is busy is busy throughout: its sum varies more than Poisson's would."""
    days = made(600).totals("day")[:, 0]
    busy = days.mean(axis=0) > 0
    assert (days.var(axis=0)[busy] > 1.1 * days.mean(axis=0)[busy]).mean() > 0.8


def test_equal_seeds():
    """Equal seeds give equal samples, others do not; a longer horizon is no other past."""
    assert np.array_equal(made(20).contacts, made(20).contacts)
    assert not np.array_equal(made(20).contacts, made(20, seed=2).contacts)


def test_as_volumes(tmp_path):
    """The mean with its band and a single sample are forecasts like any other."""
    found = made()
    volume = found.volume(coverage=0.9)
    assert isinstance(volume, Volume)
    np.testing.assert_allclose(volume.array("contacts"), found.contacts.mean(axis=0))
    inside = (found.contacts >= volume.array("lower")) & (found.contacts <= volume.array("upper"))
    assert 0.9 <= inside.mean() < 0.99
    one = found.sample(3)
    np.testing.assert_array_equal(one.array("contacts"), found.contacts[3])
    one.frame().to_csv(tmp_path / "volume.csv", index=False)
    assert read_volume(tmp_path / "volume.csv", timezone="UTC").contacts == one.contacts


@pytest.mark.parametrize("cv", [0.0, 0.05, 0.2])
def test_busy_days_for_staffing(cv):
    """The busy factor is that of the days, without the chance of single contacts."""
    random = np.random.default_rng(1)
    factors = random.gamma(1 / cv**2, cv**2, (4000, 3)) if cv else np.ones((4000, 3))
    rates = 40 * factors[:, WEEKEND.slot_days][:, None, :]
    drawn = random.poisson(rates).astype(np.int32)
    found = Scenarios(WEEKEND, ("calls",), drawn, np.full((1, WEEKEND.slots), 200.0)).busy(0.8)
    if cv:
        assert found.cv == pytest.approx(cv, rel=0.06)
        assert found.probability == 0.8
    else:
        assert found is None or found.cv < 0.006


@pytest.mark.parametrize("together", [0.0, 0.5, 1.0])
def test_busy_weeks_for_staffing(together):
    """Days of a week have in common what their factors have; days of other weeks do not count."""
    random = np.random.default_rng(2)
    horizon = Horizon(start="2026-12-05", days=6, interval=60)
    week = np.repeat(random.normal(0, 0.1, (3000, 2)), [2, 4], axis=1)
    days = 1 + together**0.5 * week + (1 - together) ** 0.5 * random.normal(0, 0.1, (3000, 6))
    rates = 100 * days[:, horizon.slot_days][:, None, :]
    counts = random.poisson(rates).astype(np.int32)
    found = Scenarios(horizon, ("calls",), counts, np.full((1, horizon.slots), 200.0)).busy()
    assert found.cv == pytest.approx(0.1, rel=0.05)
    assert found.day_to_day == pytest.approx(together, abs=0.06)


def test_as_a_table():
    """A row for each queue and stretch, with its local start."""
    table = by_hand().frame([0.1, 0.975], by="day")
    assert list(table.columns) == ["queue", "start", "mean", "q10", "q97.5"]
    assert table["start"].tolist()[:3] == [
        "2026-03-28T00:00:00+01:00",
        "2026-03-29T00:00:00+01:00",
        "2026-03-30T00:00:00+02:00",
    ]
    assert table["mean"].iloc[1] == by_hand().totals("day")[:, 0, 1].mean()


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda s: s.totals("month"), "by must be one of interval, day, week, got 'month'"),
        (lambda s: s.quantiles([0.5, 1.2]), "levels must be numbers from 0 to 1, got 1.2"),
        (lambda s: s.quantiles([]), "levels must be numbers from 0 to 1"),
        (lambda s: s.volume(coverage=1), "coverage must be between 0 and 1, got 1"),
        (lambda s: s.sample(4), "number must be from 0 to 3, got 4"),
        (
            lambda s: Scenarios(s.horizon, s.queues, s.contacts[:, :1], s.aht),
            r"Scenarios.contacts must be of the shape \(samples, 2, 71\)",
        ),
        (
            lambda s: Scenarios(s.horizon, s.queues, s.contacts, s.aht[:1]),
            r"Scenarios.aht must be of the shape \(2, 71\)",
        ),
    ],
)
def test_bad_questions(ask, message):
    """What cannot be answered is refused by name."""
    with pytest.raises(InputError, match=message):
        ask(by_hand())


def test_no_samples():
    """A forecaster draws at least one sample."""
    with pytest.raises(InputError, match="samples must be at least 1, got 0"):
        made(0)
