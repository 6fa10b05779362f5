"""The default forecaster on histories whose continuation is known."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wfm.errors import InputError
from wfm.forecast import (
    Calendar,
    DayForecaster,
    Event,
    ExponentialSmoothing,
    StructuralForecaster,
    forecast_volume,
    read_history,
)
from wfm.forecast.days.structural import Structural
from wfm.horizon import Horizon

WEEK = np.outer([1.3, 1.1, 1.0, 1.05, 1.2, 0.5, 0.0], 40 + 30 * np.sin(np.arange(48) / 7))
WEEK[:, :14] = 0.0
WEEK[5, 30:] = 0.0
"""Contacts by weekday and half hour: closed at night, on Saturday afternoons, and on Sundays."""


def past(start="2026-01-05", weeks=10, zone="UTC", week=WEEK, aht=200.0):
    """A history table that repeats a week on the wall clock, with its instants in UTC."""
    first = pd.Timestamp(start, tz=zone)
    clock = pd.date_range(
        first, first + pd.DateOffset(weeks=weeks), freq="30min", inclusive="left", tz=zone
    )
    weekday, time = clock.day_of_week, (clock.hour * 60 + clock.minute) // 30
    return pd.DataFrame(
        {"queue": "calls", "start": clock, "offered": week[weekday, time], "aht": aht}
    )


def forecast(table, start, days=7, zone="UTC", **options):
    return forecast_volume(read_history(table, timezone=zone), start=start, days=days, **options)


def contacts(table, start, days=7, **options):
    return forecast(table, start, days, **options).array("contacts")[0]


def shares(week):
    """Share of each time in its day's contacts."""
    days = np.reshape(week, (7, 48))
    return days / days.sum(axis=1, keepdims=True).clip(1e-9)


def at(table, start, end):
    zone = table["start"].dt.tz
    return (table["start"] >= pd.Timestamp(start, tz=zone)) & (
        table["start"] < pd.Timestamp(end, tz=zone)
    )


@pytest.mark.parametrize("weeks", [1, 2, 3, 4, 10, 60])
def test_periodic_history_is_continued(weeks):
    """A history that repeats itself is continued, ever closer; what is closed stays closed."""
    start = pd.Timestamp("2026-01-05") + pd.DateOffset(weeks=weeks)
    made = forecast(past(weeks=weeks), start.date())
    found = made.array("contacts")[0]
    np.testing.assert_allclose(found, WEEK.ravel(), rtol=0.02 / weeks)
    np.testing.assert_allclose(shares(found), shares(WEEK), atol=1e-12)
    np.testing.assert_allclose(made.array("aht"), 200.0)


@settings(max_examples=40)
@given(
    week=st.lists(st.integers(0, 60), min_size=7 * 24, max_size=7 * 24).filter(any),
    weeks=st.integers(1, 7),
    later=st.integers(0, 20),
)
def test_any_periodic_history_is_continued(week, weeks, later):
    """Whatever the week, it is continued, also from a start some days after the history's end."""
    pattern = np.repeat(np.reshape(week, (7, 24)) * 5.0, 2, axis=1)
    start = pd.Timestamp("2026-01-05") + pd.DateOffset(weeks=weeks, days=later)
    found = contacts(past(weeks=weeks, week=pattern), start.date())
    expected = np.roll(pattern, -(later % 7), axis=0).ravel()
    assert (found[expected > 0] > 0).all()
    assert (found[expected == 0] < 6).all()
    busy = expected.reshape(7, 48).sum(axis=1) > 500
    off = (found.reshape(7, 48).sum(axis=1) / expected.reshape(7, 48).sum(axis=1).clip(1))[busy]
    np.testing.assert_allclose(off, 1, atol=0.25)


def test_growing_level_is_followed():
    """After a lasting change of level the forecast moves to the new level, and keeps the shape."""
    table = past(weeks=12)
    table.loc[at(table, "2026-02-23", "2027-01-01"), "offered"] *= 1.5
    found = contacts(table, "2026-03-30")
    assert found.sum() / WEEK.sum() == pytest.approx(1.5, abs=0.01)
    np.testing.assert_allclose(found / found.sum(), WEEK.ravel() / WEEK.sum(), rtol=0.02)


