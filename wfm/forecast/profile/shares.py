"""How a day's contacts spread over its hours, for each weekday and for public holidays."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

WEEKEND: Final = 5
"""First weekday that is compared with the other days of a weekend, Monday is 0."""
MOST: Final = 1e3
"""Most days' contacts that the common shape of similar weekdays weighs as much as."""


def weekday_shares(shape: Floats, counts: Floats, chance: float) -> Floats:
    """Shares of each weekday's times, drawn towards the common shape of similar weekdays.

    Monday to Friday are similar, and so are Saturday and Sunday, if they are open at the same
    times. How far they are drawn is learned: the less weekdays differ beyond chance, the further
    (an empirical Bayes estimate with Dirichlet priors; Mosimann 1962).

    Parameters
    ----------
    shape : numpy.ndarray
        Contacts of a typical day, shape ``(7, times)``, 0 where closed.
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
    own = np.divide(shape, totals, out=np.zeros_like(shape), where=totals > 0)
    shares: Floats = own.copy()
    for group in _similar(shape, counts):
        common = np.average(own[group], axis=0, weights=counts[group])
        pull = _pull(own[group], common, counts[group], chance)
        weight = counts[group][:, None]
        shares[group] = (weight * own[group] + pull * common) / (weight + pull)
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


def _similar(shape: Floats, counts: Floats) -> list[NDArray[np.int64]]:
    """Groups of two weekdays or more that are open at the same times."""
    is_open = (shape > 0) & (counts[:, None] > 0)
    groups: dict[tuple[bool, bytes], list[int]] = {}
    for day in np.flatnonzero(is_open.any(axis=1)).tolist():
        groups.setdefault((day >= WEEKEND, is_open[day].tobytes()), []).append(day)
    return [np.array(group) for group in groups.values() if len(group) > 1]


def _pull(own: Floats, common: Floats, counts: Floats, chance: float) -> float:
    """How many weighted contacts the common shape weighs as much as."""
    is_open = common > 0
    apart = (own - common)[:, is_open] ** 2 / common[is_open]
    freedom = (len(own) - 1) * (is_open.sum() - 1)
    typical = float(counts.mean())
    if not freedom or not typical:
        return 0.0
    # 1 if nothing but chance sets the weekdays apart.
    ratio = float((counts[:, None] * apart).sum()) / (chance * freedom)
    if ratio <= 1:
        return MOST * typical
    seen = typical / chance
    return float(np.clip((seen - ratio) / (ratio - 1), 0.0, MOST * seen) * chance)
