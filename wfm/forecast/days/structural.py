"""Day totals as level, damped trend, weekdays, season and calendar, estimated together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_solve

from wfm.forecast.calendar.effects import Effects
from wfm.forecast.days.covariance import Floats, Parts, parts
from wfm.forecast.days.model import FEWEST, FREEDOM, DayForecast, DayTotals, EffectEstimates
from wfm.forecast.days.scales import USUAL, YEARLY, Scales, factor, inverse_of, learn_scales
from wfm.forecast.days.shifts import LARGEST, clearest_shift, step
from wfm.forecast.one_thread import one_thread

LEARNED: Final = 400
"""Last days from which the scales are learned."""
KEPT: Final = 1100
"""Last days from which all else is learned: three years."""
SEASONED: Final = 540
"""Days of history from which on there is a season of the year."""
TAKEN: Final = 30.0
"""Days that what is assumed of the scales weighs as much as."""
SHIFTS: Final = 4
"""Most shifts of level that are looked for."""
ROUNDS: Final = 2
"""How often the weights of days are found anew."""


class _Fit(NamedTuple):
    """What was learned of the past."""

    every: Parts
    """Covariances of all days, with the shifts of level that were found."""
    scales: Scales
    root: tuple[Floats, bool]
    pull: Floats
    """Inverse covariance times the logs about their middle."""
    known: NDArray[np.int64]
    middle: float
    tails: float
    """Variance of a day's noise, days out of line among them, by that of the others."""


@dataclass(frozen=True)
class Structural:
    """Structural model of the logs of day totals.

    Level (a random walk), damped trend, weekdays, deviations that fade within days, the season of
    the year once there is a year and a half of history, calendar effects as regressors shrunk by
    their prior deviations, and a day's own noise on top of the chance of single contacts
    (Harvey 1989, chapter 2, with a damped trend). All are Gaussian, so that everything is estimated
    at once from one covariance matrix of the days, its scales by maximum a posteriori; days out
    of line are weighed down as under a Student's t with 5 degrees of freedom (Lange, Little &
    Taylor 1989). The same answer as a Kalman smoother's, whose state would hold every regressor.
    """

    @one_thread
    def predict(self, past: DayTotals, effects: Effects) -> DayForecast:
        """Forecast the days after the past ones; see :class:`DayModel`."""
        count = len(past.contacts)
        skipped = max(0, count - KEPT)
        own, behind = effects.since(skipped), count - skipped
        fit = _fit(past, own, skipped)
        total = fit.scales.covariance(fit.every)
        ahead = np.arange(behind, len(own.weekday))
        to_known = total[np.ix_(ahead, fit.known)]
        mean = fit.middle + to_known @ fit.pull + own.offset[ahead]
        certain = to_known @ cho_solve(fit.root, to_known.T, check_finite=False)
        covariance = total[np.ix_(ahead, ahead)] - certain
        alone = np.diag(covariance) + fit.scales.noise**2 * fit.tails
        covariance[np.diag_indices_from(covariance)] = alone * _doubt(fit)
        residual = np.full(count, np.nan)
        fitted = fit.middle + total[np.ix_(fit.known, fit.known)] @ fit.pull
        residual[skipped + fit.known] = _logs(past, own, skipped)[fit.known] - fitted
        return DayForecast(mean, covariance, residual)

    @one_thread
    def effects(
        self, past: DayTotals, effects: Effects, combined: Floats | None = None
    ) -> EffectEstimates:
        """Estimate the calendar's effects on the log of a day's contacts.

        Parameters
        ----------
        past, effects
            As for `predict`.
        combined : numpy.ndarray, optional
            Sums of effects to be estimated, as weights of the columns, shape ``(sums, columns)``,
            such as rows of `Effects.matrix` for whole days; each column by itself by default.
        """
        skipped = max(0, len(past.contacts) - KEPT)
        own = effects.since(skipped)
        fit = _fit(past, own, skipped)
        weights = np.eye(len(own.scale)) if combined is None else combined
        prior = weights * own.scale**2
        known = prior @ own.matrix[fit.known].T
        certain = (known * cho_solve(fit.root, known.T, check_finite=False).T).sum(axis=1)
        variance = (prior * weights).sum(axis=1) - certain
        mean = weights @ own.mean + known @ fit.pull
        return EffectEstimates(mean, np.sqrt(np.maximum(variance, 0.0)))


