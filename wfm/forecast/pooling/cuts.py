"""What every subset of queues needs, as if it were one queue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from wfm.forecast.erlang import required_agents
from wfm.queue import Queue

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def cuts(queues: Sequence[Queue], arrivals: Floats, aht: Floats) -> Ints:
    """Agents that each subset of queues needs at least, pooled into one or split in the best way.

    Parameters
    ----------
    queues : sequence of Queue
        With their targets and patience.
    arrivals : numpy.ndarray
        Contacts in an hour, shape ``(queues, intervals)``.
    aht : numpy.ndarray
        Handle time in seconds, above 0, same shape.

    Returns
    -------
    numpy.ndarray
        Shape ``(2 ** queues, intervals)``; queue i is in the subset of a row if bit i of its number
        is set. No row is more than two rows that it is made of: requirements are subadditive.
    """
    patience = np.array([[np.inf if q.patience is None else q.patience] for q in queues])
    need = np.zeros((1 << len(queues), arrivals.shape[1]), dtype=np.int64)
    for subset in range(1, len(need)):
        rows = [row for row in range(len(queues)) if subset >> row & 1]
        own = [queues[row] for row in rows]
        need[subset] = _pooled(own, arrivals[rows], aht[rows], patience[rows])
        parts = _parts(subset)
        if len(parts):
            split = need[parts] + need[subset ^ parts]
            need[subset] = np.minimum(need[subset], split.min(axis=0))
    return need


def _pooled(queues: Sequence[Queue], arrivals: Floats, aht: Floats, patience: Floats) -> Ints:
    """Agents for one line of some queues: their means by contacts, and the strictest of goals."""
    total = arrivals.sum(axis=0)
    goals = [queue.target for queue in queues]
    means = _mean(aht, arrivals, 1.0), _mean(patience, arrivals, np.inf)
    found = [
        required_agents(
            total,
            means[0],
            max(goal.level for goal in goals),
            min(goal.threshold for goal in goals),
            means[1],
            max_asa=_least(goal.max_asa for goal in goals),
            max_abandonment=_least(goal.max_abandonment for goal in goals),
            max_occupancy=min(queue.max_occupancy for queue in queues),
            definition=definition,
        )
        for definition in sorted({goal.definition for goal in goals})
    ]
    return np.asarray(np.array(found, dtype=np.int64).max(axis=0))


def _mean(values: Floats, arrivals: Floats, nothing: float) -> Floats:
    """Mean of the queues' values by their contacts, `nothing` where there are none."""
    total = arrivals.sum(axis=0)
    weighted = np.where(arrivals > 0, values, 0.0) * np.where(arrivals > 0, arrivals, 1.0)
    mean = np.full(total.shape, nothing)
    np.divide(weighted.sum(axis=0), total, out=mean, where=total > 0)
    return mean


def _least(goals: Iterable[float | None]) -> float | None:
    return min((goal for goal in goals if goal is not None), default=None)


def _parts(subset: int) -> Ints:
    """Every way to take a part with the lowest queue out of a subset, but for the whole."""
    lowest = subset & -subset
    rest = subset ^ lowest
    found, part = [], rest
    while part:
        part = (part - 1) & rest
        found.append(part | lowest)
    return np.array(found, dtype=np.int64)