@pytest.mark.parametrize(
    ("since", "until", "factor"),
    [
        ("2026-03-02 09:00", "2026-03-02 12:00", 0.0),
        ("2026-03-02 10:00", "2026-03-02 10:30", 20.0),
        ("2026-03-11 00:00", "2026-03-12 00:00", 0.0),
        ("2026-03-11 00:00", "2026-03-12 00:00", 3.0),
        ("2026-03-15 00:00", "2026-03-16 00:00", 9.0),
        ("2026-03-12 00:00", "2026-03-14 00:00", 0.0),
        ("2026-01-05 09:00", "2026-01-05 12:00", 5.0),
    ],
)
def test_one_offs_do_not_move_it(since, until, factor):
    """Outages and spikes of an interval, of hours or of days leave the forecast where it was."""
    table = past()
    table.loc[at(table, since, until), "offered"] *= factor
    np.testing.assert_allclose(contacts(table, "2026-03-16"), WEEK.ravel(), rtol=0.01)


def test_mostly_spoiled_day_hardly_moves_it():
    """A day of which the larger part was five times as busy moves the forecast below 1 %."""
    table = past()
    table.loc[at(table, "2026-01-05 09:00", "2026-01-05 15:00"), "offered"] *= 5
    np.testing.assert_allclose(contacts(table, "2026-03-16"), WEEK.ravel(), rtol=0.01)


def test_absurd_handle_time_does_not_move_it():
    """One contact left open for a day hardly shows in the AHT."""
    table = past()
    table.loc[at(table, "2026-03-02 10:00", "2026-03-02 10:30"), "aht"] = 86_400.0
    assert forecast(table, "2026-03-16").array("aht").max() < 250


@pytest.mark.parametrize(
    ("since", "until"),
    [
        ("2026-03-02 09:00", "2026-03-02 12:00"),
        ("2026-02-09 00:00", "2026-02-24 00:00"),
        ("2026-03-10 00:00", "2026-03-16 00:00"),
    ],
)
def test_gaps_do_not_move_it(since, until):
    """Unknown hours, days and weeks are not taken for quiet ones."""
    table = past()
    table = table[~at(table, since, until)]
    np.testing.assert_allclose(contacts(table, "2026-03-16"), WEEK.ravel(), rtol=0.01)


def test_it_never_looks_ahead():
    """What happens on and after the first forecast day has no influence, in any queue."""
    table = past(weeks=20)
    ahead = table["start"] >= pd.Timestamp("2026-03-16", tz="UTC")
    changed = table.assign(
        offered=table["offered"].where(~ahead, 999.0), aht=np.where(ahead, 1, 200)
    )
    late = changed[ahead].assign(queue="late")
    full = read_history(pd.concat([changed, late]), timezone="UTC")
    horizon = Horizon(start=date(2026, 3, 16), days=14, timezone="UTC", interval=30)
    known = forecast(table[~ahead], "2026-03-16", 14)
    cut = forecast_volume(full, start="2026-03-16", days=14)
    assert cut.to_json() == known.to_json()
    assert StructuralForecaster().forecast(full, horizon).to_json() == known.to_json()


class Recorder:
    """A forecaster that keeps the history it was given."""

    def forecast(self, history, horizon):
        self.history = history
        return StructuralForecaster().forecast(history, horizon)


def test_any_forecaster_gets_the_past_only():
    """A forecaster of one's own is handed the time before the start and nothing else."""
    recorder = Recorder()
    forecast(past(weeks=20), "2026-03-16", forecaster=recorder)
    assert recorder.history.starts.max() == pd.Timestamp("2026-03-15 23:30", tz="UTC")


