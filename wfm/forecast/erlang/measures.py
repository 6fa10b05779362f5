"""All measures of a queue, for plain numbers."""

from __future__ import annotations

import math

import numpy as np

from wfm.forecast.erlang.compiled import compiled
from wfm.forecast.erlang.gamma import idle_ratio
from wfm.forecast.erlang.sessions import idle_side
from wfm.forecast.erlang.values import Floats
from wfm.forecast.erlang.waiting import hurried, unhurried

HOUR = 3600.0
MEASURES = 10
SPLIT = 134217729.0
NOTHING = 1e-290
"""Load, agents, or contacts that arrive within a mean patience, below which there are none."""
ENDLESS = 1e250
"""Contacts that agents end within a mean patience, from which it makes no difference."""


@compiled
def excess(arrivals: float, aht: float, agents: float) -> tuple[float, float]:
    """(load - agents)/agents, free of the rounding of the load, and load/agents.

    Near balance the rounding of ``arrivals * aht`` would show in the tenth digit where patience is
    long. Both products are taken with their rounding errors: Dekker (1971), "A floating-point
    technique for extending the available precision".
    """
    work, lost = _product(arrivals, aht)
    room, more = _product(agents, HOUR)
    return (work - room + (lost - more)) / room, work / room


@compiled
def _product(a: float, b: float) -> tuple[float, float]:
    high_a = a * SPLIT - (a * SPLIT - a)
    high_b = b * SPLIT - (b * SPLIT - b)
    low_a, low_b = a - high_a, b - high_b
    found = a * b
    return found, low_a * low_b - (found - high_a * high_b - low_a * high_b - high_a * low_b)


@compiled
def measure(
    arrivals: float,
    handle_times: Floats,
    agents: float,
    threshold: float,
    patience: float,
) -> tuple[float, float, float, float, float, float, float, float, float, float]:
    """Measures in the order of :class:`wfm.forecast.erlang.Performance`.

    `handle_times`, in seconds, are those with 1, 2, ... contacts in an agent's hand.
    """
    room, aht = agents * handle_times.size, handle_times[-1]
    if handle_times[0] == aht or arrivals * aht < NOTHING or agents < NOTHING:
        return measure_servers(arrivals, aht, room, threshold, patience)
    idle, held = idle_side(arrivals / HOUR, agents, handle_times, 0.0)
    r, q = excess(arrivals, aht, room)
    found = waiting_line(arrivals, room / aht, idle, r, q, threshold, patience)
    return (*found[:8], occupied(idle, held, found[0], room), found[9])


@compiled
def measure_servers(
    arrivals: float, aht: float, servers: float, threshold: float, patience: float
) -> tuple[float, float, float, float, float, float, float, float, float, float]:
    """The same where contacts take as long however many an agent has in hand."""
    if arrivals * aht < NOTHING:
        return 0.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0
    if servers < NOTHING:
        return nobody(arrivals, threshold, patience)
    r, q = excess(arrivals, aht, servers)
    idle = idle_ratio(servers, r, q)
    return waiting_line(arrivals, servers / aht, idle, r, q, threshold, patience)


@compiled
def occupied(idle: float, held: float, waits: float, room: float) -> float:
    """Share of the room for contacts that is taken: `held` where some is free, else all of it."""
    free = 1 - waits if idle > 0 else 0.0
    return min(1.0, free * held / room + 1 - free)


@compiled
def nobody(
    arrivals: float, threshold: float, patience: float
) -> tuple[float, float, float, float, float, float, float, float, float, float]:
    """Nobody answers: callers wait for as long as they care to."""
    gone = 0.0
    if patience == 0:
        gone = 1.0
    elif patience < np.inf:
        gone = -math.expm1(-threshold / patience)
    quits = 1.0 if patience < np.inf else 0.0
    return (
        1.0,
        0.0,
        0.0,
        0.0,
        gone,
        patience,
        patience,
        quits,
        1.0,
        arrivals / HOUR * patience,
    )


@compiled
def waiting_line(
    arrivals: float,
    pace: float,
    idle: float,
    r: float,
    q: float,
    threshold: float,
    patience: float,
) -> tuple[float, float, float, float, float, float, float, float, float, float]:
    """Measures from `pace`, contacts ended in a second while all are busy, and the idle side."""
    turns = threshold * pace
    rate = arrivals / HOUR
    if np.isinf(patience):
        waits, _, level, wait = unhurried(idle, r, turns)
        wait /= pace
        busy = min(1.0, q)
        asa = waits * wait
        return waits, level, level, level, level, asa, wait, 0.0, busy, rate * asa
    patience = min(patience, ENDLESS / pace)
    x = pace * patience
    if x * q < NOTHING:
        blocked = 1 / (1 + idle)
        answered = 1 - blocked if np.isinf(idle) else idle / (1 + idle)
        busy = min(1.0, q * answered)
        return blocked, answered, 1.0, 1.0, 1.0, 0.0, 0.0, blocked, busy, 0.0
    waits, answered, lost, in_time, longer, not_longer, quits = hurried(
        idle, r, q, x, turns, threshold / patience
    )
    # Where hardly anybody answers, rounding would lose a hair more than all.
    lost, quits = min(1.0, lost), min(1.0, quits)
    busy = min(1.0, q * answered)
    least = in_time / (in_time + longer) if in_time > 0 else 0.0
    of_answered = min(1.0, in_time / answered) if answered > 0 else 0.0
    asa = lost * patience
    return (
        waits,
        min(1.0, in_time),
        least,
        of_answered,
        min(1.0, not_longer),
        asa,
        quits * patience,
        lost,
        busy,
        rate * asa,
    )
