"""How far a single interval's handle time may stray before it is a contact left open."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def capped(aht: Floats, contacts: Floats, usual: Floats | float) -> Floats:
    """Let no interval's AHT count as more than 2 + 6/√n times the usual one, n its contacts.

    The mean of n handle times, whose standard deviation is about their mean, has a relative
    standard deviation of 1/√n; six of them on top of a doubling are no chance but a contact that
    was left open over night.

    Parameters
    ----------
    aht : numpy.ndarray
        Seconds.
    contacts : numpy.ndarray
        Contacts of each, same shape.
    usual : numpy.ndarray or float
        Seconds; broadcasts.
    """
    most = usual * (2 + 6 / np.sqrt(np.maximum(contacts, 1e-9)))
    return np.asarray(np.minimum(aht, most))
