"""Deflection: what it takes away, and that it can be undone."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.forecast.wrapped import DrawingLastWeek, LastWeek, past, totals
from wfm.errors import InputError
from wfm.forecast import DeflectedForecaster, Deflection
from wfm.forecast.clock import EPOCH
from wfm.forecast.deflection import deflected, restored
from wfm.horizon import Horizon

BEFORE, AFTER = date(2026, 1, 5), date(2026, 3, 2)
NEXT = Horizon(start=AFTER, days=7, interval=60)
RISING = Deflection(queue="calls", shares={BEFORE: 0.1, AFTER: 0.3}, handle_time_ratio=0.5)

points = st.lists(
    st.tuples(st.integers(-400, 400), st.floats(0, 0.9)),
    min_size=1,
    max_size=5,
    unique_by=lambda point: point[0],
).map(lambda found: {AFTER + timedelta(days=day): share for day, share in sorted(found)})


def days(*dates):
    return np.array([(day - EPOCH).days for day in dates])


def test_share_runs_in_straight_lines():
    """Between two dates the share is in between, outside it stays as it was or will be."""
    middle = BEFORE + (AFTER - BEFORE) / 2
    found = RISING.share(days(date(2020, 1, 1), BEFORE, middle, AFTER, date(2030, 1, 1)))
    np.testing.assert_allclose(found, [0.1, 0.1, 0.2, 0.3, 0.3])


def test_what_remains_is_longer():
    """Of 100 contacts of 300 s, 40 easy ones of 150 s go: the 60 left take 400 s each."""
    bot = Deflection(queue="calls", shares={BEFORE: 0.4}, handle_time_ratio=0.5)
    contacts, aht = bot.factors(days(AFTER))
    assert 100 * contacts[0] == pytest.approx(60)
    assert 300 * aht[0] == pytest.approx((100 * 300 - 40 * 150) / 60) == pytest.approx(400)


@given(points, st.floats(0.05, 1.1))
def test_workload_falls_by_what_is_taken(shares, ratio):
    """Contacts times AHT fall by exactly the share of work that is deflected."""
    bot = Deflection(queue="calls", shares=shares, handle_time_ratio=ratio)
    when = days(AFTER) + np.arange(-500, 500)
    contacts, aht = bot.factors(when)
    np.testing.assert_allclose(contacts * aht, 1 - bot.share(when) * ratio, atol=1e-12)


@given(points, st.floats(0.05, 1.1))
def test_restoring_undoes_deflecting(shares, ratio):
    """A forecast that is deflected and lies in the past is restored to what it was."""
    bots = [Deflection(queue="calls", shares=shares, handle_time_ratio=ratio)]
    plain = past(days=7, level=[1, 2, 3, 4, 5, 6, 7])
    inner = LastWeek().forecast(plain, Horizon(start=BEFORE, days=7, interval=60))
    less = deflected(inner, bots)
    offered = less.array("contacts")[0].reshape(7, 24)[:, 8:20].ravel()
    seconds = less.array("aht")[0].reshape(7, 24)[:, 8:20].ravel()
    seen = type(plain)(
        plain.timezone, plain.interval, plain.frame.assign(offered=offered, aht=seconds)
    )
    back = restored(seen, bots).frame
    np.testing.assert_allclose(back["offered"], plain.frame["offered"])
    np.testing.assert_allclose(back["aht"], plain.frame["aht"])


@settings(max_examples=20)
@given(points, st.floats(0.05, 1.1))
def test_constant_share_changes_nothing(shares, ratio):
    """A share that was and will be the same leaves the inner forecast as it is."""
    share = min(shares.values())
    bot = Deflection(queue="calls", shares={AFTER: share}, handle_time_ratio=ratio)
    history = past()
    found = DeflectedForecaster([bot], LastWeek()).forecast(history, NEXT)
    plain = LastWeek().forecast(history, NEXT)
    for name in ("contacts", "aht", "lower", "upper"):
        np.testing.assert_allclose(found.array(name), plain.array(name))


def test_bot_that_came_is_no_trend():
    """Demand is flat; a bot takes a growing share: both contacts and AHT are met to the end."""
    share = np.interp(np.arange(63), [0, 56], [0.1, 0.3])
    level, aht = 1 - share, 200 * (1 - share * 0.5) / (1 - share)
    history = past(level=level[:56], aht=aht[:56])
    found = DeflectedForecaster([RISING], LastWeek()).forecast(history, NEXT)
    np.testing.assert_allclose(totals(found), 120 * level[56:])
    np.testing.assert_allclose(found.array("aht")[0].reshape(7, 24)[:, 8], aht[56:])
    np.testing.assert_allclose(found.array("lower"), 0.8 * found.array("contacts"))


def test_planned_step():
    """A bot planned for Thursday takes its share from that day on."""
    thursday = AFTER + timedelta(days=3)
    shares = {thursday - timedelta(days=1): 0.0, thursday: 0.25}
    bot = Deflection(queue="calls", shares=shares, handle_time_ratio=0.6)
    found = DeflectedForecaster([bot], LastWeek()).forecast(past(), NEXT)
    np.testing.assert_allclose(totals(found), 3 * [120] + 4 * [90])
    np.testing.assert_allclose(found.array("aht")[0, 3 * 24 + 8], 200 * 0.85 / 0.75)


def test_scenarios_are_deflected():
    """Draws lose the share, contact by contact, and are there where the inner forecaster draws."""
    wrapped = DeflectedForecaster([RISING], DrawingLastWeek())
    drawn = wrapped.scenarios(past(), NEXT, 4000, seed=3)
    made = DeflectedForecaster([RISING], LastWeek()).forecast(past(), NEXT)
    mean, known = made.array("contacts"), made.array("contacts") > 0
    np.testing.assert_allclose(drawn.contacts.mean(axis=0), mean, rtol=0.04)
    variance = drawn.contacts.var(axis=0)[known] / (mean + (0.1 * mean) ** 2)[known]
    assert variance.mean() == pytest.approx(1, abs=0.02)
    again = wrapped.scenarios(past(), NEXT, 4000, seed=3)
    np.testing.assert_array_equal(again.contacts, drawn.contacts)
    np.testing.assert_allclose(drawn.aht, made.array("aht"))
    assert not hasattr(DeflectedForecaster([RISING], LastWeek()), "scenarios")


def test_other_queues_stay():
    """A queue without deflection, its file's hang-ups too, is handed on as it is."""
    history = past()
    other = Deflection(queue="chat", shares={BEFORE: 0.5})
    assert restored(history, [other]) == history
    more = type(history)("UTC", 60, history.frame.assign(abandoned=1.0, wait=5.0))
    bot = Deflection(queue="calls", shares={BEFORE: 0.5})
    np.testing.assert_allclose(restored(more, [bot]).frame["abandoned"], 2.0)
    np.testing.assert_allclose(restored(more, [bot]).frame["wait"], 5.0)


