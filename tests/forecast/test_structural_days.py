"""The structural model of day totals: against a Kalman filter, by its gradient, on known truth."""

from datetime import date

import numpy as np
import pytest
from scipy.optimize import check_grad
from statsmodels.tsa.statespace.mlemodel import MLEModel

from wfm.forecast.calendar.calendar import Calendar
from wfm.forecast.calendar.effects import Effects, effects
from wfm.forecast.days.covariance import ANYWHERE, WEEKDAYS, parts
from wfm.forecast.days.model import DayTotals
from wfm.forecast.days.scales import (
    USUAL,
    Scales,
    _free,
    _loss,
    _scales,
    factor,
    inverse_of,
    learn_scales,
)
from wfm.forecast.days.shifts import clearest_shift
from wfm.forecast.days.structural import Structural

MONDAY = date(2025, 1, 6)
WEEK = np.log([1.3, 1.1, 1.0, 1.0, 1.1, 0.6, 0.5])


def plain(days: int, matrix=None, scale=0.3) -> Effects:
    """Days of a calendar with the effects of a matrix."""
    columns = np.zeros((days, 0)) if matrix is None else np.asarray(matrix, dtype=float)
    return Effects(
        first=MONDAY,
        names=tuple(f"effect {k}" for k in range(columns.shape[1])),
        matrix=columns,
        scale=np.full(columns.shape[1], scale),
        mean=np.zeros(columns.shape[1]),
        stated=np.zeros(days),
        weekday=np.arange(days) % 7,
        special=np.zeros(days, dtype=bool),
        unknown=np.zeros(days, dtype=bool),
    )


def totals(logs) -> DayTotals:
    """Day totals of logs, NaN where unknown."""
    contacts = np.exp(np.asarray(logs, dtype=float))
    return DayTotals(MONDAY, contacts, np.where(np.isnan(contacts), 0.0, 1.0))


def noisy(days, seed=0, noise=0.03, level=12.0):
    """Logs of days of a steady queue, so large that the chance of single contacts is nothing."""
    random = np.random.default_rng(seed)
    return level + WEEK[np.arange(days) % 7] + random.normal(0, noise, days)


class Filter(MLEModel):
    """Level, fading deviations and weekdays as the states of a Kalman filter."""

    def __init__(self, logs, scales: Scales, variance):
        super().__init__(logs, k_states=9, k_posdef=2)
        days = len(logs)
        self["transition"] = np.diag([1.0, scales.lasting, *np.ones(7)])
        self["selection"] = np.eye(9, 2)
        shock = scales.fading**2 * (1 - scales.lasting**2)
        self["state_cov"] = np.diag([scales.level**2, shock])
        week = np.eye(7)[np.arange(days) % 7].T
        self["design"] = np.concatenate([np.ones((2, days)), week])[None]
        self["obs_cov"] = (scales.noise**2 + np.asarray(variance))[None, None]
        start = np.zeros((9, 9))
        start[0, 0], start[1, 1] = ANYWHERE**2, scales.fading**2
        start[2:, 2:] = WEEKDAYS**2 * (np.eye(7) - 1 / 7)
        self.ssm.initialize_known(np.zeros(9), start)


def test_the_same_as_a_kalman_filter():
    """One covariance matrix gives the forecasts, variances and likelihood of a Kalman filter."""
    scales = Scales(0.01, 1e-9, 1e-9, 0.03, 0.05, 0.7, 0.0)
    logs = noisy(80, level=0.0)
    logs[[5, 17, 18, 40]] = np.nan
    variance = np.linspace(1e-4, 1e-3, 87)
    every = parts(plain(87))
    known = np.flatnonzero(~np.isnan(logs))
    own = type(every)(*(part[np.ix_(known, known)] for part in every))
    root = factor(scales, own, variance[known], np.ones(len(known)))
    inverse = inverse_of(root)
    total = scales.covariance(every)
    ahead = np.arange(80, 87)
    to_known = total[np.ix_(ahead, known)]
    mean = to_known @ inverse @ logs[known]
    deviation = np.diag(total)[ahead] - np.diag(to_known @ inverse @ to_known.T)
    value, _ = _loss(scales, own, logs[known], variance[known], np.ones(len(known)))
    found = Filter(np.r_[logs, np.full(7, np.nan)], scales, variance).ssm.filter()
    np.testing.assert_allclose(found.forecasts[0, 80:], mean, atol=1e-9)
    seen = found.forecasts_error_cov[0, 0, 80:] - scales.noise**2 - variance[80:]
    np.testing.assert_allclose(seen, deviation, rtol=1e-6)
    likelihood = -value - len(known) / 2 * np.log(2 * np.pi)
    assert found.llf_obs.sum() == pytest.approx(likelihood, rel=1e-9)


@pytest.mark.parametrize("seed", range(4))
def test_the_gradient_of_the_likelihood(seed):
    """The gradient is that of finite differences, wherever the scales are."""
    random = np.random.default_rng(seed)
    every = parts(plain(60))
    logs = noisy(60, seed, level=0.0)
    variance, weights = np.full(60, 1e-3), random.uniform(1, 3, 60)
    at = _free(USUAL) + random.normal(0, 0.5, 6)
    off = check_grad(
        lambda free: _loss(_scales(free, 0.0), every, logs, variance, weights)[0],
        lambda free: _loss(_scales(free, 0.0), every, logs, variance, weights)[1],
        at,
    )
    slope = _loss(_scales(at, 0.0), every, logs, variance, weights)[1]
    assert off < 1e-4 * np.abs(slope).max()