@pytest.mark.parametrize(
    ("zone", "start", "sunday", "hour"),
    [
        ("Europe/Berlin", "2026-01-05", "2026-03-29", 2),
        ("Europe/Berlin", "2026-08-03", "2026-10-25", 2),
        ("America/New_York", "2026-01-05", "2026-03-08", 2),
        ("America/New_York", "2026-08-03", "2026-11-01", 1),
    ],
)
def test_clock_changes_ahead(zone, start, sunday, hour):
    """The skipped hour gets nothing, the doubled hour its contacts twice, all others their own."""
    week = np.arange(7 * 48, dtype=float).reshape(7, 48) + 50
    table = past(start, 20, zone, week)
    weeks = (pd.Timestamp(sunday) - pd.Timestamp(start)).days // 7
    table = table[table["start"] < pd.Timestamp(start, tz=zone) + pd.DateOffset(weeks=weeks)]
    found = contacts(table, sunday, 1, zone=zone)
    doubled = week[6, 2 * hour : 2 * hour + 2]
    missing = len(found) == 46
    after = list(week[6, 2 * hour + 2 :])
    middle = [] if missing else [*doubled, *doubled]
    expected = [*week[6, : 2 * hour], *middle, *after]
    np.testing.assert_allclose(found / found.max(), expected / np.max(expected), rtol=0.01)
    np.testing.assert_allclose(found, expected, rtol=0.02)
    assert len(found) == (46 if missing else 50)


@pytest.mark.parametrize("start", ["2026-03-30", "2026-04-06", "2026-11-02"])
def test_clock_changes_behind(start):
    """After a change of the clocks the profile stays on the wall clock."""
    table = past("2026-01-05", 52, "Europe/Berlin")
    found = contacts(table, start, zone="Europe/Berlin")
    np.testing.assert_allclose(shares(found), shares(WEEK), atol=1e-12)
    np.testing.assert_allclose(found, WEEK.ravel(), rtol=0.01)


def holidays_of_2025(ratio=0.25):
    """A year in which each national day of Germany had a share of its weekday's contacts."""
    table = past("2025-01-06", 52, "Europe/Berlin")
    for day in ("2025-04-18", "2025-04-21", "2025-05-01", "2025-05-29", "2025-06-09", "2025-10-03"):
        table.loc[at(table, day, pd.Timestamp(day) + pd.DateOffset(days=1)), "offered"] *= ratio
    return table


def test_holiday_by_its_past_ratio():
    """A holiday is forecast by the ratio of past ones; the other days are as ever."""
    table = holidays_of_2025().iloc[: 48 * 7 * 38]
    found = contacts(table, "2025-09-29", zone="Europe/Berlin", holidays="DE").reshape(7, 48)
    np.testing.assert_allclose(found[4], WEEK[4] / 4, rtol=0.1)
    np.testing.assert_allclose(np.delete(found, 4, axis=0), np.delete(WEEK, 4, axis=0), rtol=0.01)


def test_holiday_of_the_same_name_first():
    """A holiday that was seen before is forecast by its own ratio, not by that of the others."""
    table = holidays_of_2025()
    table.loc[at(table, "2025-05-01", "2025-05-02"), "offered"] *= 2
    found = contacts(table, "2026-04-27", zone="Europe/Berlin", holidays="DE").reshape(7, 48)
    np.testing.assert_allclose(found[4], WEEK[4] / 2, rtol=0.02)


def test_holiday_without_any_past_one():
    """Without a past holiday a coming one is an ordinary day, of which the band knows little."""
    table = past("2025-08-04", 8, "Europe/Berlin")
    made = forecast(table, "2025-09-29", zone="Europe/Berlin", holidays="DE")
    np.testing.assert_allclose(made.array("contacts")[0], WEEK.ravel(), rtol=0.02)
    width = (made.array("upper") - made.array("lower"))[0].reshape(7, 48).sum(axis=1)
    assert width[4] > 3 * width[3]


def test_closed_holidays():
    """A queue that was shut on holidays is forecast shut on them, known by name or not."""
    table = holidays_of_2025(ratio=0.0)
    found = contacts(table, "2026-04-27", zone="Europe/Berlin", holidays="DE").reshape(7, 48)
    assert not found[4].any()
    np.testing.assert_allclose(found[3], WEEK[3], rtol=0.02)
    christmas = contacts(table, "2025-12-22", 7, zone="Europe/Berlin", holidays="DE")
    assert not christmas.reshape(7, 48)[3:5].any()


