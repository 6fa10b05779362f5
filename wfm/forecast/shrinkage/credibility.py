"""How far to trust the share of a part of the week: empirical Bayes by the method of moments."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def sums(where: NDArray[np.int64], values: Floats, count: int = 0) -> Floats:
    """Sum of the values at each place from 0 up, at least `count` places."""
    return np.bincount(where, values, count).astype(np.float64)


class Credibility(NamedTuple):
    """Variances of shares within and between cells."""

    within: float
    """Variance of an observed share about its cell's, times its scheduled minutes."""
    between: float
    """Variance of the cells' true shares; 0 if what is seen is no more than chance."""

    def trust(self, minutes: Floats) -> Floats:
        """Weight Z of cells' own shares, against the overall one, by their scheduled minutes."""
        if not self.between:
            return np.zeros_like(minutes)
        weight = minutes + self.within / self.between
        return np.divide(minutes, weight, out=np.zeros_like(minutes), where=weight > 0)

    def doubt(self, minutes: Floats) -> Floats:
        """Variance of cells' true shares that is left once their minutes have been seen."""
        return self.between * (1.0 - self.trust(minutes))


def credibility(cell: NDArray[np.int64], minutes: Floats, lost: Floats) -> Credibility:
    """Estimate the variances of the model of Bühlmann & Straub.

    Parameters
    ----------
    cell : numpy.ndarray
        Cell of each observation, numbered from 0 without gaps, shape ``(observations,)``.
    minutes : numpy.ndarray
        Scheduled minutes of each, above 0.
    lost : numpy.ndarray
        Minutes of each that were lost.

    Notes
    -----
    Observation i of cell c has a share y of variance within / w about its cell's, w its minutes.
    The unbiased estimates of Bühlmann & Straub (1970), "Glaubwürdigkeit für Schadensätze", are

    within = sum w (y - y_c)^2 / (N - C), and

    between = (sum_c w_c (y_c - y)^2 - (C - 1) within) / (w - sum_c w_c^2 / w), at least 0,

    with N observations and C cells. A cell's share is then y + Z (y_c - y), Z = w_c / (w_c + k),
    k = within / between: the more data, the more of it is its own.
    """
    weight = sums(cell, minutes)
    share = sums(cell, lost) / weight
    total = weight.sum()
    overall = lost.sum() / total
    spare = len(cell) - len(weight)
    spread = total - (weight**2).sum() / total
    if spare <= 0 or spread <= 0:
        return Credibility(0.0, 0.0)
    within = float((minutes * (lost / minutes - share[cell]) ** 2).sum() / spare)
    apart = float((weight * (share - overall) ** 2).sum())
    return Credibility(within, max(0.0, (apart - (len(weight) - 1) * within) / spread))
