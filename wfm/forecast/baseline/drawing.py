"""Scenarios of a queue: past errors of whole weeks, and the scatter of intervals."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wfm.forecast.baseline.hindcast import Hindcasts
from wfm.forecast.baseline.usual import USUAL_SPREAD
from wfm.horizon import Horizon

Floats = NDArray[np.float64]
ASSUMED_ORIGINS: Final = 1.0
"""Past origins that the assumed spread weighs as much as."""
SMALLEST: Final = 0.1
"""Days with a smaller share of their forecast were all but closed."""


class Draws(NamedTuple):
    """What the queues share, so that a week that is bad for one is bad for the others."""

    origin: Floats
    """Past origin whose errors a sample repeats, from 0, the last, to 1, shape ``(samples,)``."""
    assumed: Floats
    """Below the share of assumed errors, a sample repeats none, same shape."""
    common: Floats
    """Standard normal part of the errors that all days share, same shape."""
    daily: Floats
    """Standard normal part of each day, shape ``(samples, days)``."""
    residual: Floats
    """Which past day's residual a day repeats, from 0 to 1, same shape."""


def draws(rng: np.random.Generator, samples: int, days: int) -> Draws:
    """Draw once for all queues."""
    return Draws(
        rng.random(samples),
        rng.random(samples),
        rng.standard_normal(samples),
        rng.standard_normal((samples, days)),
        rng.random((samples, days)),
    )


class DayFactors(NamedTuple):
    """By how much days are busier or quieter than forecast."""

    factor: Floats
    """Shape ``(samples, days)``."""
    assumed: NDArray[np.bool_]
    """Samples that repeat no past error, shape ``(samples,)``."""


def day_factors(past: Hindcasts, shared: Draws, lead: NDArray[np.int64]) -> DayFactors:
    """Factor of each sample's days on their forecast.

    A sample repeats the errors, week by week, that followed one past origin, so that the days of
    weeks err together as they did, smoothed by a normal kernel of Silverman's width, and for each
    day the residual of some past day. Where few origins are known, some samples take an assumed
    spread of 10 %, half of its variance common to all days.

    Parameters
    ----------
    past : Hindcasts
        Errors to repeat.
    shared : Draws
        Random numbers.
    lead : numpy.ndarray
        Weeks ahead, from 1 up, of each day of the horizon, shape ``(days,)``.
    """
    normal = USUAL_SPREAD / np.sqrt(2) * (shared.common[:, None] + shared.daily)
    normal -= USUAL_SPREAD**2 / 2
    known = ~np.isnan(past.ratios)
    if not known.any():
        return DayFactors(np.exp(normal), np.ones(len(normal), dtype=bool))
    origins, leads, _ = past.ratios.shape
    weeks, residuals = _parts(np.log(np.maximum(past.ratios, SMALLEST)), known)
    kernel = 1.06 * origins**-0.2 * weeks.std(axis=0)
    index = origins - 1 - (shared.origin * origins).astype(np.int64)
    ahead = np.minimum(lead, leads) - 1
    common = weeks[index[:, None], ahead] + kernel[ahead] * shared.common[:, None]
    rest = residuals[(shared.residual * len(residuals)).astype(np.int64)]
    assumed = shared.assumed < ASSUMED_ORIGINS / (origins + ASSUMED_ORIGINS)
    return DayFactors(np.exp(np.where(assumed[:, None], normal, common + rest)), assumed)


def _parts(errors: Floats, known: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Errors of whole weeks, shape ``(origins, leads)``, and residuals of the known days."""
    count = known.sum(axis=-1)
    sums = np.where(known, errors, 0.0).sum(axis=-1)
    # A week of which nothing is known erred as much as all of them do.
    weeks = np.full(sums.shape, sums.sum() / count.sum())
    np.divide(sums, count, out=weeks, where=count > 0)
    left = np.sqrt(count / np.maximum(count - 1, 1))[..., None] * (errors - weeks[..., None])
    return weeks, left[known]


def interval_contacts(
    rng: np.random.Generator,
    expected: Floats,
    futures: DayFactors,
    dispersion: float,
    horizon: Horizon,
) -> NDArray[np.int32]:
    """Whole contacts of each slot: those of the day, dealt out over its slots.

    The errors of past days hold all that days scatter by, chance included, so a day's contacts
    are its forecast by its factor; with an assumed factor Poisson's chance comes on top. They
    are dealt out by a multinomial distribution, or a Dirichlet-multinomial one where intervals
    scatter more than that.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where randomness comes from.
    expected : numpy.ndarray
        Contacts of each slot, shape ``(slots,)``.
    futures : DayFactors
        Factors of each sample's days.
    dispersion : float
        Variance of a slot around its day by its mean, from 1 up.
    horizon : Horizon
        The slots.

    Returns
    -------
    numpy.ndarray
        Shape ``(samples, slots)``.
    """
    mean = np.bincount(horizon.slot_days, expected) * futures.factor
    rounded = np.floor(mean + rng.random(mean.shape)).astype(np.int64)
    totals = np.where(futures.assumed[:, None], rng.poisson(mean), rounded)
    found = np.zeros((len(totals), horizon.slots), dtype=np.int32)
    for day in range(horizon.days):
        # Only open slots, so that rounding cannot leave a contact to a closed one.
        slots = np.flatnonzero((horizon.slot_days == day) & (expected > 0))
        if len(slots):
            shares = _shares(rng, expected[slots], dispersion, len(totals))
            found[:, slots] = rng.multinomial(totals[:, day], shares)
    return found


def _shares(rng: np.random.Generator, expected: Floats, dispersion: float, samples: int) -> Floats:
    """Share of each slot in its day, shape ``(slots,)``, or ``(samples, slots)`` if it varies."""
    if dispersion <= 1 + 1e-9:
        return np.asarray(expected / expected.sum())
    drawn = rng.standard_gamma(expected / (dispersion - 1), (samples, len(expected)))
    # Of next to nothing, all draws may be 0.
    weights = np.where(drawn.sum(axis=1, keepdims=True) > 0, drawn, expected)
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))
