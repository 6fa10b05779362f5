"""What an update of a day is, and the band after it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wfm.forecast.chance.deviations import deviations

Floats = NDArray[np.float64]


class Update(NamedTuple):
    """What a queue's morning says of its other slots, each array of shape ``(slots,)``."""

    factor: Floats
    """Contacts now expected, by those that were."""
    before: Floats
    """Variance of the relative error of a slot's expectation beforehand, without its own chance."""
    after: Floats
    """The same afterwards, still relative to what was expected beforehand."""


def narrowed(contacts: Floats, width: Floats, coverage: float, update: Update) -> Floats:
    """Half-width of the band afterwards by that beforehand, shape ``(slots,)``.

    The variance of a slot is Poisson's and the square of what was expected times the variance of
    the relative error. What a band has beyond that is of things that the morning does not tell, and
    stays.

    Parameters
    ----------
    contacts : numpy.ndarray
        What was expected, shape ``(slots,)``.
    width : numpy.ndarray
        From the lower to the upper end of the band beforehand, same shape.
    coverage : float
        Share that the band is to hold.
    update : Update
        Of the same slots.
    """
    half = deviations(coverage)
    whole = (width / (2 * half)) ** 2 if half else np.zeros_like(width)
    before = contacts + contacts**2 * update.before
    after = contacts * update.factor + contacts**2 * update.after
    beyond = np.maximum(whole - before, 0.0)
    ratio = np.ones_like(contacts)
    np.divide(after + beyond, before + beyond, out=ratio, where=before > 0)
    return np.asarray(np.sqrt(ratio))
