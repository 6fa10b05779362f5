"""Wall clocks against counted minutes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wfm import Horizon, InputError, Window

CHANGES = [
    ("Europe/Berlin", date(2026, 3, 29), 23, "03:30"),
    ("Europe/Berlin", date(2026, 10, 25), 25, "02:30"),
    ("America/New_York", date(2026, 3, 8), 23, "03:30"),
    ("America/New_York", date(2026, 11, 1), 25, "02:30"),
]
STEADY = ["Asia/Shanghai", "UTC", "Asia/Kolkata", "America/Phoenix"]


@pytest.mark.parametrize(("zone", "day", "hours", "half_past_two"), CHANGES)
def test_a_day_on_which_the_clocks_change(zone, day, hours, half_past_two):
    """It has 23 or 25 hours, a skipped time is an hour later, later times are on the clock."""
    horizon = Horizon(start=day, days=2, timezone=zone)
    assert horizon.midnight(1) == hours * 60
    assert horizon.slots == (hours + 24) * 4
    assert np.bincount(horizon.slot_days).tolist() == [hours * 4, 96]
    assert f"{horizon.local(horizon.minute(0, 150)):%H:%M}" == half_past_two
    assert horizon.minute(0, 12 * 60) == (hours - 12) * 60
    assert f"{horizon.local(horizon.minute(0, 22 * 60)):%H:%M}" == "22:00"


def test_a_time_that_occurs_twice_is_taken_the_first_time():
    """In autumn half past two is two and a half hours after midnight, not three and a half."""
    horizon = Horizon(start=date(2026, 10, 25), days=1, timezone="Europe/Berlin")
    assert horizon.minute(0, 150) == 150
    assert horizon.minute(0, 180) == 240


@pytest.mark.parametrize("zone", STEADY)
def test_zones_without_a_clock_change(zone):
    """Every day has 24 hours, and slot starts in UTC are evenly spaced."""
    horizon = Horizon(start=date(2026, 3, 1), days=40, timezone=zone, interval=30)
    assert horizon.slots == 40 * 48
    assert set(np.diff(horizon.slot_starts).astype(int)) == {1800}


def test_a_night_over_the_clock_change_is_as_long_as_time_ran():
    """From 22:00 to 06:00 is seven hours in spring and nine in autumn."""
    window = Window(days=("Sat",), start="22:00", end="06:00")
    for day, hours in ((date(2026, 3, 28), 7), (date(2026, 10, 24), 9)):
        horizon = Horizon(start=day, days=2, timezone="Europe/Berlin")
        ((start, end),) = window.spans(horizon)
        assert end - start == hours * 60


def test_days_before_and_after_the_horizon():
    """Minutes and days before the start are negative, and labels say so in local time."""
    horizon = Horizon(start=date(2026, 3, 30), days=7, timezone="Europe/Berlin")
    assert horizon.midnight(-1) == -23 * 60
    assert horizon.day_of(-1) == -1
    assert horizon.label(-60) == "Sun 29 Mar 23:00"
    assert horizon.day_label(8) == "Tue 7 Apr"


@given(
    st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Sydney", "Asia/Tokyo"]),
    st.dates(date(2000, 1, 1), date(2037, 1, 1)),
    st.integers(-3 * 1440, 6 * 1440),
)
def test_minutes_and_moments_are_one_to_one(zone, start, minute):
    """An elapsed minute turned into a moment and back is the same minute, on the right day."""
    horizon = Horizon(start=start, days=3, timezone=zone)
    when = horizon.local(minute)
    assert horizon.elapsed(when) == minute
    assert horizon.elapsed(when.astimezone(UTC)) == minute
    assert horizon.date_of(horizon.day_of(minute)) == when.date()
    assert horizon.local(minute + 1) - when == timedelta(minutes=1)


@given(st.dates(date(2000, 1, 1), date(2037, 1, 1)), st.integers(1, 60))
def test_a_horizon_comes_back_from_json_equal(start, days):
    """The JSON round trip is exact, cached arrays or not."""
    horizon = Horizon(start=start, days=days, timezone="Europe/Berlin")
    assert horizon.slot_days.shape == (horizon.slots,)
    assert Horizon.from_json(horizon.to_json()) == horizon
    assert hash(Horizon.from_json(horizon.to_json())) == hash(horizon)


def test_an_interval_that_a_clock_change_would_cut_is_refused():
    """Lord Howe moves its clocks by half an hour, which no grid of hours can hold."""
    with pytest.raises(InputError, match="divide the clock change of Australia/Lord_Howe"):
        Horizon(start=date(2026, 10, 3), days=3, timezone="Australia/Lord_Howe", interval=60)
    halves = Horizon(start=date(2026, 10, 3), days=3, timezone="Australia/Lord_Howe", interval=30)
    assert halves.slots == 3 * 48 - 1


def test_a_window_in_alternate_weeks_and_on_dates():
    """Odd and even weeks alternate, dates overrule weekdays, since and until cut."""
    horizon = Horizon(start=date(2026, 12, 7), days=28)
    odd = Window(days=("Mon",), start="08:00", end="09:00", weeks="odd").spans(horizon)
    even = Window(days=("Mon",), start="08:00", end="09:00", weeks="even").spans(horizon)
    assert [horizon.day_of(start) for start, _ in odd] == [7, 21]
    assert [horizon.day_of(start) for start, _ in even] == [0, 14]
    dated = Window(dates=(date(2026, 12, 24),), start="12:00").spans(horizon)
    assert dated == [(17 * 1440 + 720, 18 * 1440)]
    late = Window(days=("Mon",), since=date(2026, 12, 20)).spans(horizon)
    assert len(late) == 2


@pytest.mark.parametrize("start", ["0001-01-01", "1969-12-31", "2201-01-01", "9999-12-30"])
def test_years_that_nobody_plans(start):
    """Days before 1970 and after 2200 are refused by name, whoever asks for them."""
    with pytest.raises(InputError, match=f"^Horizon.start must be from .*, got {start}"):
        Horizon(start=date.fromisoformat(start), days=1)


def test_the_last_day_that_can_be_planned():
    """A horizon may end with the year 2200, and no later."""
    assert Horizon(start=date(2200, 12, 30), days=2, timezone="Asia/Tokyo").slots == 2 * 96
    with pytest.raises(InputError, match=r"^Horizon.days must end on 2200-12-31 or before, got 3"):
        Horizon(start=date(2200, 12, 30), days=3)


def test_a_span_of_a_year_tells_the_years():
    """One day stands alone, days of a year or more are told apart by their years."""
    spans = {days: Horizon(start=date(2026, 11, 30), days=days).span_label for days in (1, 7, 366)}
    assert spans == {
        1: "Mon 30 Nov",
        7: "Mon 30 Nov to Sun 6 Dec",
        366: "Mon 30 Nov 2026 to Tue 30 Nov 2027",
    }


def test_a_naive_moment_is_local():
    """A moment without a zone is read on the horizon's own clock."""
    horizon = Horizon(start=date(2026, 7, 1), days=1, timezone="Europe/Berlin")
    assert horizon.elapsed(datetime(2026, 7, 1, 9, 15)) == 555


def test_alternate_weeks_over_the_turn_of_the_year():
    """Weeks 53 and 1 are both odd; counted from an anchor they alternate, before it too."""
    mondays = [date(2026, 12, 21) + timedelta(weeks=week) for week in range(4)]
    odd = Window(days=("Mon",), weeks="odd")
    assert [odd.holds(day) for day in mondays] == [False, True, True, False]
    for anchor in (mondays[0], date(2026, 12, 27), date(2027, 1, 5), date(2024, 1, 8)):
        alternate = odd.model_copy(update={"anchor": anchor})
        assert [alternate.holds(day) for day in mondays] == [False, True, False, True]
    assert str(alternate).endswith("in odd weeks counted from 2024-01-08")


@pytest.mark.parametrize("weeks", ["every", (51, 53)])
def test_an_anchor_is_for_alternate_weeks(weeks):
    """Weeks that do not alternate need no date to count from."""
    with pytest.raises(InputError, match=r"Window.anchor must be left out unless weeks are even"):
        Window(weeks=weeks, anchor=date(2026, 12, 21))
