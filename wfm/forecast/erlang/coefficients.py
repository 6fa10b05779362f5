"""Coefficients of the expansions of the incomplete gamma functions, from their recursions."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Exact = list[Fraction]
STIRLING = tuple(
    Fraction(*pair)
    for pair in (
        (1, 1),
        (1, 12),
        (1, 288),
        (-139, 51840),
        (-571, 2488320),
        (163879, 209018880),
        (5246819, 75246796800),
        (-534703531, 902961561600),
    )
)
"""Gamma(x) e^x x^(1/2 - x) / sqrt(2 pi) is the sum of ``STIRLING[k] / x**k``: DLMF 5.11.3."""


def uniform(powers: int) -> Floats:
    """Taylor coefficients of Temme's c_k(eta), shape ``(len(STIRLING), powers)``.

    The recursions of DLMF 8.12.12 and 8.12.13, in whole fractions.
    """
    rows = len(STIRLING)
    alpha = _alpha(powers + 2 * rows + 3)
    first = [Fraction(-1, 3)] + [(n + 2) * alpha[n + 2] for n in range(1, powers + 2 * (rows - 1))]
    table: list[Exact] = [first]
    for k in range(1, rows):
        above = table[-1]
        sign = (-1) ** k * STIRLING[k]
        table.append([sign * first[n] + (n + 2) * above[n + 2] for n in range(len(above) - 2)])
    return np.array([[float(value) for value in row[:powers]] for row in table])


def _alpha(many: int) -> Exact:
    """Coefficients of lambda - 1 in powers of eta, where eta^2/2 = lambda - 1 - ln(lambda)."""
    alpha = [Fraction(0), Fraction(1), Fraction(1, 3)]
    for s in range(3, many):
        tail = sum((j * alpha[j] * alpha[s - j + 1] for j in range(2, s)), Fraction(0))
        alpha.append((alpha[s - 1] - tail) / (s + 1))
    return alpha


def distant(terms: int) -> Floats:
    """Coefficients of the polynomials b_k(lambda) of DLMF 8.11.6, shape ``(terms, terms)``.

    b_0 = 1 and b_k = lambda (1 - lambda) b'_(k-1) + (2k - 1) lambda b_(k-1).
    """
    table = np.zeros((terms, terms))
    table[0, 0] = 1.0
    for k in range(1, terms):
        for power in range(1, k + 1):
            table[k, power] = power * table[k - 1, power]
            table[k, power] += (2 * k - power) * table[k - 1, power - 1]
    return table
