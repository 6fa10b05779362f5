"""Whether today's contacts take longer."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wfm.forecast.handle_time.cap import capped
from wfm.forecast.profile.robust import weighted_median

Floats = NDArray[np.float64]


def aht_ratio(expected: Floats, came: Floats, contacts: Floats, spread: float) -> float:
    """Ratio of today's handle times to those expected, as far as its contacts tell.

    The credibility estimate (k + sum n a/e)/(k + sum n) over intervals with n contacts of AHT a
    where e was expected; k = 1/spread², as the variance of one contact's handle time, about the
    square of its mean, by that of the ratio from day to day. An interval
    with a contact left open, beyond what `capped` lets pass, counts as the median of today's.

    Parameters
    ----------
    expected : numpy.ndarray
        Seconds expected in each slot, shape ``(slots,)``.
    came : numpy.ndarray
        Seconds that contacts took, NaN where unknown, same shape.
    contacts : numpy.ndarray
        Contacts that came, NaN where unknown, same shape.
    spread : float
        Standard deviation of the ratio over days.
    """
    known = ~np.isnan(came) & (np.nan_to_num(contacts) > 0)
    if not known.any():
        return 1.0
    count, ratio = contacts[known], came[known] / expected[known]
    most = capped(ratio, count, 1.0)
    ratio = np.where(ratio > most, np.minimum(most, weighted_median(ratio, count)), ratio)
    weight = spread**2
    return float((1 + weight * (count @ ratio)) / (1 + weight * count.sum()))
