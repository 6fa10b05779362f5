"""The formulas of a queue as planners describe it: its channel, its promise, its busy days."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wfm.forecast.erlang.busy import Factors, day_factors
from wfm.forecast.erlang.compiled import over_arrays
from wfm.forecast.erlang.fluid import in_time
from wfm.forecast.erlang.least import mean_level
from wfm.forecast.erlang.measures import HOUR
from wfm.forecast.erlang.performance import DEFINITIONS, Performance, performance
from wfm.forecast.erlang.required import scheduled_agents
from wfm.forecast.erlang.transient import MOST_STATES, course, states_of
from wfm.forecast.erlang.values import Floats
from wfm.queue import Queue

if TYPE_CHECKING:
    from wfm.demand import BusyFactor

BALANCED = 1e-9
"""Share of a slot's contacts up to which agents' spare time is rounding."""
SETTLED = 4.0
"""Handle times after which a queue has forgotten how it started."""


def queue_level(
    queue: Queue,
    load: ArrayLike,
    aht: ArrayLike,
    agents: ArrayLike,
    busy: BusyFactor | Factors | None = None,
) -> Floats:
    """Service level of a queue, by its own definition, threshold, patience and concurrency.

    Parameters
    ----------
    queue : Queue
        Of voice or chat.
    load : array_like
        Erlangs, from 0 up.
    aht : array_like
        Mean handle time in seconds; any number where there is no load.
    agents : array_like
        Agents available, after shrinkage, whole or not.
    busy : BusyFactor or Factors, optional
        The days over which the level is expected, or the factors themselves, whose leading
        dimensions broadcast with the rest.

    Returns
    -------
    ndarray
        1 where there is no load.
    """
    rate, time = _rate(load, aht)
    factors, weights = _factors(busy)
    target = queue.target
    with np.errstate(all="ignore"):
        found = _level_each(
            rate,
            time,
            np.asarray(agents, dtype=float),
            target.threshold,
            np.inf if queue.patience is None else queue.patience,
            DEFINITIONS.index(target.definition),
            growth_of(queue),
            factors,
            weights,
        )
    return np.asarray(found)


def queue_performance(
    queue: Queue, load: ArrayLike, aht: ArrayLike, agents: ArrayLike
) -> Performance:
    """All measures of a queue in its steady state, for the contacts as forecast.

    Parameters
    ----------
    queue, load, aht, agents
        As in :func:`queue_level`.
    """
    rate, time = _rate(load, aht)
    patience = math.inf if queue.patience is None else queue.patience
    threshold, growth = queue.target.threshold, growth_of(queue)
    return performance(rate, time, agents, threshold, patience, growth)


def queue_course(
    queue: Queue, contacts: Floats, aht: Floats, agents: Floats, interval: int, level: Floats
) -> Floats:
    """Service levels in which a slot that cannot serve all leaves a line to the next.

    Where the load stays below the agents nothing changes. From an overloaded slot on until its
    line would be gone if nobody hung up, levels are those of :func:`course`, which starts a little
    earlier and lets callers hang up. A line too long for it is a fluid: who is answered in time
    is told by its length, and by each slot's own level where that has a steady state.

    Parameters
    ----------
    queue : Queue
        Of voice, or of chat whose handle times do not grow.
    contacts, aht, agents : ndarray, shape (slots,)
        Contacts of each slot, seconds, and agents available.
    interval : int
        Minutes of a slot.
    level : ndarray, shape (slots,)
        Levels of each slot by itself.
    """
    servers, time = agents * queue.concurrency, np.where(aht > 0, aht, 1.0)
    growth = contacts - servers * interval * 60 / time
    total = growth.cumsum()
    line = total - np.minimum(np.minimum.accumulate(total), 0.0)
    carried = line > 0
    if queue.patience is None:
        # Nor has a slot at balance a steady state, though its line grows by chance alone.
        carried |= (contacts > 0) & (growth >= -BALANCED * contacts)
    if queue.handle_time_growth or queue.target.definition != "offered" or not carried.any():
        return level
    touched = carried | np.append(False, carried[:-1])
    found = level.copy()
    patience = math.inf if queue.patience is None else queue.patience
    threshold, width = queue.target.threshold, interval * 60
    for first, last in _runs(touched):
        early = max(0, first - _slots_to_settle(time[first], interval))
        part = slice(early, last)
        births, deaths, there = contacts[part] / width, 1 / time[part], servers[part]
        if states_of(births, deaths, there, width, 1 / patience) <= MOST_STATES:
            rates = births * HOUR
            followed = course(rates, time[part], there, interval, threshold, patience)
            levels = followed.service_level
        else:
            levels = in_time(births, deaths, there, width, 1 / patience, threshold)
            rests = (growth[part] <= 0) | (patience < math.inf)
            levels = np.where(rests, np.minimum(levels, level[part]), levels)
        found[first:last] = levels[first - early :]
    return found


def _runs(marked: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Stretches ``[first, last)`` of marked slots."""
    edges = np.flatnonzero(np.diff(marked.astype(np.int8), prepend=0, append=0))
    return [(int(first), int(last)) for first, last in edges.reshape(-1, 2)]


