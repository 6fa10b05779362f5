"""A line of contacts as a fluid: what comes, what agents take, and who hangs up.

Right to first order for a large queue (Whitt 2004, "Efficiency-driven heavy-traffic approximations
for many-server queues with abandonments"), and what bounds the states of the chain.
"""

from __future__ import annotations

import math

import numpy as np

from wfm.forecast.erlang.compiled import compiled
from wfm.forecast.erlang.values import Floats

MOMENTS = 60
"""Within an interval, at which its arrivals are looked at."""

MOST_GROWTH = 600.0
"""Logarithm of the largest factor by which a line grows: more is as good as without end."""


@compiled
def settled_line(line: float, growth: float, hurry: float, seconds: float) -> float:
    """Length of a line after so many seconds, at least 0.

    Parameters
    ----------
    line : float
        Contacts at the start.
    growth : float
        Contacts that come in a second less those that agents take.
    hurry : float
        1/(mean patience); below 0 a line that draws more.
    seconds : float
        From 0 up.
    """
    if hurry == 0:
        return max(0.0, line + growth * seconds)
    fade = math.expm1(min(-hurry * seconds, MOST_GROWTH))
    return max(0.0, line * (1 + fade) - growth / hurry * fade)


@compiled
def lines(births: Floats, deaths: Floats, servers: Floats, width: float, hurry: float) -> Floats:
    """Line at the end of each interval of `width` seconds, from an empty one on."""
    found, line = np.zeros(births.size), 0.0
    for i in range(births.size):
        line = settled_line(line, births[i] - servers[i] * deaths[i], hurry, width)
        found[i] = line
    return found


@compiled
def in_time(
    births: Floats, deaths: Floats, servers: Floats, width: float, hurry: float, wait: float
) -> Floats:
    """Share of each interval's arrivals who are answered within `wait` seconds.

    A line of L takes agents who end F contacts in a second V = log(1 + L/(F patience)) patience
    seconds, in which a share of 1 - e^(-V/patience) of its contacts hangs up. It starts empty;
    agents who leave at an interval's end hand their contacts back to it.
    """
    found, held = np.zeros(births.size), 0.0
    seconds = width / (2 * MOMENTS)
    for i in range(births.size):
        pace = servers[i] * deaths[i]
        # The line that agents and impatience take off within the wait.
        most = settled_line(0.0, pace, -hurry, wait)
        for half in range(2 * MOMENTS):
            ahead = max(0.0, held - servers[i])
            if half % 2 and pace > 0 and ahead <= most:
                found[i] += 1 / (1 + ahead * hurry / pace) / MOMENTS
            if held < servers[i]:
                held = min(servers[i], settled_line(held, births[i], deaths[i], seconds))
            else:
                held = servers[i] + settled_line(ahead, births[i] - pace, hurry, seconds)
                if ahead == 0 and births[i] < pace:
                    held = settled_line(held, births[i], deaths[i], seconds)
    return found
