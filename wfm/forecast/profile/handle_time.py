"""AHT by weekday and time of day."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wfm.forecast.profile.daygrid import DayGrid
from wfm.forecast.profile.robust import weighted_median


def handle_time_profile(
    grid: DayGrid, weights: NDArray[np.float64], contacts: float
) -> NDArray[np.float64]:
    """Volume-weighted AHT of each weekday and time, shrunk to the queue's where thin.

    An interval's AHT counts at most as 2 + 6/√n times the queue's median, n being its contacts,
    so that one contact left open over night does not make a profile.

    Parameters
    ----------
    grid : DayGrid
        The queue's past.
    weights : numpy.ndarray
        Weight of each day, shape ``(weeks, 7)``.
    contacts : float
        How many contacts of a time weigh as much as the queue's mean.

    Returns
    -------
    numpy.ndarray
        Seconds, shape ``(7, times)``, NaN if no handle time is known.
    """
    handled = np.where(np.isnan(grid.aht), 0.0, np.nan_to_num(grid.offered))
    seconds = np.nan_to_num(grid.aht)
    median = weighted_median(seconds.ravel(), handled.ravel())
    most = median * (2 + 6 / np.sqrt(np.maximum(handled, 1e-9)))
    counted = handled * weights[..., None]
    total = counted.sum(axis=0)
    sums = (counted * np.minimum(seconds, most)).sum(axis=0)
    if not total.sum():
        return np.full(total.shape, median)
    mean = sums.sum() / total.sum()
    return np.asarray((sums + contacts * mean) / (total + contacts))
