"""Contacts per order: drivers given and made, early and late, known and unknown."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.forecast.wrapped import DrawingLastWeek, LastWeek, past, totals
from wfm.errors import InputError
from wfm.forecast import Driver, DriverForecaster, forecast_volume, read_history
from wfm.horizon import Horizon

FIRST, AFTER = date(2026, 1, 5), date(2026, 3, 2)
NEXT = Horizon(start=AFTER, days=7, interval=60)
RNG = np.random.default_rng(5)
ORDERS = RNG.integers(500, 1500, 63).astype(float)
"""Orders of the 56 days before, and of the 7 days ahead."""


def by_date(values, first=FIRST):
    return {first + timedelta(days=day): float(value) for day, value in enumerate(values)}


def made(driver, history, inner=LastWeek, horizon=NEXT, **options):
    return DriverForecaster({"calls": driver}, inner(), **options).forecast(history, horizon)


def test_contacts_follow_orders():
    """A tenth of a contact comes with each order: the orders given ahead decide, exactly."""
    history = past(level=ORDERS[:56] / 1200)
    found = made(Driver(by_date(ORDERS)), history)
    np.testing.assert_allclose(totals(found), ORDERS[56:] / 10)
    np.testing.assert_allclose(found.array("lower"), 0.8 * found.array("contacts"))
    np.testing.assert_allclose(found.array("aht"), 200.0)


def test_rate_stays_of_the_size_of_contacts():
    """The inner forecaster is handed counts as large on average as those that came."""
    history = past(level=ORDERS[:56] / 1200)
    seen = []

    class Spy(LastWeek):
        def forecast(self, history, horizon):
            seen.append(history.frame["offered"].mean())
            return super().forecast(history, horizon)

    made(Driver(by_date(1e6 * ORDERS)), history, Spy)
    assert seen == [pytest.approx(history.frame["offered"].mean(), rel=1e-9)]


@pytest.mark.parametrize("lag", [(0.6, 0.3, 0.1), (6, 3, 1), (0, 1), (0.0, 0.0, 0.5, 0.5, 0.0)])
def test_lag_is_exact(lag):
    """Contacts that come some days after their order are forecast exactly, by any unit of lag."""
    shares = np.array(lag) / sum(lag)
    load = np.convolve(ORDERS, shares)[:63]
    load[: len(lag)] = 77.0  # Orders of before the data: not to be learned from.
    found = made(Driver(by_date(ORDERS), lag=lag), past(level=load[:56] / 1200))
    np.testing.assert_allclose(totals(found), load[56:] / 10)


def test_own_forecast_of_the_driver():
    """Without orders ahead they are forecast by the same means: those of the last week again."""
    history = past(level=ORDERS[:56] / 1200)
    found = made(Driver(by_date(ORDERS[:56])), history)
    np.testing.assert_allclose(totals(found), ORDERS[49:56] / 10)
    half = 1 - 0.2 * np.sqrt(2)
    np.testing.assert_allclose(found.array("lower"), half * found.array("contacts"))


def test_given_and_made_together():
    """Days ahead with a value keep it, the others are forecast."""
    history = past(level=ORDERS[:56] / 1200)
    found = made(Driver(by_date(ORDERS[:59])), history)
    np.testing.assert_allclose(totals(found), np.r_[ORDERS[56:59], ORDERS[52:56]] / 10)


def test_values_ahead_may_be_hidden():
    """With known_ahead off, orders of the horizon change nothing."""
    history = past(level=ORDERS[:56] / 1200)
    hidden = made(Driver(by_date(ORDERS)), history, known_ahead=False)
    assert hidden == made(Driver(by_date(ORDERS[:56])), history)


def test_lag_reaches_back_over_the_start():
    """The first day ahead takes its late contacts from orders of the days before it."""
    driver = Driver(by_date(ORDERS[:56]), lag=(0.5, 0.5))
    load = np.convolve(ORDERS, [0.5, 0.5])[:63]
    load[0] = ORDERS[0]
    found = made(driver, past(level=load[:56] / 1200))
    again = np.r_[ORDERS[:56], ORDERS[49:56]]
    np.testing.assert_allclose(totals(found), np.convolve(again, [0.5, 0.5])[56:63] / 10)


def test_unknown_days_teach_nothing():
    """Days without orders known, or with none at all, are left out, not taken as a rate."""
    orders = ORDERS.copy()
    level = orders[:56] / 1200
    level[50] *= 7
    level[51] *= 9
    known = by_date(orders)
    del known[FIRST + timedelta(days=50)]
    known[FIRST + timedelta(days=51)] = 0.0
    found = made(Driver(known), past(level=level))
    np.testing.assert_allclose(totals(found), orders[56:] / 10)


def test_no_orders_no_contacts():
    """A day ahead on which the shop is closed gets no contacts."""
    known = by_date(ORDERS)
    known[AFTER + timedelta(days=2)] = 0.0
    found = totals(made(Driver(known), past(level=ORDERS[:56] / 1200)))
    assert found[2] == 0
    np.testing.assert_allclose(found[3:], ORDERS[59:] / 10)


@settings(max_examples=20)
@given(st.floats(1e-3, 1e6), st.integers(0, 100))
def test_unit_of_the_driver_does_not_matter(unit, seed):
    """Orders, thousands of them or their money: the forecast is the same, given or made."""
    orders = np.random.default_rng(seed).gamma(20, 50, 58)
    history = past(level=orders[:56] / 1200)
    plain = made(Driver(by_date(orders)), history).array("contacts")
    other = made(Driver(by_date(unit * orders)), history).array("contacts")
    np.testing.assert_allclose(other, plain, rtol=1e-9)


@settings(max_examples=20)
@given(st.floats(0.01, 1e5), st.lists(st.floats(0, 1), min_size=1, max_size=4).filter(any))
def test_constant_driver_changes_nothing(value, lag):
    """A driver that never changes leaves the inner forecast as it is."""
    history = past(level=1 + 0.1 * np.arange(56))
    found = made(Driver(by_date([value] * 63, FIRST), lag=lag), history)
    plain = LastWeek().forecast(history, NEXT)
    for name in ("contacts", "lower", "upper", "aht"):
        np.testing.assert_allclose(found.array(name), plain.array(name))


def test_driver_by_time_of_day():
    """Flights by half hour drive contacts by hour; times without one on a known day are 0."""
    flights = {}
    for day, count in enumerate(ORDERS):
        noon = pd.Timestamp(FIRST) + pd.Timedelta(days=day, hours=12)
        flights |= {noon: count, noon + pd.Timedelta(minutes=30): count}
        flights |= {noon + pd.Timedelta(hours=2): 2000.0 - count}
    table = past().frame.assign(start=lambda frame: frame["start"].dt.tz_localize(None))
    hour, day = table["start"].dt.hour, (table["start"] - pd.Timestamp(FIRST)).dt.days
    at_noon, at_two = ORDERS[day] / 50, (2000 - ORDERS[day]) / 100
    table["offered"] = np.where(hour == 12, at_noon, np.where(hour == 14, at_two, 0.0))
    history = read_history(table, timezone="UTC")
    found = made(Driver(flights), history).array("contacts")[0].reshape(7, 24)
    np.testing.assert_allclose(found[:, 12], ORDERS[56:] / 50)
    np.testing.assert_allclose(found[:, 14], (2000 - ORDERS[56:]) / 100)
    assert found.sum() == pytest.approx(found[:, [12, 14]].sum())
    before = {when: count for when, count in flights.items() if when < pd.Timestamp(AFTER)}
    own = made(Driver(before), history).array("contacts")[0].reshape(7, 24)
    np.testing.assert_allclose(own[:, 12], ORDERS[49:56] / 50)


def test_sources_are_alike():
    """Mapping, texts, series and data frame of the same values are the same driver."""
    known = by_date(ORDERS)
    frame = pd.DataFrame({"date": list(known), "orders": list(known.values())})
    shuffled = frame.sample(frac=1, random_state=1)
    history = past(level=ORDERS[:56] / 1200)
    plain = made(Driver(known), history)
    texts = {str(day): value for day, value in known.items()}
    dates = frame.assign(date=pd.to_datetime(frame["date"]))
    for source in (
        texts,
        pd.Series(known),
        frame,
        shuffled,
        dates,
        dates.set_index("date")["orders"],
    ):
        assert made(Driver(source), history) == plain


def test_times_with_an_offset():
    """Times in UTC are put on the wall clock of the driver's zone."""
    midnights = pd.date_range(FIRST, periods=63, tz="Asia/Shanghai").tz_convert("UTC")
    driver = Driver(pd.Series(ORDERS, index=midnights), timezone="Asia/Shanghai")
    assert driver.cells.step == 1440
    np.testing.assert_array_equal(driver.cells.grid[:, 0], ORDERS)
    with pytest.raises(InputError, match=r"Driver\.timezone must be given for times with an"):
        Driver(pd.Series(ORDERS, index=midnights))


