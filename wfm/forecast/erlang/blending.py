"""Agents who do deferred work between contacts, some of them kept free."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from wfm.errors import InputError
from wfm.forecast.erlang.compiled import compiled, over_arrays
from wfm.forecast.erlang.measures import (
    HOUR,
    MEASURES,
    NOTHING,
    excess,
    measure,
    nobody,
    occupied,
    waiting_line,
)
from wfm.forecast.erlang.performance import Performance
from wfm.forecast.erlang.sessions import idle_side
from wfm.forecast.erlang.values import ONE, Floats, checked


@dataclass(frozen=True, eq=False)
class Blend:
    """What agents get done who turn to deferred work when enough of them are free.

    Attributes
    ----------
    contacts : Performance
        Service of those who wait on the line; its occupancy counts deferred work too.
    deferred_per_hour : ndarray
        Deferred contacts done in an hour.
    """

    contacts: Performance
    deferred_per_hour: Floats


def blend(
    arrivals_per_hour: ArrayLike,
    aht: ArrayLike,
    agents: ArrayLike,
    reserve: ArrayLike,
    threshold: ArrayLike = 20.0,
    patience: ArrayLike = math.inf,
) -> Blend:
    """Service and deferred work of agents who take up the latter while more than a reserve is free.

    Deferred work never runs out, takes as long as a contact, and is not put down for one.

    Parameters
    ----------
    arrivals_per_hour, aht, agents, threshold, patience : float or array_like
        As in :func:`performance`.
    reserve : float or array_like
        Agents who are kept free for contacts, from 0 up to all of them.

    Raises
    ------
    InputError
        Naming the first index of a value that is out of bounds or not a number.

    Notes
    -----
    The chain of :func:`performance`, which never falls below ``agents - reserve`` busy agents:
    Bhulai and Koole (2003), "A queueing model for call blending in call centers".
    """
    given = {
        "arrivals_per_hour": arrivals_per_hour,
        "aht": aht,
        "agents": agents,
        "reserve": reserve,
        "threshold": threshold,
        "patience": patience,
    }
    arrays = checked(given)
    if np.any(arrays[3] > arrays[2]):
        raise InputError("reserve", "be at most the number of agents", reserve)
    with np.errstate(all="ignore"):
        each = _blend_each(*arrays, np.empty(MEASURES + 1))
    *found, done = np.moveaxis(each, -1, 0).copy()
    return Blend(Performance(*found), done)


@compiled
def _blended(
    arrivals: float, aht: float, agents: float, reserve: float, threshold: float, patience: float
) -> tuple[float, float, float, float, float, float, float, float, float, float, float]:
    if agents < NOTHING:
        if arrivals * aht >= NOTHING:
            return (*nobody(arrivals, threshold, patience), 0.0)
        return (*measure(arrivals, ONE, agents, threshold, patience), 0.0)
    if arrivals * aht < NOTHING:
        found = measure(arrivals, ONE, agents, threshold, patience)
        busy = (agents - reserve) / agents
        return (*found[:8], busy, 0.0, (agents - reserve) / aht * HOUR)
    r, q = excess(arrivals, aht, agents)
    times = np.full(1, aht)
    idle, held = idle_side(arrivals / HOUR, agents, times, agents - reserve)
    found = waiting_line(arrivals, agents / aht, idle, r, q, threshold, patience)
    busy = occupied(idle, held, found[0], agents)
    answered = arrivals * (1 - found[7]) if found[6] < np.inf else agents / aht * HOUR
    done = max(0.0, busy * agents / aht * HOUR - answered)
    return (*found[:8], busy, found[9], done)


@over_arrays(
    "float64, float64, float64, float64, float64, float64, float64[:], float64[:]",
    "(),(),(),(),(),(),(m)->(m)",
)
def _blend_each(
    arrivals: float,
    aht: float,
    agents: float,
    reserve: float,
    threshold: float,
    patience: float,
    _: Floats,
    found: Floats,
) -> None:
    values = _blended(arrivals, aht, agents, reserve, threshold, patience)
    for index in range(MEASURES + 1):
        found[index] = values[index]
