"""Shares by weekday and hour to a few levels, and levels to windows of the week."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from wfm.forecast.shrinkage.pattern import Shares
from wfm.horizon import WEEKDAYS
from wfm.window import Window

SURE = 0.95
"""How sure it has to be that shares of different levels differ."""


def levels(shares: Shares) -> list[tuple[float, NDArray[np.bool_]]]:
    """Merge shares that the data cannot tell apart.

    In order of their shares, cells join the level below while their intervals overlap with that of
    its lowest cell: intervals that hold all true shares at once with 95 %, by Bonferroni. Shares of
    one true value would otherwise fall into levels of luck, as the lowest and the highest of many
    lie far apart. Hours that were never seen join the level that is nearest to them.

    Returns
    -------
    list of (float, numpy.ndarray)
        Share of each level and where in the week it holds, shape ``(7, 24)``, lowest first.
    """
    seen = shares.minutes > 0
    share, minutes = shares.share[seen], shares.minutes[seen]
    error = np.sqrt(np.average(shares.doubt[seen], weights=minutes))
    step = 2 * error * stats.norm.isf((1 - SURE) / (2 * shares.cells))
    order = np.argsort(share, kind="stable")
    level = np.zeros(len(share), dtype=np.int64)
    start, count = share[order[0]], 0
    for cell in order:
        if share[cell] > start + step + 1e-12:
            start, count = share[cell], count + 1
        level[cell] = count
    means = np.bincount(level, minutes * share) / np.bincount(level, minutes)
    whole = np.abs(shares.share[..., None] - means).argmin(axis=-1)
    whole[seen] = level
    return [(float(mean), whole == k) for k, mean in enumerate(means)]


def windows(held: NDArray[np.bool_]) -> tuple[Window, ...]:
    """Windows that hold at some hours of the week, shape ``(7, 24)``; days of a kind share one."""
    days: dict[tuple[int, int], list[str]] = {}
    for weekday, hours in zip(WEEKDAYS, held, strict=True):
        edges = np.flatnonzero(np.diff(hours, prepend=False, append=False)).tolist()
        for run in zip(edges[::2], edges[1::2], strict=True):
            days.setdefault(run, []).append(weekday)
    return tuple(
        Window(days=tuple(names), start=f"{start:02d}:00", end=f"{end:02d}:00")
        for (start, end), names in sorted(days.items())
    )
