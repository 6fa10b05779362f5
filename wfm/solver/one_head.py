"""What one agent more or fewer changes in the division of heads over queues.

The steps of the heads are the greedy basis of a matroid, which one more agent extends by at most
one of them, and one fewer robs of at most one (Oxley, 2011, section 7.3): so single changes need no
new division.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wfm.solver.allocation import (
    EPSILON,
    Curves,
    Division,
    give,
    has_room,
    last_head,
    next_head,
)

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@njit(cache=True, nogil=True)
def shift_heads(
    posts: Ints, by: int, masks: Ints, curves: Curves, supply: Ints, division: Division
) -> None:
    """Let one agent join, or leave.

    Parameters
    ----------
    posts : ndarray of int, shape (width,)
        The agent's skill group in each slot, -1 when away.
    by : int
        1 to join, -1 to leave.
    masks : ndarray of int, shape (groups,)
        Queues that a group serves, a bit for each.
    curves : Curves
        What heads are worth.
    supply : ndarray of int, shape (groups, width)
        Heads at work by skill group; kept up.
    division : Division
        How they are divided; kept up.
    """
    for slot in range(posts.size):
        if posts[slot] >= 0:
            supply[posts[slot], slot] += by
            if slot < division.value.size:
                if by > 0:
                    _join(slot, masks[posts[slot]], curves, division)
                else:
                    _leave(slot, masks[posts[slot]], curves, division)


@njit(cache=True, nogil=True)
def _join(slot: int, mask: int, curves: Curves, division: Division) -> None:
    """Divide a slot anew that one agent has joined who serves some queues, a bit for each."""
    for subset in range(1, division.room.shape[1]):
        if subset & mask:
            division.room[slot, subset] += 1
    best, gain = -1, EPSILON
    for queue in range(curves.worth.shape[0]):
        step = next_head(queue, slot, curves, division)
        if step > gain and has_room(queue, slot, division.room):
            best, gain = queue, step
    if best >= 0:
        give(best, slot, 1, curves, division)
        division.value[slot] += gain


@njit(cache=True, nogil=True)
def _leave(slot: int, mask: int, curves: Curves, division: Division) -> None:
    """Divide a slot anew that one agent has left who served some queues, a bit for each."""
    # Queues of which one must give up a head: those in every set that lacks an agent now.
    short = -1
    for subset in range(1, division.room.shape[1]):
        if subset & mask:
            division.room[slot, subset] -= 1
            if division.room[slot, subset] < 0:
                short &= subset
    if short == -1:
        return
    best, loss = -1, np.inf
    for queue in range(curves.worth.shape[0]):
        if short >> queue & 1:
            lost = last_head(queue, slot, curves, division)
            if lost < loss:
                best, loss = queue, lost
    give(best, slot, -1, curves, division)
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
