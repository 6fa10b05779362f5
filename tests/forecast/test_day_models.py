"""Day totals by exponential smoothing and by other packages, with the calendar taken out."""

import sys
from datetime import date, timedelta

import numpy as np
import pytest

from tests.forecast.pasts import history, horizon
from wfm.errors import InputError, MissingExtraError
from wfm.forecast import ExponentialSmoothing, StatsforecastModel
from wfm.forecast.calendar.effects import Effects
from wfm.forecast.day_forecaster import DayForecaster
from wfm.forecast.days.model import DayTotals
from wfm.forecast.days.plain import plain_days
from wfm.forecast.days.smoothing import _responses
from wfm.forecast.days.structural import Structural

MONDAY = date(2026, 1, 5)
WEEKDAYS = np.log([1.3, 1.1, 1.0, 1.0, 1.1, 0.6, 0.5])


def effects(days, columns=None, stated=None, first=MONDAY):
    """A calendar of some columns, whose effects may be a third up or down."""
    matrix = np.zeros((days, 0)) if columns is None else np.array(columns, dtype=float).T
    return Effects(
        first=first,
        names=tuple(f"effect {index}" for index in range(matrix.shape[1])),
        matrix=matrix,
        scale=np.full(matrix.shape[1], 0.3),
        mean=np.zeros(matrix.shape[1]),
        stated=np.zeros(days) if stated is None else np.array(stated, dtype=float),
        weekday=(first.weekday() + np.arange(days)) % 7,
        special=np.zeros(days, dtype=bool),
        unknown=np.isneginf(np.zeros(days) if stated is None else stated),
    )


def totals(logs, first=MONDAY):
    contacts = np.exp(np.array(logs, dtype=float))
    return DayTotals(first, contacts, np.where(np.isnan(contacts), 0.0, 1.0))


def weekly(days):
    return 7 + WEEKDAYS[np.arange(days) % 7]


def models():
    yield pytest.param(ExponentialSmoothing(), id="smoothing")
    yield pytest.param(ExponentialSmoothing(trend=True), id="trend")
    for name in ("AutoETS", "AutoTheta", "MSTL", "AutoCES", "MFLES"):
        yield pytest.param(name, id=name)


@pytest.fixture(params=list(models()))
def model(request):
    if not isinstance(request.param, str):
        return request.param
    pytest.importorskip("statsforecast")
    additive = {"decomposition_type": "additive"} if request.param == "AutoTheta" else {}
    return StatsforecastModel(request.param, additive)


def noisy(days, seed=2, deviation=0.03):
    return weekly(days) + deviation * np.random.default_rng(seed).standard_normal(days)


def test_weeks_are_continued(model):
    """Weeks that repeat themselves, but for noise, go on as they were."""
    made = model.predict(totals(noisy(140)), effects(154))
    np.testing.assert_allclose(made.mean, weekly(14), atol=0.06)
    assert made.residual.shape == (140,)
    assert np.nanstd(made.residual[28:]) < 0.06
    deviation = np.sqrt(np.diag(made.covariance))
    assert (deviation > 0.005).all()
    assert (deviation < 0.1).all()
    assert np.linalg.eigvalsh(made.covariance).min() > -1e-12


def test_the_calendar_is_taken_out_and_put_back(model):
    """Days half as busy again leave the others alone, and come back where the calendar says so."""
    days, marked = 140, np.zeros(154)
    marked[5:140:17] = 1
    marked[[143, 150]] = 1
    made = model.predict(totals(noisy(days) + 0.4 * marked[:days]), effects(154, [marked]))
    np.testing.assert_allclose(made.mean, weekly(14) + 0.4 * marked[days:], atol=0.09)


def test_stated_factors(model):
    """A day that is stated as half as busy is forecast so, and one that is closed gets nothing."""
    stated = np.zeros(154)
    stated[[20, 142]] = np.log(0.5)
    stated[[30, 145]] = -np.inf
    logs = noisy(140) + np.where(np.isneginf(stated[:140]), 0.0, stated[:140])
    logs[30] = np.nan
    made = model.predict(totals(logs), effects(154, stated=stated))
    expected = weekly(14) + stated[140:]
    np.testing.assert_allclose(np.exp(made.mean), np.exp(expected), rtol=0.07)


def test_gaps_and_closed_weekdays(model):
    """Unknown days, and weekdays that are never open, hinder nothing."""
    logs = noisy(140)
    logs[6::7] = np.nan
    logs[50:60] = np.nan
    made = model.predict(totals(logs), effects(147))
    np.testing.assert_allclose(made.mean[:6], weekly(6), atol=0.06)
    assert np.isfinite(made.mean).all()
    assert np.isnan(made.residual[50:60]).all()
    known = ~np.isnan(made.residual)
    assert known.sum() == np.isfinite(logs).sum()


