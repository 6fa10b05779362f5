"""Busy factors by chance, whose logarithms correlate within a day."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.signal import lfilter

from wfm.sample.happenings import Busy, Floats


def busy_factors(
    busy: Busy, times: pd.DatetimeIndex, interval: int, random: np.random.Generator
) -> Floats:
    """Draw the factor of each interval.

    Parameters
    ----------
    busy : Busy
        How they scatter.
    times : pandas.DatetimeIndex
        Local starts of all intervals of some days, in order.
    interval : int
        Minutes.
    random : numpy.random.Generator
        The chance.

    Returns
    -------
    numpy.ndarray
        Shape ``(times,)``, each with mean 1.
    """
    days = np.asarray((times.tz_localize(None).normalize() - times[0].tz_localize(None)).days)
    days = days - days[0]
    first = np.flatnonzero(np.diff(days, prepend=-1))
    position = np.arange(len(days)) - first[days]
    shape = (int(days[-1]) + 1, int(position.max()) + 1)
    step = busy.hourly ** (interval / 60)
    shocks = random.standard_normal(shape)
    shocks[:, 1:] *= np.sqrt(1 - step**2)
    hours = lfilter([1.0], [1.0, -step], shocks, axis=1)
    day = random.standard_normal((shape[0], 1))
    score = np.sqrt(busy.shared) * day + np.sqrt(1 - busy.shared) * hours
    scatter = np.sqrt(busy.variance) * score[days, position]
    return np.asarray(np.exp(scatter - busy.variance / 2))
