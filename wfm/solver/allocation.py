"""Dividing the agents of a slot over their queues, each agent once.

The heads that a set of queues can have together are bounded by the agents who serve any of them:
a polymatroid. The value of a queue is concave in its heads, so the greedy that gives the next
head to the queue that gains most is exact (Federgruen and Groenevelt, 1986). The heads' steps are
the greedy basis of a matroid, which one more agent extends by at most one of them, and one fewer
robs of at most one (Oxley, 2011, section 7.3): so single changes need no new greedy.
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
def _set(queue: int, slot: int, heads: int, curves: Curves, division: Division) -> None:
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
def _next(queue: int, slot: int, curves: Curves, division: Division) -> float:
    """What the next head on a queue is worth."""
    worth = curves.worth[queue, slot]
    return float(worth * division.more[queue, slot] + division.spared[queue, slot])


@njit(cache=True, nogil=True)
def _has_room(queue: int, slot: int, room: NDArray[np.int32]) -> bool:
    """Whether one more head fits on a queue."""
    for subset in range(1, room.shape[1]):
        if subset >> queue & 1 and room[slot, subset] < 1:
            return False
    return True


@njit(cache=True, nogil=True)
def _give(queue: int, slot: int, heads: int, curves: Curves, division: Division) -> None:
    """Give a queue some heads more, or fewer."""
    _set(queue, slot, division.heads[queue, slot] + heads, curves, division)
    for subset in range(1, division.room.shape[1]):
        if subset >> queue & 1:
            division.room[slot, subset] -= heads


@njit(cache=True, nogil=True)
def allocate(chosen: Ints, supply: Ints, masks: Ints, curves: Curves, division: Division) -> None:
    """Divide the agents of some slots over the queues; fills the division there.

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
    queues = curves.worth.shape[0]
    step = np.zeros(queues)
    for slot in chosen:
        division.room[slot] = 0
        for group in range(masks.size):
            if supply[group, slot]:
                for subset in range(1, division.room.shape[1]):
                    if subset & masks[group]:
                        division.room[slot, subset] += supply[group, slot]
        total = 0.0
        for queue in range(queues):
            _set(queue, slot, 0, curves, division)
            worth = curves.worth[queue, slot]
            total += worth * curves.planned[queue, slot, 0] - curves.floor[queue, slot, 0]
            step[queue] = _next(queue, slot, curves, division)
        while True:
            best, gain = -1, EPSILON
            for queue in range(queues):
                if step[queue] > gain:
                    best, gain = queue, step[queue]
            if best < 0:
                break
            if not _has_room(best, slot, division.room):
                # What is taken is never given back, so there will be no room later either.
                step[best] = 0.0
                continue
            _give(best, slot, 1, curves, division)
            total += gain
            step[best] = _next(best, slot, curves, division)
        division.value[slot] = total


@njit(cache=True, nogil=True)
def join(chosen: Ints, served: Ints, curves: Curves, division: Division) -> None:
    """Divide anew the slots that one agent has joined.

    Parameters
    ----------
    chosen : ndarray of int
        The slots.
    served : ndarray of int, shape (chosen,)
        Queues that the agent serves in each, a bit for each.
    curves, division
        As for `allocate`; the division is that before.
    """
    for place in range(chosen.size):
        slot, mask = chosen[place], served[place]
        for subset in range(1, division.room.shape[1]):
            if subset & mask:
                division.room[slot, subset] += 1
        best, gain = -1, EPSILON
        for queue in range(curves.worth.shape[0]):
            step = _next(queue, slot, curves, division)
            if step > gain and _has_room(queue, slot, division.room):
                best, gain = queue, step
        if best >= 0:
            _give(best, slot, 1, curves, division)
            division.value[slot] += gain


@njit(cache=True, nogil=True)
def leave(chosen: Ints, served: Ints, curves: Curves, division: Division) -> None:
    """Divide anew the slots that one agent has left; parameters as for `join`."""
    planned, floor = curves.planned, curves.floor
    for place in range(chosen.size):
        slot, mask = chosen[place], served[place]
        # Queues of which one must give up a head: those in every set that lacks an agent now.
        short = -1
        for subset in range(1, division.room.shape[1]):
            if subset & mask:
                division.room[slot, subset] -= 1
                if division.room[slot, subset] < 0:
                    short &= subset
        if short == -1:
            continue
        best, loss = -1, np.inf
        for queue in range(curves.worth.shape[0]):
            heads = division.heads[queue, slot]
            if heads and short >> queue & 1:
                step = planned[queue, slot, heads] - planned[queue, slot, heads - 1]
                spared = floor[queue, slot, heads - 1] - floor[queue, slot, heads]
                lost = curves.worth[queue, slot] * step + spared
                if lost < loss:
                    best, loss = queue, lost
        _give(best, slot, -1, curves, division)
        division.value[slot] -= loss


@njit(cache=True, nogil=True)
def gains(mask: int, worth: Floats, division: Division, gain: Floats) -> None:
    """Value of one more agent in each slot, given the division so far; fills `gain`, (slots,).

    One more agent lengthens the greedy's division by one head at most, so the rest stays.

    Parameters
    ----------
    mask : int
        Queues that the agent serves, a bit for each.
    worth : ndarray, shape (queues, slots)
        Value of a planned answer in time.
    division : Division
        The division in hand.
    gain : ndarray, shape (slots,)
        What is filled.
    """
    queues, slots = worth.shape
    room = division.room
    for slot in range(slots):
        best = 0.0
        for queue in range(queues):
            step = worth[queue, slot] * division.more[queue, slot] + division.spared[queue, slot]
            if step > best:
                free = True
                if not mask >> queue & 1:
                    # Sets with a queue of the agent's gain room by the agent.
                    for subset in range(1, room.shape[1]):
                        if subset >> queue & 1 and not subset & mask and room[slot, subset] < 1:
                            free = False
                            break
                if free:
                    best = step
        gain[slot] = best


@njit(cache=True, nogil=True)
def answered(planned: Floats, heads: Ints, period: Ints, totals: Floats) -> None:
    """Sum the planned answers in time over each period; fills `totals`, (periods,)."""
    totals[:] = 0.0
    for queue in range(heads.shape[0]):
        for slot in range(heads.shape[1]):
            totals[period[queue, slot]] += planned[queue, slot, heads[queue, slot]]
