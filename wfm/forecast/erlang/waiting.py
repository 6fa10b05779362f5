"""What happens to contacts that find everybody busy, with and without patience.

Someone who never hangs up would wait V. Given that V > 0, its density is proportional to
exp(y (1 - e^(-theta v)) - F v), with the arrival rate lambda, the rate F at which busy agents end
contacts, 1/theta the mean patience, x = F/theta and y = lambda/theta (Palm 1957; Zeltyn and
Mandelbaum 2005, "Call centers with impatient customers", section 4). With q = e^(-theta T) follows

    P(V > 0) = A(x, y) / (A(x, y) + W)         P(V > T | V > 0) = P(x, q y) / P(x, y)
    P(answered | V > 0) = (F/lambda) (1 - 1/A(x, y))
    P(answered, V > T | V > 0) = P(answered | V > 0) P(x + 1, q y) / P(x + 1, y)

where A and P are those of :mod:`wfm.forecast.erlang.gamma` and W is P(someone is free) /
P(everyone is busy and nobody waits). Without patience A is F/(F - lambda) and V exponential.
"""

from __future__ import annotations

import math

import numpy as np

from wfm.forecast.erlang.compiled import compiled
from wfm.forecast.erlang.gamma import SMALL, log_poisson, lower, upper

BALANCED = 2.0
"""Ratio up to which the excess has more digits than the ratio."""


@compiled
def unhurried(idle: float, r: float, turns: float) -> tuple[float, float, float, float]:
    """Waiting without patience: P(V > 0), P(V > T), P(V <= T), and the mean of F V if V > 0.

    Parameters
    ----------
    idle : float
        W.
    r : float
        (lambda - F)/F; from 0 up the line grows without end.
    turns : float
        F T, the contacts that busy agents end within the threshold.
    """
    if r >= 0:
        return 1.0, 1.0, 0.0, np.inf
    free = idle * -r
    waits = 1 / (1 + free)
    later = waits * math.exp(r * turns)
    in_time = 1 - waits if np.isinf(free) else free * waits
    return waits, later, in_time - waits * math.expm1(r * turns), -1 / r


@compiled
def _short_of_linear(u: float) -> float:
    """e^-u - (1 - u) without cancellation."""
    if u > 0.5:
        return u + math.expm1(-u)
    term, total, k = u * u / 2, 0.0, 2.0
    while term != 0 and abs(term) > 1e-17 * abs(total):
        total += term
        k += 1.0
        term *= -u / k
    return total


@compiled
def later(r: float, q: float, u: float) -> tuple[float, float]:
    """Excess and ratio of those who are left of the patient after theta T = u."""
    ratio = q * math.exp(-u)
    return (r + q * math.expm1(-u) if q <= BALANCED else ratio - 1), ratio


@compiled
def hurried(
    idle: float, r: float, q: float, x: float, turns: float, u: float
) -> tuple[float, float, float, float, float, float, float]:
    """Waiting with patience.

    Parameters
    ----------
    idle, r, turns : float
        As in :func:`unhurried`.
    q : float
        lambda/F.
    x : float
        F/theta: contacts that busy agents end within a mean patience, above 0.
    u : float
        theta T.

    Returns
    -------
    waits, answered, abandons : float
        P(V > 0), P(answered), P(abandons); the mean wait is the last one times the patience.
    answered_in_time : float
        P(answered within T).
    longer : float
        P(waits longer than T), before an answer or until hanging up.
    not_longer : float
        Its complement, free of cancellation.
    quits : float
        P(abandons | V > 0).
    """
    y = x * q
    if r <= 0 or y <= SMALL:
        busy, queued = lower(x, r, q)
        waits = (1 + busy) / (1 + busy + idle)
        free = idle / (1 + busy + idle)
        answers = busy / (q * (1 + busy))
        quits = queued / (y * (1 + busy))
        late, _, early, early_answer = _later_light(x, r, q, busy, turns, u)
    else:
        # The busy side's own probabilities, since A itself may be beyond any number.
        term = math.exp(log_poisson(x, r, q))
        above = term * upper(x, r, q)
        inverse = term / (1 - above)
        waits, free = 1 / (1 + idle * inverse), idle * inverse / (1 + idle * inverse)
        answers = (1 - inverse) / q
        quits = (r + inverse) / q
        late, _, early, early_answer = _later_heavy(x, r, q, term, above, u)
    if np.isinf(idle):
        waits, free = 0.0, 1.0
    longer = waits * late * math.exp(-u)
    not_longer = free + waits * (early - late * math.expm1(-u))
    in_time = free + waits * answers * early_answer
    return waits, free + waits * answers, waits * quits, in_time, longer, not_longer, quits


@compiled
def _later_light(
    x: float, r: float, q: float, busy: float, turns: float, u: float
) -> tuple[float, float, float, float]:
    """P(V > T | V > 0), the same of those answered, and both complements, where A is moderate."""
    shifted, _ = lower(x, *later(r, q, u))
    scale = math.exp(r * turns - x * q * _short_of_linear(u))
    late = min(1.0, scale * (1 + shifted) / (1 + busy))
    late_answer = min(1.0, scale * shifted / busy) if busy > 0 else scale
    return late, late_answer, 1 - late, 1 - late_answer


@compiled
def _later_heavy(
    x: float, r: float, q: float, term: float, above: float, u: float
) -> tuple[float, float, float, float]:
    """The same in overload: `term` is D(x, y), `above` is Q(x, y)."""
    shifted, ratio = later(r, q, u)
    own = math.exp(log_poisson(x, shifted, ratio))
    if shifted > 0 and x * ratio > SMALL:
        beyond = own * upper(x, shifted, ratio)
        late, late_answer = 1 - beyond, 1 - beyond - own
    else:
        more, _ = lower(x, shifted, ratio)
        late, late_answer = own * (1 + more), own * more
        beyond = 1 - late
    among, among_answered = 1 - above, 1 - above - term
    early = max(0.0, (beyond - above) / among)
    early_answer = max(0.0, (beyond + own - above - term) / among_answered)
    return min(1.0, late / among), min(1.0, late_answer / among_answered), early, early_answer
