"""Times of a weekday that were opened, closed for a season, or given up on the way."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LEAST: Final = 3
"""Times in a row that a weekday went without contacts at a time that is given up."""
ENOUGH: Final = 15.0
"""Contacts that are missed there, by those of the other weeks, so that it is no chance."""
BLOCK: Final = 30
"""Minutes of a time that opens or closes as one."""


def closed_times(offered: Floats, interval: int) -> NDArray[np.bool_]:
    """Find times at which a queue was closed for some weeks, or is open no more, to leave them out.

    Of each weekday and half hour, over the days that had contacts at all: weeks in a row without
    contacts, so many that it cannot be chance, and where they last to the end, all weeks. What is
    never open stays.

    Parameters
    ----------
    offered : numpy.ndarray
        Contacts of ordinary days, NaN where unknown, shape ``(weeks, 7, times)``.
    interval : int
        Minutes of a time.

    Returns
    -------
    numpy.ndarray of bool
        Same shape.
    """
    size = max(1, BLOCK // interval)
    blocks = offered.reshape(*offered.shape[:2], -1, size)
    known = ~np.isnan(blocks).any(axis=-1) & (np.nansum(offered, axis=-1) > 0)[..., None]
    sums = np.where(known, np.nan_to_num(blocks).sum(axis=-1), 0.0)
    before, after = _without(sums, known), _without(sums[::-1], known[::-1])[::-1]
    weeks = np.where(known & (sums == 0), before + after - 1, 0)
    others = known.sum(axis=0) - weeks
    came = sums.sum(axis=0)
    missed = np.divide(came * weeks, others, out=np.zeros_like(sums), where=others > 0)
    # As many must have come: a few stray contacts open nothing.
    clear = (weeks >= LEAST) & (np.minimum(missed, came) >= ENOUGH) & (others > 1)
    since_then = np.cumsum(sums[::-1], axis=0)[::-1]
    ended = (clear & (since_then == 0)).any(axis=0)
    return np.asarray(np.repeat(clear | ended, size, axis=-1))


def _without(sums: Floats, known: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Known weeks since the last one with contacts, that week not counted, shape as given."""
    passed = np.cumsum(known, axis=0)
    return np.asarray(passed - np.maximum.accumulate(np.where(sums > 0, passed, 0), axis=0))
