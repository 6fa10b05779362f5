"""Erlang C's commonest question: one gamma function, then steps of one agent."""

from __future__ import annotations

import math

import numpy as np

from wfm.forecast.erlang.compiled import compiled
from wfm.forecast.erlang.gamma import LARGE, idle_ratio
from wfm.forecast.erlang.measures import HOUR

SLACK = 1e-12
"""What rounding may take from a goal that is met exactly."""


@compiled
def least_without_patience(
    arrivals: float, aht: float, goals: tuple[float, float, float, float, float, float]
) -> float:
    """Erlang C's answer by steps of one agent, which need no further gamma function.

    W(n) = n (1 + W(n - 1))/a; above the load neither direction makes errors grow.
    """
    load = arrivals * aht / HOUR
    least = math.floor(load) + 1.0
    if goals[5] < 1:
        least = max(least, math.ceil(load / goals[5] * (1 - SLACK)))
    agents = max(least, square_root_rule(arrivals, aht, 1, goals[0], goals[1], 1.0))
    pace = goals[1] / aht
    idle, inverse = 0.0, 1 / load
    if agents < LARGE:
        for number in range(1, int(agents) + 1):
            idle = number * inverse * (1 + idle)
    else:
        idle = idle_ratio(agents, (load - agents) / agents, load / agents)
    if not _keeps(load, agents, idle, pace, aht, goals[0], goals[3]):
        while not _keeps(load, agents, idle, pace, aht, goals[0], goals[3]):
            agents += 1
            idle = agents * (1 + idle) / load
        return agents
    while agents > least:
        fewer = load * idle / agents - 1
        if np.isinf(idle):
            fewer = idle_ratio(agents - 1, (load - agents + 1) / (agents - 1), load / (agents - 1))
        if not _keeps(load, agents - 1, fewer, pace, aht, goals[0], goals[3]):
            break
        agents -= 1
        idle = fewer
    return agents


@compiled
def _keeps(
    load: float, agents: float, idle: float, pace: float, aht: float, target: float, asa: float
) -> bool:
    """Whether a line of endless patience keeps its service level and ASA; `pace` is T/AHT."""
    r = (load - agents) / agents
    waits = 1 / (1 - idle * r)
    if 1 - waits * math.exp(r * pace * agents) < target - SLACK:
        return False
    return bool(np.isinf(asa) or waits * aht / (agents - load) <= asa * (1 + SLACK))


@compiled
def square_root_rule(
    arrivals: float, aht: float, places: int, target: float, threshold: float, share: float
) -> float:
    """Erlang C's square-root rule: c^2/4 + (1.2533 + T/AHT sqrt(a)) c = -ln(1 - level)."""
    load = arrivals * aht / HOUR
    slope = 1.2533 + threshold / aht * math.sqrt(load)
    spare = 2 * (math.sqrt(slope * slope - math.log1p(-target)) - slope)
    return float(math.ceil((load + spare * math.sqrt(load)) / (share * places)))
