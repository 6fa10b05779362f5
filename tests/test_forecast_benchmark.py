"""What the benchmark of forecasts is made of does what it says."""

from __future__ import annotations

import json
import os
import sys
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from benchmarks import forecast_accuracy, forecast_scale
from benchmarks.forecasting import peers
from benchmarks.forecasting.bank import bank_history
from benchmarks.forecasting.centers import chinese, german
from benchmarks.forecasting.open_days import filled, open_days
from benchmarks.forecasting.peers import DaysByProfile, Intervals
from benchmarks.forecasting.recovery import _held, _kinds
from benchmarks.forecasting.remembered import Remembered
from benchmarks.forecasting.removal import calendar_factors
from benchmarks.forecasting.scores import coverage, coverage_verdicts, errors
from benchmarks.forecasting.watched import watched
from tests.test_benchmarks import CALLS, needs_calls
from wfm.errors import InputError
from wfm.forecast import Calendar, WeekdayMean, read_history
from wfm.forecast.calendar.effects import effects
from wfm.horizon import Horizon
from wfm.sample.happenings import Busy
from wfm.sample.patterns import Pattern
from wfm.sample.synthetic import synthetic_history

CALM = Busy(cv=0.0)
WEEKDAYS = Pattern(
    "calls", 200_000.0, (1.3, 1.0, 1.0, 1.0, 0.9, 0.0, 0.0), {8: 1, 12: 2, 20: 1}, {0: 200}, (8, 20)
)


class LastSeason:
    """Repeats the last season, as a model of statsforecast would answer."""

    def __init__(self, seasons):
        self.season = seasons[-1]

    def forecast(self, y, h):
        assert not np.isnan(y).any()
        return {"mean": np.resize(y[-self.season :], h)}


@pytest.fixture(scope="module")
def weeks():
    """Twenty weeks of a queue open on weekdays, in a world without holidays or change."""
    flat = {"growth": 0.0, "yearly_swing": 0.0, "level_drift": 0.0}
    table, truth = synthetic_history(
        [WEEKDAYS], "2025-06-30", 140, country="DE", timezone="UTC", busy=CALM, **flat
    )
    return read_history(table, timezone="UTC"), truth


def ahead(history, start, days):
    return Horizon(start=start, days=days, timezone=history.timezone, interval=history.interval)


def test_open_days(weeks):
    """Closed weekdays and times are left out, an unknown day is filled from a week before."""
    history, truth = weeks
    past = open_days(history.until("2025-08-25"), "calls", date(2025, 8, 25))
    assert past.season == 5
    assert past.times.sum() == 24
    assert len(past.totals) == 8 * 7 - 2
    assert past.series(past.totals).shape == (40,)
    gap = past.totals.copy()
    gap[21] = np.nan
    assert past.series(gap)[15] == past.totals[14]
    assert past.series(past.cells).shape == (40 * 24,)
    expected = truth.expected_days("calls")
    assert past.totals[0] == pytest.approx(expected.iloc[0], rel=0.03)


def test_what_is_unknown_at_the_start():
    """The first row takes the mean of its column, later ones the row before."""
    rows = np.array([[np.nan, 2.0], [4.0, np.nan], [np.nan, 6.0]])
    assert filled(rows).tolist() == [[4.0, 2.0], [4.0, 2.0], [4.0, 6.0]]


@pytest.mark.parametrize("calendar", [None, Calendar(countries=("DE",))])
def test_days_by_profile(weeks, calendar):
    """Day totals come from the model, their spread over the day from the profile."""
    history, truth = weeks
    past = history.until("2025-11-10")
    horizon = ahead(history, date(2025, 11, 10), 7)
    profile = Remembered(WeekdayMean(weeks=4))
    volume = DaysByProfile(LastSeason, profile, calendar).forecast(past, horizon)
    days = volume.array("contacts").reshape(7, -1).sum(axis=1)
    expected = truth.expected_days("calls").to_numpy()[-5:]
    np.testing.assert_allclose(days[:5], expected, rtol=0.05)
    assert days[5:].sum() == 0
    own = profile.forecast(past, horizon).array("contacts")[0, :48]
    mine = volume.array("contacts")[0, :48]
    np.testing.assert_allclose(mine / mine.sum(), own / own.sum())


