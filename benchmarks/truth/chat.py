"""Agents who hold several sessions at once, which slow each other down."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numba import njit

from benchmarks.truth.contacts import Contacts, Floats, Stream, seeds
from benchmarks.truth.tally import Tally, count


def simulate_chat(
    arrivals_per_hour: float,
    handle_times: Sequence[float],
    agents: int,
    *,
    threshold: float = 20.0,
    patience: float = np.inf,
    hours: int = 20,
    warm_up: int = 5,
    replications: int = 50,
    seed: int = 0,
) -> Tally:
    """Simulate chats in steady state: an arriving one goes to the agent with the fewest.

    Parameters
    ----------
    arrivals_per_hour : float
        Chats.
    handle_times : sequence of float
        Mean handle time in seconds of a session whose agent has 1, 2, ... sessions in hand all the
        time; as many as an agent may hold. Work is exponential and goes on at 1/(handle time).
    agents : int
        Agents.
    threshold, patience : float
        Seconds; patience is exponential.
    hours, warm_up : int
        Hours that count, and hours before them from an empty start.
    replications, seed : int
        Runs, and the seed of the first.

    Returns
    -------
    Tally
        By replication, with one column.
    """
    ones = np.ones(warm_up + hours)
    stream = Stream(arrivals_per_hour * ones, 3600.0, ones, patience * ones)
    slowness = np.asarray(handle_times, dtype=float)
    kept = []
    for key in seeds(seed, replications):
        drawn = stream.draw(key)
        cells = np.where(drawn.times < 3600.0 * warm_up, -1, 0)
        contacts = Contacts(drawn.times, cells, drawn.works, drawn.patience)
        leaves = contacts.times + contacts.patience
        started = _serve(contacts.times, contacts.works, leaves, agents, slowness)
        kept.append(count(contacts, started, 1, threshold))
    return Tally(*np.array(kept).swapaxes(0, 1))


@njit(cache=True, nogil=True)
def _serve(times: Floats, works: Floats, leaves: Floats, agents: int, slowness: Floats) -> Floats:
    """When each session begins."""
    size, most = times.size, slowness.size
    started = np.full(size, np.inf)
    left = np.zeros((agents, most))  # work still to do in each session
    held = np.zeros(agents, dtype=np.int64)
    since = np.zeros(agents)  # when `left` was true
    ends = np.full(agents, np.inf)  # when the next session of each agent ends
    head = come = 0
    while head < size:
        who = least = 0
        for agent in range(agents):
            who = agent if ends[agent] < ends[who] else who
            least = agent if held[agent] < held[least] else least
        is_end = come == size or ends[who] < times[come]
        now = ends[who] if is_end else times[come]
        who = who if is_end else least
        for session in range(held[who]):
            left[who, session] -= (now - since[who]) / slowness[held[who] - 1]
        since[who] = now
        if is_end:
            held[who] -= 1
            left[who, _first(left, who, held[who] + 1)] = left[who, held[who]]
        else:
            come += 1
        while head < come and held[who] < most:
            if leaves[head] > now:
                started[head] = now
                left[who, held[who]] = works[head]
                held[who] += 1
            head += 1
        ends[who] = np.inf
        if held[who] > 0:
            next_work = left[who, _first(left, who, held[who])]
            ends[who] = now + next_work * slowness[held[who] - 1]
    return started


@njit(cache=True, nogil=True)
def _first(left: Floats, who: int, held: int) -> int:
    """Session of an agent that ends first."""
    first = 0
    for session in range(held):
        first = session if left[who, session] < left[who, first] else first
    return first