@pytest.mark.parametrize("start", [date(2026, 3, 29), date(2026, 10, 25)])
def test_days_on_which_clocks_change(start):
    """A day of 23 or 25 hours has the contacts per order of its open hours, given or made."""
    first = start - timedelta(days=14)
    orders = by_date(ORDERS[:21], first)
    history = past(first.isoformat(), 14, "Europe/Berlin", ORDERS[:14] / 1200)
    horizon = Horizon(start=start, days=7, timezone="Europe/Berlin", interval=60)
    given = made(Driver(orders), history, horizon=horizon)
    np.testing.assert_allclose(totals(given), ORDERS[14:21] / 10)
    before = {day: value for day, value in orders.items() if day < start}
    own = made(Driver(before), history, horizon=horizon)
    np.testing.assert_allclose(totals(own), ORDERS[7:14] / 10)


def test_queues_of_one_driver():
    """Queues that share a driver share its forecast, others are forecast as they are."""
    tables = [past(level=ORDERS[:56] / 1200, queue=name).frame for name in ("calls", "chat")]
    tables.append(past(level=np.arange(56), queue="mail").frame)
    history = read_history(pd.concat(tables), timezone="UTC")
    asked = []

    class Spy(DrawingLastWeek):
        def scenarios(self, history, horizon, samples=500, seed=1):
            asked.append(history.queues)
            return super().scenarios(history, horizon, samples, seed)

    orders = Driver(by_date(ORDERS[:56]))
    wrapped = DriverForecaster({"calls": orders, "chat": orders}, Spy())
    found = wrapped.scenarios(history, NEXT, samples=200, seed=7)
    assert asked == [("calls", "chat", "mail"), ("calls",)]
    weeks = found.totals("week")[..., 0]
    assert np.corrcoef(weeks[:, 0], weeks[:, 1])[0, 1] > 0.9
    mail = LastWeek().forecast(history, NEXT)
    np.testing.assert_allclose(found.totals("day")[:, 2].mean(axis=0), totals(mail, 2), rtol=0.03)
    assert weeks[:, 0].std() / weeks[:, 0].mean() == pytest.approx(0.1 * np.sqrt(2), rel=0.15)


