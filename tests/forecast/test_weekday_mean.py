"""The simple forecasters: last week again, and the mean of the last same weekdays."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.forecast.pasts import history, horizon, joined
from wfm.errors import InputError
from wfm.forecast import SeasonalNaive, WeekdayMean

SIMPLE = [SeasonalNaive(), WeekdayMean(), WeekdayMean(weeks=2)]
SHAPE = np.outer([1.3, 1.1, 1.0, 1.05, 1.2, 0.5, 0.7], 40 + 30 * np.sin(np.arange(24) / 4))


def contacts(forecaster, past, start, days=7, zone="UTC"):
    return forecaster.forecast(past, horizon(start, days, zone)).array("contacts")[0]


def test_means_by_hand():
    """Of weeks with 10, 20, 30, 40 and 80 contacts an hour, the last is 80 and four make 42.5."""
    past = history([10, 20, 30, 40, 80])
    assert set(contacts(SeasonalNaive(), past, "2026-02-09")) == {80.0}
    assert set(contacts(WeekdayMean(), past, "2026-02-09")) == {42.5}
    assert set(contacts(WeekdayMean(weeks=2), past, "2026-02-09")) == {60.0}
    assert set(contacts(WeekdayMean(weeks=9), past, "2026-02-09")) == {36.0}


def test_the_origin_may_lie_within_a_week():
    """From a Wednesday on, Monday and Tuesday are those of this week, the others of the last."""
    past = history([10, 20, 30])
    made = contacts(SeasonalNaive(), past, "2026-01-21", days=7).reshape(7, 24)
    assert made[:, 0].tolist() == [20, 20, 20, 20, 20, 30, 30]


def test_unknown_times_are_passed_over():
    """Where last week has no row, the week before it is the last known."""
    past = history([10, 20])
    gap = (past.starts >= "2026-01-13T09:00Z") & (past.starts < "2026-01-13T12:00Z")
    short = replace(past, frame=past.frame[~gap].reset_index(drop=True))
    made = contacts(SeasonalNaive(), short, "2026-01-19").reshape(7, 24)
    assert made[1, 8:13].tolist() == [20, 10, 10, 10, 20]


@pytest.mark.parametrize("forecaster", SIMPLE)
def test_closed_times_stay_closed(forecaster):
    """Hours without a row in any week get no contacts, neither expected nor drawn."""
    past = history([SHAPE] * 5, hours=range(8, 18))
    window = horizon("2026-02-09")
    closed = ~np.isin(np.arange(7 * 24) % 24, range(8, 18))
    volume = forecaster.forecast(past, window)
    for name in ("contacts", "lower", "upper"):
        assert not volume.array(name)[0, closed].any()
    assert (volume.array("contacts")[0, ~closed] > 0).all()
    assert not forecaster.scenarios(past, window, samples=20).contacts[:, 0, closed].any()


@pytest.mark.parametrize("forecaster", SIMPLE)
@pytest.mark.parametrize(
    ("first", "day", "hours"), [("2026-02-16", "2026-03-29", 23), ("2026-09-14", "2026-10-25", 25)]
)
def test_clock_changes(forecaster, first, day, hours):
    """Where the clocks skip an hour it gets nothing; where they show one twice it gets it twice."""
    past = history([SHAPE] * 5, start=first, zone="Europe/Berlin")
    made = contacts(forecaster, past, day, days=1, zone="Europe/Berlin")
    sunday = SHAPE[6]
    expected = np.delete(sunday, 2) if hours == 23 else np.insert(sunday, 2, sunday[2])
    np.testing.assert_allclose(made, expected)


def test_a_doubled_hour_of_the_past_counts_once():
    """Both passes of 2 o'clock on the day of the change are averaged, not added."""
    past = history([SHAPE] * 7, start="2026-09-14", zone="Europe/Berlin")
    made = contacts(SeasonalNaive(), past, "2026-11-02", zone="Europe/Berlin")
    np.testing.assert_allclose(made.reshape(7, 24), SHAPE)


def test_handle_time_is_weighted_by_contacts():
    """30 contacts of 100 s and 10 of 300 s make 150 s, drawn towards the queue's own mean."""
    weeks = [30, 10]
    aht = np.array([np.full((7, 24), 100.0), np.full((7, 24), 300.0)])
    window = horizon("2026-01-19")
    made = WeekdayMean().forecast(history(weeks, aht=aht), window).array("aht")
    np.testing.assert_allclose(made, 150.0)
    last = SeasonalNaive(aht_contacts=10).forecast(history(weeks, aht=aht), window).array("aht")
    np.testing.assert_allclose(last, (10 * 300 + 10 * 150) / 20)


@pytest.mark.parametrize("forecaster", SIMPLE)
def test_nothing_after_the_origin_is_seen(forecaster):
    """Another future makes no other forecast, and no other scenario."""
    past, window = history([SHAPE, 2 * SHAPE, SHAPE]), horizon("2026-01-21", days=3)
    seen = past.until("2026-01-21")
    assert forecaster.forecast(past, window) == forecaster.forecast(seen, window)
    drawn = [forecaster.scenarios(each, window, samples=9).contacts for each in (past, seen)]
    np.testing.assert_array_equal(*drawn)


