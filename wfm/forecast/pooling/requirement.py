"""The requirement of queues whose agents are shared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wfm.errors import InputError
from wfm.forecast.pooling.cover import least_cover
from wfm.forecast.pooling.cuts import cuts
from wfm.queue import Queue

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
MOST = 10


@dataclass(frozen=True, eq=False)
class Pooling:
    """Agents of each skill group that the queues need together.

    Parameters
    ----------
    groups : tuple of str
        Names of the groups.
    agents : numpy.ndarray
        Agents available of each, shape ``(groups, intervals)``.
    pooled : numpy.ndarray
        Agents if everyone did everything, shape ``(intervals,)``; no groups can do with fewer.
    silos : numpy.ndarray
        Agents if nobody did more than one queue, same shape; the sum of the queues' requirements.
    """

    groups: tuple[str, ...]
    agents: Ints
    pooled: Ints
    silos: Ints

    @property
    def heads(self) -> Ints:
        """Agents of all groups, shape ``(intervals,)``."""
        return np.asarray(self.agents.sum(axis=0))

    def of(self, group: str) -> Ints:
        """Agents of one group, shape ``(intervals,)``."""
        if group not in self.groups:
            raise InputError("group", f"be one of {', '.join(self.groups)}", group)
        return np.asarray(self.agents[self.groups.index(group)])


def pooled_requirement(
    queues: Sequence[Queue],
    arrivals_per_hour: ArrayLike,
    aht: ArrayLike,
    groups: Mapping[str, Sequence[str]],
    costs: Mapping[str, float] | None = None,
) -> Pooling:
    """Least agents of each skill group that queues with shared agents need.

    Every subset of the queues must be served by at least as many agents, of groups that serve some
    queue of it, as the subset would need if it were one queue. That avoids two classical traps:
    adding up the queues' requirements, as if nobody could help out, and counting agents in full for
    each of their skills.

    Parameters
    ----------
    queues : sequence of Queue
        At most 10, with their `target`, `patience` and `max_occupancy`; answered one contact at a
        time, without a deadline.
    arrivals_per_hour : array_like
        Contacts in an hour, shape ``(queues,)`` or ``(queues, intervals)``.
    aht : array_like
        Handle time in seconds, above 0; broadcasts against the arrivals.
    groups : mapping of str to sequence of str
        Ids of the queues that an agent of each group serves.
    costs : mapping of str to float, optional
        Cost of an agent of each group; 1 each by default. Of equal costs the fewest agents.

    Returns
    -------
    Pooling
        Available agents, before shrinkage.

    Raises
    ------
    InputError
        If a queue with contacts has no group, or a value is out of range.

    Notes
    -----
    A subset's requirement is that of one line with its summed arrivals, its mean handle time and
    patience by contacts, and the strictest goals of its queues, so that it suffices for each of
    them; but never more than that of the parts into which the subset is best split. The agents
    solve an integer programme with a row for each subset.

    It is a lower bound. Where handle times, patience and targets are alike and contacts are
    answered in the order in which they came, each row is necessary for any routing; where they
    differ, priorities may do with a little less than the strictest goal for all. The rows together
    are sufficient where everyone does everything or nobody more than one queue. In between, the
    right agent is not always the free one, and how many more that takes is for a simulation to say.
    """
    arrivals, seconds = _checked(queues, arrivals_per_hour, aht)
    members = _members(queues, groups)
    prices = _prices(groups, costs)
    for row, queue in enumerate(queues):
        if arrivals[row].any() and not (members >> row & 1).any():
            raise InputError("groups", f"hold one that serves {queue.id!r}, which has contacts")
    both = np.concatenate([arrivals, seconds])
    kinds, kind = np.unique(both, axis=1, return_inverse=True)
    need = cuts(queues, kinds[: len(queues)], kinds[len(queues) :])
    singles = need[1 << np.arange(len(queues))]
    which = kind.ravel()
    return Pooling(
        groups=tuple(groups),
        agents=least_cover(need, members, prices)[:, which],
        pooled=need[-1, which],
        silos=singles.sum(axis=0)[which],
    )


def _checked(
    queues: Sequence[Queue], arrivals_per_hour: ArrayLike, aht: ArrayLike
) -> tuple[Floats, Floats]:
    """Arrivals and handle times, each of shape ``(queues, intervals)``."""
    if not 1 <= len(queues) <= MOST:
        raise InputError("queues", f"be 1 to {MOST}, as each subset is looked at", len(queues))
    for queue in queues:
        if queue.concurrency > 1 or queue.channel == "deferred":
            must = "be answered one contact at a time, without a deadline"
            raise InputError("queues", must, queue.id)
    arrivals = np.asarray(arrivals_per_hour, dtype=np.float64)
    seconds = np.asarray(aht, dtype=np.float64)
    if arrivals.ndim not in (1, 2) or len(arrivals) != len(queues):
        must = f"have a row for each of the {len(queues)} queues"
        raise InputError("arrivals_per_hour", must, arrivals.shape)
    _refuse(arrivals, "arrivals_per_hour", arrivals >= 0, "be a finite number from 0 up")
    _refuse(seconds, "aht", seconds > 0, "be a finite number of seconds above 0")
    try:
        seconds = np.broadcast_to(seconds, arrivals.shape)
    except ValueError:
        raise InputError("aht", f"fit arrivals of shape {arrivals.shape}", seconds.shape) from None
    return (arrivals, seconds) if arrivals.ndim == 2 else (arrivals[:, None], seconds[:, None])


def _refuse(values: Floats, name: str, sound: NDArray[np.bool_], must: str) -> None:
    bad = np.argwhere(~(sound & np.isfinite(values)))
    if len(bad):
        where = f"{name}[{', '.join(map(str, bad[0]))}]" if values.ndim else name
        raise InputError(where, must, float(values[tuple(bad[0])]))


def _members(queues: Sequence[Queue], groups: Mapping[str, Sequence[str]]) -> Ints:
    """Queues of each group as a number, bit i for queue i."""
    ids = [queue.id for queue in queues]
    if not groups:
        raise InputError("groups", "hold at least one group", dict(groups))
    for name, served in groups.items():
        if isinstance(served, str) or not served:
            raise InputError(f"groups[{name!r}]", "list the ids of its queues", served)
        unknown = next((found for found in served if found not in ids), None)
        if unknown is not None:
            raise InputError(f"groups[{name!r}]", f"hold only {', '.join(ids)}", unknown)
    return np.array([sum(1 << ids.index(found) for found in {*s}) for s in groups.values()])


def _prices(groups: Mapping[str, Sequence[str]], costs: Mapping[str, float] | None) -> Floats:
    """Cost of an agent of each group."""
    if costs is None:
        return np.ones(len(groups))
    if set(costs) != set(groups):
        raise InputError("costs", f"have one for each of {', '.join(groups)}", sorted(costs))
    prices = np.array([costs[name] for name in groups], dtype=np.float64)
    _refuse(prices, "costs", prices >= 0, "be a finite number from 0 up")
    return prices