def test_intervals(weeks):
    """The last week's intervals come again at their times."""
    history, _ = weeks
    past = history.until("2025-11-10")
    horizon = ahead(history, date(2025, 11, 10), 14)
    volume = Intervals(LastSeason, Remembered(WeekdayMean())).forecast(past, horizon)
    weeks_ahead = volume.array("contacts").reshape(2, 7, 48)
    last = history.series("calls")["offered"]
    last = last[(last.index >= "2025-11-03") & (last.index < "2025-11-08")]
    np.testing.assert_allclose(weeks_ahead[0, :5, 16:40].ravel(), last.dropna())
    np.testing.assert_array_equal(weeks_ahead[0], weeks_ahead[1])
    assert weeks_ahead[:, 5:].sum() == weeks_ahead[..., 40:].sum() == 0


def test_a_forecast_is_remembered(weeks):
    """The same days are forecast once."""
    history, _ = weeks
    asked = []

    class Asked:
        def forecast(self, history, horizon):
            asked.append(horizon)
            return WeekdayMean().forecast(history, horizon)

    profile = Remembered(Asked())
    horizon = ahead(history, date(2025, 11, 10), 7)
    first = profile.forecast(history.until("2025-11-10"), horizon)
    assert profile.forecast(history.until("2025-11-10"), horizon) is first
    assert len(asked) == 1


def test_peers_are_left_out_where_they_are_missing(monkeypatch):
    """Without statsforecast there is no peer; with it each is there with and without calendar."""
    calendar = Calendar(countries=("DE",))
    monkeypatch.setitem(sys.modules, "statsforecast", None)
    assert peers.peers(Remembered(WeekdayMean()), calendar) == {}
    monkeypatch.setattr(peers, "models", lambda: {"MSTL": LastSeason})
    found = peers.peers(Remembered(WeekdayMean()), calendar)
    assert list(found) == ["MSTL", "MSTL, calendar", "MSTL on intervals"]


def test_calendar_factors_find_a_holiday():
    """A holiday that halves the calls is found near a half, an ordinary day near one."""
    days, first = 200, date(2025, 1, 6)
    found = effects(Calendar(countries=("DE",)), first, days, "calls")
    totals = 1000.0 * np.where(found.special, 0.5, 1.0)
    totals[5::7] = totals[6::7] = np.nan
    factors = calendar_factors(totals[:180], found)
    labour_day = (date(2025, 5, 1) - first).days
    assert factors.shape == (200,)
    assert factors[labour_day] == pytest.approx(0.5, abs=0.1)
    assert factors[16] == pytest.approx(1.0, abs=0.05)


def test_errors_are_shares_of_what_came():
    """WAPE sums over origins with contacts; origins without any do not count."""
    rows = {
        "forecaster": "a",
        "origin": [date(2025, 1, 6), date(2025, 1, 13), date(2025, 1, 20)],
        "horizon": 7,
        "queue": "calls",
        "actual": [100.0, 300.0, 0.0],
        "error": [10.0, -20.0, 5.0],
        "interval_error": [20.0, 40.0, 5.0],
        "day_error": [10.0, 30.0, 5.0],
    }
    found = errors(pd.DataFrame(rows))["a"]["7"]
    assert found == {"wape": 0.15, "wape_day": 0.1, "bias": -0.025, "origins": 2}


def test_coverage_counts():
    """Shares are of what was counted, at the horizon asked for; verdicts allow four points."""
    names = [f"{unit}_{level}" for unit in ("interval", "day", "week") for level in (80, 95)]
    rows = {"horizon": [7, 7, 28]}
    for name in names:
        rows |= {f"inside_{name}": [40.0, 37.0, 1.0], f"count_{name}": [50.0, 50.0, 999.0]}
    found = coverage(pd.DataFrame(rows))
    assert found["day_80"] == {"share": 0.77, "count": 100}
    holds = {verdict.claim: verdict.holds for verdict in coverage_verdicts("here", found)}
    assert holds["here: 80% of days inside the band, ± 4%"]
    assert not holds["here: 95% of days inside the band, ± 4%"]


def test_kinds_of_days():
    """Each kind of day counts once for a queue, with the product of its true effects."""
    center = chinese(400)
    kinds = _kinds(center)
    assert not kinds.duplicated(["queue", "kind"]).any()
    before = kinds[kinds["kind"] == "day after holiday and payday"]
    assert (before["true"] == pytest.approx(1.15 * 1.12)) if len(before) else True
    day = center.truth.effects[center.truth.effects["queue"] == "voice"]
    last = kinds[(kinds["queue"] == "voice") & (kinds["kind"] == "payday")].iloc[0]
    here = day[day["day"] == last["day"]]
    assert here["factor"].tolist() == [last["true"]] == [1.12]


