"""Incomplete gamma functions over a Poisson term: what all of Erlang's formulas are made of.

With D(x, y) = y^x e^-y / Gamma(x + 1) and the regularised incomplete gamma functions P and Q,

    A(x, y) = P(x, y) / D(x, y)  =  1 + y/(x + 1) + y^2/((x + 1)(x + 2)) + ...
    W(x, y) = Q(x, y) / D(x, y)  =  1/D(x, y) - A(x, y)

for real x > 0 and y > 0. Both are found where they are the smaller one, to some 1e-14 of
themselves: for y up to x A by its series (DLMF 8.7.1), beyond it W by Legendre's continued fraction
(DLMF 8.9.2); for large x near y both by Temme's uniform expansion (DLMF 8.12.3 and 8.12.4), and
somewhat away from it by the expansions of DLMF 8.11.6 and 8.11.7. All of them take y by two
numbers, the relative excess r = (y - x)/x and the ratio q = y/x: near x the ratio would lose the
excess to rounding, and far below x the excess would lose the ratio.
"""

from __future__ import annotations

import math

import numpy as np
from scipy import special

from wfm.forecast.erlang.coefficients import distant, uniform
from wfm.forecast.erlang.compiled import compiled

LARGE = 60.0
"""Least x of the expansions; below it series and continued fraction take some 60 terms."""
NEAR = 0.3
"""Largest relative excess at which they are taken."""
FAR = 400.0
"""From this x r^2 on the expansions of DLMF 8.11 are as good as a double can tell."""
SMALL = 2.0
"""Up to this y the series of A is short, whatever x is."""
FEW = 0.01
"""Below this x its first powers give the logarithm of Gamma(1 + x)."""
ZETA = (0.57721566490153286, *(float(special.zeta(k)) / k for k in range(2, 9)))
"""The logarithm of Gamma(1 + x) is the sum of ``ZETA[k - 1] * (-x)**k``: DLMF 5.7.3."""
ENOUGH = 1e-17
TINY = 1e-300
ROUNDING = 5e-16
DEVIATION = 0.15
ERFC = 8.0
CLOSEST = 1e-4
DIGITS = 37.0
RADIUS = math.log(2 * math.sqrt(math.pi))
ROOT_TWO_PI = math.sqrt(2 * math.pi)

POWERS, ROWS = 18, 8
UNIFORM = np.ascontiguousarray(uniform(POWERS).T)
DISTANT = distant(12)


@compiled
def excess_over_log(r: float, q: float) -> float:
    """Give r - ln(q), free of cancellation, by the inverse hyperbolic tangent's series."""
    if abs(r) > DEVIATION:
        return r - math.log(q)
    v = r / (2 + r)
    square = v * v
    power, total, odd = v, 0.0, 1.0
    while abs(power) > ENOUGH * abs(r * v):
        power *= square
        odd += 2.0
        total += power / odd
    return r * v - 2 * total


@compiled
def log_poisson(x: float, r: float, q: float) -> float:
    """Logarithm of D(x, y), by Loader's saddle point (2000) for large x."""
    if q <= 0:
        return -np.inf
    if x < 10:
        y = x * q
        return x * math.log(y) - y - math.lgamma(x + 1)
    z = 1 / (x * x)
    stirling = (1 / 12 - z * (1 / 360 - z * (1 / 1260 - z * (1 / 1680 - z / 1188)))) / x
    return -x * excess_over_log(r, q) - stirling - 0.5 * math.log(2 * math.pi * x)


@compiled
def _scaled_erfc(z: float) -> float:
    """exp(z^2) erfc(z) for z >= 0; beyond `ERFC` by the asymptotic series of DLMF 7.12.1."""
    if z < ERFC:
        return math.exp(z * z) * math.erfc(z)
    term, total, k = 1.0, 1.0, 1
    while abs(term) > ENOUGH:
        term *= -(2 * k - 1) / (2 * z * z)
        total += term
        k += 1
    return total / (z * math.sqrt(math.pi))


@compiled
def _powers(eta: float) -> int:
    """Powers of eta that a double can tell, given that the series end at 2 sqrt(pi)."""
    if eta < CLOSEST:
        return 5
    return min(POWERS, 2 + int(DIGITS / (RADIUS - math.log(eta))))


@compiled
def _correction(x: float, eta: float) -> float:
    """Sum of c_k(eta)/x^k, what Temme's expansion adds to the error function."""
    total, inverse = 0.0, 1 / x
    rows = min(ROWS, 1 + int(DIGITS / math.log(x)))
    for power in range(_powers(abs(eta)) - 1, -1, -1):
        column = 0.0
        for k in range(rows - 1, -1, -1):
            column = column * inverse + UNIFORM[power, k]
        total = total * eta + column
    return total


