"""A queue whose contacts and agents change from interval to interval, with what waits carried on.

The number of contacts in the system is a birth-death chain whose rates are constant within an
interval. Its distribution is carried through the interval, and the mean distribution over the
interval gives the service of those who arrive in it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from wfm.errors import InputError
from wfm.forecast.erlang.chain import TAIL, answered, carry, fill_leaves, highest
from wfm.forecast.erlang.compiled import compiled
from wfm.forecast.erlang.fluid import lines
from wfm.forecast.erlang.measures import HOUR
from wfm.forecast.erlang.values import Floats, array, plain

MOST_STATES = 20_000


@dataclass(frozen=True, eq=False)
class Course:
    """Service of each interval in turn; arrays of shape ``(intervals,)``.

    Attributes
    ----------
    wait_probability, service_level, abandonment : ndarray
        As in :class:`Performance`, of the contacts that arrive in the interval; the last one is
        those who hang up in it over those who arrive in it.
    mean_queue : ndarray
        Mean number waiting.
    left_waiting : ndarray
        Mean number waiting at the interval's end, which the next one has to serve.
    """

    wait_probability: Floats
    service_level: Floats
    abandonment: Floats
    mean_queue: Floats
    left_waiting: Floats


def course(
    arrivals_per_hour: ArrayLike,
    aht: ArrayLike,
    agents: ArrayLike,
    interval: float,
    threshold: float = 20.0,
    patience: float = math.inf,
) -> Course:
    """Service of intervals that follow each other, from an empty queue on.

    Unlike the steady state of each interval by itself, this is right where an interval is
    overloaded and leaves a line to the next, where contacts take long beside the interval, and
    after opening. Agents who leave at an interval's end drop nobody: the contacts stay in the
    system. A fraction of an agent works at that fraction of the pace.

    Parameters
    ----------
    arrivals_per_hour, aht, agents : array_like, shape (intervals,)
        As in :func:`performance`; plain numbers hold in all intervals.
    interval : float
        Minutes of each.
    threshold : float
        Seconds within which an answer is in time.
    patience : float
        Mean seconds that callers are willing to wait, above 0; may be infinite.

    Raises
    ------
    InputError
        Naming the first index of a value that is out of bounds, or if the line would grow beyond
        20,000 contacts.
    """
    rates, times, servers = np.broadcast_arrays(
        np.atleast_1d(array("arrivals_per_hour", arrivals_per_hour)),
        np.atleast_1d(array("aht", aht)),
        np.atleast_1d(array("agents", agents)),
    )
    if rates.ndim != 1:
        raise InputError("arrivals_per_hour", "be one number for each interval", rates.shape)
    width, wait = plain("interval", interval) * 60, plain("threshold", threshold)
    if plain("patience", patience) == 0:
        raise InputError("patience", "be above 0", patience)
    hurry = 1 / patience
    births, deaths, servers = rates / HOUR, 1 / times, servers.astype(float)
    states = states_of(births, deaths, servers, width, hurry)
    if states > MOST_STATES:
        must = f"leave a line of at most {MOST_STATES} contacts"
        raise InputError("agents", must, f"some {states}")
    return Course(*_course(births, deaths, servers, width, wait, hurry, states))


def states_of(births: Floats, deaths: Floats, servers: Floats, width: float, hurry: float) -> int:
    """States to keep: all agents, the longest line of a fluid, and a margin for chance.

    Parameters
    ----------
    births, deaths, servers : ndarray, shape (intervals,)
        Arrivals in a second, contacts that an agent ends in a second, and agents.
    width : float
        Seconds of an interval.
    hurry : float
        1/(mean patience), 0 if nobody hangs up.
    """
    longest = float(lines(births, deaths, servers, width, hurry).max())
    room = max(float(servers.max()), float((births / deaths).max()))
    spread = math.sqrt(room + longest + float((births * width).max()))
    return int(room + longest + 2 * TAIL * spread) + 20


@compiled
def _course(
    births: Floats,
    deaths: Floats,
    servers: Floats,
    width: float,
    wait: float,
    hurry: float,
    states: int,
) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    many = births.size
    waits, levels, lost = np.zeros(many), np.ones(many), np.zeros(many)
    queues, ends = np.zeros(many), np.zeros(many)
    now, mean, leaves = np.zeros(states), np.zeros(states), np.zeros(states)
    now[0] = 1.0
    window = (0, 0)
    for i in range(many):
        fill_leaves(servers[i], deaths[i], hurry, leaves)
        bound = highest(window[1], births[i], deaths[i], servers[i], hurry, width)
        top = int(min(states - 1.0, bound))
        window = carry(now, window, births[i], leaves, top, width, mean)
        for k in range(window[0], window[1] + 1):
            line = max(0.0, k - servers[i])
            queues[i] += mean[k] * line
            ends[i] += now[k] * line
            waits[i] += mean[k] if k >= servers[i] else 0.0
        if births[i] > 0:
            level = answered(servers[i], deaths[i], hurry, wait, window[1] + 1)
            levels[i] = min(1.0, float(mean[: level.size] @ level))
            lost[i] = queues[i] * hurry / births[i]
        else:
            waits[i] = 0.0
    return waits, levels, lost, queues, ends