def test_no_draws_from_one_that_does_not():
    """Only around a forecaster that draws are there scenarios, with the driver given in each."""
    history = past(level=ORDERS[:56] / 1200)
    driver = {"calls": Driver(by_date(ORDERS))}
    assert not hasattr(DriverForecaster(driver, LastWeek()), "scenarios")
    found = DriverForecaster(driver, DrawingLastWeek()).scenarios(history, NEXT, samples=2000)
    days = found.totals("day")[:, 0]
    np.testing.assert_allclose(days.mean(axis=0), ORDERS[56:] / 10, rtol=0.02)


def test_better_than_without():
    """Where orders jump in a way that is planned, the rate is forecast a good deal better."""
    rng = np.random.default_rng(3)
    orders = rng.uniform(500, 1500, 63)
    truth = orders * rng.normal(0.1, 0.003, 63)
    history = past(level=truth[:56] / 120)
    with_driver = totals(made(Driver(by_date(orders)), history))
    without = totals(LastWeek().forecast(history, NEXT))
    assert np.abs(with_driver - truth[56:]).sum() < 0.2 * np.abs(without - truth[56:]).sum()


def test_nothing_of_contacts_after_the_start_is_looked_at():
    """Contacts of the horizon itself change nothing, by whatever door it is called."""
    longer = past(days=63, level=np.r_[ORDERS[:56] / 1200, np.full(7, 50.0)])
    history = past(level=ORDERS[:56] / 1200)
    driver = Driver(by_date(ORDERS))
    assert made(driver, longer) == made(driver, history)
    wrapped = DriverForecaster({"calls": driver}, LastWeek())
    found = forecast_volume(longer, start=AFTER, days=7, forecaster=wrapped)
    assert found == made(driver, history)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({FIRST: -1.0}, "Driver on 2026-01-05 must be a finite number from 0 up, got -1.0"),
        ({FIRST: np.nan}, "Driver on 2026-01-05 must be a finite number from 0 up, got nan"),
        ({FIRST: "many"}, "Driver on 2026-01-05 must be a finite number from 0 up, got 'many'"),
        ({"5 o'clock, perhaps": 1.0}, "Driver.values must be by date, or by date and time in"),
        ({17: 1.0}, "Driver.values must be by date, or by date and time in whole minutes, got 17"),
        ({}, "Driver.values must hold at least one date, got 0"),
        (pd.Series([1.0, 2.0], index=2 * [pd.Timestamp(FIRST)]), "on 2026-01-05 must have one"),
        (pd.DataFrame({"day": [1], "x": [1]}), "have a column 'date' or 'start' and one other"),
        ({pd.Timestamp(FIRST): 1, pd.Timestamp(AFTER, tz="UTC"): 1}, "must have no offset, as"),
    ],
)
def test_bad_drivers(values, message):
    """A value that cannot be used is refused with its date."""
    with pytest.raises(InputError) as error:
        Driver(values)
    assert message in str(error.value)


