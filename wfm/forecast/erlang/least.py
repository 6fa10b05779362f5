"""The least number of agents that meets every goal, for plain numbers."""

from __future__ import annotations

import math

import numpy as np

from wfm.forecast.erlang.compiled import compiled
from wfm.forecast.erlang.measures import HOUR, NOTHING, measure
from wfm.forecast.erlang.stepping import SLACK, least_without_patience, square_root_rule
from wfm.forecast.erlang.values import Floats

CLOSE = 1e-13
"""Width, as a share, at which a fraction of an agent is found."""
NEVER = -1.0


@compiled
def mean_level(
    arrivals: float,
    handle_times: Floats,
    agents: float,
    threshold: float,
    patience: float,
    definition: int,
    factors: Floats,
    weights: Floats,
) -> float:
    """Expected service level over the factors by which all arrivals may rise or fall together.

    Contacts count, so that a busy day weighs more: the sum of ``weights * factors * level`` over
    that of ``weights * factors``.
    """
    total, offered = 0.0, 0.0
    for factor, weight in zip(factors, weights):  # noqa: B905  (numba knows no strict)
        found = measure(factor * arrivals, handle_times, agents, threshold, patience)
        total += weight * factor * found[1 + definition]
        offered += weight * factor
    return float(total / offered)


@compiled
def margin(
    arrivals: float,
    handle_times: Floats,
    agents: float,
    goals: Floats,
    definition: int,
    factors: Floats,
    weights: Floats,
) -> float:
    """By how much the goal that is missed most, or met most narrowly, is met; from -1 up.

    Parameters
    ----------
    goals : ndarray, shape (6,)
        Service level, threshold, patience, longest ASA, largest abandonment, largest occupancy.
    definition : int
        Index of the service level among its definitions.
    """
    target, threshold, patience, asa, abandonment, occupancy = goals
    room = agents * handle_times.size
    level, wait, lost, busy, offered, all_weights = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    for factor, weight in zip(factors, weights):  # noqa: B905
        rate = factor * arrivals
        endless = np.isinf(patience) and rate * handle_times[-1] >= room * HOUR
        if endless and (asa < np.inf or factors.size == 1):
            return NEVER
        found = measure(rate, handle_times, agents, threshold, patience)
        level += weight * factor * found[1 + definition]
        wait += weight * factor * found[5] if asa < np.inf else 0.0
        lost += weight * factor * found[7]
        busy += weight * found[8]
        offered += weight * factor
        all_weights += weight
    least = 1.0
    if target > 0:
        least = min(least, level / offered - target)
    if abandonment < 1:
        least = min(least, abandonment - lost / offered)
    if occupancy < 1:
        least = min(least, occupancy - busy / all_weights)
    if asa < np.inf:
        least = min(least, 1 - wait / offered / asa)
    return float(max(NEVER, least))


@compiled
def least_agents(
    arrivals: float,
    aht: float,
    growth: Floats,
    goals: tuple[float, float, float, float, float, float],
    definition: int,
    fractional: bool,
    share: float,
    factors: Floats,
    weights: Floats,
) -> float:
    """Fewest scheduled agents, each there for a share of the time, that meet all goals.

    Parameters
    ----------
    growth : ndarray, shape (concurrency,)
        Handle times with 1, 2, ... contacts in hand, as multiples of `aht`.
    goals
        Those of :func:`margin`.
    """
    if arrivals * aht < NOTHING:
        return 0.0
    simple = growth.size == 1 and factors.size == 1 and share == 1 and not fractional
    if simple and np.isinf(goals[2]):
        return least_without_patience(factors[0] * arrivals, aht * growth[0], goals)
    aims = np.array(goals)
    return _least_anyhow(
        arrivals, aht * growth, aims, definition, fractional, share, factors, weights
    )


@compiled
def _least_anyhow(
    arrivals: float,
    handle_times: Floats,
    goals: Floats,
    definition: int,
    fractional: bool,
    share: float,
    factors: Floats,
    weights: Floats,
) -> float:
    """Answer by doubling steps from the square-root rule, then by halving.

    Every measure gets better with each agent.
    """
    high = square_root_rule(
        arrivals, handle_times[-1], handle_times.size, goals[0], goals[1], share
    )
    step = 1.0
    if _meets(arrivals, handle_times, high, share, goals, definition, factors, weights):
        low = high - step
        while low >= 0 and _meets(
            arrivals, handle_times, low, share, goals, definition, factors, weights
        ):
            high = low
            step *= 2
            low = high - step
        low = max(low, -1.0)
    else:
        low = high
        while not _meets(arrivals, handle_times, high, share, goals, definition, factors, weights):
            low = high
            high += step
            step *= 2
    while high - low > 1:
        middle = math.floor((low + high) / 2)
        if _meets(arrivals, handle_times, middle, share, goals, definition, factors, weights):
            high = middle
        else:
            low = middle
    if fractional and high > 0:
        return _between(
            arrivals, handle_times, low, high, share, goals, definition, factors, weights
        )
    return high


@compiled
def _meets(
    arrivals: float,
    handle_times: Floats,
    scheduled: float,
    share: float,
    goals: Floats,
    definition: int,
    factors: Floats,
    weights: Floats,
) -> bool:
    agents = scheduled * share
    return margin(arrivals, handle_times, agents, goals, definition, factors, weights) >= -SLACK


@compiled
def _between(
    arrivals: float,
    handle_times: Floats,
    low: float,
    high: float,
    share: float,
    goals: Floats,
    definition: int,
    factors: Floats,
    weights: Floats,
) -> float:
    """Where the goals are met exactly, between a number that misses and one that meets them.

    Ridders' method (1979), whose bracket never grows and at least halves.
    """
    low = max(low, 0.0)
    below = margin(arrivals, handle_times, low * share, goals, definition, factors, weights)
    above = margin(arrivals, handle_times, high * share, goals, definition, factors, weights)
    if below >= -SLACK:
        return low
    while high - low > CLOSE * high and above > 0:
        middle = (low + high) / 2
        if middle in (low, high):
            break
        half = margin(arrivals, handle_times, middle * share, goals, definition, factors, weights)
        root = math.sqrt(half * half - below * above)
        point = middle if root == 0 else middle - (middle - low) * half / root
        point = min(max(point, low), high)
        found = margin(arrivals, handle_times, point * share, goals, definition, factors, weights)
        if half >= 0:
            high, above = middle, half
        else:
            low, below = middle, half
        if low < point < high:
            if found >= 0:
                high, above = point, found
            else:
                low, below = point, found
    return high
