"""How wide a band is, in standard deviations."""

from __future__ import annotations

from statistics import NormalDist


def deviations(coverage: float) -> float:
    """Half width of a normal variable's central band, in standard deviations."""
    return NormalDist().inv_cdf((1 + coverage) / 2)
