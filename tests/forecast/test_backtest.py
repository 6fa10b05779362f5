"""Backtests whose measures a person can work out."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from joblib import parallel_config

from tests.forecast.pasts import history, horizon, joined
from wfm.errors import InputError
from wfm.forecast import Scenarios, SeasonalNaive, Volume, WeekdayMean, backtest, required_agents
from wfm.forecast.actual import actual_of
from wfm.queue import Queue, ServiceTarget


@dataclass(frozen=True)
class Constant:
    """The same contacts in every slot, with a band that is as wide as it is told."""

    contacts: float
    half: float = 0.0
    aht: float = 200.0

    def forecast(self, history, horizon):
        shape = (len(history.queues), horizon.slots)
        return Volume(
            horizon=horizon,
            queues=history.queues,
            contacts=np.full(shape, self.contacts),
            aht=np.full(shape, self.aht),
            lower=np.full(shape, max(0.0, self.contacts - self.half)),
            upper=np.full(shape, self.contacts + self.half),
            coverage=0.8,
        )


@dataclass(frozen=True)
class Spread(Constant):
    """Samples from 0 to 100 in every slot, the same in each."""

    def scenarios(self, history, horizon, samples=500, seed=1):  # noqa: ARG002
        shape = (samples, len(history.queues), horizon.slots)
        values = np.round(np.linspace(0, 100, samples)).astype(np.int32)
        aht = np.full(shape[1:], self.aht)
        return Scenarios(
            horizon, history.queues, np.broadcast_to(values[:, None, None], shape), aht
        )


def test_errors_by_hand():
    """10 forecast, 8 and then 12 come: off by 2 each hour, a fifth of what comes, without bias."""
    past = history([10, 8, 12])
    found = backtest(past, {"ten": Constant(10)}, (1, 7), first="2026-01-12", samples=0)
    assert found.origins == (date(2026, 1, 12), date(2026, 1, 19))
    week = found.table().loc[("ten", 7)]
    assert week["origins"] == 2
    assert week["wape"] == pytest.approx((2 + 2) / (8 + 12))
    assert week["wape_day"] == pytest.approx((2 + 2) / (8 + 12))
    assert week["bias"] == pytest.approx(0.0)
    days = found.errors
    assert days["forecast"].unique().tolist() == [240.0]
    assert days["actual"].unique().tolist() == [8 * 24.0, 12 * 24.0]
    assert days["days_ahead"].tolist() == [*range(1, 8)] * 2


def test_hours_cancel_within_their_day():
    """8 and 12 in turns are off by a fifth by the hour and by nothing by the day."""
    turns = np.tile([8.0, 12.0], (7, 12))
    found = backtest(history([turns] * 2), {"ten": Constant(10)}, (7,), first="2026-01-12")
    week = found.table().loc[("ten", 7)]
    assert week["wape"] == pytest.approx(0.2)
    assert week["wape_day"] == 0


def test_only_known_intervals_count():
    """Of a day that is known until noon, only the morning is compared; of an empty one nothing."""
    past = history([10, 10])
    early = past.starts < "2026-01-12T12:00Z"
    late = past.starts >= "2026-01-14T00:00Z"
    short = replace(past, frame=past.frame[early | late].reset_index(drop=True))
    found = backtest(short, {"thirty": Constant(30)}, (7,), first="2026-01-12")
    assert found.errors["forecast"].tolist() == [30.0 * 12, *[30.0 * 24] * 5]
    assert found.errors["days_ahead"].tolist() == [1, 3, 4, 5, 6, 7]
    assert found.table()["wape"].tolist() == [pytest.approx(2.0)]


def test_horizons_end_within_the_history():
    """A horizon counts from origins only from which the history reaches its end."""
    found = backtest(history([10] * 4), {"ten": Constant(10)}, (1, 7, 14), first="2026-01-12")
    assert found.table()["origins"].tolist() == [3, 3, 2]


def test_nothing_on_or_after_the_origin_is_seen():
    """What forecasters are given ends before the day that they forecast from."""
    seen = []

    @dataclass(frozen=True)
    class Spy(Constant):
        def forecast(self, history, horizon):
            seen.append((history.starts.max(), horizon.start))
            return super().forecast(history, horizon)

    past = history([10] * 3, zone="America/New_York")
    backtest(past, {"spy": Spy(10)}, (1,), first="2026-01-15", step=2)
    assert len(seen) == 6
    for last, origin in seen:
        assert last == pd.Timestamp(origin, tz="America/New_York") - pd.Timedelta(hours=1)


def test_coverage_and_pinball_by_hand():
    """Of samples from 0 to 100, 50 lies inside every band, 99 outside; the loss is that of both."""
    quantiles = np.array([10, 2.5, 90, 97.5, 50])
    chances = quantiles / 100
    past = history([50, 50, 99])
    found = backtest(
        past, {"all": Spread(50)}, (7,), first="2026-01-12", step=7, samples=401
    ).table()
    for unit in ("interval", "day", "week"):
        assert found[f"{unit}_80"].tolist() == [0.5]
        assert found[f"{unit}_95"].tolist() == [0.5]
    loss = [
        2 * np.maximum(chances * (x - quantiles), (chances - 1) * (x - quantiles)).mean()
        for x in (50, 99)
    ]
    assert found["pinball"].tolist() == [pytest.approx(sum(loss) / 149, rel=0.01)]


def test_a_band_without_scenarios():
    """Of a forecaster without scenarios, only its band of intervals is judged, at its own level."""
    past = history([50, 50, 99])
    found = backtest(past, {"band": Constant(50, half=5)}, (7,), first="2026-01-12").table()
    assert found["interval_80"].tolist() == [0.5]
    for name in ("interval_95", "day_80", "week_80", "pinball", "staffing_error", "agents"):
        assert found[name].isna().all()


def test_closed_hours_are_not_covered():
    """Hours in which nothing is expected and nothing comes make no band look better."""
    half = np.zeros((7, 24))
    half[:, 12:] = 99
    past = history([half, half])

    @dataclass(frozen=True)
    class Closed(Spread):
        def scenarios(self, history, horizon, samples=500, seed=1):
            drawn = super().scenarios(history, horizon, samples, seed)
            return replace(drawn, contacts=drawn.contacts * (np.arange(horizon.slots) % 24 >= 12))

    found = backtest(past, {"half": Closed(50)}, (7,), first="2026-01-12").table()
    assert found["interval_80"].tolist() == [0.0]


def test_staffing_error_by_hand():
    """The error is the difference between the agents for 100 contacts and for 140, by Erlang C."""
    queue = Queue(id="calls", target=ServiceTarget(level=0.9, threshold=10), shrinkage=0.2)
    past = history([100, 140], aht=300.0)
    found = backtest(
        past, {"hundred": Constant(100, aht=300)}, (7,), first="2026-01-12", queues=[queue]
    ).table()
    forecast, actual = (
        np.ceil(required_agents(contacts, 300, 0.9, 10, fractional=True) / 0.8)
        for contacts in (100, 140)
    )
    assert found["staffing_error"].tolist() == [actual - forecast]
    assert found["agents"].tolist() == [actual]


def test_handle_time_is_part_of_the_staffing_error():
    """Where contacts are as forecast and take twice as long, the staffing is off."""
    past, queue = history([100, 100], aht=300.0), Queue(id="calls")
    right, half = (
        backtest(past, {"it": Constant(100, aht=aht)}, (7,), first="2026-01-12", queues=[queue])
        for aht in (300, 150)
    )
    assert right.table()["staffing_error"].tolist() == [0.0]
    off = required_agents(100, 300) - required_agents(100, 150)
    assert half.table()["staffing_error"].tolist() == [off]


def test_queues_apart_and_together():
    """Each queue has its row; together, errors are by the contacts of both."""
    past = joined(history([10, 10]), history([30, 30], queue="chat"))
    mail = Queue(id="chat", channel="deferred", deadline=24)
    found = backtest(
        past, {"ten": Constant(10)}, (7,), first="2026-01-12", queues=[Queue(id="calls"), mail]
    )
    apart = found.table(by_queue=True)
    assert apart["wape"].to_dict() == {("ten", 7, "calls"): 0.0, ("ten", 7, "chat"): 20 / 30}
    assert apart["staffing_error"].isna().tolist() == [False, True]
    assert found.table()["wape"].tolist() == [0.5]
    assert found.table()["staffing_error"].tolist() == [0.0]


def test_a_day_of_25_hours():
    """On the day on which the clocks show an hour twice, 25 hours are compared."""
    past = history([10] * 7, zone="Europe/Berlin", start="2026-09-14")
    found = backtest(past, {"naive": SeasonalNaive()}, (1,), first="2026-10-25", samples=20)
    assert found.errors["actual"].tolist() == [250.0, 240.0]
    assert found.table()["wape"].tolist() == [0.0]


@settings(max_examples=30)
@given(
    contacts=st.lists(st.integers(0, 50), min_size=6, max_size=6).filter(any),
    forecast=st.floats(0, 60),
)
def test_measures_agree_with_each_other(contacts, forecast):
    """The bias is at most the error of days, which is at most that of intervals."""
    weeks = [np.full((7, 24), 20.0), np.tile(contacts, (7, 4))]
    found = backtest(history(weeks), {"it": Constant(forecast)}, (7,), first="2026-01-12")
    row = found.table().iloc[0]
    assert abs(row["bias"]) <= row["wape_day"] + 1e-12
    assert row["wape_day"] <= row["wape"] + 1e-12


def test_processes_change_nothing():
    """One process, two, and what a surrounding configuration says give the same tables."""
    past, simple = history([10, 14, 9, 12]), {"mean": WeekdayMean(), "naive": SeasonalNaive()}
    one, two = (
        backtest(past, simple, (7,), first="2026-01-19", samples=50, n_jobs=jobs) for jobs in (1, 2)
    )
    with parallel_config(backend="threading", n_jobs=2):
        threads = backtest(past, simple, (7,), first="2026-01-19", samples=50)
    for other in (two, threads):
        pd.testing.assert_frame_equal(one.table(), other.table())
        pd.testing.assert_frame_equal(one.errors, other.errors)


def test_it_prints_a_table():
    """The text names origins, forecasters and measures, and nothing that is unknown."""
    found = backtest(history([10, 8, 12]), {"ten": Constant(10)}, (1, 7), first="2026-01-12")
    text = str(found)
    assert "Backtest of 2 origins from 2026-01-12 to 2026-01-19" in text
    assert "20.0%" in text
    assert "staffing_error" not in text
    single = backtest(history([10, 8, 12]), {"ten": Constant(10)}, (7,), first="2026-01-19")
    assert str(single).startswith("Backtest of 1 origin, 2026-01-19\n")


PAST = history([10] * 3)
FINE = {"ten": Constant(10)}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"forecasters": {}}, "forecasters must map at least one name to a forecaster"),
        ({"forecasters": [Constant(1)]}, "forecasters must map at least one name"),
        ({"forecasters": {"x": 3}}, r"forecasters\['x'\] must have a method forecast"),
        ({"forecasters": {"x": Constant}}, r"forecasters\['x'\] must have a method forecast"),
        ({"horizons": ()}, "horizons must be different numbers of days from 1 to 366"),
        ({"horizons": (0, 7)}, "horizons must be different numbers of days"),
        ({"horizons": (7, 7)}, "horizons must be different numbers of days"),
        ({"horizons": (1.5,)}, "horizons must be whole numbers"),
        ({"step": 0}, "step must be at least 1, got 0"),
        ({"levels": (0.8, 1.0)}, "levels must be between 0 and 1"),
        ({"samples": -1}, "samples must be at least 0, got -1"),
        ({"first": None}, r"first must leave the shortest horizon \(7 days\) of the history"),
        ({"first": "2026-01-20"}, "first must leave the shortest horizon"),
        ({"first": "2026-01-05"}, "first must lie after the first day of the history"),
        ({"first": "soon"}, "first must be a date"),
        ({"queues": [Queue(id="chat")]}, r"queues must be in the history \(calls\), got 'chat'"),
    ],
)
def test_bad_arguments(options, message):
    """Each argument that cannot be used is refused by its name."""
    fine = {"forecasters": FINE, "horizons": (7,), "first": "2026-01-12"}
    with pytest.raises(InputError, match=message):
        backtest(PAST, **fine | options)


def test_an_empty_history():
    """A history without rows is refused."""
    with pytest.raises(InputError, match="history must hold at least one row"):
        backtest(PAST.until("2026-01-01"), FINE)


def test_a_forecaster_that_refuses():
    """The message says who refused, from which day, and why."""
    message = r"history of calls, for 'mean' forecasting from 2026-01-09, must hold at least one"
    with pytest.raises(InputError, match=message):
        backtest(PAST, {"mean": WeekdayMean()}, (7,), first="2026-01-09")


def test_actual_contacts_on_slots():
    """Rows find their slot, others are NaN; another interval is refused."""
    past = history([np.arange(168).reshape(7, 24)])
    found = actual_of(past, ("chat", "calls"), horizon("2026-01-11", days=2))
    assert np.isnan(found.contacts[0]).all()
    assert found.contacts[1, :24].tolist() == [*range(144, 168)]
    assert np.isnan(found.contacts[1, 24:]).all()
    other = horizon("2026-01-11", zone="Asia/Tokyo")
    with pytest.raises(InputError, match=r"history.timezone must be that of the forecast"):
        actual_of(past, ("calls",), other)