def test_holidays_have_their_own_hours():
    """Contacts of holidays keep the times of day of past holidays, not those of their weekday."""
    table = holidays_of_2025()
    days = table["start"].dt.normalize().dt.tz_localize(None)
    off = days.isin(pd.to_datetime(["2025-04-18", "2025-04-21", "2025-05-01", "2025-05-29"]))
    evening = table["start"].dt.hour >= 18
    table.loc[off, "offered"] *= np.where(evening[off], 4.0, 0.5)
    found = contacts(table, "2025-09-29", zone="Europe/Berlin", holidays="DE").reshape(7, 48)
    late = found[:, 36:].sum(axis=1) / found.sum(axis=1).clip(1e-9)
    assert late[4] > late[3] + 0.1


def test_queues_are_forecast_apart():
    """Each queue has the forecast that it would have alone, in the history's order."""
    calls, chat = past(), past(week=WEEK / 3).assign(queue="chat", aht=500.0)
    both = forecast(pd.concat([chat, calls]), "2026-03-16")
    assert both.queues == ("chat", "calls")
    np.testing.assert_array_equal(both.array("contacts")[1], contacts(calls, "2026-03-16"))
    np.testing.assert_allclose(both.array("aht")[0], 500)


def test_handle_time_follows_the_day():
    """AHT follows the time of day, also on a weekday without contacts, and is else the queue's."""
    table = past(weeks=20)
    evening = table["start"].dt.hour >= 18
    table["aht"] = np.where(evening, 300.0, 200.0)
    seconds = forecast(table, "2026-05-25").array("aht")[0].reshape(7, 48)
    assert 200 <= seconds[0, 20] < 210
    assert 280 < seconds[0, 40] <= 300
    mean = np.average(table["aht"], weights=table["offered"])
    np.testing.assert_allclose(seconds[6, :14], mean, rtol=1e-2)
    np.testing.assert_allclose(seconds[6, 14:], seconds[1, 14:], rtol=2e-2)


@pytest.mark.parametrize(("size", "spread"), [(0.3, 0.0), (6.0, 0.1), (200.0, 0.1)])
def test_band_holds_its_share(size, spread):
    """The band of 80 % holds about that share of intervals; more where counts are small."""
    rng = np.random.default_rng(1)
    table = past("2025-01-06", 60, week=np.full((7, 48), size))
    busy = np.repeat(rng.normal(1, spread, len(table) // 48), 48)
    table["offered"] = rng.poisson(table["offered"] * busy)
    made = forecast(table.iloc[: 48 * 7 * 48], "2025-12-08", 84)
    truth = table["offered"].to_numpy()[48 * 7 * 48 :]
    held = (made.array("lower")[0] <= truth) & (truth <= made.array("upper")[0])
    # Of 0.3 contacts, none has a chance of 74 % and none or one has 96 %: there is no band between.
    assert 0.74 < held.mean() < (0.97 if size < 1 else 0.86)
    assert made.array("contacts").mean() == pytest.approx(size, rel=0.05)


def test_coverage_widens_the_band():
    """A larger coverage gives a wider band around the same contacts."""
    history = read_history(past(), timezone="UTC")
    horizon = Horizon(start=date(2026, 3, 16), days=7, timezone="UTC", interval=30)
    narrow, wide = (
        StructuralForecaster(coverage=c).forecast(history, horizon) for c in (0.5, 0.95)
    )
    assert (wide.coverage, wide.contacts) == (0.95, narrow.contacts)
    assert (wide.array("upper") >= narrow.array("upper")).all()
    assert (wide.array("lower") <= narrow.array("lower")).all()


@pytest.mark.parametrize(("days", "off"), [(1, 0.5), (2, 0.4), (6, 0.2), (14, 0.03)])
def test_less_than_a_week(days, off):
    """A day or two are enough for a forecast, which knows the less the shorter they are."""
    made = forecast(past().iloc[: 48 * days], pd.Timestamp("2026-01-05") + pd.Timedelta(days=days))
    found = made.array("contacts")[0].sum()
    assert found == pytest.approx(WEEK.sum() if days >= 6 else WEEK[:5].mean() * 7 * 48, rel=off)
    whole = forecast(past(), "2026-03-16")
    width, least = ((v.array("upper") - v.array("lower")).sum() for v in (made, whole))
    assert width / made.array("contacts").sum() > least / whole.array("contacts").sum()


def test_no_history_before_the_start():
    """A start before the history is refused."""
    with pytest.raises(InputError, match="before 2026-01-01, got 'none'"):
        forecast(past(), "2026-01-01")


def test_no_contacts_at_all():
    """A queue without contacts has no handle time, and is refused by name."""
    with pytest.raises(InputError, match="history of calls must hold contacts before 2026-03-16"):
        forecast(past(week=WEEK * 0), "2026-03-16")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"half_life": 0}, "StructuralForecaster.half_life must be above 0"),
        ({"band_samples": 5}, "StructuralForecaster.band_samples must be at least 20"),
        ({"aht_contacts": float("inf")}, "StructuralForecaster.aht_contacts must be above 0"),
        ({"coverage": 1}, "StructuralForecaster.coverage must be between 0 and 1"),
    ],
)
def test_bad_options(options, message):
    """An option out of range is refused by name when the forecaster is made."""
    with pytest.raises(InputError, match=message):
        StructuralForecaster(**options)