@compiled
def _stirling(x: float) -> float:
    """Gamma(x + 1) over its first approximation, sqrt(2 pi x) (x/e)^x, for large x."""
    z = 1 / (x * x)
    return math.exp((1 / 12 - z * (1 / 360 - z * (1 / 1260 - z / 1680))) / x)


@compiled
def _uniform(x: float, r: float, q: float) -> float:
    """The smaller one of A (r <= 0) and W (r > 0) near the turning point of large x."""
    half = excess_over_log(r, q)
    side = 1.0 if r > 0 else -1.0
    tail = side * _correction(x, side * math.sqrt(2 * half))
    body = 0.5 * ROOT_TWO_PI * math.sqrt(x) * _scaled_erfc(math.sqrt(half * x))
    return _stirling(x) * (body + tail)


@compiled
def _uniform_larger(x: float, r: float, q: float) -> float:
    """W for r <= 0 near the turning point of large x, where it is the larger one."""
    half = excess_over_log(r, q)
    z = math.sqrt(half * x)
    body = 0.5 * ROOT_TWO_PI * math.sqrt(x) * math.exp(half * x) * (2 - math.erfc(z))
    return _stirling(x) * (body + _correction(x, -math.sqrt(2 * half)))


@compiled
def _distant(x: float, r: float, q: float) -> float:
    """1 - |r| times the smaller one of A and W, away from the turning point of large x."""
    step = -1 / (x * r * r)
    power, total = 1.0, 0.0
    for k in range(1, DISTANT.shape[0]):
        power *= step
        row = 0.0
        for degree in range(k, -1, -1):
            row = row * q + DISTANT[k, degree]
        total += power * row
        if abs(power * row) <= ENOUGH * abs(total):
            break
    return -total


@compiled
def lower(x: float, r: float, q: float) -> tuple[float, float]:
    """A - 1 and y dA/dy, for y up to max(x, `SMALL`).

    The latter is the mean number in an Erlang A queue's line, up to a factor; as the difference
    (y - x) A + x it would cancel.
    """
    far = x * r * r > FAR
    if x < LARGE or r > 0 or (r < -NEAR and not far):
        y = x * q
        term, total, weighted, j = 1.0, 0.0, 0.0, 1.0
        while True:
            term *= y / (x + j)
            total += term
            weighted += j * term
            if not j * term > ENOUGH * weighted:
                return total, weighted
            j += 1.0
    if far:
        missing = _distant(x, r, q)
        return (1 - missing) / -r - 1, x * missing
    ratio = _uniform(x, r, q)
    return ratio - 1, x + x * r * ratio


@compiled
def upper(x: float, r: float, q: float) -> float:
    """W, for y above max(x, `SMALL`)."""
    if x >= LARGE and x * r * r > FAR:
        return (1 - _distant(x, r, q)) / r
    if x >= LARGE and r <= NEAR:
        return _uniform(x, r, q)
    # Lentz's method, as modified by Thompson and Barnett (1986).
    b = x * r + 1
    if abs(b) < TINY:
        b = TINY
    c, d = 1 / TINY, 1 / b
    fraction, k = d, 1.0
    while True:
        a = -k * (k - x)
        b += 2
        d = a * d + b
        d = 1 / (d if abs(d) > TINY else TINY)
        c = b + a / c
        if abs(c) < TINY:
            c = TINY
        fraction *= d * c
        if not abs(d * c - 1) > ROUNDING:
            return x * fraction
        k += 1.0


@compiled
def _few(x: float, y: float) -> float:
    """Q(x, y) for x below `FEW` and y up to `SMALL`, where 1 - P would cancel.

    As P = y^x A e^-y / Gamma(1 + x) is close to 1, its logarithm is summed from small parts; e^-y A
    falls short of 1 by a sum of y^k/k! times g_k = 1 - k!/((x + 1)...(x + k)).
    """
    term, short, total, k = 1.0, 0.0, 0.0, 1.0
    while True:
        term *= y / k
        short = (short * k + x) / (x + k)
        total += term * short
        if not term > ENOUGH:
            break
        k += 1.0
    gamma = 0.0
    for power in range(len(ZETA) - 1, -1, -1):
        gamma = (gamma + ZETA[power]) * -x
    return -math.expm1(x * math.log(y) - gamma + math.log1p(-math.exp(-y) * total))


@compiled
def idle_ratio(n: float, r: float, q: float) -> float:
    """W at y = n q on either side: P(an agent is free) / P(all busy, nobody waits)."""
    if n == 0:
        return 0.0
    y = n * q
    if y > SMALL and r > 0:
        return upper(n, r, q)
    if n >= LARGE and r <= 0 and r >= -NEAR and n * r * r <= FAR:
        return _uniform_larger(n, r, q)
    log = log_poisson(n, r, q)
    if n < FEW and y <= SMALL:
        return _few(n, y) * math.exp(-log)
    busy, _ = lower(n, r, q)
    return max(0.0, math.exp(-log) - 1 - busy)
