"""Sums of products that are the same to the last bit on any CPU."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def dot(one: Floats, other: Floats) -> Floats:
    """Sum of products along the last axis.

    What ``@`` hands to BLAS is added up in an order that depends on the CPU, and a last bit may
    decide a move.

    Parameters
    ----------
    one : ndarray, shape (..., many)
        Factors.
    other : ndarray, shape (many,)
        The other factors.

    Returns
    -------
    ndarray, shape (...)
        The sums.
    """
    return np.asarray((one * other).sum(axis=-1))
