"""The rest of today from its morning, on days whose factors are known, and on a real bank's."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wfm.errors import InputError
from wfm.forecast import History, Volume, read_history, reforecast
from wfm.forecast.scenarios import Scenarios
from wfm.horizon import Horizon

CALLS = Path(__file__).parents[3] / "shared" / "data" / "bank_calls" / "bank_calls.csv"
TODAY = date(2026, 3, 3)
SHAPE = np.r_[np.zeros(16), np.full(4, 20.0), np.full(12, 50.0), np.full(8, 30.0), np.zeros(8)]
"""Contacts by half hour, from 8 to 20 o'clock."""
NOON, CLOSE = 24, 40


def volume(contacts=SHAPE, queues=("calls",), zone="UTC", start=TODAY, days=1, band=0.3):
    horizon = Horizon(start=start, days=days, timezone=zone, interval=30)
    expected = np.resize(contacts, (len(queues), horizon.slots)).astype(float)
    return Volume(
        horizon=horizon,
        queues=queues,
        contacts=expected,
        aht=np.full(expected.shape, 300.0),
        lower=(1 - band) * expected,
        upper=(1 + band) * expected,
    )


def came(made, contacts, aht=300.0, queue="calls", rows=slice(None)):
    """A history that holds, for all slots of a forecast or some, what came."""
    starts = pd.DatetimeIndex(made.horizon.slot_starts, tz="UTC")
    frame = pd.DataFrame({"queue": queue, "start": starts, "offered": contacts, "aht": aht})
    return History(made.horizon.timezone, 30, frame.iloc[rows].reset_index(drop=True))


def at(hour, minute=0):
    return datetime(2026, 3, 3, hour, minute)


def drawn(made, factors, seed=1):
    """Samples of counts, of the forecast times factors of shape ``(samples, slots)``."""
    rates = made.array("contacts") * factors[:, None]
    counts = np.random.default_rng(seed).poisson(rates).astype(np.int32)
    return Scenarios(made.horizon, made.queues, counts, made.array("aht"))


def row(made, name="contacts", queue=0):
    return made.array(name)[queue]


@given(st.floats(0.02, 1), st.lists(st.integers(0, 120), min_size=8, max_size=8))
def test_conjugate_result_is_exact(spread, morning):
    """With a gamma day factor the rest is scaled by (shape + came)/(shape + expected)."""
    made, shape = volume(), 1 / spread**2
    contacts = SHAPE.copy()
    contacts[16:NOON] = morning
    found = reforecast(made, came(made, contacts), at(12), spread=spread, hour_spread=0)
    factor = (shape + sum(morning)) / (shape + SHAPE[:NOON].sum())
    np.testing.assert_allclose(row(found)[NOON:], factor * SHAPE[NOON:])
    np.testing.assert_array_equal(row(found)[16:NOON], morning)


def test_posterior_is_right_in_the_long_run():
    """Over days of gamma factors, those expected to be busy are as busy as expected, in groups."""
    made, rng = volume(), np.random.default_rng(2)
    predicted, truth = [], []
    for _ in range(600):
        rate = rng.gamma(25, 1 / 25)
        contacts = rng.poisson(rate * SHAPE)
        found = reforecast(made, came(made, contacts), at(12), spread=0.2, hour_spread=0)
        predicted.append(row(found)[NOON:].sum())
        truth.append(rate * SHAPE[NOON:].sum())
    order = np.argsort(predicted)
    for group in np.split(order, 4):
        assert np.mean(np.take(truth, group)) == pytest.approx(
            np.mean(np.take(predicted, group)), rel=0.015
        )


