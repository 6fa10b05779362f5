"""Which agent takes a contact, and which contact an agent takes."""

from __future__ import annotations

import numpy as np

from wfm.simulation.lines import drop_first, first_waiting
from wfm.simulation.records import NOBODY, State, inlined


@inlined
def find_agent(s: State, contact: int, now: float, preempt: bool) -> int:
    """Find the agent who takes a contact now, or NOBODY.

    The smallest rank goes first, of these the fewest contacts in hand, of these whoever has been
    available longest; at last, whoever has work that may be laid aside.
    """
    me = s.contacts[contact]
    line = s.queues[me.queue]
    if line.reserve > 0 and line.free <= line.reserve:
        return NOBODY
    found: int = _longest(s, me.queue, me.arrival, now, 0, line.most)
    if found == NOBODY and preempt and not line.deferred:
        most = s.hand.shape[1]
        found = _longest(s, me.queue, me.arrival, now, most, most + 1)
    return found


@inlined
def _longest(s: State, queue: int, arrival: float, now: float, low: int, high: int) -> int:
    """Whoever has been available longest in the lists from `low` up to below `high`."""
    best, best_rank, best_level, best_joined = NOBODY, 0, high, np.inf
    width = s.hand.shape[1] + 1
    for at in range(s.queues[queue].groups):
        route = s.offers[queue, at]
        if best != NOBODY and route.rank > best_rank:
            break
        if arrival + route.delay > now:
            continue
        for level in range(low, min(high, best_level + 1)):
            first = s.lists[route.to * width + level].first
            if first != NOBODY:
                joined = s.agents[first].joined
                if level < best_level or joined < best_joined:
                    best, best_rank, best_level, best_joined = first, route.rank, level, joined
                break
    return best


@inlined
def find_contact(s: State, agent: int, now: float) -> int:
    """Take the contact that an agent does next out of its queue, or give NOBODY.

    The smallest rank goes first, of these whoever has waited longest, or is due first.
    """
    me = s.agents[agent]
    best, best_rank, best_first = NOBODY, 0, np.inf
    for at in range(s.choices[me.group]):
        route = s.picks[me.group, at]
        if best != NOBODY and route.rank > best_rank:
            break
        line = s.queues[route.to]
        if line.head == NOBODY or me.held >= line.most:
            continue
        if line.reserve > 0 and line.free < line.reserve:
            continue
        contact = first_waiting(s, route.to, now)
        if contact == NOBODY or s.contacts[contact].arrival + route.delay > now:
            continue
        first = s.contacts[contact].due if line.deferred else s.contacts[contact].arrival
        if best == NOBODY or first < best_first:
            best, best_rank, best_first = contact, route.rank, first
    if best != NOBODY:
        drop_first(s, s.contacts[best].queue, now)
    return best
