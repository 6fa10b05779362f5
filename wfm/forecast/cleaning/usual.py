"""What is usual for a queue at each time of its past, by the weeks around."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from wfm.forecast.profile.robust import SIGMAS, WEEKS, local_median

Floats = NDArray[np.float64]

ENOUGH: Final = 12.0
"""Contacts from which on a median of counts is close to their mean."""
BLOCKS: Final = (1440, 240, 60)
"""Minutes of the blocks in which intervals with few contacts are compared together."""
TRUST: Final = 50.0
"""Contacts of a day that weigh as much in its level as the days around it."""
DAYS: Final = 7
"""Days, with the day itself, that make the level around a day: what lasts four is followed."""


def typical(offered: Floats, interval: int) -> Floats:
    """Usual contacts of each cell, whatever the level of its day.

    The median of the same weekday and time of the five weeks around. Where contacts are few, the
    median is that of a block of an hour, four hours or the day, and the queue's mean shape of the
    weekday divides it among the block's times.

    Parameters
    ----------
    offered : numpy.ndarray
        Contacts, NaN where unknown, shape ``(weeks, 7, times)``.
    interval : int
        Minutes of a time.

    Returns
    -------
    numpy.ndarray
        Same shape; NaN where fewer than three weeks, or none of those around, can be compared.
    """
    known = ~np.isnan(offered)
    shape = _shape(offered, known)
    found = np.full(offered.shape, np.nan)
    sizes = [minutes // interval for minutes in BLOCKS if minutes > interval]
    for size in (*sizes, 1):
        blocks = (*offered.shape[:2], -1, size)
        weight = np.where(known, shape, 0.0).reshape(blocks).sum(axis=-1)
        total = np.nan_to_num(offered).reshape(blocks).sum(axis=-1)
        ratio = np.divide(total, weight, out=np.full(total.shape, np.nan), where=weight > 0)
        level = local_median(ratio, WEEKS)
        whole = level * shape.reshape(1, 7, -1, size).sum(axis=-1)
        finer = level[..., None] * shape.reshape(1, 7, -1, size)
        better = np.isnan(found).reshape(blocks) | (whole >= ENOUGH)[..., None]
        found = np.where(better, finer, found.reshape(blocks)).reshape(offered.shape)
        if not (whole >= ENOUGH).any():
            break
    found[:, known.sum(axis=0) < 3] = np.nan
    return np.where(np.isnan(found) & (shape == 0) & (known.sum(axis=0) >= 3), 0.0, found)


def _shape(offered: Floats, known: NDArray[np.bool_]) -> Floats:
    """Mean of each weekday and time, shape ``(7, times)``, in which a spike counts little."""
    count = known.sum(axis=0)
    ordered = np.sort(offered, axis=0)
    middle = np.take_along_axis(ordered, np.maximum(count - 1, 0)[None] // 2, axis=0)[0]
    middle = np.nan_to_num(middle)
    clipped = np.minimum(np.nan_to_num(offered), 4 * middle + 6 * np.sqrt(middle) + 6)
    sums = np.where(known, clipped, 0.0).sum(axis=0)
    return np.asarray(np.divide(sums, count, out=np.zeros_like(sums), where=count > 0))


def around(ratio: Floats, chosen: NDArray[np.bool_]) -> Floats:
    """Level around each day: the median of the chosen days among its neighbours.

    Parameters
    ----------
    ratio : numpy.ndarray
        Contacts of each day by its typical ones, shape ``(days,)``.
    chosen : numpy.ndarray
        Days to take the level from, same shape; others have that of the nearest chosen one.
    """
    index = np.flatnonzero(chosen)
    if not len(index):
        return np.ones(len(ratio))
    level = local_median(ratio[index], DAYS)
    return np.asarray(np.interp(np.arange(len(ratio)), index, level))


def shrunk(ratio: Floats, weight: Floats, towards: Floats) -> Floats:
    """Level of each day by its own contacts, as far as there are enough, all shape ``(days,)``."""
    share = weight / (weight + TRUST)
    return np.asarray(share * ratio + (1 - share) * towards)


def day_ratio(offered: Floats, expected: Floats, good: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Contacts of each day by those expected of its good cells, and these, shape ``(days,)``."""
    total = np.where(good, offered, 0.0).sum(axis=-1)
    whole = np.where(good, expected, 0.0).sum(axis=-1)
    return np.divide(total, whole, out=np.ones_like(total), where=whole > 0), whole


def deviations(offered: Floats, expected: Floats) -> Floats:
    """How far counts are off, in standard deviations of Poisson's (Anscombe, 1948)."""
    return np.asarray(2 * (np.sqrt(offered + 0.375) - np.sqrt(expected + 0.375)))


class Scatter:
    """Standard deviation of a queue's counts around the usual, by that of Poisson's.

    Parameters
    ----------
    offered, expected : numpy.ndarray
        Of the cells to learn from, shape ``(cells,)``.

    Notes
    -----
    The variance of `deviations` is modelled as ``base + relative * expected``: busy times scatter
    by a share of their contacts, quiet times as Poisson's do or somewhat more.
    """

    def __init__(self, offered: Floats, expected: Floats) -> None:
        enough = expected >= 5
        away = np.abs(deviations(offered[enough], expected[enough]))
        mean = expected[enough]
        self.base, self.relative = 1.0, 0.0
        if away.size:
            busy = mean >= np.median(mean)
            high = (SIGMAS * float(np.median(away[busy]))) ** 2
            self.relative = max(0.0, (high - 1) / float(np.median(mean[busy])))
            if not busy.all():
                low = (SIGMAS * float(np.median(away[~busy]))) ** 2
                self.base = max(1.0, low - self.relative * float(np.median(mean[~busy])))

    def of(self, expected: Floats | np.float64) -> Floats:
        """Standard deviation of `deviations` at an expectation."""
        return np.asarray(np.sqrt(self.base + self.relative * expected))
