"""How strongly each component of the day totals moves, learned by maximum a posteriori."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor
from scipy.linalg.lapack import dpotri
from scipy.optimize import minimize

from wfm.forecast.days.covariance import Floats, Parts

YEARLY: Final = 0.06
"""Standard deviation of the season of the year, once a history is long enough to hold one."""


class Scales(NamedTuple):
    """Standard deviations on the log scale, and how long deviations last."""

    level: float
    """Of the level's step in a day."""
    trend: float
    """Of the trend's step in a day."""
    weekdays: float
    """Of a weekday's step in a week."""
    noise: float
    """Of a day by itself."""
    fading: float
    """Of what is shared with the days around."""
    lasting: float
    """Share of that which is left a day later."""
    yearly: float
    """Of the season of the year."""

    def covariance(self, parts: Parts) -> Floats:
        """Covariance of the logs, without the noise of single days."""
        left = self.lasting ** np.arange(parts.apart.max() + 1)
        return np.asarray(
            parts.fixed
            + self.level**2 * parts.level
            + self.trend**2 * parts.trend
            + self.weekdays**2 * parts.weekdays
            + self.yearly**2 * parts.yearly
            + self.fading**2 * left[parts.apart]
        )


USUAL: Final = Scales(0.002, 0.0001, 0.002, 0.025, 0.04, 0.6, 0.0)
"""What is assumed before a queue is seen."""
FARTHEST: Final = 6.0
"""How far the logs of these may come to lie above."""
DOUBT: Final = np.array([0.3, 0.3, 0.3, 0.7, 0.5, 0.3])
"""Standard deviations of the logs of these, and of the log odds of what lasts."""


def learn_scales(
    parts: Parts, logs: Floats, variance: Floats, weights: Floats, begin: Scales
) -> Scales:
    """Scales that make the past most likely, given what is usual.

    The marginal likelihood of a Gaussian process and its gradient (Rasmussen & Williams 2006,
    equations 5.8 and 5.9), plus a normal prior on the logs of the scales.

    Parameters
    ----------
    parts : Parts
        Of the known days.
    logs : numpy.ndarray
        Log of each day's contacts about their middle, shape ``(days,)``.
    variance : numpy.ndarray
        Variance of each by the chance of single contacts, same shape.
    weights : numpy.ndarray
        Factor on each day's own noise, 1 and above for days that are out of line, same shape.
    begin : Scales
        Where to begin; its season of the year is kept.
    """
    usual = _free(USUAL)

    def loss(free: Floats) -> tuple[float, Floats]:
        value, slope = _loss(_scales(free, begin.yearly), parts, logs, variance, weights)
        away = (free - usual) / DOUBT
        return value + float(away @ away) / 2, slope + away / DOUBT

    # A line search that strays would overflow.
    found = minimize(
        loss,
        _free(begin),
        jac=True,
        method="L-BFGS-B",
        bounds=[(None, most) for most in (usual + FARTHEST).tolist()],
        options={"maxiter": 20, "ftol": 1e-6},
    )
    return _scales(found.x, begin.yearly)


def factor(
    scales: Scales, parts: Parts, variance: Floats, weights: Floats
) -> tuple[NDArray[np.float64], bool]:
    """Cholesky factor of the covariance of the known days, as scipy's ``cho_solve`` takes it."""
    total = scales.covariance(parts)
    total[np.diag_indices_from(total)] += scales.noise**2 * weights + variance
    found: tuple[NDArray[np.float64], bool] = cho_factor(total, lower=True, check_finite=False)
    return found


def inverse_of(root: tuple[NDArray[np.float64], bool]) -> Floats:
    """Inverse of a matrix from its lower Cholesky factor."""
    lower = np.tril(dpotri(root[0], lower=1)[0])
    return np.asarray(lower + np.tril(lower, -1).T)


def _loss(
    scales: Scales, parts: Parts, logs: Floats, variance: Floats, weights: Floats
) -> tuple[float, Floats]:
    root = factor(scales, parts, variance, weights)
    inverse = inverse_of(root)
    pull = inverse @ logs
    value = float(logs @ pull) / 2 + float(np.log(np.diag(root[0])).sum())
    slope = inverse - np.outer(pull, pull)
    left = scales.lasting ** np.arange(parts.apart.max() + 1)
    fading, lost = left[parts.apart], (left * np.arange(len(left)))[parts.apart]
    gradient = [
        scales.level**2 * _product(slope, parts.level),
        scales.trend**2 * _product(slope, parts.trend),
        scales.weekdays**2 * _product(slope, parts.weekdays),
        scales.noise**2 * float(np.diag(slope) @ weights),
        scales.fading**2 * _product(slope, fading),
        scales.fading**2 * (1 - scales.lasting) * _product(slope, lost) / 2,
    ]
    return value, np.array(gradient)


def _product(one: Floats, other: Floats) -> float:
    return float(np.vdot(one, other))


def _free(scales: Scales) -> Floats:
    odds = scales.lasting / (1 - scales.lasting)
    return np.log([*scales[:5], odds])


def _scales(free: Floats, yearly: float) -> Scales:
    level, trend, weekdays, noise, fading = np.exp(free[:5]).tolist()
    lasting = float(1 / (1 + np.exp(-free[5])))
    return Scales(level, trend, weekdays, noise, fading, lasting, yearly)
