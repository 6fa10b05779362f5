"""The last known values of each weekday and time of day, and their means."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wfm.forecast.profile.daygrid import DayGrid

Floats = NDArray[np.float64]


def last_known(values: Floats, weeks: int) -> NDArray[np.bool_]:
    """Which cells are among the last known ones of their weekday and time.

    Parameters
    ----------
    values : numpy.ndarray
        NaN where unknown, shape ``(weeks, 7, times)``, oldest week first.
    weeks : int
        How many known values of each weekday and time to take, at most.

    Returns
    -------
    numpy.ndarray
        Same shape.
    """
    known = ~np.isnan(values)
    rank = known[::-1].cumsum(axis=0)[::-1]
    return np.asarray(known & (rank <= weeks))


def mean_contacts(offered: Floats, weeks: int) -> Floats:
    """Mean of the last known contacts of each weekday and time.

    Parameters
    ----------
    offered : numpy.ndarray
        Contacts, NaN where unknown, shape ``(weeks, 7, times)``.
    weeks : int
        How many weeks the mean is taken over.

    Returns
    -------
    numpy.ndarray
        Shape ``(7, times)``, NaN at times that are never known.
    """
    chosen = last_known(offered, weeks)
    count = chosen.sum(axis=0)
    sums = np.where(chosen, offered, 0.0).sum(axis=0)
    mean = np.full(sums.shape, np.nan)
    np.divide(sums, count, out=mean, where=count > 0)
    return mean


def mean_handle_time(grid: DayGrid, weeks: int, contacts: float) -> Floats:
    """Volume-weighted AHT of the same days, shrunk to the queue's mean where they are few.

    Parameters
    ----------
    grid : DayGrid
        The queue's past, with some contacts whose AHT is known.
    weeks : int
        How many weeks the mean is taken over.
    contacts : float
        How many contacts of a time weigh as much as the queue's mean.

    Returns
    -------
    numpy.ndarray
        Seconds, shape ``(7, times)``.
    """
    handled = np.where(np.isnan(grid.aht), 0.0, np.nan_to_num(grid.offered))
    seconds = handled * np.nan_to_num(grid.aht)
    mean = seconds.sum() / handled.sum()
    chosen = last_known(grid.offered, weeks)
    total = np.where(chosen, handled, 0.0).sum(axis=0)
    sums = np.where(chosen, seconds, 0.0).sum(axis=0)
    return np.asarray((sums + contacts * mean) / (total + contacts))
