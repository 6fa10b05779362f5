"""The rest of a day by a factor common to all of it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wfm.forecast.intraday.update import Update

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def by_day_factor(
    expected: Floats, came: Floats, hour: Ints, spread: float, hour_spread: float
) -> Update:
    """Update a queue's day on what came so far, if a gamma factor makes days busy or quiet.

    With a factor of mean 1 and shape a = 1/spread², and contacts that are Poisson given it, the
    factor after `came` contacts where `expected` were expected is gamma again, with mean
    (a + came)/(a + expected) and variance (a + came)/(a + expected)²: it is the conjugate prior of
    the Poisson distribution. Arrivals as such mixtures are those of Jongbloed & Koole (2001),
    "Managing uncertainty in call centres using Poisson mixtures".

    Hours also have factors of their own, as no profile is quite right. They make the variance of
    an hour's contacts 1 + hour_spread² m times its mean m; the evidence counts by the inverse.

    Parameters
    ----------
    expected : numpy.ndarray
        Contacts expected of each slot, shape ``(slots,)``.
    came : numpy.ndarray
        Contacts that came, NaN where unknown, same shape.
    hour : numpy.ndarray
        Number of the hour of each slot, same shape.
    spread, hour_spread : float
        Standard deviations of the day's factor and of an hour's.
    """
    variance, own = spread**2, hour_spread**2
    # Contacts where none were expected say nothing of a factor on those that were.
    known = ~np.isnan(came) & (expected > 0)
    total, seen = float(expected[known].sum()), float(came[known].sum())
    by_hour = np.bincount(hour[known], expected[known])
    # Multiplied by spread², so that no spread at all is a limit like any other.
    trust = variance / (1 + own * float((by_hour**2).sum()) / total) if total else 0.0
    mean = (1 + trust * seen) / (1 + trust * total)
    after = variance * mean / (1 + trust * total)
    slots = np.ones_like(expected)
    return Update(mean * slots, (variance + own) * slots, (after + own * mean**2) * slots)
