"""Samples of contacts from day totals, the shape of days and the scatter within them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wfm.forecast.chance.within_day import WithinDay

Floats = NDArray[np.float64]


def draw_days(covariance: Floats, normals: Floats) -> Floats:
    """Factors on the expected day totals, of median 1.

    Parameters
    ----------
    covariance : numpy.ndarray
        Of the logs of the totals, shape ``(days, days)``.
    normals : numpy.ndarray
        Standard normal numbers, shape ``(samples, days)``.

    Returns
    -------
    numpy.ndarray
        Shape ``(samples, days)``.
    """
    jitter = 1e-12 * max(1.0, float(np.trace(covariance)))
    root = np.linalg.cholesky(covariance + jitter * np.eye(len(covariance)))
    return np.asarray(np.exp(normals @ root.T))


def draw_cells(
    expected: Floats, factors: Floats, scatter: WithinDay, random: np.random.Generator
) -> Floats:
    """Rates of each day's times in each sample.

    Parameters
    ----------
    expected : numpy.ndarray
        Contacts expected, shape ``(days, times)``.
    factors : numpy.ndarray
        Of the days, shape ``(samples, days)``.
    scatter : WithinDay
        How times deviate from their day.
    random : numpy.random.Generator
        Where chance comes from.

    Returns
    -------
    numpy.ndarray
        Shape ``(samples, days, times)``. Deviations within a day leave its total as it is.
    """
    rates = factors[..., None] * expected
    if not scatter.variance:
        return np.asarray(rates)
    samples, days, times = rates.shape
    logs = random.standard_normal((samples * days, times)) @ scatter.root(times).T
    moved = rates * np.exp(logs).reshape(rates.shape)
    sums = moved.sum(axis=-1, keepdims=True)
    totals = rates.sum(axis=-1, keepdims=True)
    return np.asarray(moved * np.divide(totals, sums, out=np.ones_like(sums), where=sums > 0))
