"""How a day's contacts spread over its hours, for each weekday and for public holidays."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

WEEKEND: Final = 5
"""First weekday that is compared with the other days of a weekend, Monday is 0."""
CLOSED: Final = 5.0
"""Contacts expected of a time from which on none at all means that it is closed."""
MOST: Final = 1e3
"""Most days' contacts that the common shape of similar weekdays weighs as much as."""


def weekday_shares(shape: Floats, counts: Floats, chance: float) -> Floats:
    """Shares of each weekday's times, drawn towards the common shape of similar weekdays.

    Monday to Friday are similar, and so are Saturday and Sunday. How far they are drawn is
    learned: the less weekdays differ beyond chance, the further (an empirical Bayes estimate with
    Dirichlet priors; Mosimann 1962). A time without contacts is closed if those of similar
    weekdays would have made for five or more; otherwise it had none by chance.

    Parameters
    ----------
    shape : numpy.ndarray
        Contacts of a typical day, shape ``(7, times)``.
    counts : numpy.ndarray
        Contacts that each weekday's row was learned from, with their weights, shape ``(7,)``.
    chance : float
        Variance of those weighted contacts, by their mean.

    Returns
    -------
    numpy.ndarray
        Shape ``(7, times)``; each row adds up to 1, or to 0 where the weekday is closed.
    """
    totals = shape.sum(axis=1, keepdims=True)
    shares: Floats = np.divide(shape, totals, out=np.zeros_like(shape), where=totals > 0)
    for group in _similar(counts):
        own, weight = shares[group], counts[group][:, None]
        common = _common(own, weight, chance)
        pull = _pull(own, common, counts[group], chance)
        shares[group] = (weight * own + pull * common) / (weight + pull)
    return shares


def special_shares(shares: Floats, counts: Floats, typical: float) -> Floats:
    """Shares of public holidays, drawn to those of the weekday on which they fall.

    Parameters
    ----------
    shares : numpy.ndarray
        As `weekday_shares` gives them.
    counts : numpy.ndarray
        Contacts of past holidays by time of day, shape ``(times,)``.
    typical : float
        Contacts of a typical day, as much as which the weekday weighs.
    """
    if not typical or not counts.any():
        return shares
    mixed = counts + typical * shares
    is_open = shares.any(axis=1, keepdims=True)
    return np.asarray(np.where(is_open, mixed / (counts.sum() + typical), shares))


def _similar(counts: Floats) -> list[NDArray[np.int64]]:
    """Groups of two weekdays or more of one kind that have contacts."""
    days = np.flatnonzero(counts > 0)
    kinds = [days[days < WEEKEND], days[days >= WEEKEND]]
    return [kind for kind in kinds if len(kind) > 1]


def _common(own: Floats, weight: Floats, chance: float) -> Floats:
    """Common shares of similar weekdays, for each within the times at which it is open."""
    together = (weight * own).sum(axis=0) / weight.sum()
    is_open = (own > 0) | (weight * together < CLOSED * chance)
    kept = np.where(is_open, together, 0.0)
    return np.asarray(kept / kept.sum(axis=1, keepdims=True))


def _pull(own: Floats, common: Floats, counts: Floats, chance: float) -> float:
    """How many weighted contacts the common shape weighs as much as."""
    is_open = common > 0
    apart = np.divide((own - common) ** 2, common, out=np.zeros_like(own), where=is_open)
    freedom = float(is_open.sum() - len(own)) * (len(own) - 1) / len(own)
    typical = float(counts.mean())
    if not freedom or not typical:
        return 0.0
    # 1 if nothing but chance sets the weekdays apart.
    ratio = float((counts[:, None] * apart).sum()) / (chance * freedom)
    if ratio <= 1:
        return MOST * typical
    seen = typical / chance
    return float(np.clip((seen - ratio) / (ratio - 1), 0.0, MOST * seen) * chance)