@pytest.mark.parametrize("road", ["factor", "scenarios"])
def test_better_than_the_morning_s_forecast(road):
    """On busy and quiet days the rest of the day is off by less than half, its band narrower."""
    made, rng = volume(), np.random.default_rng(4)
    draws = drawn(made, rng.gamma(44, 1 / 44, (500, 1)) * np.ones(48))
    options = {"hour_spread": 0.0} | ({} if road == "factor" else {"scenarios": draws})
    before = after = held = 0.0
    for _ in range(200):
        contacts = rng.poisson(rng.gamma(44, 1 / 44) * SHAPE)
        found = reforecast(made, came(made, contacts), at(12), spread=0.15, **options)
        rest = contacts[NOON:CLOSE]
        before += abs(SHAPE[NOON:].sum() - rest.sum())
        after += abs(row(found)[NOON:].sum() - rest.sum())
        low, high = row(found, "lower")[NOON:CLOSE], row(found, "upper")[NOON:CLOSE]
        held += np.mean((low <= rest) & (rest <= high)) / 200
        assert (high - low).mean() < 0.9 * 0.6 * SHAPE[NOON:CLOSE].mean() * max(1, rest.mean() / 38)
    assert after < 0.5 * before
    assert 0.78 < held < 0.97


@pytest.mark.parametrize("road", ["factor", "scenarios"])
def test_days_that_never_differ(road):
    """Where no day is busier than another, the morning changes nothing but itself."""
    made = volume()
    busy = came(made, 2 * SHAPE, aht=400.0)
    same = np.tile(made.array("contacts"), (50, 1, 1)).astype(np.int32)
    draws = Scenarios(made.horizon, made.queues, same, made.array("aht"))
    options = {"spread": 0} if road == "factor" else {"scenarios": draws}
    found = reforecast(made, busy, at(12), aht_spread=0, **options)
    for name in ("contacts", "aht", "lower", "upper"):
        np.testing.assert_allclose(row(found, name)[NOON:], row(made, name)[NOON:])
    for name in ("contacts", "lower", "upper"):
        np.testing.assert_array_equal(row(found, name)[:NOON], 2 * SHAPE[:NOON])


def test_days_that_differ_by_chance_alone():
    """Where samples are Poisson around one course, a busy morning is chance and moves little."""
    made = volume()
    draws = drawn(made, np.ones((4000, 48)))
    found = reforecast(made, came(made, 1.3 * SHAPE), at(12), scenarios=draws, hour_spread=0)
    np.testing.assert_allclose(row(found)[NOON:CLOSE] / SHAPE[NOON:CLOSE], 1.0, atol=0.03)


def test_missing_intervals_are_unknown():
    """A morning with half its intervals missing is no quiet morning; they are forecast instead."""
    made = volume()
    half = came(made, 1.2 * SHAPE, rows=slice(0, 48, 2))
    found = reforecast(made, half, at(12), spread=0.3, hour_spread=0)
    factor = row(found)[NOON] / SHAPE[NOON]
    assert 1.1 < factor < 1.2
    np.testing.assert_allclose(row(found)[17:NOON:2], factor * SHAPE[17:NOON:2])
    np.testing.assert_allclose(row(found)[16:NOON:2], 1.2 * SHAPE[16:NOON:2])
    draws = drawn(made, np.random.default_rng(1).gamma(9, 1 / 9, (500, 1)) * np.ones(48))
    found = reforecast(made, half, at(12), scenarios=draws, hour_spread=0)
    np.testing.assert_allclose(row(found)[17:CLOSE:2] / SHAPE[17:CLOSE:2], 1.2, atol=0.06)


def test_nothing_known_changes_nothing():
    """Before an interval is over the forecast stays; without a row of today it is refused."""
    made = volume(days=2)
    yesterday = came(volume(start=TODAY - timedelta(days=1)), 3 * SHAPE)
    with pytest.raises(InputError, match="so_far must hold an interval of the forecast's queues"):
        reforecast(made, yesterday, at(12))
    assert reforecast(made, came(made, np.tile(3 * SHAPE, 2)), at(0)) == made
    assert reforecast(made, came(made, np.tile(3 * SHAPE, 2)), at(0, 29)) == made


