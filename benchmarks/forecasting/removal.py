"""Calendar effects in day totals, so that models which know no calendar can be freed of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wfm.forecast.calendar.effects import Effects
from wfm.forecast.days.model import DayTotals
from wfm.forecast.days.structural import Structural

Floats = NDArray[np.float64]


def calendar_factors(totals: Floats, effects: Effects) -> Floats:
    """Factor of the calendar on each past and coming day, as our own default model learns it.

    Parameters
    ----------
    totals : numpy.ndarray
        Contacts of the past days, NaN or 0 where there are none, shape ``(past,)``.
    effects : Effects
        Of the past days and the coming ones, shape ``(days,)``.

    Returns
    -------
    numpy.ndarray
        Shape ``(days,)``.
    """
    known = np.nan_to_num(totals) > 0
    past = DayTotals(effects.first, np.where(known, totals, np.nan), known.astype(np.float64))
    return np.asarray(np.exp(effects.matrix @ Structural().effects(past, effects).mean))
