"""A pattern's week and day on the wall clock, and the contacts that chance makes of a rate."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wfm.sample.patterns import Pattern, Points

Floats = NDArray[np.float64]

AHT_SHAPE = 1.5
"""Handle times of single contacts are gamma distributed with this shape."""


def week_shape(pattern: Pattern, interval: int) -> Floats:
    """Share of a plain week's contacts by weekday and time of day.

    Parameters
    ----------
    pattern : Pattern
        Of the queue.
    interval : int
        Minutes.

    Returns
    -------
    numpy.ndarray
        Shape ``(7, times)``, with sum 1; 0 where the queue is closed.
    """
    hour = np.arange(0, 24, interval / 60)
    day = np.interp(hour, list(pattern.profile), list(pattern.profile.values()))
    day *= (hour >= pattern.hours[0]) & (hour < pattern.hours[1])
    week = np.outer(pattern.weekdays, day)
    return np.asarray(week / week.sum())


def counted(
    pattern: Pattern, times: pd.DatetimeIndex, rate: Floats, random: np.random.Generator
) -> pd.DataFrame:
    """Contacts and handle times by chance.

    Parameters
    ----------
    pattern : Pattern
        Of the queue.
    times : pandas.DatetimeIndex
        Local starts of the intervals.
    rate : numpy.ndarray
        Contacts to be expected, shape ``(times,)``.
    random : numpy.random.Generator
        The chance.

    Returns
    -------
    pandas.DataFrame
        ``offered``, Poisson; ``handled``; ``aht``, NaN where nothing was handled.
    """
    offered = random.poisson(rate)
    handled = random.binomial(offered, 1 - pattern.abandoned)
    shape = np.maximum(handled, 1) * AHT_SHAPE
    aht = np.maximum((_at(times, pattern.aht) * random.gamma(shape) / shape).round(1), 1.0)
    columns = {"offered": offered, "handled": handled, "aht": np.where(handled > 0, aht, np.nan)}
    return pd.DataFrame(columns)


def _at(times: pd.DatetimeIndex, points: Points) -> Floats:
    hour = np.asarray(times.hour + times.minute / 60, dtype=float)
    return np.asarray(np.interp(hour, list(points), list(points.values())))