@pytest.mark.parametrize("lag", [(), (0.0, 0.0), (0.5, -0.1), (np.nan,)])
def test_bad_lags(lag):
    """A lag without a share above 0, or with one below, is refused."""
    with pytest.raises(InputError, match=r"Driver\.lag"):
        Driver({FIRST: 1.0}, lag=lag)


@pytest.mark.parametrize(
    ("drivers", "message"),
    [
        ({"mail": by_date(ORDERS)}, "drivers must be for one of calls, got 'mail'"),
        ({"calls": by_date(ORDERS, date(2020, 1, 1))}, "driver of calls must hold values above 0"),
        ({"calls": by_date(np.zeros(63))}, "driver of calls must hold values above 0"),
    ],
)
def test_drivers_that_do_not_fit(drivers, message):
    """A driver for a queue that is not there, or without a day in common, is refused."""
    wrapped = DriverForecaster({name: Driver(each) for name, each in drivers.items()}, LastWeek())
    with pytest.raises(InputError) as error:
        wrapped.forecast(past(), NEXT)
    assert message in str(error.value)


def test_lag_into_a_gap():
    """If all that a day's contacts come from is unknown, the error names the day."""
    known = by_date(ORDERS)
    del known[AFTER - timedelta(days=1)]
    message = "driver of calls must hold a value for one of the days whose contacts come on 2026-03"
    with pytest.raises(InputError, match=message):
        made(Driver(known, lag=(0, 1)), past())
    made(Driver(known, lag=(1, 1)), past())


def test_inner_refusal_says_whose_past_it_is():
    """If the driver's own past is too short to forecast, the error says that it is the driver's."""

    class Picky(LastWeek):
        def forecast(self, history, horizon):
            if len(history.frame) < 60:
                raise InputError("history of calls", "hold 60 rows", len(history.frame))
            return super().forecast(history, horizon)

    with pytest.raises(InputError, match="driver, forecast from its past: history of calls must"):
        made(Driver(by_date(ORDERS[:56])), past(), Picky)


def test_a_driver_of_a_few_days():
    """A driver known on less than half of the days of the history is refused, saying how many."""
    few = Driver(by_date(ORDERS[:27]) | by_date(ORDERS[56:], AFTER))
    must = "driver of calls must hold values on at least half of the 56 days of its history"
    with pytest.raises(InputError, match=must):
        made(few, past(level=ORDERS[:56] / 1200))
