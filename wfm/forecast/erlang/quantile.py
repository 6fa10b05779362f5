"""The wait that a share of the contacts does not exceed."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from wfm.forecast.erlang.compiled import compiled, over_arrays
from wfm.forecast.erlang.gamma import SMALL, idle_ratio, log_poisson, lower, upper
from wfm.forecast.erlang.measures import ENDLESS, NOTHING, excess
from wfm.forecast.erlang.values import Floats, checked
from wfm.forecast.erlang.waiting import hurried, later

STEPS = 200
CLOSE = 1e-15


def wait_quantile(
    arrivals_per_hour: ArrayLike,
    aht: ArrayLike,
    agents: ArrayLike,
    probability: ArrayLike,
    patience: ArrayLike = math.inf,
) -> float | Floats:
    """Wait, until answered or hanging up, that a share of all contacts does not exceed.

    Parameters
    ----------
    arrivals_per_hour, aht, agents, patience : float or array_like
        As in :func:`performance`.
    probability : float or array_like
        The share, from 0 up and below 1.

    Returns
    -------
    float or ndarray
        Seconds; 0 where at least that share finds an agent free, infinite where Erlang C has no
        steady state.

    Raises
    ------
    InputError
        Naming the first index of a value that is out of bounds or not a number.
    """
    arrays = checked(
        {
            "arrivals_per_hour": arrivals_per_hour,
            "aht": aht,
            "agents": agents,
            "probability": probability,
            "patience": patience,
        }
    )
    with np.errstate(all="ignore"):
        found = _quantile_each(*arrays)
    return float(found) if np.ndim(found) == 0 else np.asarray(found)


@compiled
def _quantile(
    arrivals: float, aht: float, agents: float, probability: float, patience: float
) -> float:
    longer = 1 - probability
    if arrivals * aht < NOTHING or longer >= 1:
        return 0.0
    if agents < NOTHING:
        return -patience * math.log(longer)
    r, q = excess(arrivals, aht, agents)
    idle = idle_ratio(agents, r, q)
    if np.isinf(patience):
        waits = 1 / (1 - idle * r) if r < 0 else 1.0
        if waits <= longer:
            return 0.0
        return math.log(waits / longer) / -r * aht / agents if r < 0 else np.inf
    pace = agents / aht
    patience = min(patience, ENDLESS / pace)
    x = pace * patience
    if x * q < NOTHING or hurried(idle, r, q, x, 0.0, 0.0)[0] <= longer:
        return 0.0
    return _patient_quantile(idle, r, q, x, pace, longer)


@compiled
def _patient_quantile(
    idle: float, r: float, q: float, x: float, pace: float, longer: float
) -> float:
    """Newton's method on ln P(wait > t), which is concave, within a bracket that only shrinks."""
    patience = x / pace
    low, high, at = 0.0, -patience * math.log(longer), 0.0
    for _ in range(STEPS):
        tail = hurried(idle, r, q, x, pace * at, at / patience)[4]
        if tail >= longer:
            low = at
        else:
            high = at
        step = (low + high) / 2
        if tail > 0:
            ends = 1 / patience + pace * _inverse_busy(x, *later(r, q, at / patience))
            newton = at + math.log(tail / longer) / ends
            step = newton if low < newton < high else step
        if abs(step - at) <= CLOSE * step:
            return step
        at = step
    return at


@compiled
def _inverse_busy(x: float, r: float, q: float) -> float:
    """1/A: the hazard of V, per contact that busy agents end."""
    if r <= 0 or x * q <= SMALL:
        return 1 / (1 + lower(x, r, q)[0])
    term = math.exp(log_poisson(x, r, q))
    return term / (1 - term * upper(x, r, q))


@over_arrays("float64, float64, float64, float64, float64, float64[:]", "(),(),(),(),()->()")
def _quantile_each(
    arrivals: float, aht: float, agents: float, probability: float, patience: float, found: Floats
) -> None:
    found[0] = _quantile(arrivals, aht, agents, probability, patience)
