"""Dividing the agents of a slot over their queues, each agent once.

The heads that a set of queues can have together are bounded by the agents who serve any of them:
a polymatroid. The value of a queue is concave in its heads, so the greedy that gives the next
head to the queue that gains most is exact (Federgruen and Groenevelt, 1986). The heads' steps are
the greedy basis of a matroid, which one more agent extends by at most one of them, and one fewer
robs of at most one (Oxley, 2011, section 7.3): so single changes need no new greedy.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
EPSILON = 1e-12


@njit(cache=True, nogil=True)
def _ranks(supply: Ints, masks: Ints, slot: int, ranks: Ints) -> None:
    """Agents who serve any queue of each subset of queues."""
    ranks[:] = 0
    for group in range(masks.size):
        heads = supply[group, slot]
        if heads:
            for subset in range(1, ranks.size):
                if subset & masks[group]:
                    ranks[subset] += heads


@njit(cache=True, nogil=True)
def _has_room(queue: int, heads: Ints, slot: int, ranks: Ints, extra: int) -> bool:
    """Whether one more head fits on a queue, with an agent of mask `extra` added."""
    for subset in range(1, ranks.size):
        if subset >> queue & 1:
            given = 1
            for other in range(heads.shape[0]):
                if subset >> other & 1:
                    given += heads[other, slot]
            if given > ranks[subset] + (1 if subset & extra else 0):
                return False
    return True


@njit(cache=True, nogil=True)
def _step(
    queue: int, slot: int, heads: int, worth: Floats, planned: Floats, floor: Floats
) -> float:
    """What the next head on a queue is worth."""
    if heads + 1 >= planned.shape[2]:
        return 0.0
    answered = planned[queue, slot, heads + 1] - planned[queue, slot, heads]
    spared = floor[queue, slot, heads] - floor[queue, slot, heads + 1]
    return float(worth[queue, slot] * answered + spared)


@njit(cache=True, nogil=True)
def allocate(
    chosen: Ints,
    supply: Ints,
    masks: Ints,
    worth: Floats,
    planned: Floats,
    floor: Floats,
    heads: Ints,
    value: Floats,
) -> None:
    """Divide the agents of some slots over the queues; fills `heads` and `value` there.

    Parameters
    ----------
    chosen : ndarray of int
        The slots.
    supply : ndarray of int, shape (groups, slots)
        Agents of each skill group at work.
    masks : ndarray of int, shape (groups,)
        Queues that a group serves, a bit for each.
    worth : ndarray, shape (queues, slots)
        Value of a planned answer in time.
    planned, floor : ndarray, shape (queues, slots, agents + 1)
        Contacts answered in time, and cost of missing the floor, by heads.
    heads : ndarray of int, shape (queues, slots)
        The division.
    value : ndarray, shape (slots,)
        What it is worth.
    """
    queues = worth.shape[0]
    left = np.zeros(1 << queues, dtype=np.int64)
    step = np.zeros(queues)
    for slot in chosen:
        _ranks(supply, masks, slot, left)
        total = 0.0
        for queue in range(queues):
            heads[queue, slot] = 0
            total += worth[queue, slot] * planned[queue, slot, 0] - floor[queue, slot, 0]
            step[queue] = _step(queue, slot, 0, worth, planned, floor)
        while True:
            best, gain = -1, EPSILON
            for queue in range(queues):
                if step[queue] > gain:
                    best, gain = queue, step[queue]
            if best < 0:
                break
            if not _take(best, left):
                # What is taken is never given back, so there will be no room later either.
                step[best] = 0.0
                continue
            heads[best, slot] += 1
            total += gain
            step[best] = _step(best, slot, heads[best, slot], worth, planned, floor)
        value[slot] = total


@njit(cache=True, nogil=True)
def _take(queue: int, left: Ints) -> bool:
    """Take one head for a queue from what is left to each subset of queues, if there is one."""
    for subset in range(1, left.size):
        if subset >> queue & 1 and left[subset] < 1:
            return False
    for subset in range(1, left.size):
        if subset >> queue & 1:
            left[subset] -= 1
    return True


@njit(cache=True, nogil=True)
def move_agent(
    chosen: Ints,
    change: int,
    supply: Ints,
    masks: Ints,
    worth: Floats,
    planned: Floats,
    floor: Floats,
    heads: Ints,
    value: Floats,
) -> None:
    """Divide anew the slots that one agent has joined, or left with a `change` of -1.

    Parameters
    ----------
    chosen : ndarray of int
        The slots.
    change : int
        1 or -1; the supply holds it already.
    supply, masks, worth, planned, floor, heads, value
        As for `allocate`; `heads` and `value` are those before.
    """
    queues = worth.shape[0]
    ranks = np.zeros(1 << queues, dtype=np.int64)
    for slot in chosen:
        _ranks(supply, masks, slot, ranks)
        if change > 0:
            best, gain = -1, EPSILON
            for queue in range(queues):
                step = _step(queue, slot, heads[queue, slot], worth, planned, floor)
                if step > gain and _has_room(queue, heads, slot, ranks, 0):
                    best, gain = queue, step
            if best >= 0:
                heads[best, slot] += 1
                value[slot] += gain
        elif not _fits(heads, slot, ranks, -1):
            best, loss = -1, np.inf
            for queue in range(queues):
                if heads[queue, slot]:
                    step = _step(queue, slot, heads[queue, slot] - 1, worth, planned, floor)
                    if step < loss and _fits(heads, slot, ranks, queue):
                        best, loss = queue, step
            heads[best, slot] -= 1
            value[slot] -= loss


@njit(cache=True, nogil=True)
def _fits(heads: Ints, slot: int, ranks: Ints, without: int) -> bool:
    """Whether there are agents for all heads, or for all but one on a queue."""
    for subset in range(1, ranks.size):
        given = 0
        for queue in range(heads.shape[0]):
            if subset >> queue & 1:
                given += heads[queue, slot] - (1 if queue == without else 0)
        if given > ranks[subset]:
            return False
    return True


@njit(cache=True, nogil=True)
def gains(
    supply: Ints,
    masks: Ints,
    mask: int,
    worth: Floats,
    planned: Floats,
    floor: Floats,
    heads: Ints,
    gain: Floats,
) -> None:
    """Value of one more agent in each slot, given the division so far; fills `gain`, (slots,).

    One more agent lengthens the greedy's division by one head at most, so the rest stays.
    """
    queues, slots = worth.shape
    ranks = np.zeros(1 << queues, dtype=np.int64)
    for slot in range(slots):
        _ranks(supply, masks, slot, ranks)
        best = 0.0
        for queue in range(queues):
            step = _step(queue, slot, heads[queue, slot], worth, planned, floor)
            if step > best and _has_room(queue, heads, slot, ranks, mask):
                best = step
        gain[slot] = best


@njit(cache=True, nogil=True)
def answered(planned: Floats, heads: Ints, period: Ints, totals: Floats) -> None:
    """Sum the planned answers in time over each period; fills `totals`, (periods,)."""
    totals[:] = 0.0
    for queue in range(heads.shape[0]):
        for slot in range(heads.shape[1]):
            totals[period[queue, slot]] += planned[queue, slot, heads[queue, slot]]
