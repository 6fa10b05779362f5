"""The two days a year on which the clocks change, in the history."""

import pandas as pd
import pytest

from wfm.errors import InputError
from wfm.forecast import read_history

CHANGES = {
    "Europe/Berlin": ("2026-03-29 02", "2026-10-25 02", "2026-10-25 00:00"),
    "America/New_York": ("2026-03-08 02", "2026-11-01 01", "2026-11-01 05:00"),
}


def rows(starts, offered=None):
    offered = list(range(1, len(starts) + 1)) if offered is None else offered
    return pd.DataFrame({"queue": "calls", "start": starts, "offered": offered, "aht": 60.0})


def half_hours(hour):
    return [f"{hour}:00", f"{hour}:30"]


@pytest.mark.parametrize("zone", CHANGES)
def test_doubled_hour_in_file_order(zone):
    """The first pass through the doubled hour is summer time, the second standard time."""
    _, doubled, utc = CHANGES[zone]
    starts = half_hours(doubled) * 2
    history = read_history(rows(starts), timezone=zone)
    expected = pd.date_range(utc, periods=4, freq="30min", tz="UTC")
    assert list(history.frame["start"]) == list(expected)
    assert list(history.frame["offered"]) == [1, 2, 3, 4]
    assert "ambiguous hour" not in [finding.kind for finding in history.findings]


@pytest.mark.parametrize("zone", CHANGES)
def test_doubled_hour_sorted_by_time(zone):
    """Rows sorted by their wall-clock time are told apart one by one."""
    first, second = half_hours(CHANGES[zone][1])
    history = read_history(rows([first, first, second, second]), timezone=zone)
    assert list(history.frame["offered"]) == [1, 3, 2, 4]


@pytest.mark.parametrize("zone", CHANGES)
def test_doubled_hour_newest_first(zone):
    """In a file that runs backwards in time, the first row is standard time."""
    starts = (half_hours(CHANGES[zone][1]) * 2)[::-1]
    history = read_history(rows([*starts, "2026-02-01 10:00"]), timezone=zone)
    assert list(history.frame["offered"]) == [5, 4, 3, 2, 1]


@pytest.mark.parametrize("zone", CHANGES)
def test_doubled_hour_of_two_queues(zone):
    """Each queue's passes are counted on their own, however the rows are mixed."""
    first, second = half_hours(CHANGES[zone][1])
    calls = rows([first, second, first, second])
    chat = calls.assign(queue="chat", offered=[10, 20, 30, 40])
    mixed = pd.concat([calls, chat]).sort_index(kind="stable")
    history = read_history(mixed, timezone=zone)
    assert list(history.series("calls")["offered"]) == [1, 2, 3, 4]
    assert list(history.series("chat")["offered"]) == [10, 20, 30, 40]


@pytest.mark.parametrize("zone", CHANGES)
def test_doubled_hour_once(zone):
    """A doubled hour that occurs once is taken as summer time, with a finding."""
    _, doubled, utc = CHANGES[zone]
    history = read_history(rows(half_hours(doubled)), timezone=zone)
    assert history.frame["start"][0] == pd.Timestamp(utc, tz="UTC")
    found = history.findings[0]
    assert (found.kind, found.queue) == ("ambiguous hour", "calls")
    assert found.place == "data frame row 0 column start"


@pytest.mark.parametrize("zone", CHANGES)
def test_doubled_hour_three_times(zone):
    """A third row at a doubled time repeats another."""
    first, second = half_hours(CHANGES[zone][1])
    with pytest.raises(InputError, match="row 3 column start must occur once in its queue"):
        read_history(rows([first, second, first, first]), timezone=zone)


@pytest.mark.parametrize("zone", CHANGES)
def test_skipped_hour(zone):
    """Rows in the skipped hour are refused, with the first row and their number."""
    skipped = half_hours(CHANGES[zone][0])
    with pytest.raises(InputError, match=r"row 1 column start must exist, .* first of 2 such rows"):
        read_history(rows(["2026-02-01 10:00", *skipped]), timezone=zone)


@pytest.mark.parametrize("zone", CHANGES)
def test_utc_needs_no_telling_apart(zone):
    """In UTC the same hours occur once and raise no finding."""
    starts = pd.date_range(CHANGES[zone][2], periods=4, freq="30min").astype(str)
    history = read_history(rows(starts), timezone=zone, utc=True)
    assert list(history.frame["start"].dt.tz_convert(zone).dt.minute) == [0, 30, 0, 30]
    assert list(history.frame["start"].dt.tz_convert(zone).dt.hour.unique()) == [
        int(CHANGES[zone][1][-2:])
    ]


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25)])
def test_whole_day_has_no_gap(day, hours):
    """A complete day of 23 or 25 hours has no gap and as many rows."""
    clock = pd.date_range(day, periods=hours * 2, freq="30min", tz="Europe/Berlin")
    history = read_history(rows(clock.tz_localize(None).astype(str)), timezone="Europe/Berlin")
    assert len(history.series("calls")) == hours * 2
    assert not history.series("calls").isna().any(axis=None)
    assert [finding.kind for finding in history.findings] == ["closed hours"]