def _slots_to_settle(aht: float, interval: int) -> int:
    return 2 + math.ceil(SETTLED * aht / (interval * 60))


def queue_requirement(
    queue: Queue,
    load: ArrayLike,
    aht: ArrayLike,
    available: ArrayLike,
    busy: BusyFactor | Factors | None = None,
    level: float | None = None,
) -> NDArray[np.int64]:
    """Fewest scheduled agents that keep all of a queue's promises.

    Parameters
    ----------
    queue, load, aht, busy
        As in :func:`queue_level`.
    available : array_like
        Share of an agent's scheduled time that is left after shrinkage.
    level : float, optional
        Reach this service level, and nothing else, instead of the queue's own goals.
    """
    rate, time = _rate(load, aht)
    target = queue.target
    goals = (target.level, target.max_asa, target.max_abandonment, queue.max_occupancy)
    if level is not None:
        goals = (level, None, None, 1.0)
    return scheduled_agents(
        rate,
        time,
        (
            goals[0],
            target.threshold,
            np.inf if queue.patience is None else queue.patience,
            np.inf if goals[1] is None else goals[1],
            1.0 if goals[2] is None else goals[2],
            goals[3],
        ),
        DEFINITIONS.index(target.definition),
        np.asarray(available, dtype=float),
        growth_of(queue),
        *_factors(busy),
    )


def _factors(busy: BusyFactor | Factors | None) -> Factors:
    return busy if isinstance(busy, Factors) else day_factors(busy)


def growth_of(queue: Queue) -> Floats:
    """Handle times with 1, 2, ... contacts in hand over the one at full concurrency."""
    growth = np.array(queue.handle_time_growth or (1.0,) * queue.concurrency)
    return np.asarray(growth / growth[-1])


def _rate(load: ArrayLike, aht: ArrayLike) -> tuple[Floats, Floats]:
    """Contacts in an hour that make the load; where handling takes no time there is none."""
    time = np.asarray(aht, dtype=float)
    time = np.where(time > 0, time, 1.0)
    return np.asarray(load, dtype=float) * 3600 / time, time


@over_arrays(
    "float64, float64, float64, float64, float64, int64, float64[:], float64[:], float64[:], "
    "float64[:]",
    "(),(),(),(),(),(),(c),(f),(f)->()",
)
def _level_each(
    arrivals: float,
    aht: float,
    agents: float,
    threshold: float,
    patience: float,
    definition: int,
    growth: Floats,
    factors: Floats,
    weights: Floats,
    found: Floats,
) -> None:
    found[0] = 1.0
    if arrivals > 0:
        found[0] = mean_level(
            arrivals, aht * growth, agents, threshold, patience, definition, factors, weights
        )
