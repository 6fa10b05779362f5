"""One queue through a day, first come first served."""

from __future__ import annotations

from heapq import heappop, heappush

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

from benchmarks.truth.contacts import Floats, Stream, seeds, unit_work
from benchmarks.truth.tally import Tally, count


def simulate_day(
    arrivals: ArrayLike,
    agents: ArrayLike,
    *,
    aht: ArrayLike,
    patience: ArrayLike = np.inf,
    threshold: float = 20.0,
    interval: float = 1800.0,
    cv: float = 1.0,
    factors: ArrayLike | None = None,
    reserve: int | None = None,
    replications: int = 100,
    seed: int = 0,
) -> Tally:
    """Simulate one queue from an empty start.

    A contact is begun while fewer agents are busy than are there. Where fewer are there after a
    boundary, those who finish first leave, once they have finished. After the last interval its
    agents stay until nobody waits.

    Parameters
    ----------
    arrivals : array_like
        Expected contacts in each interval.
    agents : array_like of int
        Agents in each interval.
    aht, patience : array_like
        Means in seconds, for all intervals or for each.
    threshold, interval : float
        Seconds.
    cv : float
        Coefficient of variation of the work: 1 is exponential, others are lognormal.
    factors : array_like, optional
        How busy each replication's day is; 1 by default.
    reserve : int, optional
        Whenever more agents than this are free, one takes a piece of deferred work, of which there
        is always some more and which takes as long as a contact. None by default.
    replications, seed : int
        Days, and the seed of the first.

    Returns
    -------
    Tally
        By replication and interval.
    """
    expected = np.asarray(arrivals, dtype=float)
    size = expected.size
    there = np.broadcast_to(np.asarray(agents, dtype=np.int64), (size,)).copy()
    means = [np.broadcast_to(np.asarray(mean, dtype=float), (size,)) for mean in (aht, patience)]
    stream = Stream(expected, interval, means[0], means[1], cv)
    busy_by = np.ones(replications) if factors is None else np.asarray(factors, dtype=float)
    edges = interval * np.arange(1, size + 1, dtype=float)
    pieces = int(2 * there.max() * edges[-1] / means[0].min()) + 100 if reserve is not None else 1
    kept = []
    for key, factor in zip(seeds(seed, replications), busy_by, strict=True):
        contacts = stream.draw(key, factor)
        other = means[0].mean() * unit_work(np.random.default_rng(key.spawn(1)[0]), cv, pieces)
        started, busy, deferred = _serve(
            contacts.times,
            contacts.works,
            contacts.times + contacts.patience,
            edges,
            there,
            int(there.max()) if reserve is None else reserve,
            other,
        )
        kept.append([*count(contacts, started, size, threshold), busy, deferred])
    return Tally(*np.array(kept).swapaxes(0, 1))


@njit(cache=True, nogil=True)
def _serve(
    times: Floats,
    works: Floats,
    leaves: Floats,
    edges: Floats,
    agents: NDArray[np.int64],
    reserve: int,
    other: Floats,
) -> tuple[Floats, Floats, Floats]:
    """When each contact is answered; busy seconds and deferred pieces by interval.

    Contacts ``head <= k < come`` wait or have abandoned unnoticed: that is looked at only when
    somebody could answer them.
    """
    size, last = times.size, edges.size - 1
    started = np.full(size, np.inf)
    busy, deferred = np.zeros(last + 1), np.zeros(last + 1)
    ends = [np.inf]  # of the work in hand, a heap with a sentinel
    head = come = part = piece = 0
    now, is_open = 0.0, True
    while is_open or head < size:
        arrival = times[come] if come < size else np.inf
        edge = edges[part] if is_open else np.inf
        after = min(arrival, ends[0], edge)
        if after == np.inf:
            break  # nobody is there to answer those who wait
        if is_open:
            busy[part] += (len(ends) - 1) * (after - now)
        now = after
        if now == edge:
            is_open = part < last
            part = min(part + 1, last)
        elif now == ends[0]:
            heappop(ends)
        else:
            come += 1
        free = agents[part] - (len(ends) - 1)
        while head < come and free > 0:
            if leaves[head] > now:
                started[head] = now
                heappush(ends, now + works[head])
                free -= 1
            head += 1
        while is_open and free > reserve:
            heappush(ends, now + other[piece % other.size])
            deferred[part] += 1
            piece += 1
            free -= 1
    return started, busy, deferred