def test_horizon_must_fit_the_history():
    """A horizon of another zone or interval than the history's is refused."""
    history = read_history(past(), timezone="UTC")
    horizon = Horizon(start=date(2026, 3, 16), days=7, timezone="UTC", interval=15)
    with pytest.raises(InputError, match="be that of the history, 30, got 15"):
        StructuralForecaster().forecast(history, horizon)


def test_holidays_are_the_forecaster_s():
    """Holidays beside a forecaster that is given are refused instead of ignored."""
    with pytest.raises(InputError, match="holidays must be left out where a forecaster is given"):
        forecast(past(), "2026-03-16", forecaster=StructuralForecaster(), holidays="DE")


@pytest.mark.parametrize("start", ["next week", 7])
def test_bad_start(start):
    """A start that is no date is refused."""
    with pytest.raises(InputError, match="start must be a date such as 2026-12-07"):
        forecast(past(), start)


@pytest.mark.parametrize("rate", [0.05, 0.5, 2.0])
def test_few_contacts_are_not_made_more(rate):
    """Of a queue with hardly a contact a day no more are forecast than came."""
    table = past("2025-01-06", 60, week=np.full((7, 48), rate / 48))
    table["offered"] = np.random.default_rng(1).poisson(table["offered"])
    daily = table["offered"].iloc[-48 * 365 :].sum() / 365
    found = contacts(table, "2026-03-02", 28).sum() / 28
    assert found == pytest.approx(daily, rel=0.25)


def test_weekday_that_is_open_no_more():
    """A weekday on which the queue was shut four times in a row is closed, no other is."""
    table = past(weeks=20)
    for weeks in (1, 2, 3, 4):
        day = pd.Timestamp("2026-05-25") - pd.DateOffset(weeks=weeks)
        table.loc[at(table, day, day + pd.DateOffset(days=1)), "offered"] = 0
        found = contacts(table, "2026-05-25").reshape(7, 48).sum(axis=1)
        assert (found[0] == 0) == (weeks == 4)
        assert found[1:6].all()


def test_queue_that_is_closed_for_the_season():
    """A queue that was shut for months is forecast as shut, not as fading."""
    table = past("2025-01-06", 40)
    table.loc[at(table, "2025-07-07", "2026-01-01"), "offered"] = 0
    assert not contacts(table, "2025-10-13", 28).any()


def all_days(**what):
    """A calendar with an event on every day of the history's year."""
    whole = {"start": "2025-01-01", "end": "2027-12-31"}
    return Calendar(events=(Event(name="always", dates=[whole], **what),))


@pytest.mark.parametrize("model", [Structural(), ExponentialSmoothing()])
@pytest.mark.parametrize(
    ("start", "calendar"),
    [
        ("2036-03-17", Calendar()),
        ("2026-03-16", all_days(kind="outage")),
        ("2026-03-16", all_days(effect=0)),
    ],
)
def test_nothing_to_learn_from(model, start, calendar):
    """A queue none of whose last days teaches anything is refused by name, whatever the model."""
    made = DayForecaster(model, calendar=calendar)
    must = f"history of calls must hold a day to learn from, no outage, in the .* before {start}"
    with pytest.raises(InputError, match=must):
        forecast(past(), start, forecaster=made)


