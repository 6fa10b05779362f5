"""Learning curves: their shape, their fit, and what they do to a forecast."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.forecast.wrapped import DrawingLastWeek, LastWeek, past
from wfm.errors import InputError
from wfm.forecast import LearningCurve, LearningForecaster, Volume, with_learning
from wfm.horizon import Horizon

CURVE = LearningCurve(start=1.6, half_life=30)


def volume(start=date(2026, 3, 2), days=3, zone="UTC", queues=("calls", "chat")):
    horizon = Horizon(start=start, days=days, timezone=zone, interval=60)
    flat = np.ones((len(queues), horizon.slots))
    return Volume(
        horizon=horizon,
        queues=queues,
        contacts=9 * flat,
        aht=300 * flat,
        lower=flat,
        upper=9 * flat,
    )


def agents(curve, base=240.0, seed=None, contacts=400.0):
    """A table of agents of many tenures, with or without chance."""
    tenure = np.tile([0, 3, 7, 14, 30, 60, 90, 180, 360], 4)
    aht = base * curve.factor(tenure)
    if seed is not None:
        aht = np.random.default_rng(seed).gamma(contacts, aht / contacts)
    return pd.DataFrame({"tenure": tenure, "aht": aht, "contacts": contacts})


def test_factor_halves():
    """On the first day it is the start, after a half-life half of the surplus, in the end 1."""
    np.testing.assert_allclose(CURVE.factor([0, 30, 60, 10_000]), [1.6, 1.3, 1.15, 1.0])


@given(st.floats(1.05, 4), st.floats(2, 200), st.floats(10, 2000))
def test_fit_finds_the_curve(start, half_life, base):
    """Without chance, start and half-life are found whatever the seconds are."""
    true = LearningCurve(start=start, half_life=half_life)
    found = LearningCurve.fit(agents(true, base))
    tenure = np.arange(360)
    np.testing.assert_allclose(found.factor(tenure), true.factor(tenure), rtol=0.01)


def test_fit_through_chance():
    """From 36 agents of 400 contacts the curve is met to 6 % at any tenure."""
    for seed in range(10):
        found = LearningCurve.fit(agents(CURVE, seed=seed))
        tenure = np.arange(360)
        np.testing.assert_allclose(found.factor(tenure), CURVE.factor(tenure), rtol=0.08)


def test_fit_weighs_by_contacts():
    """A row of one absurd contact moves nothing beside rows of hundreds."""
    table = agents(CURVE)
    table.loc[len(table)] = [5, 2000.0, 0.01]
    found = LearningCurve.fit(table)
    assert found.start == pytest.approx(1.6, abs=0.01)


def test_nothing_learned():
    """Agents who are as fast on the first day as ever give a curve that is 1."""
    found = LearningCurve.fit(agents(LearningCurve(start=1, half_life=30)))
    np.testing.assert_allclose(found.factor([0, 10, 100]), 1.0, atol=1e-4)


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("tenure", -1, "table, row 2, column 'tenure', must be a number from 0 up, got -1"),
        ("aht", 0, "table, row 2, column 'aht', must be a number above 0, got 0"),
        ("contacts", None, "table, row 2, column 'contacts', must be a number above 0, got"),
        ("aht", "long", "table, row 2, column 'aht', must be a number above 0, got 'long'"),
    ],
)
def test_bad_rows_are_named(column, value, message):
    """A row that cannot be used is named with its column."""
    table = agents(CURVE).astype(object)
    table.loc[2, column] = value
    with pytest.raises(InputError) as error:
        LearningCurve.fit(table)
    assert message in str(error.value)


def test_tables_that_do_not_tell():
    """A column that is missing, or two tenures for a curve of three numbers, are refused."""
    with pytest.raises(InputError, match="table must have a column 'aht'"):
        LearningCurve.fit(agents(CURVE).drop(columns="aht"))
    with pytest.raises(InputError, match="must hold at least 3 different values, got 2"):
        LearningCurve.fit(agents(CURVE).query("tenure in (0, 7)"))


def test_bad_curves():
    """Someone new who is faster than the experienced, or never learns, is no curve."""
    with pytest.raises(InputError, match=r"LearningCurve\.start"):
        LearningCurve(start=0.9, half_life=30)
    with pytest.raises(InputError, match=r"LearningCurve\.half_life"):
        LearningCurve(start=1.5, half_life=0)
    with pytest.raises(InputError, match="tenure must be a number of days from 0 up, got -1"):
        CURVE.factor([3, -1])


def test_mean_is_that_of_contacts():
    """Counting contact by contact in a busy hour gives the factor: 10 at 1, 10 at 1.6, 1.23."""
    first = volume().horizon.start
    aht = with_learning(volume(), CURVE, {first: 10}, 10).array("aht")
    taken = np.array([10 * 3600 / 300, 10 * 3600 / (1.6 * 300)])
    by_contact = (taken @ [300, 480]) / taken.sum()
    np.testing.assert_allclose(aht[:, :24], by_contact)
    assert by_contact == pytest.approx(300 * 1.2308, rel=1e-4)


@given(st.floats(1, 5), st.floats(1, 100), st.floats(0.1, 50), st.floats(0.1, 50))
def test_mean_lies_between(start, half_life, new, old):
    """The mean factor lies between 1 and that of the new, and not above the mean by heads."""
    made = volume()
    curve = LearningCurve(start=start, half_life=half_life)
    factor = with_learning(made, curve, {made.horizon.start: new}, old).array("aht")[0, 0] / 300
    assert 1 - 1e-9 <= factor <= (new * start + old) / (new + old) + 1e-9


def test_intakes_come_and_learn():
    """Before the first day nothing changes, then the AHT jumps and falls from day to day."""
    second = volume().horizon.date_of(1)
    aht = with_learning(volume(), CURVE, {second: 5}, 20).array("aht")[0]
    np.testing.assert_allclose(aht[:24], 300)
    assert aht[24] > aht[48] > 300


def test_history_that_holds_them_already():
    """With the floor of an earlier day in the AHT, only what is learned since then counts."""
    made = volume()
    earlier = made.horizon.start - timedelta(days=30)
    floor = {earlier: 8.0}
    then = with_learning(volume(earlier, 1), CURVE, floor, 10).array("aht")[0, 0]
    now = with_learning(made, CURVE, floor, 10).array("aht")[0, 0]
    found = with_learning(made, CURVE, floor, 10, since=earlier).array("aht")[0, 0]
    assert found / 300 == pytest.approx(now / then)
    assert found < 300


def test_only_their_queues():
    """Queues that the new do not answer keep their AHT; contacts and band stay everywhere."""
    made = volume()
    found = with_learning(made, CURVE, {made.horizon.start: 5}, 5, queues=["chat"])
    np.testing.assert_array_equal(found.array("aht")[0], made.array("aht")[0])
    assert (found.array("aht")[1] > 300).all()
    assert found.model_copy(update={"aht": made.aht}) == made


def test_day_on_which_clocks_change():
    """On a day of 23 hours all its slots have the factor of that day."""
    made = volume(date(2026, 3, 29), 2, "Europe/Berlin", ("calls",))
    aht = with_learning(made, CURVE, {date(2026, 3, 29): 5}, 0).array("aht")[0]
    np.testing.assert_allclose(aht[:23], 300 * CURVE.factor(0))
    np.testing.assert_allclose(aht[23:], 300 * CURVE.factor(1))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"experienced": -1}, "experienced must be a number of agents from 0 up, got -1"),
        ({"starters": {date(2026, 3, 2): np.nan}}, "starters of 2026-03-02 must be a number"),
        ({"queues": ["mail"]}, "queue must be one of calls, chat, got 'mail'"),
        ({"experienced": 0}, "experienced must be above 0, as nobody else is there on 2026-03-02"),
        ({"since": "March"}, "since must be a date such as"),
    ],
)
def test_bad_floors(arguments, message):
    """A floor that cannot be is refused by name."""
    given = {"starters": {}, "experienced": 5} | arguments
    with pytest.raises(InputError) as error:
        with_learning(volume(), CURVE, **given)
    assert message in str(error.value)


def learners(forecaster=LastWeek, **options):
    """Ten started on the third week of the history, five start on the third day ahead."""
    starters = {date(2026, 1, 19): 10.0, date(2026, 3, 4): 5.0}
    return LearningForecaster(CURVE, starters, 20, forecaster(), **options)


def slow(days):
    """Handle times by day from 5 January on, with those learners; the experienced take 200 s."""
    starters = {date(2026, 1, 19): 10.0, date(2026, 3, 4): 5.0}
    flat = with_learning(volume(date(2026, 1, 5), days), CURVE, starters, 20).array("aht")[0]
    return flat[::24] / 300 * 200


def test_new_people_of_the_past_and_ahead():
    """Those who learned in the past do not slow the days ahead; those who start then do."""
    history = past(aht=slow(56))
    horizon = Horizon(start=date(2026, 3, 2), days=7, interval=60)
    found = learners().forecast(history, horizon)
    np.testing.assert_allclose(found.array("aht")[0].reshape(7, 24)[:, 8], slow(63)[56:])
    plain = LastWeek().forecast(history, horizon)
    for name in ("contacts", "lower", "upper"):
        np.testing.assert_allclose(found.array(name), plain.array(name))


def test_learners_in_scenarios():
    """Samples have the handle times of the forecast, and are there only if the inner one draws."""
    history = past(aht=slow(56))
    horizon = Horizon(start=date(2026, 3, 2), days=7, interval=60)
    drawn = learners(DrawingLastWeek).scenarios(history, horizon, samples=5)
    made = learners().forecast(history, horizon)
    np.testing.assert_allclose(drawn.aht, made.array("aht"))
    assert not hasattr(learners(), "scenarios")
    others = learners(DrawingLastWeek, queues=()).scenarios(history, horizon, samples=5)
    np.testing.assert_allclose(others.aht, LastWeek().forecast(history, horizon).array("aht"))


def test_learners_of_a_queue_that_is_not_there():
    """Queues that the history lacks, and numbers that cannot be, are refused."""
    horizon = Horizon(start=date(2026, 3, 2), days=7, interval=60)
    with pytest.raises(InputError, match=r"LearningForecaster\.queues must be for one of calls"):
        learners(queues=["mail"]).forecast(past(), horizon)
    with pytest.raises(InputError, match="experienced must be a number of agents from 0 up"):
        LearningForecaster(CURVE, {}, -1, LastWeek())
