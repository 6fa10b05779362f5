"""What is read off a trace: a cost and a bound that are steps over the time."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

STEPS = ("rows", "columns")


class Seen(NamedTuple):
    """Where a search stood: seconds since it began, the step just done, cost and bound so far."""

    seconds: float
    step: str
    cost: float
    bound: float


def gap_to(value: float, best: float) -> float:
    r"""How far a value lies from the best that is known.

    Parameters
    ----------
    value : float
        A cost, or a bound.
    best : float
        The least cost known of the same instance.

    Returns
    -------
    float
        From 0 to 1.

    Notes
    -----
    The primal gap of T. Berthold, "Measuring the impact of primal heuristics", Operations Research
    Letters 41 (6), 2013, pages 611 to 614: for a value :math:`v` and the best one :math:`b`

    .. math:: \gamma(v) = 0 \text{ if } v = b = 0, \quad 1 \text{ if } v b < 0, \quad
        \frac{|b - v|}{\max(|b|, |v|)} \text{ otherwise.}
    """
    if value == best:
        return 0.0
    if value * best < 0:
        return 1.0
    return abs(best - value) / max(abs(best), abs(value))


def integral(values: Iterable[tuple[float, float]], best: float, until: float) -> float:
    r"""Integral over the time of how far a value lies from the best that is known.

    Parameters
    ----------
    values : iterable of (float, float)
        Seconds in ascending order, and the value from then on.
    best : float
        As in :func:`gap_to`.
    until : float
        Seconds at which it ends: the limit of the run, so that a run that ends early goes on with
        its last value, and what a run says later does not count.

    Returns
    -------
    float
        Seconds, from 0 to `until`. Over `until` it is the mean gap during the run.

    Notes
    -----
    The primal integral of Berthold (2013), if the values are costs: with solutions found at
    :math:`t_1 < \dots < t_{I-1}`, :math:`t_0 = 0` and :math:`t_I = T`

    .. math:: P(T) = \int_0^T p(t) \, dt = \sum_{i=1}^{I} p(t_{i-1}) \, (t_i - t_{i-1})

    where :math:`p(t) = 1` while there is none, then :math:`\gamma` of the best one so far. With
    bounds for costs it is the dual integral, relative to the least cost known, too.
    """
    steps = [(0.0, 1.0), *((at, gap_to(value, best)) for at, value in values), (until, 0.0)]
    spans = ((min(then, until) - min(now, until), gap) for (now, gap), (then, _) in pairwise(steps))
    return math.fsum(span * gap for span, gap in spans)


def first_within(trace: Iterable[Seen], gap: float, bound: float, until: float) -> float | None:
    """Seconds until a cost was proven to be near enough, by the best bound that is known.

    Parameters
    ----------
    trace : iterable of Seen
        Of a run.
    gap : float
        ``(cost - bound) / cost`` that is to be reached.
    bound : float
        The largest bound known of the same instance, whichever run has proven it and when.
    until : float
        Seconds after which nothing counts.

    Returns
    -------
    float or None
        None if it never was.
    """
    near = (
        seen.seconds
        for seen in trace
        if seen.cost - bound <= gap * abs(seen.cost) and seen.seconds <= until
    )
    return next(near, None)


def by_step(trace: Sequence[Seen]) -> dict[str, dict[str, float]]:
    """Steps by kind: how many, the seconds that they took, the cost that they saved.

    What raises the bound between two steps counts for the later one.
    """
    spent, saved = dict.fromkeys(STEPS, 0.0), dict.fromkeys(STEPS, 0.0)
    for before, after in pairwise(trace):
        spent[after.step] += after.seconds - before.seconds
        saved[after.step] += before.cost - after.cost
    many = Counter(seen.step for seen in trace)
    return {"steps": {step: many[step] for step in STEPS}, "seconds": spent, "saved": saved}