def _fit(past: DayTotals, effects: Effects, skipped: int) -> _Fit:
    logs = _logs(past, effects, skipped)
    known = np.flatnonzero(~np.isnan(logs) & ~effects.unknown[: len(logs)])
    seen = logs[known]
    middle = float(np.median(seen))
    share = past.share[skipped:][known]
    scales = USUAL._replace(yearly=YEARLY if np.ptp(known) >= SEASONED else 0.0)
    weights = np.ones(len(known))
    fitted = np.full(len(known), middle)
    variance = _chance(fitted, share)
    every = _shifted(parts(effects), known, seen - middle, variance)
    own = _of(every, known)
    late = known >= known[-1] - LEARNED
    last = _of(own, np.flatnonzero(late))
    for _ in range(ROUNDS):
        variance = _chance(fitted, share)
        now = seen[late] - middle, variance[late], weights[late]
        scales = learn_scales(last, *now, scales)
        root = factor(scales, own, variance, weights)
        pull = cho_solve(root, seen - middle, check_finite=False)
        fitted = seen - (scales.noise**2 * weights + variance) * pull
        weights = _weights(root, pull, scales.noise**2 * (weights - 1))
    root = factor(scales, own, _chance(fitted, share), weights)
    pull = cho_solve(root, seen - middle, check_finite=False)
    tails = float(np.minimum(weights, FREEDOM).mean())
    return _Fit(every, scales, root, pull, known, middle, tails)


def _chance(fitted: Floats, share: Floats) -> Floats:
    """Variance of logs by the chance of the contacts expected: few that came say no less."""
    return np.asarray(1 / np.maximum(np.exp(fitted) * share, FEWEST))


def _shifted(every: Parts, known: NDArray[np.int64], logs: Floats, variance: Floats) -> Parts:
    """Let the level move freely on the days on which it clearly did."""
    for _ in range(SHIFTS):
        root = factor(USUAL, _of(every, known), variance, np.ones(len(known)))
        place = clearest_shift(inverse_of(root), cho_solve(root, logs, check_finite=False))
        if place is None:
            break
        moved = step(len(every.fixed), int(known[place]))
        every = every._replace(fixed=every.fixed + LARGEST**2 * np.outer(moved, moved))
    return every


def _weights(root: tuple[Floats, bool], pull: Floats, added: Floats) -> Floats:
    """Factor on the noise of each day by how far it lies off what the others say of it."""
    alone = 1 / np.diag(inverse_of(root))
    away = (pull * alone) ** 2 / np.maximum(alone - added, 1e-12)
    return np.maximum(1.0, (FREEDOM + away) / (FREEDOM + 1))


def _logs(past: DayTotals, effects: Effects, skipped: int) -> Floats:
    """Log of each day's contacts without what is stated of it; a day without any counts as half."""
    contacts = past.contacts[skipped:]
    expected = effects.offset[: len(contacts)]
    return np.asarray(np.log(np.maximum(contacts, FEWEST)) - expected)


def _doubt(fit: _Fit) -> float:
    """Factor on variances whose scale was learned from days that also taught the effects.

    As in regression, days less parameters take the place of days; the number of parameters is the
    trace that says how far the effects follow the data (Hastie & Tibshirani 1990, section 3.5).
    """
    own = fit.every.fixed[np.ix_(fit.known, fit.known)]
    learned = float(np.vdot(own, inverse_of(fit.root)))
    days = len(fit.known) + TAKEN
    return days / (days - learned)


def _of(every: Parts, chosen: NDArray[np.int64]) -> Parts:
    kept = np.ix_(chosen, chosen)
    return Parts(**{name: part[kept] for name, part in every._asdict().items()})
