"""Lasting shifts of level, such as a new product or a queue that was split."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from wfm.forecast.days.covariance import Floats

CLEAR: Final = 6.0
"""Standard errors from which on a shift is beyond doubt."""
LARGEST: Final = 0.5
"""Standard deviation of a shift's log before its size is seen."""
SIDE: Final = 7
"""Known days that there must be on either side of a shift."""


def clearest_shift(inverse: Floats, pull: Floats) -> int | None:
    """Find the day from which on the level is another, if one is beyond doubt.

    The score test of a step at each day against the model without it, as in the auxiliary
    residuals of Harvey & Koopman (1992), for all days at once.

    Parameters
    ----------
    inverse : numpy.ndarray
        Inverse covariance of the known days, shape ``(days, days)``.
    pull : numpy.ndarray
        That times the logs about their middle, shape ``(days,)``.

    Returns
    -------
    int or None
        Place of the first day of the new level among the known days.
    """
    if len(pull) < 2 * SIDE:
        return None
    score = np.cumsum(pull[::-1])[::-1]
    rows = np.cumsum(inverse[::-1, ::-1], axis=0)
    information = np.diag(np.cumsum(rows, axis=1))[::-1]
    clear = np.abs(score) / np.sqrt(np.maximum(information, 1e-12))
    inner = slice(SIDE, len(pull) - SIDE + 1)
    best = SIDE + int(clear[inner].argmax())
    return best if clear[best] > CLEAR else None


def step(days: int, first: int) -> NDArray[np.float64]:
    """0 before a day and 1 from it on, shape ``(days,)``."""
    return (np.arange(days) >= first).astype(np.float64)