def test_scales_are_learned():
    """Two years of a noisy and of a quiet queue teach the noise of each within a fifth."""
    every = parts(plain(728))
    for noise in (0.01, 0.1):
        logs = noisy(728, noise=noise, level=0.0)
        found = learn_scales(every, logs, np.zeros(728), np.ones(728), USUAL)
        assert np.hypot(found.noise, found.fading) == pytest.approx(noise, rel=0.2)


def test_effects_are_recovered_within_their_intervals():
    """Of 200 planted effects, no occasion like another, 95 % lie in the interval of 95 %."""
    inside = []
    for seed in range(20):
        random = np.random.default_rng(seed)
        matrix = (random.random((400, 10)) < 0.03).astype(float)
        truth = random.normal(0, 0.3, 10)
        occasion = random.normal(0, 0.05, 372) * matrix[:372].any(axis=1)
        logs = noisy(372, seed) + matrix[:372] @ truth + occasion
        found = Structural().effects(totals(logs), plain(400, matrix))
        inside += list(np.abs(found.mean - truth) < 1.96 * found.deviation)
    assert 0.9 <= np.mean(inside) <= 0.995


def test_sums_of_effects_are_known_better_than_each():
    """Two effects that always meet are known together, though not apart."""
    matrix = np.zeros((200, 2))
    matrix[::20] = 1.0
    logs = noisy(190) + 0.4 * matrix[:190, 0]
    together = plain(200, matrix)
    apart = Structural().effects(totals(logs), together)
    both = Structural().effects(totals(logs), together, np.ones((1, 2)))
    assert both.mean[0] == pytest.approx(0.4, abs=0.05)
    assert both.mean[0] == pytest.approx(apart.mean.sum())
    assert both.deviation[0] < apart.deviation.min() / 4


def test_forecasts_hold_their_intervals():
    """Days drawn from steady queues lie within the 80 and 95 % intervals about as often."""
    away = []
    for seed in range(40):
        logs = noisy(134, seed, noise=0.08)
        found = Structural().predict(totals(logs[:120]), plain(134))
        away += list((logs[120:] - found.mean) / np.sqrt(np.diag(found.covariance)))
    assert np.mean(np.abs(away) < 1.2816) == pytest.approx(0.8, abs=0.05)
    assert np.mean(np.abs(away) < 1.96) == pytest.approx(0.95, abs=0.04)


def test_a_day_out_of_line_hardly_pulls():
    """One day at three times its contacts moves the next days by less than a noisy day does."""
    logs = noisy(80)
    spoiled = logs.copy()
    spoiled[75] += np.log(3)
    plain_days = plain(87)
    usual = Structural().predict(totals(logs), plain_days).mean
    moved = Structural().predict(totals(spoiled), plain_days).mean
    np.testing.assert_allclose(moved, usual, atol=0.03)


@pytest.mark.parametrize("at", [30, 61, 100])
def test_a_shift_of_level_is_found(at):
    """A lasting change of a fifth is followed at once, wherever it lies."""
    logs = noisy(126)
    logs[at:] += 0.2
    found = Structural().predict(totals(logs), plain(133))
    np.testing.assert_allclose(found.mean, 12.2 + WEEK, atol=0.03)


def test_no_shift_without_one():
    """Steady queues, a bad week and a trend show no shift of level."""
    variance = np.full(120, 1e-4)
    every = parts(plain(120))
    inverse = inverse_of(factor(USUAL, every, variance, np.ones(120)))
    trend = np.linspace(0, 0.15, 120)
    outage = np.where((np.arange(120) // 7) == 9, -0.15, 0.0)
    for seed in range(50):
        logs = noisy(120, seed, level=0.0)
        for course in (logs, logs + trend, logs + outage):
            assert clearest_shift(inverse, inverse @ course) is None


def test_nothing_is_known_of_a_day_but_its_weekday():
    """A single day of history gives a forecast of its size, with an interval as wide as a week."""
    found = Structural().predict(totals([np.log(500)]), plain(8))
    assert np.exp(found.mean).mean() == pytest.approx(500, rel=0.5)
    assert (np.sqrt(np.diag(found.covariance))[:6] > 0.5).all()


def test_stated_effects_are_taken_as_they_are():
    """A stated factor is taken out of the past and put onto the days to come."""
    logs = noisy(70)
    logs[::10] += np.log(1.5)
    stated = np.zeros(77)
    stated[:70:10], stated[73] = np.log(1.5), -np.inf
    days = plain(77)
    told = Effects(**{**vars(days), "stated": stated, "unknown": np.isneginf(stated)})
    found = Structural().predict(totals(logs), told)
    np.testing.assert_allclose(np.delete(found.mean, 3), 12 + np.delete(WEEK, 3), atol=0.03)
    assert found.mean[3] == -np.inf


def test_years_of_history_are_kept_short():
    """Five years are forecast as well as three, without slowing with their square."""
    calendar = effects(Calendar(days_of_month=False), MONDAY, 1833, "calls")
    found = Structural().predict(totals(noisy(1826)), calendar)
    expected = 12 + WEEK[np.arange(1826, 1833) % 7]
    np.testing.assert_allclose(found.mean, expected, atol=0.02)
    assert len(found.residual) == 1826
    assert np.isnan(found.residual[:700]).all()
