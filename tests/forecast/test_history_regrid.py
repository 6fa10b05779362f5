"""Histories on coarser and finer intervals."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wfm.forecast import read_history


def rows(starts, offered, aht=60.0):
    return pd.DataFrame({"queue": "calls", "start": starts, "offered": offered, "aht": aht})


def quarters(day, count, first="08:00"):
    return pd.date_range(f"{day} {first}", periods=count, freq="15min").astype(str)


def test_coarser_sums_and_weights():
    """Contacts are summed, AHT is weighted by them, and regridding is a finding."""
    frame = rows(quarters("2026-03-02", 4), [1, 3, 0, 0], [100, 200, None, None])
    history = read_history(frame, timezone="UTC", interval=30)
    assert list(history.frame["offered"]) == [4, 0]
    assert history.frame["aht"][0] == 175
    assert np.isnan(history.frame["aht"][1])
    assert history.findings[-1].message == "Intervals of 15 minutes were regridded to 30."


def test_finer_splits_evenly():
    """Contacts are split evenly and AHT is repeated."""
    frame = rows(quarters("2026-03-02", 2), [3, 6], [100, 200])
    history = read_history(frame, timezone="UTC", interval=5)
    assert list(history.frame["offered"]) == [1, 1, 1, 2, 2, 2]
    assert list(history.frame["aht"]) == [100] * 3 + [200] * 3
    assert list(history.frame["start"].dt.minute) == [0, 5, 10, 15, 20, 25]


def test_own_interval_changes_nothing():
    """Regridding to the file's own interval is no finding."""
    frame = rows(quarters("2026-03-02", 4), [1, 2, 3, 4])
    history = read_history(frame, timezone="UTC", interval=15)
    assert history == read_history(frame, timezone="UTC")


def test_interval_known_in_part_is_unknown():
    """An hour that lacks a usual quarter is left out, and the finding says what was lost."""
    days = [rows(quarters(f"2026-03-{day:02d}", 8), range(8)) for day in (2, 9, 16)]
    frame = pd.concat(days, ignore_index=True).drop(index=9)
    history = read_history(frame, timezone="UTC", interval=60)
    assert list(history.frame["offered"]) == [6, 22, 22, 6, 22]
    assert "5 contacts in intervals known in part were left out" in history.findings[-1].message


def test_opening_within_an_interval():
    """A part at which the queue never has a row is closed and counts as nothing."""
    days = [rows(quarters(f"2026-03-{day:02d}", 2, "08:30"), [4, 5]) for day in (2, 9)]
    history = read_history(pd.concat(days), timezone="UTC", interval=60)
    assert list(history.frame["offered"]) == [9, 9]
    assert list(history.frame["start"].dt.strftime("%H:%M")) == ["08:00"] * 2


def test_hours_lie_on_the_wall_clock():
    """In a zone of a half-hour offset, hours start on the local hour."""
    frame = rows(quarters("2026-03-02", 8), range(8))
    history = read_history(frame, timezone="Asia/Kolkata", interval=60)
    local = history.frame["start"].dt.tz_convert("Asia/Kolkata").dt.strftime("%H:%M")
    assert list(local) == ["08:00", "09:00"]


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York"])
@pytest.mark.parametrize("day", ["2026-03-08", "2026-03-29", "2026-10-25", "2026-11-01"])
def test_clock_changes(zone, day):
    """Over a change of the clocks no contact is lost, and passes through an hour stay apart."""
    ends = [pd.Timestamp(day, tz=zone), pd.Timestamp(day, tz=zone) + pd.DateOffset(days=1)]
    clock = pd.date_range(*ends, freq="15min", inclusive="left").tz_localize(None)
    history = read_history(rows(clock.astype(str), 1.0), timezone=zone, interval=60)
    assert list(history.frame["offered"]) == [4] * (len(clock) // 4)
    assert not history.series("calls")["offered"].isna().any()


@given(
    counts=st.lists(st.integers(0, 500), min_size=12, max_size=12),
    seconds=st.lists(st.floats(1, 3600), min_size=12, max_size=12),
    interval=st.sampled_from([10, 15, 30, 60]),
)
def test_coarser_keeps_contacts_and_work(counts, seconds, interval):
    """On any coarser interval contacts and total handle time are what they were."""
    starts = pd.date_range("2026-03-02 08:00", periods=12, freq="5min").astype(str)
    history = read_history(rows(starts, counts, seconds), timezone="UTC", interval=interval)
    work = (history.frame["offered"] * history.frame["aht"]).sum()
    assert history.frame["offered"].sum() == sum(counts)
    assert work == pytest.approx(np.dot(counts, seconds))


@given(counts=st.lists(st.integers(0, 500), min_size=2, max_size=8))
def test_finer_then_coarser_is_the_same(counts):
    """Intervals split and summed again are what they were."""
    starts = pd.date_range("2026-03-02 08:00", periods=len(counts), freq="60min").astype(str)
    fine = read_history(rows(starts, counts), timezone="UTC", interval=15)
    again = read_history(fine.frame, timezone="UTC", interval=60)
    assert list(again.frame["offered"]) == pytest.approx(counts)
