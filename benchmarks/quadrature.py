"""Integrals of exp(y (1 - e^-u) - x u) to fifty digits, by Gauss's rule on panels that fit them.

Everything in Erlang's models is such an integral: the idle side on u < 0, the busy side on u > 0.
No incomplete gamma function is used, so that an error in one of those cannot hide here.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from mpmath import MPContext

Real = Any
"""A number of fifty digits; mpmath has no types."""

mp = MPContext()
mp.dps = 66  # the exponent takes up to twelve digits at 1e11, where its differences count
rough = MPContext()
rough.prec = 110
POINTS = 80
FALL = 125  # e^-125 is beyond the fiftieth digit
LONG = 6  # where panels begin to grow
FEW = 40  # up to this y the Taylor series is the quicker way


def moments(y: Real, x: Real, low: Real, high: Real, few: float = FEW) -> tuple[Real, Real]:
    """The integral of w(u) = exp(y (1 - e^-u) - x u), and that of (1 - e^-u) w(u).

    Parameters
    ----------
    y, x : mpf
        Zero or more; x above zero where `high` is infinite, y where `low` is.
    low, high : mpf
        Where to begin and end, infinities included.
    few : float
        Up to which `y` the series is taken where `low` is not below zero.
    """
    if low >= high:
        return mp.zero, mp.zero
    if low >= 0 and y <= few:
        return _series(y, x, low, high)
    whole, weighed = mp.zero, mp.zero
    for left, right in _panels(y, x, low, high):
        middle, half = (left + right) / 2, (right - left) / 2
        first = second = mp.zero
        for node, weight in gauss():
            u = middle + half * node
            gone = 1 - mp.exp(-u)
            value = weight * mp.exp(y * gone - x * u)
            first += value
            second += gone * value
        whole += half * first
        weighed += half * second
    return whole, weighed


def _series(y: Real, x: Real, low: Real, high: Real) -> tuple[Real, Real]:
    """Expand exp(-y e^-u), integrate term by term, and pay for the cancellation with digits."""
    small = min(high - low, 1) * min(high, 1) / (1 + x)
    with mp.workdps(mp.dps + int(y) + 5 - int(mp.log10(small))):
        whole, drained, factor, k = mp.zero, mp.zero, mp.exp(y), 0
        start, step = mp.exp(-x * low), mp.exp(-low)
        piece = _piece(start, x, high - low)
        while True:
            start *= step
            following = _piece(start, x + k + 1, high - low)
            whole += factor * piece
            drained += factor * (piece - following)
            k += 1
            factor *= -y / k
            piece = following
            if k > y and abs(factor * piece) <= abs(drained) * mp.eps:
                return whole, drained


def _piece(start: Real, rate: Real, length: Real) -> Real:
    """`start` times the integral of exp(-rate u) over a length."""
    if rate == 0:
        return start * length
    return start / rate if length == mp.inf else -start * mp.expm1(-rate * length) / rate


def _panels(y: Real, x: Real, low: Real, high: Real) -> Iterator[tuple[Real, Real]]:
    """Cut off where nothing is left, and cut at the peak; long tails into pieces that grow."""
    peak = min(max(mp.log(y / x), low), high)
    for end, sign in ((low, -1), (high, 1)):
        reach = abs(end - peak)
        if reach > 0:
            reach = min(reach, mp.mpf(_reach(y * mp.exp(-peak), x, sign)))
        near, step = mp.zero, mp.mpf(LONG)
        while near < reach:
            far = reach if reach <= near + 2 * step else near + step
            yield (peak - far, peak - near) if sign < 0 else (peak + near, peak + far)
            near, step = far, 2 * step


def _reach(y: Real, x: Real, sign: int) -> Real:
    """How far from the peak, now at zero, the integrand falls to nothing, within a per cent."""
    y, x = rough.mpf(y), rough.mpf(x)
    inside, outside = rough.mpf(2) ** -120, rough.mpf(2) ** -110

    def fallen(far: Real) -> bool:
        return bool(-y * rough.expm1(-sign * far) - sign * x * far < -FALL)

    while not fallen(outside):
        inside, outside = outside, 64 * outside
    while outside > 1.01 * inside:
        between = rough.sqrt(inside * outside)
        inside, outside = (inside, between) if fallen(between) else (between, outside)
    return outside


@cache
def gauss(points: int = POINTS) -> tuple[tuple[Real, Real], ...]:
    """Nodes and weights of Gauss and Legendre on (-1, 1), for an even number of points."""
    rule = []
    for i in range(1, points // 2 + 1):
        node, step = mp.cos(mp.pi * (i - 0.25) / (points + 0.5)), mp.one
        while abs(step) > mp.mpf(10) ** (-mp.dps // 2):
            value, slope = _legendre(points, node)
            step = value / slope
            node -= step
        slope = _legendre(points, node)[1]
        weight = 2 / ((1 - node**2) * slope**2)
        rule += [(node, weight), (-node, weight)]
    return tuple(rule)


def _legendre(degree: int, z: Real) -> tuple[Real, Real]:
    """Legendre's polynomial and its derivative."""
    before, value = mp.one, z
    for k in range(2, degree + 1):
        before, value = value, ((2 * k - 1) * z * value - (k - 1) * before) / k
    return value, degree * (z * value - before) / (z**2 - 1)