def test_nothing_after_the_start_is_looked_at():
    """What the history holds of the horizon itself changes nothing."""
    history = past(days=70, level=np.r_[np.ones(56), np.full(14, 9.0)])
    found = DeflectedForecaster([RISING], LastWeek()).forecast(history, NEXT)
    assert found == DeflectedForecaster([RISING], LastWeek()).forecast(past(), NEXT)


def test_json():
    """A deflection comes back from JSON equal."""
    assert Deflection.from_json(RISING.to_json()) == RISING


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"shares": {BEFORE: 1.0}}, "share on 2026-01-05, must be from 0 up to below 1, got 1.0"),
        ({"shares": {BEFORE: -0.1}}, "share on 2026-01-05, must be from 0 up to below 1"),
        ({"shares": [(AFTER, 0.1), (BEFORE, 0.2)]}, "come after the one on 2026-03-02"),
        ({"shares": [(AFTER, 0.1), (AFTER, 0.2)]}, "come after the one on 2026-03-02"),
        ({"shares": {BEFORE: 0.8}, "handle_time_ratio": 1.5}, "must leave some handle time"),
        ({"shares": {}}, "Deflection.shares"),
        ({"shares": {BEFORE: 0.1}, "handle_time_ratio": 0}, "Deflection.handle_time_ratio"),
    ],
)
def test_bad_deflections(fields, message):
    """What no deflection can be is refused with its date."""
    with pytest.raises(InputError) as error:
        Deflection(queue="calls", **fields)
    assert message in str(error.value)


def test_bad_queues():
    """A queue named twice or missing in the history is refused."""
    with pytest.raises(InputError, match="must name each queue once"):
        DeflectedForecaster([RISING, RISING], LastWeek())
    bot = Deflection(queue="mail", shares={BEFORE: 0.5})
    with pytest.raises(InputError, match=r"Deflection\.queue must be for one of calls, got 'mail'"):
        DeflectedForecaster([bot], LastWeek()).forecast(past(), NEXT)
