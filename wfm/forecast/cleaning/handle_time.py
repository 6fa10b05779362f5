"""Handle times that no contact can have had."""

from __future__ import annotations

import numpy as np

from wfm.forecast.cleaning.queue_days import Flags, Floats
from wfm.forecast.profile.robust import weighted_median


def impossible_handle_times(offered: Floats, aht: Floats, factor: float) -> tuple[Flags, float]:
    """Rows of a queue whose AHT is too far above the median, and this median.

    Parameters
    ----------
    offered, aht : numpy.ndarray
        Contacts, and seconds or NaN, shape ``(rows,)``.
    factor : float
        Times the median, for intervals with many contacts; times (1 + 4/√n) for n contacts.
    """
    known = ~np.isnan(aht) & (offered > 0)
    median = float(weighted_median(np.nan_to_num(aht), np.where(known, offered, 0.0)))
    most = median * factor * (1 + 4 / np.sqrt(np.maximum(offered, 1.0)))
    return np.asarray(known & (np.nan_to_num(aht) > most)), median
