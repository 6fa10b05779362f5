"""A queue whose contacts and agents change from interval to interval, with what waits carried on.

The number of contacts in the system is a birth-death chain whose rates are constant within an
interval. Uniformisation (Jensen 1953) carries its distribution through the interval, and the mean
distribution over the interval gives the service of those who arrive in it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from wfm.errors import InputError
from wfm.forecast.erlang.compiled import compiled
from wfm.forecast.erlang.measures import HOUR
from wfm.forecast.erlang.values import Floats, array, plain

NEGLIGIBLE = 1e-12
MOST_STATES = 20_000
PIECE = 400.0
"""Jumps at a time, few enough for e^-jumps to be a number."""
TAIL = 8.0
"""Standard deviations of the line that are kept beyond its mean."""


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
    births, deaths = rates / HOUR, 1 / times
    states = _states(births, deaths, servers, width, hurry)
    if states > MOST_STATES:
        must = f"leave a line of at most {MOST_STATES} contacts"
        raise InputError("agents", must, f"some {states}")
    empty = np.zeros(states)
    empty[0] = 1.0
    return Course(*_course(births, deaths, servers.astype(float), width, wait, hurry, empty))


def _states(births: Floats, deaths: Floats, servers: Floats, width: float, hurry: float) -> int:
    """States to keep: all agents, the longest line of a fluid, and a margin for chance."""
    line, longest = 0.0, 0.0
    for growth in ((births - deaths * servers) * width).tolist():
        line = max(0.0, line + growth)
        longest = max(longest, line)
    if hurry > 0:
        longest = min(longest, float(births.max()) / hurry)
    room = max(float(servers.max()), float((births / deaths).max()))
    spread = math.sqrt(room + longest + float((births * width).max()))
    return int(room + longest + 2 * TAIL * spread) + 20


@compiled
def _rates(servers: float, death: float, hurry: float, leaves: Floats) -> float:
    """Fill the rate at which the number in the system falls, by state; returns the largest."""
    for k in range(leaves.size):
        leaves[k] = min(k, servers) * death + max(0.0, k - servers) * hurry
    return float(leaves[-1])


@compiled
def _carry(
    start: Floats, birth: float, leaves: Floats, fastest: float, width: float, mean: Floats
) -> Floats:
    """Distribution after `width` seconds; fills its mean over them."""
    pace = (birth + fastest) * 1.0001 + 1e-9
    jumps = pace * width
    pieces = math.ceil(jumps / PIECE)
    mean[:] = 0.0
    now = start.copy()
    for _ in range(pieces):
        now = _carry_piece(now, birth, leaves, pace, jumps / pieces, mean)
    mean /= mean.sum()
    return np.asarray(now / now.sum())


@compiled
def _carry_piece(
    start: Floats, birth: float, leaves: Floats, pace: float, jumps: float, mean: Floats
) -> Floats:
    """So many jumps on average, few enough for e^-jumps to be a number; adds to the mean."""
    vector, after = start.copy(), np.zeros(start.size)
    weight = math.exp(-jumps)
    below, number = 0.0, 0
    up = birth / pace
    while True:
        after += weight * vector
        below += weight
        left = max(0.0, 1 - below)
        mean += left * vector
        if left < NEGLIGIBLE and number > jumps:
            return after
        carried = vector[0] * up
        vector[0] += vector[1] * leaves[1] / pace - carried
        for k in range(1, vector.size - 1):
            stays = vector[k] * (1 - up - leaves[k] / pace)
            moved = vector[k] * up
            vector[k] = stays + carried + vector[k + 1] * leaves[k + 1] / pace
            carried = moved
        last = vector.size - 1
        vector[last] = vector[last] * (1 - leaves[last] / pace) + carried
        number += 1
        weight *= jumps / number


@compiled
def _answered(servers: float, death: float, hurry: float, wait: float, many: int) -> Floats:
    """P(answered in time) of who arrives with so many in the system, shape ``(many,)``."""
    free = math.ceil(servers)
    ahead = max(1, many - free + 1)
    level = np.ones(many)
    fastest = servers * death + ahead * hurry
    jumps = fastest * 1.0001 * wait
    place = np.zeros(ahead)
    place[0] = 1.0
    found = place.copy()
    pieces = math.ceil(jumps / PIECE)
    for _ in range(pieces):
        vector, total = found.copy(), np.zeros(ahead)
        weight, below, number = math.exp(-jumps / pieces), 0.0, 0
        while True:
            total += weight * vector
            below += weight
            if 1 - below < NEGLIGIBLE and number > jumps / pieces:
                break
            for j in range(ahead - 1, 0, -1):
                moves = (servers * death + (j - 1) * hurry) / (fastest * 1.0001)
                quits = hurry / (fastest * 1.0001)
                vector[j] = vector[j] * (1 - moves - quits) + vector[j - 1] * moves
            number += 1
            weight *= jumps / pieces / number
        found = total
    for k in range(free, many):
        level[k] = found[min(k - free + 1, ahead - 1)] if servers > 0 else 0.0
    return level


@compiled
def _course(
    births: Floats,
    deaths: Floats,
    servers: Floats,
    width: float,
    wait: float,
    hurry: float,
    start: Floats,
) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    many, states = births.size, start.size
    waits, levels, lost = np.zeros(many), np.ones(many), np.zeros(many)
    queues, ends = np.zeros(many), np.zeros(many)
    now, mean, leaves = start.copy(), np.zeros(states), np.zeros(states)
    level = np.ones(states)
    for i in range(many):
        changed = i == 0 or servers[i] != servers[i - 1] or deaths[i] != deaths[i - 1]
        fastest = _rates(servers[i], deaths[i], hurry, leaves)
        now = _carry(now, births[i], leaves, fastest, width, mean)
        if changed:
            level = _answered(servers[i], deaths[i], hurry, wait, states)
        for k in range(states):
            line = max(0.0, k - servers[i])
            queues[i] += mean[k] * line
            ends[i] += now[k] * line
            waits[i] += mean[k] if k >= servers[i] else 0.0
        if births[i] > 0:
            levels[i] = min(1.0, float(mean @ level))
            lost[i] = queues[i] * hurry / births[i]
        else:
            waits[i] = 0.0
    return waits, levels, lost, queues, ends
