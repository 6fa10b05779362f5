"""Handle times of days that were made: shape, level, and contacts left open."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wfm.forecast import read_history
from wfm.forecast.handle_time.cap import capped
from wfm.forecast.handle_time.level import present_level, smooth_level
from wfm.forecast.handle_time.profile import handle_times
from wfm.forecast.profile.daygrid import day_grid

CALLS = Path(__file__).parents[3] / "shared" / "data" / "anonymous_bank_1999"
START = date(2026, 6, 1)
OPEN = np.where((np.arange(48) >= 16) & (np.arange(48) < 40), 30.0, 0.0)


def table(weeks=20, aht=200.0, offered=OPEN):
    """Half hours of the weeks before `START`, open from 8 to 20 o'clock."""
    clock = pd.date_range(end=pd.Timestamp(START), periods=weeks * 336 + 1, freq="30min")[:-1]
    time = (clock.hour * 60 + clock.minute) // 30
    return pd.DataFrame({"queue": "calls", "start": clock, "offered": offered[time], "aht": aht})


def learned(frame, start=START, half_life=56.0, contacts=50.0):
    history = read_history(frame, timezone="UTC").until(start)
    return handle_times(day_grid(history, "calls", start), half_life, contacts)


def drawn(frame, mean, seed=1):
    """Handle times as means of exponential contacts."""
    count = np.maximum(frame["offered"], 1)
    return np.random.default_rng(seed).gamma(count, mean / count)


@settings(max_examples=40)
@given(st.floats(1, 5000), st.integers(1, 5), st.floats(1, 500))
def test_constant_handle_time_stays(seconds, weeks, contacts):
    """Whatever the shrinkage, an AHT that never changes is found everywhere."""
    found = learned(table(weeks, seconds), contacts=contacts)
    np.testing.assert_allclose(found, seconds, rtol=1e-9)


@settings(max_examples=20)
@given(st.integers(0, 1000), st.floats(0.01, 100))
def test_unit_does_not_matter(seed, factor):
    """Handle times in other units give the same result in other units."""
    frame = table(3)
    frame["aht"] = drawn(frame, 200.0, seed)
    scaled = learned(frame.assign(aht=frame["aht"] * factor))
    np.testing.assert_allclose(scaled, learned(frame) * factor, rtol=1e-9)


def test_weekday_and_time_of_day_are_found():
    """A queue of many contacts keeps its weekdays and times of day to 6 %, on average to 1.5 %."""
    frame = table(52, offered=10 * OPEN)
    truth = 200 * np.outer([1.2, 1, 1, 1, 0.9, 1, 1.1], 1 + 0.3 * np.sin(np.arange(48) / 6))
    mean = truth[frame["start"].dt.day_of_week, np.tile(np.arange(48), 52 * 7)]
    frame["aht"] = drawn(frame, mean)
    found = learned(frame)
    away = found[:, 16:40] / truth[:, 16:40] - 1
    assert np.abs(away).max() < 0.06
    assert np.abs(away).mean() < 0.015


def test_few_contacts_borrow_from_other_weekdays():
    """A weekday with hardly a contact has the time of day of the others."""
    frame = table(20)
    frame["aht"] = np.where(frame["start"].dt.hour >= 14, 300.0, 200.0)
    frame.loc[frame["start"].dt.day_of_week == 6, "offered"] *= 0.01
    found = learned(frame)
    np.testing.assert_allclose(found[6, [20, 35]], found[2, [20, 35]], rtol=0.01)
    assert found[6, 35] / found[6, 20] > 1.4


def test_volume_weighs():
    """Days of 90 contacts of 210 s among days of 10 contacts of 200 s make 209 s, not 205 s."""
    frame = table(10)
    many = frame["start"].dt.day_of_year % 2 == 0
    frame["offered"] = np.where(many, 90.0, 10.0) * (frame["offered"] > 0)
    frame["aht"] = np.where(many, 210.0, 200.0)
    found = learned(frame, contacts=1.0)
    np.testing.assert_allclose(found[:, 16:40], 209.0, rtol=5e-3)


@pytest.mark.parametrize("yearly", [-0.4, 0.5, 1.0])
def test_drift_is_followed(yearly):
    """An AHT that moves by half in a year is met at its end to 2 %; the year's mean is not."""
    frame = table(52)
    mean = 200 * (1 + yearly * np.arange(len(frame)) / len(frame))
    frame["aht"] = drawn(frame, mean)
    found = learned(frame)[:, 16:40].mean()
    assert found == pytest.approx(mean[-1], rel=0.02)
    assert abs(np.average(frame["aht"], weights=frame["offered"]) / mean[-1] - 1) > 0.1


def test_step_is_followed():
    """Four weeks after a new tool takes a tenth of each contact, most of it is seen."""
    frame = table(40)
    late = frame["start"] >= pd.Timestamp("2026-05-04")
    frame["aht"] = drawn(frame, np.where(late, 180.0, 200.0))
    assert learned(frame)[:, 16:40].mean() == pytest.approx(180, rel=0.02)


