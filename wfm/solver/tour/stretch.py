"""The walk through some days in a row of a tour programme, all other days staying as they are.

Few states can be reached from where the stretch begins, however many the programme has.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wfm.solver.tour.bundle import Bundle
from wfm.solver.tour.walk import arrive_best, gather

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Small = NDArray[np.int32]


class Room(NamedTuple):
    """What a walk writes into, made once for many.

    Attributes
    ----------
    held, after : ndarray, shape (states, leave classes)
        Best values; minus infinity between two walks.
    here, there : ndarray of int, shape (states,)
        States that are reached.
    marked : ndarray of bool, shape (states,)
        Whether a state is among them; False between two walks.
    chosen, came : ndarray of int, shape (days, states, leave classes)
        How each was reached: the group, and the state and class before as one number.
    pick : ndarray of int, shape (days, groups)
        Most valuable option of each group.
    gain, arrive : ndarray, shape (groups,), (enter classes,)
    source : ndarray of int, shape (enter classes,)
    """

    held: Floats
    after: Floats
    here: Ints
    there: Ints
    marked: Bools
    chosen: Small
    came: Small
    pick: Ints
    gain: Floats
    arrive: Floats
    source: Ints


def room_for(bundle: Bundle, days: int) -> Room:
    """Room for the walks of some programmes over up to so many days."""
    states, (leaves, enters) = int(bundle.states.max()), bundle.classes.max(axis=0)
    groups = bundle.enter.shape[2]
    return Room(
        held=np.full((states, leaves), -np.inf),
        after=np.full((states, leaves), -np.inf),
        here=np.empty(states, dtype=np.int64),
        there=np.empty(states, dtype=np.int64),
        marked=np.zeros(states, dtype=np.bool_),
        chosen=np.empty((days, states, leaves), dtype=np.int32),
        came=np.empty((days, states, leaves), dtype=np.int32),
        pick=np.empty((days, groups), dtype=np.int64),
        gain=np.empty(groups),
        arrive=np.empty(enters),
        source=np.empty(enters, dtype=np.int64),
    )


@njit(cache=True, nogil=True)
def follow_tour(
    bundle: Bundle, number: int, tour: Ints, first: int, last: int, state: int, left: int
) -> tuple[float, int, int]:
    """Cost of the days ``first..last`` of a tour, with the state and leave class after them.

    The cost is infinite where a promise forbids it.
    """
    leaves, enters = bundle.classes[number]
    step_at, follow_at = bundle.step_at[number], bundle.follow_at[number]
    toll_at = bundle.toll_at[number]
    tolls = bundle.toll_at[number + 1] - toll_at > 1
    cost = 0.0
    for day in range(first, last + 1):
        kind = bundle.group[number, day, tour[day]]
        if kind < 0:
            return np.inf, 0, 0
        move = bundle.begin[number, day] + state * bundle.uses[number, day]
        move += bundle.use[number, day, kind]
        state = int(bundle.follow[follow_at + move])
        if state < 0:
            return np.inf, 0, 0
        if tolls:
            cost += bundle.toll[toll_at + move]
        entry = bundle.enter[number, day, kind]
        cost += bundle.step[step_at + (day * leaves + left) * enters + entry]
        left = bundle.leave[number, day, kind]
    return cost, state, left


@njit(cache=True, nogil=True)
def best_stretch(
    bundle: Bundle, number: int, value: Floats, tour: Ints, first: int, last: int, room: Room
) -> bool:
    """Find the stretch of most value of a tour; fills the days ``first..last`` of `tour`.

    Parameters
    ----------
    bundle, number
        Programmes, and which of them.
    value : ndarray, shape (days, options + 1)
        Value of each cell of those days; the last column is a day off.
    tour : ndarray of int, shape (days,)
        What the other days hold; left alone where no stretch keeps the limits.
    """
    cost, state, left = follow_tour(bundle, number, tour, 0, first - 1, 0, 0)
    if np.isinf(cost):
        return False
    many, held = _spread(bundle, number, value, first, last, state, left, room)
    ends, worth = _ends(held, room.here if (last - first) % 2 else room.there, many)
    best, end = -np.inf, -1
    leaves = held.shape[1]
    # No end is worth more than without what its later days cost.
    for place in np.argsort(-worth):
        if worth[place] <= best:
            break
        state, left = int(ends[place] // leaves), int(ends[place] % leaves)
        cost, _, _ = follow_tour(bundle, number, tour, last + 1, tour.size - 1, state, left)
        if worth[place] - cost > best:
            best, end = worth[place] - cost, int(ends[place])
    if end < 0:
        return False
    for day in range(last, first - 1, -1):
        state, left = end // leaves, end % leaves
        tour[day] = room.pick[day - first, room.chosen[day - first, state, left]]
        end = int(room.came[day - first, state, left])
    return True


@njit(cache=True, nogil=True)
def _ends(held: Floats, states: Ints, many: int) -> tuple[Ints, Floats]:
    """States with leave classes that are reached, as one number, and their values; clears them."""
    leaves = held.shape[1]
    ends, worth = np.empty(many * leaves, dtype=np.int64), np.empty(many * leaves)
    found = 0
    for place in range(many):
        state = states[place]
        for left in range(leaves):
            if held[state, left] > -np.inf:
                ends[found], worth[found] = state * leaves + left, held[state, left]
                found += 1
                held[state, left] = -np.inf
    return ends[:found], worth[:found]


@njit(cache=True, nogil=True)
def _spread(
    bundle: Bundle,
    number: int,
    value: Floats,
    first: int,
    last: int,
    state: int,
    left: int,
    room: Room,
) -> tuple[int, Floats]:
    """Reach all states after the stretch; returns how many, and with what values."""
    leaves, enters = bundle.classes[number]
    step = bundle.step[bundle.step_at[number] : bundle.step_at[number + 1]]
    step = step.reshape((bundle.enter.shape[1], leaves, enters))
    follow = bundle.follow[bundle.follow_at[number] : bundle.follow_at[number + 1]]
    toll = bundle.toll[bundle.toll_at[number] : bundle.toll_at[number + 1]]
    held, after, here, there = room.held, room.after, room.here, room.there
    arrive = room.arrive[:enters]
    held[state, left] = 0.0
    here[0], many = state, 1
    for day in range(first, last + 1):
        gather(value[day], bundle.group[number, day], room.gain, room.pick[day - first])
        chosen, came = room.chosen[day - first], room.came[day - first]
        found = 0
        for place in range(many):
            state = here[place]
            arrive_best(held[state, :leaves], step[day], arrive, room.source)
            held[state] = -np.inf
            begin = bundle.begin[number, day] + state * bundle.uses[number, day]
            for kind in range(bundle.groups[number, day]):
                move = begin + bundle.use[number, day, kind]
                entry = bundle.enter[number, day, kind]
                total = arrive[entry] + room.gain[kind]
                after_state = follow[move]
                if after_state < 0 or total == -np.inf:
                    continue
                if toll.size > 1:
                    total -= toll[move]
                left = bundle.leave[number, day, kind]
                if total > after[after_state, left]:
                    if not room.marked[after_state]:
                        room.marked[after_state] = True
                        there[found] = after_state
                        found += 1
                    after[after_state, left] = total
                    chosen[after_state, left] = kind
                    came[after_state, left] = state * held.shape[1] + room.source[entry]
        for place in range(found):
            room.marked[there[place]] = False
        held, after, here, there, many = after, held, there, here, found
    return many, held
