"""The level of a queue's handle time: how it moved, and where it stands now."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter

Floats = NDArray[np.float64]

LOOK_BACK: Final = 8
"""Half-lives of the level that are looked at; what is older weighs less than 0.4 %."""


def smooth_level(seconds: Floats, expected: Floats, half_life: float) -> Floats:
    """Level around each day, as a mean over days that weigh half at `half_life` to either side.

    Parameters
    ----------
    seconds : numpy.ndarray
        Time that the contacts of each day took, shape ``(days,)``.
    expected : numpy.ndarray
        Time that they would have taken at level 1, same shape.
    half_life : float
        Days.

    Returns
    -------
    numpy.ndarray
        Same shape, 1 where nothing near is known.
    """
    total = _both_ways(expected, half_life)
    level = np.ones_like(total)
    # After years without a contact only rounding is left of the weights.
    np.divide(_both_ways(seconds, half_life), total, out=level, where=total > 1e-9 * total.max())
    return level


def present_level(seconds: Floats, expected: Floats, age: Floats, half_life: float) -> float:
    """Level on the first forecast day, with the part of its drift that is beyond chance.

    A straight line through the days' levels, each weighing by its time and by half for each
    `half_life` of age, is read at age 0. Its slope b with standard error s is first multiplied by
    max(0, 1 - (2 s/b)²), which leaves no slope that is within two standard errors of none: a mean
    alone would stay behind a drift by half_life/ln 2 days of it, and a slope that is taken as it
    comes would double the variance and more.

    Parameters
    ----------
    seconds, expected : numpy.ndarray
        As for `smooth_level`, shape ``(days,)``.
    age : numpy.ndarray
        Days to the first forecast day, same shape.
    half_life : float
        Days.
    """
    newest = age[expected > 0].min(initial=np.inf)
    recent = (expected > 0) & (age - newest <= LOOK_BACK * half_life)
    if not recent.any():
        return 1.0
    age, expected = age[recent], expected[recent]
    ratio = seconds[recent] / expected
    weight = expected * 0.5 ** ((age - newest) / half_life)
    weight /= weight.sum()
    middle, level = float(weight @ age), float(weight @ ratio)
    away = age - middle
    spread = float(weight @ away**2)
    if len(age) < 3 or not spread:
        return level
    slope = float(weight @ (away * ratio)) / spread
    rest = ratio - level - slope * away
    error = np.sqrt(float((weight**2) @ (away * rest) ** 2)) / spread
    kept = max(0.0, 1 - (2 * error / slope) ** 2) if slope else 0.0
    # No drift of some weeks goes on to a fraction or a multiple of what was seen.
    return float(np.clip(level - kept * slope * middle, ratio.min(), ratio.max()))


def _both_ways(values: Floats, half_life: float) -> Floats:
    """Sum of the values, each weighing half for each `half_life` of distance."""
    filters = [1.0], [1.0, -(0.5 ** (1 / half_life))]
    before = lfilter(*filters, values)
    after = lfilter(*filters, values[::-1])[::-1]
    return np.asarray(before + after - values, dtype=np.float64)
