"""How far the days of several queues are busy together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

RECENT: Final = 400
"""Last days that are compared."""
DOUBT: Final = 30.0
"""Days in common that weigh as much as the assumption of none together."""


def together(residuals: Sequence[Floats]) -> Floats:
    """Root of the correlation of the queues' days, shrunk where few days are shared.

    Parameters
    ----------
    residuals : sequence of numpy.ndarray
        Logs of each queue's past days against what was taken for them, NaN where unknown; the last
        of each is the same day.

    Returns
    -------
    numpy.ndarray
        Shape ``(queues, queues)``: applied to independent standard normal numbers it makes them
        standard normal and correlated.
    """
    days = min(RECENT, max(len(residual) for residual in residuals))
    table = np.zeros((len(residuals), days))
    for row, residual in zip(table, residuals, strict=True):
        last = residual[-days:]
        row[len(row) - len(last) :] = last
        row[: len(row) - len(last)] = np.nan
    known = ~np.isnan(table)
    deviation = np.sqrt(np.nansum(table**2, axis=1) / np.maximum(known.sum(axis=1), 1))
    scaled = np.where(known, table / np.maximum(deviation, 1e-9)[:, None], 0.0)
    shared = (known.astype(float) @ known.T.astype(float)) + DOUBT
    correlation = scaled @ scaled.T / shared
    np.fill_diagonal(correlation, 1.0)
    values, vectors = np.linalg.eigh(correlation)
    root = vectors * np.sqrt(np.maximum(values, 1e-9))
    return np.asarray(root / np.sqrt((root**2).sum(axis=1, keepdims=True)))