def test_counts_beyond_any_centre():
    """The largest counts that a history may hold are forecast with a band around them."""
    made = forecast(past(weeks=2, week=np.full((7, 48), 1e12)), "2026-01-19", 2)
    assert (made.array("upper") >= made.array("lower")).all()
    history = read_history(past(weeks=2, week=np.full((7, 48), 2e9)), timezone="UTC")
    drawn = StructuralForecaster().scenarios(history, made.horizon, samples=20)
    assert (drawn.contacts > 0).all()


@pytest.mark.parametrize("weeks", [3, 5, 10])
def test_hours_that_change(weeks):
    """A queue that closes an hour earlier or later since some weeks is forecast so, at once."""
    first = pd.Timestamp("2026-05-25") - pd.DateOffset(weeks=weeks)
    late = WEEK.copy()
    late[:, 40:42] = 0.0
    table, now = past(weeks=20), at(past(weeks=20), first, "2026-05-25")
    evening = np.array(table["start"].dt.hour == 20)
    earlier = table.assign(offered=table["offered"].where(~(evening & now), 0.0))
    np.testing.assert_allclose(contacts(earlier, "2026-05-25"), late.ravel(), rtol=0.03)
    later = table.assign(offered=table["offered"].where(~evening | now, 0.0))
    np.testing.assert_allclose(contacts(later, "2026-05-25"), WEEK.ravel(), rtol=0.03)


def test_stray_contacts_open_nothing():
    """A contact or two at night, and two early evenings, leave the hours as they were."""
    table = past(weeks=20)
    table.loc[at(table, "2026-05-20 03:00", "2026-05-20 03:30"), "offered"] = 2
    for day in ("2026-05-13", "2026-05-20"):
        table.loc[at(table, f"{day} 18:00", f"{day} 23:59"), "offered"] = 0
    found = contacts(table, "2026-05-25").reshape(7, 48)
    assert found[2, 36:].sum() == pytest.approx(WEEK[2, 36:].sum(), rel=0.08)
    assert found[:, :14].sum() < 2


def test_days_by_which_a_search_went_astray():
    """Days that scatter so that the search of scales once overflowed are forecast as any."""
    rng = np.random.default_rng(13)
    table = past(weeks=20, week=np.outer([1.2, 1, 1, 1, 0.9, 0.4, 0.2], np.ones(48)))
    busy = np.repeat(np.exp(rng.normal(0, 0.3, 140)), 48)
    table["offered"] = rng.poisson(table["offered"] * busy)
    found = contacts(table, "2026-05-25").sum()
    assert found == pytest.approx(table["offered"].sum() / 20, rel=0.1)


def test_a_shutdown_closes_no_weekday():
    """After a shutdown of two weeks and a half around Christmas the queue is open as ever."""
    table = past("2025-09-01", 19, "Europe/Berlin")
    table = table[table["start"] < pd.Timestamp("2026-01-07", tz="Europe/Berlin")]
    table.loc[at(table, "2025-12-20", "2026-01-07"), "offered"] = 0
    found = contacts(table, "2026-01-07", zone="Europe/Berlin", holidays="DE").reshape(7, 48)
    expected = np.roll(WEEK.sum(axis=1), -2)
    np.testing.assert_array_equal(found.sum(axis=1) > 0, expected > 0)
    np.testing.assert_allclose(found.sum(axis=1), expected, rtol=0.05)


def test_hours_of_a_season():
    """After a summer with short afternoons, and in it, the hours are those of the season."""
    table = past("2025-01-06", 60)
    afternoon = np.array(table["start"].dt.hour >= 14)
    table.loc[afternoon & at(table, "2025-06-02", "2025-09-01"), "offered"] = 0
    assert not contacts(table, "2025-08-04").reshape(7, 48)[:, 28:].any()
    late = contacts(table, "2025-10-06").reshape(7, 48)[:5, 28:].sum()
    assert late == pytest.approx(WEEK[:5, 28:].sum(), rel=0.05)
