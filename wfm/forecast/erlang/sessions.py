"""The side of a queue on which somebody is free, with one contact or several in each hand."""

from __future__ import annotations

import math

import numpy as np

from wfm.forecast.erlang.compiled import compiled
from wfm.forecast.erlang.gamma import idle_ratio
from wfm.forecast.erlang.values import Floats


@compiled
def pace(contacts: float, agents: float, handle_times: Floats) -> float:
    """Contacts ended in a second where so many are spread evenly over the agents.

    Parameters
    ----------
    contacts : float
        In hand, up to all that fit.
    agents : float
        Agents, whole or not.
    handle_times : ndarray, shape (concurrency,)
        Mean handle time in seconds with 1, 2, ... contacts in an agent's hand.
    """
    least = math.floor(contacts / agents)
    more = contacts - agents * least
    ended = 0.0
    if least > 0:
        ended += (agents - more) * least / handle_times[least - 1]
    if more > 0 and least < handle_times.size:
        ended += more * (least + 1) / handle_times[least]
    return ended


@compiled
def idle_side(
    rate: float, agents: float, handle_times: Floats, least: float
) -> tuple[float, float]:
    """W = P(room for another contact) / P(all full, nobody waits), and contacts in hand if room.

    A birth-death chain whose contacts are spread evenly. Agents who are not whole are continued as
    in Erlang's formula, from the fraction of a contact up.

    Parameters
    ----------
    rate : float
        Arrivals in a second.
    agents, handle_times
        As in :func:`pace`.
    least : float
        Contacts that are always in hand, such as deferred ones that fill idle time; usually 0.
    """
    room = agents * handle_times.size
    steps = math.floor(room - least)
    first = room - steps
    fraction = 0.0
    if least == 0 and first > 0:
        load = rate * handle_times[0]
        fraction = idle_ratio(first, (load - first) / first, load / first)
    mean = max(0.0, first - 1)
    for step in range(1, steps + 1):
        held = first + step
        if fraction < np.inf:
            mean = (held - 1 + mean * fraction) / (1 + fraction)
        fraction = pace(held, agents, handle_times) / rate * (1 + fraction)
    return fraction, mean