@pytest.mark.parametrize("forecaster", SIMPLE)
@given(
    week=st.lists(st.integers(0, 60), min_size=168, max_size=168).filter(any),
    weeks=st.integers(1, 6),
    days=st.integers(1, 15),
)
def test_what_repeats_is_repeated(forecaster, week, weeks, days):
    """A history that repeats a week is continued exactly, inside the band."""
    grid = np.array(week).reshape(7, 24)
    start = f"2026-{1 + (4 + 7 * weeks) // 31:02d}-{1 + (4 + 7 * weeks) % 31:02d}"
    volume = forecaster.forecast(history([grid] * weeks), horizon(start, days))
    np.testing.assert_allclose(volume.array("contacts")[0], np.resize(grid, days * 24))
    assert (volume.array("lower") <= volume.array("contacts")).all()
    assert (volume.array("upper") >= volume.array("contacts")).all()


def noisy(weeks, seed=3, busy=0.1):
    """Weeks of Poisson contacts around the shape, whose days are busier or quieter."""
    rng = np.random.default_rng(seed)
    days = np.exp(busy * rng.standard_normal((weeks, 7, 1)))
    return list(rng.poisson(SHAPE * days).astype(float))


def test_scenarios_repeat_themselves_by_their_seed():
    """The same seed draws the same, another one something else, in whole numbers."""
    past, window = history(noisy(12)), horizon("2026-03-30")
    one, same, other = (
        WeekdayMean().scenarios(past, window, samples=50, seed=seed).contacts for seed in (1, 1, 2)
    )
    np.testing.assert_array_equal(one, same)
    assert (one != other).any()
    np.testing.assert_array_equal(one, np.round(one))
    assert one.shape == (50, 1, 168)


@pytest.mark.parametrize(("busy", "least", "most"), [(0.0, 0.02, 0.045), (0.2, 0.18, 0.32)])
def test_scenarios_scatter_as_days_did(busy, least, most):
    """Day totals scatter by the errors of the past: by Poisson's alone, or by 20 % and its mean."""
    past, window = history(noisy(40, busy=busy)), horizon("2026-10-12")
    drawn = WeekdayMean().scenarios(past, window, samples=400).contacts[:, 0]
    totals = drawn.reshape(400, 7, 24).sum(axis=-1)
    spread = (np.diff(np.quantile(totals, [0.1, 0.9], axis=0), axis=0) / 2.563).ravel()
    assert least < (spread / totals.mean(axis=0)).mean() < most


def test_bands_hold_what_they_promise():
    """About 80 % of the intervals of weeks not seen lie in the band and in the scenarios' one."""
    weeks, held, drawn = noisy(46, busy=0.08), [], []
    past = history(weeks)
    for week in range(20, 46):
        start = np.datetime64("2026-01-05") + 7 * week
        window = horizon(str(start))
        volume = WeekdayMean().forecast(past, window)
        lower, upper = volume.array("lower")[0], volume.array("upper")[0]
        held.append((lower <= weeks[week].ravel()) & (weeks[week].ravel() <= upper))
        scenarios = WeekdayMean().scenarios(past, window, samples=200)
        lower, upper = scenarios.quantiles([0.1, 0.9])[:, 0]
        drawn.append((lower <= weeks[week].ravel()) & (weeks[week].ravel() <= upper))
    assert 0.76 < np.mean(held) < 0.88
    assert 0.76 < np.mean(drawn) < 0.88


def test_one_week_is_enough():
    """After a single week there are no past errors; an assumed spread makes the band."""
    past, window = history([SHAPE]), horizon("2026-01-12")
    volume = WeekdayMean().forecast(past, window)
    np.testing.assert_allclose(volume.array("contacts")[0], SHAPE.ravel())
    assert (volume.array("upper") > volume.array("contacts")).all()
    totals = WeekdayMean().scenarios(past, window, samples=300).contacts.sum(axis=(1, 2))
    assert 0.03 < totals.std() / totals.mean() < 0.15


def test_queues_share_their_bad_weeks():
    """Queues whose days were busy together are so in the scenarios."""
    weeks = noisy(30, busy=0.3)
    past = joined(history(weeks), history([2 * week for week in weeks], queue="chat"))
    drawn = WeekdayMean().scenarios(past, horizon("2026-08-03"), samples=300).contacts
    totals = drawn.sum(axis=-1)
    assert np.corrcoef(totals[:, 0], totals[:, 1])[0, 1] > 0.8


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: WeekdayMean(weeks=0), "WeekdayMean.weeks must be at least 1, got 0"),
        (lambda: WeekdayMean(coverage=1.0), "WeekdayMean.coverage must be between 0 and 1"),
        (lambda: SeasonalNaive(coverage=0), "SeasonalNaive.coverage must be between 0 and 1"),
        (lambda: SeasonalNaive(aht_contacts=0), "SeasonalNaive.aht_contacts must be above 0"),
    ],
)
def test_bad_options(make, message):
    """Options that make no sense are refused by name."""
    with pytest.raises(InputError, match=message):
        make()


@pytest.mark.parametrize(
    ("past", "window", "message"),
    [
        (history([5]), horizon("2026-01-11"), r"history of calls must hold at least one full week"),
        (history([5]), horizon("2026-01-05"), r"history must hold at least one full week"),
        (history([0]), horizon("2026-01-12"), r"must hold contacts with a handle time before"),
        (history([5]), horizon("2026-01-12", zone="Asia/Tokyo"), r"horizon.timezone must be that"),
    ],
)
def test_histories_that_say_too_little(past, window, message):
    """Less than a week, no contacts, or another zone are refused, by both methods."""
    for method in (WeekdayMean().forecast, WeekdayMean().scenarios):
        with pytest.raises(InputError, match=message):
            method(past, window)


def test_no_samples():
    """No scenarios at all is no request."""
    with pytest.raises(InputError, match="samples must be at least 1, got 0"):
        WeekdayMean().scenarios(history([5]), horizon("2026-01-12"), samples=0)
