"""Medians that neither an outage nor a spike can move."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

SIGMAS: Final = 1.4826
"""Standard deviations of a normal variable in a median absolute deviation."""
WEEKS: Final = 5
"""Weeks that are compared with each other."""
BLOCK: Final = 120
"""Minutes that a day's level is compared over: long enough that a quiet queue has contacts."""


def local_median(values: NDArray[np.float64], window: int) -> NDArray[np.float64]:
    """Median of each value and its neighbours along the first axis.

    Parameters
    ----------
    values : numpy.ndarray
        NaN where unknown.
    window : int
        Number of neighbours with the value itself; at the ends they lie on one side.

    Returns
    -------
    numpy.ndarray
        Same shape; of an even number of values the lower middle one, NaN if all are unknown.
    """
    count = len(values)
    window = min(window, count)
    windows = np.lib.stride_tricks.sliding_window_view(values, window, axis=0)
    first = np.clip(np.arange(count) - window // 2, 0, count - window)
    ordered = np.sort(windows, axis=-1)
    known = (~np.isnan(ordered)).sum(axis=-1)
    middle = np.take_along_axis(ordered, np.maximum(known - 1, 0)[..., None] // 2, axis=-1)
    return np.asarray(middle[..., 0][first])


def weighted_median(
    values: NDArray[np.float64], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Lower weighted median along the last axis, NaN where all weights are 0."""
    order = np.argsort(np.where(weights > 0, values, np.inf), axis=-1)
    ordered = np.take_along_axis(values, order, axis=-1)
    total = np.cumsum(np.take_along_axis(weights, order, axis=-1), axis=-1)
    # A hair below one half, so that rounding does not decide a tie.
    middle = (total >= total[..., -1:] * (0.5 - 1e-9)).argmax(axis=-1)
    found = np.take_along_axis(ordered, middle[..., None], axis=-1)[..., 0]
    return np.where(total[..., -1] > 0, found, np.nan)


def day_levels(offered: NDArray[np.float64], interval: int) -> NDArray[np.float64]:
    """Level of each day against the same weekday of the weeks around it.

    Parameters
    ----------
    offered : numpy.ndarray
        Contacts, NaN where unknown, shape ``(weeks, 7, times)``.
    interval : int
        Minutes of a time.

    Returns
    -------
    numpy.ndarray
        Shape ``(weeks, 7)``, 1 for a typical day: the median ratio of its two-hour blocks.
    """
    blocks = offered.reshape(*offered.shape[:2], -1, BLOCK // interval)
    known = (~np.isnan(blocks)).sum(axis=-1)
    sums = np.nansum(blocks, axis=-1)
    means = np.divide(sums, known, out=np.full(sums.shape, np.nan), where=known > 0)
    typical = local_median(means, WEEKS)
    usable = ~np.isnan(means) & (typical > 0)
    ratio = np.divide(means, typical, out=np.ones_like(means), where=usable)
    levels = weighted_median(ratio, np.where(usable, typical * known, 0.0))
    return np.where(np.isnan(levels), 1.0, levels)


def one_offs(
    offered: NDArray[np.float64], levels: NDArray[np.float64], sigmas: float = 5.0
) -> NDArray[np.bool_]:
    """Cells far from the same weekday and time of the weeks around them.

    Parameters
    ----------
    offered : numpy.ndarray
        Contacts, NaN where unknown, shape ``(weeks, 7, times)``.
    levels : numpy.ndarray
        Level of each day, shape ``(weeks, 7)``.
    sigmas : float
        How many standard deviations are far; Poisson's, or the data's own where it is larger.

    Returns
    -------
    numpy.ndarray
        Same shape. Without three known weeks to compare, no cell is far.
    """
    typical = local_median(offered, WEEKS)
    compared = ~np.isnan(offered)
    expected = np.where(compared, typical * levels[..., None], 0.0)
    residual = np.where(compared, offered - expected, 0.0) / np.sqrt(expected + 1.0)
    usual = np.abs(residual[expected > 0])
    spread = max(1.0, SIGMAS * float(np.median(usual))) if usual.size else 1.0
    enough = compared.sum(axis=0) >= 3
    return np.asarray(compared & enough & (np.abs(residual) > sigmas * spread))