@pytest.mark.parametrize("road", ["factor", "scenarios"])
def test_closed_queue(road):
    """A queue that is closed today stays so, and calls at its door say nothing of tomorrow."""
    made = volume(np.r_[np.zeros(48), SHAPE], days=2)
    draws = drawn(made, np.random.default_rng(1).gamma(9, 1 / 9, (100, 1)) * np.ones(96))
    options = {} if road == "factor" else {"scenarios": draws}
    strays = np.zeros(96)
    strays[20] = 5.0
    found = reforecast(made, came(made, strays, aht=np.nan), at(12), **options)
    np.testing.assert_array_equal(row(found), row(made) + strays)
    np.testing.assert_array_equal(row(found, "aht"), row(made, "aht"))


@pytest.mark.parametrize("road", ["factor", "scenarios"])
def test_calls_before_opening_do_not_count(road):
    """Contacts where none were expected do not make the day busy."""
    made = volume()
    draws = drawn(made, np.random.default_rng(1).gamma(9, 1 / 9, (100, 1)) * np.ones(48))
    options = {} if road == "factor" else {"scenarios": draws}
    early = SHAPE.copy()
    early[10] = 500.0
    plain = reforecast(made, came(made, SHAPE), at(12), **options)
    found = reforecast(made, came(made, early), at(12), **options)
    np.testing.assert_array_equal(row(found)[11:], row(plain)[11:])


