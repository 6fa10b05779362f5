"""Means over replications with their intervals."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import special

from wfm.simulation.records import Floats

STRAIGHT = 1e-6
"""Third of a skewness up to which the transformation is a straight line."""


class Estimate(NamedTuple):
    """A figure with the bounds of its confidence interval; arrays of one shape."""

    value: Floats
    low: Floats
    high: Floats


def ratio(top: Floats, bottom: Floats, confidence: float) -> Estimate:
    """Ratio of two sums, with Student's interval over the replications, the first axis.

    The variance is that of the linearised ratio. Waits of few replications are skewed, which would
    leave the truth out too often: P. Hall (1992), "On the removal of skewness by transformation",
    Journal of the Royal Statistical Society B 54, equation for the cubic that has an inverse. Where
    the lower sum is 0, all is NaN; with one replication, the bounds are.
    """
    many = len(top)
    lower = bottom.mean(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        value = top.mean(axis=0) / lower
        away = (top - value * bottom) / lower
        variance = (away**2).mean(axis=0)
        error = np.sqrt(variance / (many - 1.0 if many > 1 else np.nan))
        skewness = np.where(variance > 0, (away**3).mean(axis=0) / variance**1.5, 0.0)
    reach = _student(confidence, many)
    ends = (value - error * _unskewed(side * reach, skewness, many) for side in (1, -1))
    return Estimate(value, *ends)


def _unskewed(score: float, skewness: Floats, many: int) -> Floats:
    """Where a mean, in standard errors, lies whose Hall-transformed value is a score."""
    third = skewness / 3
    moved = score / np.sqrt(many) - skewness / (6 * many)
    bent = np.abs(third) > STRAIGHT
    share = np.where(bent, third, 1.0)
    return np.asarray(
        np.sqrt(many) * np.where(bent, (np.cbrt(1 + 3 * share * moved) - 1) / share, moved)
    )


def mean(counts: Floats, confidence: float) -> Estimate:
    """Mean over the replications, the first axis, with its interval as of a ratio."""
    return ratio(counts, np.ones_like(counts), confidence)


def chance(hits: Floats, confidence: float) -> Estimate:
    """Share of the replications, the first axis, in which something holds, with Wilson's interval.

    E. B. Wilson (1927), "Probable inference, the law of succession, and statistical inference".
    NaN marks a replication that says nothing.
    """
    known = ~np.isnan(hits)
    many = known.sum(axis=0).astype(float)
    z = float(special.ndtri((1 + confidence) / 2))
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(known, hits, 0.0).sum(axis=0) / many
        middle = (share + z**2 / (2 * many)) / (1 + z**2 / many)
        half = z * np.sqrt(share * (1 - share) / many + z**2 / (4 * many**2)) / (1 + z**2 / many)
    return Estimate(share, np.maximum(middle - half, 0.0), np.minimum(middle + half, 1.0))


def _student(confidence: float, many: int) -> float:
    return float(special.stdtrit(max(many - 1, 1), (1 + confidence) / 2))