def test_level_without_drift_hardly_moves():
    """On a small queue of steady AHT chance makes no trend: the level is off by 3 % or so."""
    frame = table(30, offered=OPEN / 15)
    found = []
    for seed in range(30):
        frame["aht"] = drawn(frame.assign(offered=2), 200.0, seed)
        found.append(learned(frame)[:, 16:40].mean() / 200)
    assert np.std(found) < 0.04
    assert np.mean(found) == pytest.approx(1, abs=0.015)


def test_contact_left_open_over_night():
    """One contact of 12 hours in a half hour of 30 moves no time of day by more than 3 %."""
    frame = table(8)
    frame.loc[(frame["start"] == pd.Timestamp("2026-05-25 10:00")), "aht"] = 200 + 43200 / 30
    found = learned(frame)
    np.testing.assert_allclose(found[:, 16:40], 200.0, rtol=0.03)


def test_nothing_known_is_not_a_number():
    """A queue none of whose contacts has a handle time gets none."""
    frame = table(2)
    frame["aht"] = np.where(frame["offered"] > 0, 200.0, np.nan)
    grid = day_grid(read_history(frame, timezone="UTC"), "calls", START)
    blank = type(grid)(grid.monday, grid.offered, np.full_like(grid.aht, np.nan), grid.age)
    assert np.isnan(handle_times(blank, 56.0, 50.0)).all()


def test_clock_changes_leave_it_alone():
    """In a zone whose clocks change, a constant AHT is found on the days around the change."""
    clock = pd.date_range("2026-03-02", "2026-04-06", freq="30min", tz="Europe/Berlin")[:-1]
    frame = pd.DataFrame({"queue": "calls", "start": clock, "offered": 5.0, "aht": 240.0})
    history = read_history(frame, timezone="Europe/Berlin")
    found = handle_times(day_grid(history, "calls", date(2026, 4, 6)), 56.0, 50.0)
    np.testing.assert_allclose(found, 240.0)


def test_cap_depends_on_contacts():
    """A lone contact may take 8 times the usual, a hundred of them 2.6 times."""
    found = capped(np.full(2, 1e9), np.array([1.0, 100.0]), 200.0)
    np.testing.assert_allclose(found, [1600.0, 520.0])


@given(st.floats(-0.01, 0.01), st.integers(30, 200))
def test_straight_line_is_read_at_its_end(slope, days):
    """A drift without noise is believed in full, as far as it was seen."""
    age = np.arange(days, 0, -1.0)
    ratio = np.maximum(2 - slope * age, 0.1)
    found = present_level(100 * ratio, np.full(days, 100.0), age, 14.0)
    assert found == pytest.approx(ratio[-1], rel=0.01)


def test_level_of_days_without_contacts():
    """Days on which nothing was handled neither count nor fail; before all history it is 1."""
    expected = np.array([0.0, 10.0, 0.0, 10.0])
    np.testing.assert_allclose(smooth_level(2 * expected, expected, 7.0), 2.0)
    assert present_level(2 * expected, expected, np.arange(4.0, 0, -1), 7.0) == pytest.approx(2)
    assert present_level(np.zeros(3), np.zeros(3), np.arange(3.0, 0, -1), 7.0) == 1.0


@pytest.mark.skipif(not CALLS.exists(), reason="the calls of Guedj & Mandelbaum are not here")
def test_real_handle_times():
    """A week ahead on an Israeli bank's queues the error is less than with the mean so far."""
    tables = [pd.read_csv(CALLS / f"{month}.txt", sep="\t") for month in ("january", "february")]
    calls = pd.concat(tables).query("outcome == 'AGENT' and vru_time >= 0 and ser_time > 0")
    when = "19" + calls["date"].astype(str) + " " + calls["vru_entry"]
    calls = calls.assign(start=pd.to_datetime(when, format="%Y%m%d %H:%M:%S").dt.floor("30min"))
    by = calls.groupby(["type", "start"])["ser_time"].agg(offered="size", aht="mean").reset_index()
    kinds = by[by["type"].isin(["PS", "NW", "NE"])].rename(columns={"type": "queue"})
    history = read_history(kinds, timezone="Asia/Jerusalem")
    for code, queue in enumerate(history.queues):
        own = plain = 0.0
        for week in range(4):
            start = date(1999, 1, 31) + timedelta(days=7 * week)
            past = history.until(start)
            profile = handle_times(day_grid(past, queue, start), 56.0, 50.0)
            before = past.frame[past.codes == code]
            mean = np.average(before["aht"], weights=before["offered"])
            ahead = history.since(start).until(start + timedelta(days=7))
            rows = ahead.codes == ahead.queues.index(queue)
            wall, truth = ahead.wall_clock, ahead.frame[rows]
            expected = profile[wall.weekday[rows], wall.minute[rows] // 30]
            own += (truth["offered"] * (truth["aht"] - expected) ** 2).sum()
            plain += (truth["offered"] * (truth["aht"] - mean) ** 2).sum()
        assert own < plain, queue
