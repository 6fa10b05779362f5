"""Dividing the agents of a slot over their queues, each agent once.

The heads that a set of queues can have together are bounded by the agents who serve any of them:
a polymatroid. The value of a queue is concave in its heads, so the greedy that gives the next
head to the queue that gains most is exact (Federgruen and Groenevelt, 1986).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
EPSILON = 1e-12


class Curves(NamedTuple):
    """What heads are worth on queues.

    Attributes
    ----------
    worth : ndarray, shape (queues, slots)
        Value of a planned answer in time.
    planned, floor : ndarray, shape (queues, slots, agents + 1)
        Contacts answered in time, and cost of missing the floor, by heads.
    """

    worth: Floats
    planned: Floats
    floor: Floats


class Division(NamedTuple):
    """The best division of heads in each slot, and what it needs to follow changes.

    Attributes
    ----------
    heads : ndarray of int, shape (queues, slots)
        The division.
    value : ndarray, shape (slots,)
        What it is worth.
    room : ndarray of int, shape (slots, sets of queues)
        Agents who serve any queue of a set, a bit for each, less the heads on its queues.
    more, spared : ndarray, shape (queues, slots)
        Answers in time, and cost of missing the floor, that the next head gains and spares.
    """

    heads: Ints
    value: Floats
    room: NDArray[np.int32]
    more: Floats
    spared: Floats


def no_division(queues: int, slots: int) -> Division:
    """Arrays to be filled by `allocate`."""
    return Division(
        np.zeros((queues, slots), dtype=np.int64),
        np.zeros(slots),
        np.zeros((slots, 1 << queues), dtype=np.int32),
        np.zeros((queues, slots)),
        np.zeros((queues, slots)),
    )


def copied(division: Division) -> Division:
    """A division that can change apart from this one."""
    heads, value, room, more, spared = division
    return Division(heads.copy(), value.copy(), room.copy(), more.copy(), spared.copy())


@njit(cache=True, nogil=True)
def set_heads(queue: int, slot: int, heads: int, curves: Curves, division: Division) -> None:
    """Put so many heads on a queue, and find out what the next one brings."""
    division.heads[queue, slot] = heads
    planned, floor = curves.planned, curves.floor
    if heads + 1 < planned.shape[2]:
        now, after = planned[queue, slot, heads], planned[queue, slot, heads + 1]
        division.more[queue, slot] = after - now
        division.spared[queue, slot] = floor[queue, slot, heads] - floor[queue, slot, heads + 1]
    else:
        division.more[queue, slot] = 0.0
        division.spared[queue, slot] = 0.0


@njit(cache=True, nogil=True)
def next_head(queue: int, slot: int, curves: Curves, division: Division) -> float:
    """What the next head on a queue is worth."""
    worth = curves.worth[queue, slot]
    return float(worth * division.more[queue, slot] + division.spared[queue, slot])


@njit(cache=True, nogil=True)
def has_room(queue: int, slot: int, room: NDArray[np.int32]) -> bool:
    """Whether one more head fits on a queue."""
    for subset in range(1, room.shape[1]):
        if subset >> queue & 1 and room[slot, subset] < 1:
            return False
    return True


@njit(cache=True, nogil=True)
def last_head(queue: int, slot: int, curves: Curves, division: Division) -> float:
    """What the last head on a queue is worth; infinite if there is none."""
    heads = division.heads[queue, slot]
    if not heads:
        return np.inf
    planned, floor = curves.planned[queue, slot], curves.floor[queue, slot]
    more, spared = planned[heads] - planned[heads - 1], floor[heads - 1] - floor[heads]
    return float(curves.worth[queue, slot] * more + spared)


@njit(cache=True, nogil=True)
def has_room_beside(queue: int, giver: int, slot: int, room: NDArray[np.int32]) -> bool:
    """Whether one more head fits on a queue if another gives one up."""
    for subset in range(1, room.shape[1]):
        if subset >> queue & 1 and not subset >> giver & 1 and room[slot, subset] < 1:
            return False
    return True


@njit(cache=True, nogil=True)
def give(queue: int, slot: int, heads: int, curves: Curves, division: Division) -> None:
    """Give a queue some heads more, or fewer."""
    set_heads(queue, slot, division.heads[queue, slot] + heads, curves, division)
    for subset in range(1, division.room.shape[1]):
        if subset >> queue & 1:
            division.room[slot, subset] -= heads


@njit(cache=True, nogil=True)
def allocate(chosen: Ints, supply: Ints, masks: Ints, curves: Curves, division: Division) -> None:
    """Divide the agents of some slots over the queues; fills the division there.

    Heads that are there and fit are where it begins: where little has changed, little is done.

    Parameters
    ----------
    chosen : ndarray of int
        The slots.
    supply : ndarray of int, shape (groups, slots)
        Agents of each skill group at work.
    masks : ndarray of int, shape (groups,)
        Queues that a group serves, a bit for each.
    curves : Curves
        What heads are worth.
    division : Division
        What is filled.
    """
    step, last = np.empty(curves.worth.shape[0]), np.empty(curves.worth.shape[0])
    for slot in chosen:
        _open(slot, supply, masks, curves, division)
        for queue in range(step.size):
            step[queue] = next_head(queue, slot, curves, division)
        while _fill(slot, step, curves, division):
            pass
        while _exchange(slot, step, last, curves, division):
            pass
        total = 0.0
        for queue in range(step.size):
            heads, worth = division.heads[queue, slot], curves.worth[queue, slot]
            total += worth * curves.planned[queue, slot, heads] - curves.floor[queue, slot, heads]
        division.value[slot] = total


@njit(cache=True, nogil=True)
def _open(slot: int, supply: Ints, masks: Ints, curves: Curves, division: Division) -> None:
    """Find out what room a slot has beside the heads there; those go if they do not fit."""
    room = division.room[slot]
    room[:] = 0
    for group in range(masks.size):
        if supply[group, slot]:
            for subset in range(1, room.size):
                if subset & masks[group]:
                    room[subset] += supply[group, slot]
    fits = True
    for subset in range(1, room.size):
        heads = 0
        for queue in range(curves.worth.shape[0]):
            if subset >> queue & 1:
                heads += division.heads[queue, slot]
        fits = fits and heads <= room[subset]
    for queue in range(curves.worth.shape[0]):
        heads = division.heads[queue, slot] if fits else 0
        set_heads(queue, slot, 0, curves, division)
        give(queue, slot, heads, curves, division)


@njit(cache=True, nogil=True)
def _fill(slot: int, step: Floats, curves: Curves, division: Division) -> bool:
    """Give the next head to the queue that gains most, if any does; keeps up `step`, (queues,)."""
    best = int(step.argmax())
    if step[best] <= EPSILON:
        return False
    if has_room(best, slot, division.room):
        give(best, slot, 1, curves, division)
        step[best] = next_head(best, slot, curves, division)
    else:
        # What is taken is never given back, so there will be no room later either.
        step[best] = 0.0
    return True


@njit(cache=True, nogil=True)
def _exchange(slot: int, step: Floats, last: Floats, curves: Curves, division: Division) -> bool:
    """Move the head that gains most by it from one queue to another, or to none, if any does.

    A division that none of these betters is the best of all, as values are concave on a polymatroid
    (the optimality criterion of M-natural concave functions; Murota, 2003).

    Parameters
    ----------
    slot : int
        The slot.
    step, last : ndarray, shape (queues,)
        Scratch.
    curves, division
        As for `allocate`.
    """
    queues, room = step.size, division.room
    for queue in range(queues):
        step[queue] = next_head(queue, slot, curves, division)
        last[queue] = last_head(queue, slot, curves, division)
    giver, taker, gain = -1, -1, EPSILON
    for queue in range(queues):
        if -last[queue] > gain:
            giver, taker, gain = queue, -1, -last[queue]
        if step[queue] > gain and has_room(queue, slot, room):
            giver, taker, gain = -1, queue, step[queue]
        for other in range(queues):
            moved = step[queue] - last[other]
            if moved > gain and other != queue and has_room_beside(queue, other, slot, room):
                giver, taker, gain = other, queue, moved
    if giver >= 0:
        give(giver, slot, -1, curves, division)
    if taker >= 0:
        give(taker, slot, 1, curves, division)
    return giver >= 0 or taker >= 0


@njit(cache=True, nogil=True)
def answered(planned: Floats, heads: Ints, period: Ints, totals: Floats) -> None:
    """Sum the planned answers in time over each period; fills `totals`, (periods,)."""
    totals[:] = 0.0
    for queue in range(heads.shape[0]):
        for slot in range(heads.shape[1]):
            totals[period[queue, slot]] += planned[queue, slot, heads[queue, slot]]
