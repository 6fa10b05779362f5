"""The rest of a day by what tends to follow such a morning."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wfm.forecast.intraday.update import Update

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

SAMPLES_A_BLOCK = 20
"""Samples for each block of the morning, so that chance covariances do not lead."""


def by_scenarios(
    expected: Floats,
    came: Floats,
    samples: NDArray[np.int32],
    wanted: Bools,
    interval: int,
    hour_spread: float,
) -> Update:
    """Update a queue's day on what came so far, by the covariance of its hours over samples.

    The best linear predictor: the relative error of each later hour is that of the morning's hours
    times Cov(later, morning) Cov(morning)⁻¹. Hours of the morning count back from the newest
    interval known, so that what is freshest is one of them; with few samples, the oldest hours
    are taken together. Means are those of the forecast, only relative deviations those of the
    samples, which as counts hold the chance of counts.

    Parameters
    ----------
    expected : numpy.ndarray
        Contacts expected of each slot, shape ``(slots,)``.
    came : numpy.ndarray
        Contacts that came, NaN where unknown, same shape.
    samples : numpy.ndarray
        Contacts that may come, shape ``(samples, slots)``.
    wanted : numpy.ndarray
        Slots to be updated, shape ``(slots,)``.
    interval : int
        Minutes of a slot.
    hour_spread : float
        Standard deviation of what the forecast gets wrong of an hour beyond what samples show: it
        is added to the morning's variance.

    Notes
    -----
    Shen & Huang (2008), "Interday forecasting and intraday updating of call center arrivals",
    update a day by its early intervals too, by penalised least squares on principal components.
    """
    usable = (expected > 0) & samples.any(axis=0)
    seen, rest = np.flatnonzero(~np.isnan(came) & usable), np.flatnonzero(wanted & usable)
    factor, before, learned = np.ones_like(expected), *np.zeros((2, len(expected)))
    later = _relative(samples[:, rest])
    before[rest] = np.maximum(later.var(axis=0, ddof=1) - 1 / expected[rest], 0.0)
    if not len(seen) or not len(rest):
        return Update(factor, before, before)
    per_hour = 60 // interval
    oldest = max(1, len(samples) // SAMPLES_A_BLOCK) - 1
    hours = _numbered(rest // per_hour)
    morning = _numbered(np.minimum((seen[-1] - seen) // per_hour, oldest))
    earlier = _blocks(expected[seen], _relative(samples[:, seen]), morning)
    both = np.cov(np.hstack([earlier, _blocks(expected[rest], later, hours)]), rowvar=False)
    size = earlier.shape[1]
    # And a trace of chance, so that samples that are all the same are no fault.
    own = both[:size, :size] + (hour_spread**2 + 1e-12) * np.eye(size)
    gain = np.linalg.solve(own, both[:size, size:]).T
    error = np.bincount(morning, came[seen]) / np.bincount(morning, expected[seen]) - 1
    factor[rest] = np.maximum(1 + gain @ error, 0.0)[hours]
    learned[rest] = (gain * both[size:, :size]).sum(axis=1)[hours]
    return Update(factor, before, np.maximum(before - learned, 0.0))


def _relative(samples: NDArray[np.int32]) -> Floats:
    """Samples by their means, which are above 0."""
    return np.asarray(samples / samples.mean(axis=0))


def _blocks(expected: Floats, relative: Floats, block: Ints) -> Floats:
    """Contacts of blocks by what was expected of them, in samples, shape ``(samples, blocks)``."""
    member = np.eye(int(block.max()) + 1)[block] * expected[:, None]
    return np.asarray(relative @ member / member.sum(axis=0))


def _numbered(block: Ints) -> Ints:
    """Number blocks from 0 up without a gap."""
    return np.unique(block, return_inverse=True)[1].astype(np.int64)
