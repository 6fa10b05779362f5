"""Breaks and activities laid into one shift where they cost least, exactly."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
WORK = -1
"""Choice of a slot that is worked."""


@njit(cache=True, nogil=True)
def arrange(
    sums: Floats,
    earliest: Ints,
    latest: Ints,
    pause: Ints,
    count: int,
    size: Ints,
    after: NDArray[np.bool_],
    lost: Floats,
    best: Floats,
    choice: Ints,
) -> None:
    """Least loss of a shift with each set of activities, breaks and activities in any order.

    It walks through the shift slot by slot: the next thing is a slot of work, the next break, or
    one of the activities that are still to come.

    Parameters
    ----------
    sums : ndarray, shape (length + 1,)
        Running sum of the agent's worth in each slot of the shift.
    earliest, latest, pause : ndarray of int, shape (breaks,)
        Window of each break's start after the shift's, and its length, in slots.
    count : int
        Number of breaks.
    size : ndarray of int, shape (activities,)
        Slots of each activity.
    after : ndarray of bool, shape (activities,)
        Whether it comes after the one of the number before, which is alike.
    lost : ndarray, shape (activities, length + 1)
        Loss of each activity by its first slot; infinite where it may not begin.
    best : ndarray, shape (2 ** activities,)
        Filled with the least loss of holding each set of activities, infinite where there is no
        room.
    choice : ndarray of int, shape (length + 1, 2 ** activities, count + 1)
        Filled with what came last on the best way: `WORK`, an activity, or a break, counted on
        from the activities.
    """
    length, many = sums.size - 1, size.size
    sets = best.size
    value = np.full((length + 1, sets, count + 1), np.inf)
    value[0, 0, 0] = 0.0
    for slot in range(length):
        for held in range(sets):
            for taken in range(count + 1):
                now = value[slot, held, taken]
                if now == np.inf:
                    continue
                if now < value[slot + 1, held, taken]:
                    value[slot + 1, held, taken] = now
                    choice[slot + 1, held, taken] = WORK
                if taken < count and earliest[taken] <= slot <= latest[taken]:
                    end = slot + pause[taken]
                    total = now + sums[end] - sums[slot]
                    if total < value[end, held, taken + 1]:
                        value[end, held, taken + 1] = total
                        choice[end, held, taken + 1] = many + taken
                for item in range(many):
                    if held >> item & 1 or lost[item, slot] == np.inf:
                        continue
                    if after[item] and not held >> (item - 1) & 1:
                        continue
                    end = slot + size[item]
                    total = now + lost[item, slot]
                    more = held | 1 << item
                    if total < value[end, more, taken]:
                        value[end, more, taken] = total
                        choice[end, more, taken] = item
    for held in range(sets):
        best[held] = value[length, held, count]


@njit(cache=True, nogil=True)
def read_back(choice: Ints, held: int, pause: Ints, size: Ints, places: Ints, starts: Ints) -> None:
    """Fill in where breaks and activities begin, in slots of the shift; -1 where not held."""
    slot, taken = choice.shape[0] - 1, choice.shape[2] - 1
    starts[:] = -1
    while slot > 0:
        last = choice[slot, held, taken]
        if last == WORK:
            slot -= 1
        elif last < size.size:
            slot -= size[last]
            starts[last] = slot
            held &= ~(1 << last)
        else:
            taken -= 1
            slot -= pause[taken]
            places[taken] = slot


@njit(cache=True, nogil=True)
def charge(
    usual: Floats,
    turn: Floats,
    slots: Ints,
    begins: Ints,
    starts: NDArray[np.bool_],
    first: Ints,
    length: Ints,
    value: Floats,
) -> None:
    """Take off each shift of a day what an activity costs in it at least, as if it were alone.

    Parameters
    ----------
    usual, turn : ndarray, shape (width + 1,)
        Running sums of the agent's worth in each slot, and of that inside the activity.
    slots : ndarray of int, shape (4,)
        Its length, its recovery, how many of it a shift holds, and how long shifts are at least
        that do not count.
    begins : ndarray of int, shape (2,)
        Slots after the shift's start in which it may begin, first and last.
    starts : ndarray of bool, shape (width,)
        Slots in which it may begin.
    first, length : ndarray of int, shape (options,)
        First slot and length of each shift.
    value : ndarray, shape (options + 1,)
        Value of each shift, changed.
    """
    whole = slots[0] + slots[1]
    for option in range(length.size):
        if length[option] <= slots[3] or value[option] == -np.inf:
            continue
        least = np.inf
        last = min(begins[1], length[option] - whole)
        for slot in range(first[option] + begins[0], first[option] + last + 1):
            if starts[slot]:
                loss = usual[slot + whole] - usual[slot]
                loss -= turn[slot + slots[0]] - turn[slot]
                least = min(least, loss)
        if least < np.inf:
            value[option] -= slots[2] * least