@settings(max_examples=25)
@given(st.integers(0, 47), st.integers(0, 29), st.integers(0, 10**6))
def test_nothing_after_now_is_looked_at(slot, minute, seed):
    """What the history holds of the interval in progress and later changes nothing."""
    made, rng = volume(), np.random.default_rng(seed)
    contacts, later = rng.poisson(SHAPE), rng.poisson(3 * SHAPE)
    later[:slot] = contacts[:slot]
    aht, other = rng.uniform(200, 400, (2, 48))
    other[:slot] = aht[:slot]
    now = datetime(2026, 3, 3, slot // 2, slot % 2 * 30 + minute)
    draws = drawn(made, rng.gamma(9, 1 / 9, (60, 1)) * np.ones(48))
    for options in ({}, {"scenarios": draws}):
        found = reforecast(made, came(made, contacts, aht), now, **options)
        assert found == reforecast(made, came(made, later, other), now, **options)
        assert found == reforecast(
            made, came(made, contacts, aht, rows=slice(slot)), now, **options
        )


def test_other_days_and_queues_stay():
    """Only today changes, and only queues of which something came; others may be in the history."""
    made = volume(np.tile(SHAPE, 3), ("calls", "chat"), start=TODAY - timedelta(days=1), days=3)
    history = came(made, np.tile(2 * SHAPE, 3), queue="calls")
    mail = came(made, 9.0, queue="mail").frame
    history = History("UTC", 30, pd.concat([history.frame, mail], ignore_index=True))
    found = reforecast(made, history, at(12))
    today = made.horizon.slot_days == 1
    for name in ("contacts", "lower", "upper", "aht"):
        np.testing.assert_array_equal(row(found, name)[~today], row(made, name)[~today])
        np.testing.assert_array_equal(row(found, name, 1), row(made, name, 1))
    assert (row(found)[today][NOON:CLOSE] > SHAPE[NOON:CLOSE]).all()


@pytest.mark.parametrize(("day", "slots"), [(date(2026, 3, 29), 46), (date(2026, 10, 25), 50)])
def test_days_on_which_clocks_change(day, slots):
    """On a day of 23 or 25 hours noon on the wall clock parts what is known from what is not."""
    made = volume(np.full(slots, 40.0), zone="Europe/Berlin", start=day)
    noon = slots - 24
    now = datetime(day.year, day.month, day.day, 12)
    found = reforecast(made, came(made, np.full(slots, 60.0)), now, spread=0.2)
    np.testing.assert_array_equal(row(found)[:noon], 60.0)
    assert (row(found)[noon:] > 50).all()
    assert (row(found)[noon:] < 60).all()
    in_utc = datetime(day.year, day.month, day.day, 11 if slots == 50 else 10, tzinfo=UTC)
    assert reforecast(made, came(made, np.full(slots, 60.0)), in_utc, spread=0.2) == found
    assert reforecast(made, came(made, np.full(slots, 60.0)), f"{day} 12:00", spread=0.2) == found


def test_afternoon_that_does_not_follow():
    """Draws in which mornings say nothing of afternoons leave the afternoon as it was."""
    made, rng = volume(), np.random.default_rng(8)
    factors = np.repeat(rng.gamma(25, 1 / 25, (4000, 2)), 24, axis=1)
    draws = drawn(made, factors)
    found = reforecast(made, came(made, 1.4 * SHAPE), at(12), scenarios=draws, hour_spread=0)
    np.testing.assert_allclose(row(found)[NOON:CLOSE] / SHAPE[NOON:CLOSE], 1.0, atol=0.03)


def test_newest_hour_tells_most():
    """If hours are like their neighbours, the newest one decides, and less and less."""
    made, rng = volume(np.full(48, 1000.0)), np.random.default_rng(8)
    noise = rng.normal(0, 0.1, (4000, 24))
    course = np.zeros((4000, 24))
    course[:, 0] = noise[:, 0]
    for hour in range(1, 24):
        course[:, hour] = 0.8 * course[:, hour - 1] + 0.6 * noise[:, hour]
    draws = drawn(made, np.repeat(1 + course, 2, axis=1))
    contacts = np.full(48, 900.0)
    contacts[22:24] = 1200.0
    found = reforecast(made, came(made, contacts), at(12), scenarios=draws, hour_spread=0)
    ratio = row(found)[24:].reshape(12, 2).mean(axis=1) / 1000
    expected = 1 + 0.2 * 0.8 ** np.arange(1, 13)
    np.testing.assert_allclose(ratio, expected, atol=0.045)


@given(st.integers(2, 40), st.integers(0, 1000))
def test_few_draws_are_no_fault(samples, seed):
    """However few the draws and however odd the morning, the result is a sound forecast."""
    made, rng = volume(), np.random.default_rng(seed)
    draws = drawn(made, rng.gamma(4, 1 / 4, (samples, 48)))
    found = reforecast(made, came(made, rng.poisson(4 * SHAPE)), at(15), scenarios=draws)
    assert (row(found)[30:] >= 0).all()


@pytest.mark.parametrize("road", ["factor", "scenarios"])
def test_a_busy_first_hour_is_no_busy_day(road):
    """With factors of their own for the hours, one of them is believed less than five."""
    made = volume(10 * SHAPE)
    draws = drawn(made, np.random.default_rng(1).gamma(100, 0.01, (2000, 1)) * np.ones(48))
    options = {"spread": 0.1} | ({} if road == "factor" else {"scenarios": draws})
    contacts = came(made, 13 * SHAPE)
    early = row(reforecast(made, contacts, at(9), **options))[CLOSE - 1] / 300
    late = row(reforecast(made, contacts, at(13), **options))[CLOSE - 1] / 300
    blind = row(reforecast(made, contacts, at(9), hour_spread=0, **options))[CLOSE - 1] / 300
    assert 1.1 < early < 1.2 < late < 1.3
    assert blind > 1.2


def test_what_the_morning_does_not_tell_stays_in_the_band():
    """A band wider than the stated spread keeps what it had beyond it."""
    wide, told = volume(SHAPE * 20, band=0.8), {"spread": 0.1, "hour_spread": 0.0}
    found = reforecast(wide, came(wide, 20 * SHAPE), at(12), **told)
    width = (row(found, "upper") - row(found, "lower"))[NOON:CLOSE] / (32 * SHAPE[NOON:CLOSE])
    assert ((width > 0.95) & (width < 1)).all()


def test_handle_time_of_the_rest():
    """A morning of long contacts lengthens the rest of the day, as far as its contacts tell."""
    made = volume()
    found = reforecast(made, came(made, SHAPE, aht=360.0), at(12), aht_spread=0.05)
    seen = SHAPE[:NOON].sum()
    ratio = (400 + 1.2 * seen) / (400 + seen)
    np.testing.assert_allclose(row(found, "aht")[NOON:], 300 * ratio)
    np.testing.assert_allclose(row(found, "aht")[16:NOON], 360.0)


def test_handle_time_is_robust():
    """A contact left open, or none with a handle time, makes no long day."""
    made = volume()
    aht = np.full(48, 300.0)
    aht[18] = 300 + 36_000 / 20
    found = reforecast(made, came(made, SHAPE, aht=aht), at(12))
    assert row(found, "aht")[NOON] == pytest.approx(300)
    slow = reforecast(made, came(made, SHAPE, aht=1200.0), at(12))
    assert row(slow, "aht")[NOON] > 500
    found = reforecast(made, came(made, SHAPE, aht=np.nan), at(12))
    np.testing.assert_array_equal(row(found, "aht"), row(made, "aht"))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"now": "noon"}, "now must be a date and time such as 2026-12-07 11:30, got 'noon'"),
        ({"now": TODAY}, "now must be a date and time such as 2026-12-07 11:30"),
        ({"now": datetime(2026, 3, 4)}, "now must lie in the forecast, 2026-03-03 to 2026-03-03"),
        ({"now": datetime(2026, 3, 2, 23, 59)}, "now must lie in the forecast"),
        ({"spread": -0.1}, "spread must be from 0 to 100, got -0.1"),
        ({"hour_spread": np.nan}, "hour_spread must be from 0 to 100"),
        ({"aht_spread": np.inf}, "aht_spread must be from 0 to 100"),
        ({"so_far": came(volume(zone="Europe/Berlin"), SHAPE)}, "so_far.timezone must be that of"),
        ({"scenarios": drawn(volume(days=2), np.ones((5, 96)))}, "scenarios.horizon must be that"),
        (
            {"scenarios": drawn(volume(queues=("chat",)), np.ones((5, 48)))},
            "scenarios.queues must be",
        ),
        ({"scenarios": drawn(volume(), np.ones((1, 48)))}, "must hold at least 2 samples, got 1"),
    ],
)
def test_bad_input(options, message):
    """What does not fit the forecast is refused by name."""
    made = volume()
    with pytest.raises(InputError) as error:
        reforecast(**{"volume": made, "so_far": came(made, SHAPE), "now": at(12)} | options)
    assert message in str(error.value)


