"""What is planned for where whole days may be busier or quieter than forecast."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy import special

from wfm.forecast.erlang.values import ONE, Floats
from wfm.queue import Queue, target_periods

if TYPE_CHECKING:
    from wfm.demand import BusyFactor
    from wfm.horizon import Horizon

NODES = 15
STEADY = 1e-4
"""Coefficient of variation below which a factor is taken for none."""


class Factors(NamedTuple):
    """Factors on the contacts, of all slots or of each, over which service is expected.

    Attributes
    ----------
    values : ndarray, shape (factors,) or (slots, factors)
        By which contacts rise or fall.
    weights : ndarray, shape (factors,)
        Their probabilities.
    """

    values: Floats
    weights: Floats


CERTAIN = Factors(ONE, ONE)


def day_factors(busy: BusyFactor | None) -> Factors:
    """Factors of a day: all that may come, or the one that is exceeded with a stated probability.

    A gamma distribution with mean 1, as in Jongbloed and Koole (2001), "Managing uncertainty in
    call centres using Poisson mixtures", at Gauss's nodes of its probabilities. Service falls with
    every further contact, so what meets the target at one factor meets it at all smaller ones.
    """
    if busy is None:
        return CERTAIN
    if busy.probability is not None:
        return Factors(np.array([_quantile(busy.cv, busy.probability)]), ONE)
    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    return Factors(_quantile(busy.cv, (nodes + 1) / 2), np.asarray(weights / 2, dtype=float))


def slot_factors(
    busy: BusyFactor | None, queue: Queue, contacts: Floats, horizon: Horizon
) -> Factors:
    """Factors to plan each slot of a queue for, so that its target is met as `busy` asks for.

    In expectation: those of a day. With a probability: those of the days of a stretch of the
    target, a day or a week, that is as busy as the stated share of such stretches at most. That is
    a quantile of the stretch's own factor, in which days even each other out, times what is left of
    the days' differences.

    The chance of single contacts counts as if it made the stretch busier or quieter: over a time
    long beside a wait, a queue answers the noise of its arrivals and of exponential handle times,
    of variance 2/n after n contacts, as it answers a lasting change of its load.

    Parameters
    ----------
    busy : BusyFactor, optional
        How days vary, and what is asked for.
    queue : Queue
        Whose target counts over days or weeks.
    contacts : ndarray, shape (slots,)
        Expected contacts.
    horizon : Horizon
        The slots.
    """
    if busy is None or busy.probability is None:
        return day_factors(busy)
    high, rest = np.ones(horizon.slots), np.zeros(horizon.slots)
    for _, slots in target_periods(queue, horizon):
        days = np.bincount(horizon.slot_days[slots], contacts[slots]).astype(np.float64)
        if days.any():
            high[slots], rest[slots] = _stretch(busy, busy.probability, days)
    if rest.max(initial=0.0) < STEADY:
        return Factors(high[:, None], ONE)
    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    kinds, which = np.unique(np.stack([high, rest]), axis=1, return_inverse=True)
    values = kinds[0][:, None] * _quantile(kinds[1][:, None], (nodes + 1) / 2)
    return Factors(values[which.ravel()], np.asarray(weights / 2, dtype=float))


def _stretch(busy: BusyFactor, probability: float, days: Floats) -> tuple[float, float]:
    """How busy a stretch is that a share of them does not exceed, and how its days still vary.

    Of contacts c on its days, of n in all, the factor has the variance cv² (s + r (1 - s)) with
    s = sum(c²)/n² and the correlation r of two days.
    """
    alone = float((days**2).sum() / days.sum() ** 2)
    shared = alone + busy.day_to_day * (1 - alone)
    spread = np.sqrt(busy.cv**2 * shared + 2 / days.sum())
    return float(_quantile(spread, probability)), float(busy.cv * np.sqrt(1 - shared))


def _quantile(cv: float | Floats, probability: float | Floats) -> Floats:
    """Quantiles of gamma factors of mean 1."""
    shape = np.maximum(cv, STEADY) ** -2.0
    return np.asarray(special.gammaincinv(shape, probability) / shape)
