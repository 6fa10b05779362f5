"""The profile forecaster on call counts of a real bank, weekdays from 7:00 to 21:05."""

from pathlib import Path

import numpy as np
import pytest

from wfm.forecast import forecast_volume, read_history

CALLS = Path(__file__).parents[3] / "shared" / "data" / "bank_calls" / "bank_calls.csv"

pytestmark = pytest.mark.skipif(
    not CALLS.exists(), reason="the bank's calls (bank_calls.csv of R's fpp3) are not here"
)


@pytest.fixture(scope="module")
def bank():
    return read_history(
        CALLS,
        timezone="America/New_York",
        columns={"start": "DateTime", "offered": "Calls"},
        queue="calls",
        aht=240,
        interval=30,
    )


def week(history, start):
    """Actual contacts of a week's slots, NaN where there is no row, beside its forecast."""
    volume = forecast_volume(history, start=start, days=7, holidays="US")
    starts = volume.horizon.slot_starts.astype(np.int64)
    known = dict(zip(history.starts.as_unit("s").asi8, history.frame["offered"], strict=True))
    return np.array([known.get(slot, np.nan) for slot in starts.tolist()]), volume


def test_what_the_history_shows(bank):
    """Opening hours and missing days are found, and no call is lost in regridding."""
    found = {finding.kind: finding for finding in bank.findings}
    assert set(found) == {"gap", "closed hours", "regridded"}
    assert found["closed hours"].place == "Mon–Fri 07:00–21:05"
    assert found["gap"].place == "2003-04-04 07:00"
    assert found["regridded"].message == "Intervals of 5 minutes were regridded to 30."
    assert len(bank.frame) == 91 * 29


def test_week_ahead(bank):
    """A week ahead is off by less than 7.5 % in half hours, its band holds, closed is closed."""
    actual, volume = week(bank, "2003-06-23")
    contacts, lower, upper = (volume.array(name)[0] for name in ("contacts", "lower", "upper"))
    known = ~np.isnan(actual)
    assert known.sum() == 5 * 29
    wape = np.abs(actual - contacts)[known].sum() / actual[known].sum()
    assert wape < 0.075
    held = (lower <= actual) & (actual <= upper)
    assert 0.6 < held[known].mean() < 0.95
    np.testing.assert_array_equal(contacts[~known], 0)
    np.testing.assert_allclose(volume.array("aht"), 240)


def test_better_than_the_mean_of_four_weeks(bank):
    """Over nine weeks the forecast is better than the mean of the last four same weekdays."""
    error = plain = total = 0.0
    for day in np.arange("2003-05-12", "2003-07-12", 7, dtype="datetime64[D]").tolist():
        actual, volume = week(bank, day)
        before, wall = bank.until(day), bank.until(day).wall_clock
        folded = before.frame.groupby([wall.weekday, wall.minute])["offered"]
        mean = folded.apply(lambda offered: offered.iloc[-4:].mean()).to_dict()
        slots = [divmod(slot * 30, 1440) for slot in range(7 * 48)]
        base = np.array([mean.get(slot, 0.0) for slot in slots])
        known = ~np.isnan(actual)
        error += np.abs(actual - volume.array("contacts")[0])[known].sum()
        plain += np.abs(actual - base)[known].sum()
        total += actual[known].sum()
    assert error / total < 0.068
    assert error < 0.92 * plain