@pytest.mark.skipif(not CALLS.exists(), reason="the bank's calls (bank_calls.csv) are not here")
@pytest.mark.parametrize("road", ["factor", "scenarios"])
@pytest.mark.parametrize(("hour", "most"), [(9, 0.9), (12, 0.8), (15, 0.8)])
def test_real_days(road, hour, most):
    """On 46 days of a bank the rest of the day is off by a tenth less from 9, a fifth from 12."""
    columns = {"start": "DateTime", "offered": "Calls"}
    zone = "America/New_York"
    bank = read_history(CALLS, timezone=zone, columns=columns, queue="calls", aht=240, interval=30)
    day, slot = bank.wall_clock.day, bank.wall_clock.minute // 30
    number = np.unique(day, return_inverse=True)[1]
    calls = np.zeros((number.max() + 1, 48))
    calls[number, slot] = bank.frame["offered"]
    dates = np.unique(day).astype("datetime64[D]").tolist()
    mean = np.array([same_weekdays(calls, dates, today) for today in range(len(dates))])
    before = after = 0.0
    for today in range(45, len(dates)):
        made = volume(mean[today], zone=zone, start=dates[today], band=0.12)
        errors = calls[25:today] / np.where(mean[25:today] > 0, mean[25:today], np.inf)
        options = {"scenarios": drawn(made, errors)} if road == "scenarios" else {}
        found = reforecast(made, bank, f"{dates[today]} {hour:02d}:00", **options)
        rest = calls[today, 2 * hour :]
        before += np.abs(mean[today, 2 * hour :] - rest).sum()
        after += np.abs(row(found)[2 * hour :] - rest).sum()
    assert after < most * before


def same_weekdays(calls, dates, today):
    """Mean of the last four same weekdays by half hour, 0 where there are none."""
    alike = [day for day in range(today) if dates[day].weekday() == dates[today].weekday()]
    return calls[alike[-4:]].mean(axis=0) if alike else np.zeros(48)