def test_effects_inside_their_intervals():
    """An error of one deviation lies inside 80 %, of 1.5 inside 95 % only, of 3 outside."""
    deviation = 0.1
    away = np.exp(deviation * np.array([1.0, 1.5, 3.0]))
    found = pd.DataFrame(
        {
            "true": 1.0,
            "factor": away,
            "lower": away * np.exp(-1.96 * deviation),
            "upper": away * np.exp(1.96 * deviation),
        }
    )
    held = _held(found)
    assert held["inside_80"] == pytest.approx(1 / 3)
    assert held["inside_95"] == pytest.approx(2 / 3)
    assert held["error"] == pytest.approx(0.55 / 3)


def test_centers_keep_their_calendar():
    """The calendar of a centre names the countries and what happens, not what is true of it."""
    center = german(70)
    assert center.end == date(2023, 1, 2) + timedelta(days=70)
    assert center.calendar.countries_of("voice") == ("DE",)
    assert center.calendar.countries_of("austria") == ("AT",)
    assert all(event.effect is None for event in center.calendar.events)


def test_a_watched_process():
    """What a function gives, its seconds and its memory come back; a crash is said."""
    found = watched(forecast_scale.draw, 1, 7, "/dev/null")
    assert found.found == {"rows": 7 * 96}
    assert found.seconds > 0
    assert found.megabytes > 10
    with pytest.raises(RuntimeError, match="exit ended without a result"):
        watched(os._exit, 1)


@needs_calls
def test_the_bank(tmp_path):
    """The bank's calls are read by 30 minutes; a file that is missing is named."""
    history = bank_history(CALLS)
    assert (history.interval, history.queues) == (30, ("calls",))
    with pytest.raises(InputError, match="be the file of the bank's calls"):
        bank_history(tmp_path / "none.csv")


@needs_calls
def test_forecast_accuracy(tmp_path, capsys):
    """Errors, effects, coverage and verdicts of real and of synthetic data are written."""
    file = tmp_path / "accuracy.json"
    arguments = ["--quick", "--data", str(CALLS), "--jobs", "1", "--json", str(file)]
    assert forecast_accuracy.main(arguments) == 0
    record = json.loads(file.read_text(encoding="utf-8"))
    bank, made = record["figures"]["bank"], record["figures"]["synthetic"]
    for who in ("wfm", "mean of 4", "seasonal naive"):
        week = bank["errors"]["weekly"][who]["7"]
        assert 0 < week["wape_day"] <= week["wape"] < 0.2
        assert week["origins"] == 4
    assert bank["coverage"]["up to 7 d"]["interval_80"]["count"] > 500
    rows = made["centers"]["DE"]["errors"]
    for group in ("all", "with holidays"):
        assert 0 < rows[group]["wfm"]["7"]["wape"] < rows[group]["mean of 4"]["7"]["wape"]
    assert rows["with holidays"]["wfm"]["7"]["origins"] < rows["all"]["wfm"]["7"]["origins"]
    held = made["centers"]["DE"]["effects"]["days"]
    assert held["count"] > 10
    assert 0.5 < held["inside_80"] <= held["inside_95"] <= 1
    claims = [verdict["claim"] for verdict in record["figures"]["verdicts"]]
    assert "bank, weekly origins, 7 d: 15% below the mean of 4" in claims
    assert "DE, weeks with holidays: 20% below the mean of 4" in claims
    assert "synthetic: 95% of weeks inside the band, ± 4%" in claims
    shown = capsys.readouterr().out
    assert all(claim in shown for claim in claims)


def test_forecast_scale(tmp_path, capsys):
    """Drawing, reading and forecasting have their own seconds and memory."""
    file = tmp_path / "scale.json"
    assert forecast_scale.main(["--quick", "--jobs", "1", "--json", str(file)]) == 0
    steps = json.loads(file.read_text(encoding="utf-8"))["figures"]["steps"]
    assert list(steps) == ["draw and write", "read", "forecast"]
    assert all(step["seconds"] > 0 and step["megabytes"] > 10 for step in steps.values())
    assert steps["read"]["rows"] == steps["draw and write"]["rows"] > 10_000
    assert steps["forecast"]["queues"] == 3
    assert "3 queues are forecast" in capsys.readouterr().out
