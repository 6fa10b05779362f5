"""What cleaning finds in the calls of a real bank: next to nothing."""

from pathlib import Path

import pytest

from wfm.forecast import clean, read_history
from wfm.forecast.calendar.public import holiday_dates

CALLS = Path(__file__).parents[3] / "shared" / "data" / "bank_calls" / "bank_calls.csv"

pytestmark = pytest.mark.skipif(
    not CALLS.exists(), reason="the bank's calls (bank_calls.csv of R's fpp3) are not here"
)


def bank(interval):
    return read_history(
        CALLS,
        timezone="America/New_York",
        columns={"start": "DateTime", "offered": "Calls"},
        queue="calls",
        aht=240,
        interval=interval,
    )


def test_one_spike_at_the_finest():
    """Of 27,716 intervals of 5 minutes, three on a morning in May are a spike."""
    (change,) = clean(bank(5)).changes
    assert (change.kind, f"{change.start:%Y-%m-%d %H:%M}") == ("spike", "2003-05-01 07:00")
    assert change.intervals == 3


@pytest.mark.parametrize("interval", [15, 30, 60])
@pytest.mark.parametrize("known", [True, False])
def test_nothing_else(interval, known):
    """Holidays have no rows, and the full days after them are within what is usual."""
    days = holiday_dates("US", [2003]) if known else ()
    assert clean(bank(interval), known_days=days).changes == ()


def test_a_planted_outage_and_a_planted_spike_are_found():
    """An hour without calls and an hour with three times as many are all that is masked."""
    past = bank(30)
    frame = past.frame.copy()
    local = past.starts.tz_convert("America/New_York")
    hour = local.strftime("%Y-%m-%d %H")
    frame.loc[hour == "2003-06-11 10", ["offered", "aht"]] = 0.0, float("nan")
    frame.loc[hour == "2003-06-18 10", "offered"] *= 3
    found = clean(type(past)(past.timezone, past.interval, frame)).changes
    assert [(c.kind, f"{c.start:%m-%d %H:%M}", c.intervals) for c in found] == [
        ("outage", "06-11 10:00", 2),
        ("spike", "06-18 10:00", 2),
    ]
