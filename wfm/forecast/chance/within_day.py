"""How the contacts of intervals scatter around their day's total, beyond Poisson's chance."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LONGEST: Final = 0.98
"""Most of a deviation that may be left an interval later."""
LEAST: Final = 2.0
"""Contacts expected of an interval from which on it tells of more than Poisson's chance."""


class WithinDay(NamedTuple):
    """Deviations of intervals from their share of the day, on the log scale.

    A first-order autoregression over the intervals of a day, times Poisson's chance; the day's own
    factor comes on top. A busy factor with correlation within the day, as in Avramidis, Deslauriers
    & L'Ecuyer (2004) and Ibrahim & L'Ecuyer (2013), but not tied to a parametric family's mean.
    """

    variance: float
    """Of the log of an interval's rate about its day's."""
    lasting: float
    """Share of a deviation that is left an interval later."""

    def root(self, times: int) -> Floats:
        """Factor of the covariance of a day's intervals, shape ``(times, times)``."""
        apart = np.abs(np.subtract.outer(np.arange(times), np.arange(times)))
        covariance = self.variance * self.lasting**apart
        return np.asarray(np.linalg.cholesky(covariance + 1e-12 * np.eye(times)))


def within_day(offered: Floats, expected: Floats, counted: NDArray[np.bool_]) -> WithinDay:
    """Measure the scatter by moments: what is left of squares and products after Poisson's share.

    Parameters
    ----------
    offered : numpy.ndarray
        Contacts, shape ``(days, times)``.
    expected : numpy.ndarray
        Those of the day's total by the day's shape, same shape.
    counted : numpy.ndarray of bool
        Which intervals to look at, same shape.
    """
    used = counted & (expected >= LEAST)
    if not used.any():
        return WithinDay(0.0, 0.0)
    away = np.where(used, offered - expected, 0.0)
    mean = np.where(used, expected, 0.0)
    # The day's total is taken from the same contacts, which hides a share of their scatter.
    intervals = used.sum(axis=1)
    hidden = 1 - 1 / np.maximum(intervals.mean(), 2.0)
    variance = ((away**2).sum() / hidden - mean.sum()) / (mean**2).sum()
    if variance <= 0:
        return WithinDay(0.0, 0.0)
    together = (mean[:, 1:] * mean[:, :-1]).sum()
    covariance = (away[:, 1:] * away[:, :-1]).sum() / together if together else 0.0
    return WithinDay(float(variance), float(np.clip(covariance / variance, 0.0, LONGEST)))
