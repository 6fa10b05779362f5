"""What is assumed of how far a day's total is off, before enough errors were seen."""

from __future__ import annotations

from statistics import NormalDist
from typing import Final

USUAL_SPREAD: Final = 0.1
"""Relative error of a day's total."""
USUAL_DAYS: Final = 5
"""Past errors that the assumption weighs as much as."""


def deviations(coverage: float) -> float:
    """Half width of a normal variable's central band, in standard deviations."""
    return NormalDist().inv_cdf((1 + coverage) / 2)