@pytest.mark.parametrize("days", [1, 8, 27])
def test_short_histories_are_left_to_the_structural_model(model, days):
    """Below four weeks, the answer is that of the structural model."""
    past, calendar = totals(noisy(days)), effects(days + 7)
    made, other = (each.predict(past, calendar) for each in (model, Structural()))
    np.testing.assert_array_equal(made.mean, other.mean)


def test_one_day_out_of_line():
    """A day with nothing does not carry the level away."""
    logs = noisy(140)
    logs[138] = np.log(0.5)
    made = ExponentialSmoothing().predict(totals(logs), effects(147))
    np.testing.assert_allclose(made.mean, weekly(7), atol=0.1)


def test_smoothing_follows_a_level():
    """A level that has risen by half for six weeks is where the forecast begins."""
    logs = noisy(182)
    logs[140:] += np.log(1.5)
    made = ExponentialSmoothing().predict(totals(logs), effects(189))
    np.testing.assert_allclose(made.mean, weekly(7) + np.log(1.5), atol=0.1)


def test_responses_by_hand():
    """An error of 1 moves later days by level and damped trend, and those a week later besides."""
    learned = {
        "smoothing_level": 0.5,
        "smoothing_trend": 0.1,
        "damping_trend": 0.5,
        "smoothing_seasonal": 0.2,
    }
    found = _responses(learned, 9)
    assert found[:3].tolist() == pytest.approx([1.0, 0.55, 0.575])
    trend = sum(0.5**step for step in range(1, 8))
    assert found[7] == pytest.approx(0.5 + 0.1 * trend + 0.2)


def test_variance_grows_with_the_days_ahead():
    """A day in four weeks is less certain than tomorrow, and days ahead err together."""
    rng = np.random.default_rng(5)
    logs = noisy(364) + np.cumsum(0.04 * rng.standard_normal(364))
    covariance = ExponentialSmoothing().predict(totals(logs), effects(392)).covariance
    assert covariance[27, 27] > 4 * covariance[0, 0]
    assert covariance[26, 27] > 0.5 * covariance[27, 27]


def test_ridge_shrinks_what_is_rare():
    """An effect seen once is learned in part, one seen often nearly in full."""
    once, often = np.zeros(147), np.zeros(147)
    once[70], often[3:147:9] = 1, 1
    noise, columns = noisy(140, deviation=0.1), effects(147, [once, often])
    logs = noise + 0.5 * once[:140] + 0.5 * often[:140]
    alone, days = (plain_days(totals(each), columns) for each in (noise, logs))
    assert days.ahead == 7
    assert 0.3 < days.calendar[70] - alone.calendar[70] < 0.48
    assert days.calendar[3] == pytest.approx(0.5, abs=0.1)


def test_a_chance_of_few_contacts_is_no_noise():
    """Days that scatter by chance alone are forecast with a deviation well below that."""
    rng = np.random.default_rng(6)
    counts = rng.poisson(np.exp(weekly(280) - 4)).astype(float)
    made = ExponentialSmoothing().predict(DayTotals(MONDAY, counts, np.ones(280)), effects(287))
    assert np.sqrt(made.covariance[0, 0]) < 0.6 / np.sqrt(np.exp(made.mean[0]))


def test_within_the_whole_forecaster(model):
    """Behind `DayForecaster` it forecasts intervals, with a band and scenarios around them."""
    rng = np.random.default_rng(7)
    shape = np.outer(np.exp(WEEKDAYS), 40 + 30 * np.sin(np.arange(24) / 4))
    past = history([rng.poisson(shape).astype(float) for _ in range(12)])
    forecaster, window = DayForecaster(model, band_samples=50), horizon("2026-03-30")
    volume = forecaster.forecast(past, window)
    contacts = volume.array("contacts")[0]
    assert np.abs(contacts - shape.ravel()).sum() < 0.1 * shape.sum()
    drawn = forecaster.scenarios(past, window, samples=50).contacts[:, 0]
    assert abs(drawn.mean(axis=0).sum() / contacts.sum() - 1) < 0.05


def test_models_that_do_not_exist():
    """A name that statsforecast lacks, and an option that the model lacks, are refused."""
    pytest.importorskip("statsforecast")
    with pytest.raises(InputError, match=r"StatsforecastModel\.name must be a model of statsfore"):
        StatsforecastModel("AutoMagic")
    with pytest.raises(InputError, match=r"StatsforecastModel\.options must be among those of Aut"):
        StatsforecastModel("AutoETS", {"seasons": 7})


def test_without_the_extra(monkeypatch):
    """Where statsforecast is not installed, the message says how to get it."""
    monkeypatch.setitem(sys.modules, "statsforecast", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'wfm\[statsforecast\]'"):
        StatsforecastModel("AutoETS")


def test_the_week_may_begin_on_any_day(model):
    """Weekdays are those of the dates, whatever the first day is."""
    logs = noisy(147)[3:]
    first = MONDAY + timedelta(days=3)
    made = model.predict(totals(logs, first), effects(151, first=first))
    np.testing.assert_allclose(made.mean, weekly(7), atol=0.06)
