"""Several queues and several groups of agents, who answer whoever waits longest."""

from __future__ import annotations

from collections.abc import Mapping
from heapq import heappop, heappush

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

from benchmarks.truth.contacts import Contacts, Floats, Stream, seeds
from benchmarks.truth.tally import Tally, count

Ints = NDArray[np.int64]


def simulate_groups(
    arrivals_per_hour: ArrayLike,
    groups: Mapping[tuple[int, ...], int],
    *,
    aht: ArrayLike,
    patience: ArrayLike = np.inf,
    threshold: float = 20.0,
    hours: int = 20,
    warm_up: int = 5,
    replications: int = 50,
    seed: int = 0,
) -> Tally:
    """Simulate queues in steady state.

    An arriving contact goes to a free agent of the group that can answer the fewest queues; an
    agent who becomes free answers the one of their queues whose first contact waits longest.

    Parameters
    ----------
    arrivals_per_hour : array_like
        Contacts of each queue.
    groups : mapping
        Queues that a group answers, by index, and its number of agents.
    aht, patience : array_like
        Means in seconds, exponential, for all queues or for each.
    threshold : float
        Seconds.
    hours, warm_up : int
        Hours that count, and hours before them from an empty start.
    replications, seed : int
        Runs, and the seed of the first.

    Returns
    -------
    Tally
        By replication and queue.
    """
    rates = np.atleast_1d(np.asarray(arrivals_per_hour, dtype=float))
    ones = np.ones(warm_up + hours)
    work, leave = (
        np.broadcast_to(np.asarray(mean, float), rates.shape) for mean in (aht, patience)
    )
    streams = [
        Stream(rate * ones, 3600.0, mean * ones, until * ones)
        for rate, mean, until in zip(rates, work, leave, strict=True)
    ]
    ordered = sorted(groups, key=len)
    can = np.array([[q in group for q in range(rates.size)] for group in ordered])
    sizes = np.array([groups[group] for group in ordered], dtype=np.int64)
    kept = []
    for key in seeds(seed, replications):
        contacts, queues = _merged(streams, key, 3600.0 * warm_up)
        leaves = contacts.times + contacts.patience
        started = _serve(contacts.times, contacts.works, leaves, queues, can, sizes.copy())
        kept.append(count(contacts, started, rates.size, threshold))
    return Tally(*np.array(kept).swapaxes(0, 1))


def _merged(
    streams: list[Stream], key: np.random.SeedSequence, counts_from: float
) -> tuple[Contacts, Ints]:
    """Contacts of all queues in order of arrival, and their queues."""
    drawn = [stream.draw(own) for stream, own in zip(streams, key.spawn(len(streams)), strict=True)]
    times = np.concatenate([one.times for one in drawn])
    queues = np.repeat(np.arange(len(drawn)), [one.times.size for one in drawn])
    order = np.argsort(times, kind="stable")
    works = np.concatenate([one.works for one in drawn])[order]
    patience = np.concatenate([one.patience for one in drawn])[order]
    times, queues = times[order], queues[order]
    return Contacts(times, np.where(times < counts_from, -1, queues), works, patience), queues


@njit(cache=True, nogil=True)
def _serve(
    times: Floats,
    works: Floats,
    leaves: Floats,
    queues: Ints,
    can: NDArray[np.bool_],
    free: Ints,
) -> Floats:
    """When each contact is answered; `free` is changed."""
    size, (groups, queue_count) = times.size, can.shape
    started = np.full(size, np.inf)
    waiting = np.empty((queue_count, size), dtype=np.int64)
    head, tail = np.zeros(queue_count, dtype=np.int64), np.zeros(queue_count, dtype=np.int64)
    ends = [(np.inf, 0)]  # of the work in hand, with the group, a heap with a sentinel
    come = 0
    while come < size or (head < tail).any():
        arrival = times[come] if come < size else np.inf
        now, group = ends[0]
        if arrival == now == np.inf:
            break  # nobody is there to answer those who wait
        chosen = -1
        if now < arrival:
            heappop(ends)
            free[group] += 1
            for queue in range(queue_count):
                while head[queue] < tail[queue] and leaves[waiting[queue, head[queue]]] <= now:
                    head[queue] += 1
                if can[group, queue] and head[queue] < tail[queue]:
                    first = waiting[queue, head[queue]]
                    chosen = first if chosen < 0 else min(chosen, first)
            if chosen >= 0:
                head[queues[chosen]] += 1
        else:
            now, queue = arrival, queues[come]
            for group in range(groups):
                if can[group, queue] and free[group] > 0:
                    chosen = come
                    break
            if chosen < 0:
                waiting[queue, tail[queue]] = come
                tail[queue] += 1
            come += 1
        if chosen >= 0:
            started[chosen] = now
            free[group] -= 1
            heappush(ends, (now + works[chosen], group))
    return started
