"""The walk through a tour programme, compiled."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Small = NDArray[np.int32]


@njit(cache=True, nogil=True)
def gather(value: Floats, group: Ints, gain: Floats, pick: Ints) -> None:
    """Most valuable option of each group of a day; fills `gain` and `pick`, (groups,)."""
    gain[:] = -np.inf
    for column in range(value.size):
        kind = group[column]
        if kind >= 0 and value[column] > gain[kind]:
            gain[kind] = value[column]
            pick[kind] = column


@njit(cache=True, nogil=True)
def arrive_best(held: Floats, step: Floats, arrive: Floats, source: Ints) -> bool:
    """Best value with which each class of a day can be entered from a state; (enter classes,).

    False if the state is not reached at all.
    """
    arrive[:] = -np.inf
    reached = False
    for left in range(held.size):
        if held[left] > -np.inf:
            reached = True
            for entry in range(arrive.size):
                candidate = held[left] - step[left, entry]
                if candidate > arrive[entry]:
                    arrive[entry] = candidate
                    source[entry] = left
    return reached


@njit(cache=True, nogil=True)
def best_tour(
    value: Floats,
    group: Ints,
    enter: Ints,
    leave: Ints,
    use: Ints,
    groups: Ints,
    step: Floats,
    begin: Ints,
    uses: Ints,
    follow: Small,
    toll: Floats,
    states: Ints,
    tour: Ints,
) -> float:
    """Find the tour of most value; arrays as in `Programme`. Fills `tour`, returns its value.

    The value is minus infinity, and `tour` left alone, where no tour keeps the limits.
    """
    days = enter.shape[0]
    leaves, enters = step.shape[1:]
    most = states.max()
    base = np.append(np.zeros(1, dtype=np.int64), np.cumsum(states[:days]))
    held, after_held = np.full((most, leaves), -np.inf), np.empty((most, leaves))
    # How each state was reached: the group chosen, and the state and class before, as one number.
    chosen = np.empty((base[days] + 1, leaves), dtype=np.int32)
    came = np.empty((base[days] + 1, leaves), dtype=np.int32)
    pick = np.empty((days, enter.shape[1]), dtype=np.int64)
    gain, arrive = np.empty(enter.shape[1]), np.empty(enters)
    source = np.empty(enters, dtype=np.int64)
    held[0, 0] = 0.0
    for day in range(days):
        gather(value[day], group[day], gain, pick[day])
        after_held[: states[day + 1]] = -np.inf
        row = base[day + 1] if day + 1 < days else base[days]
        for state in range(states[day]):
            if not arrive_best(held[state], step[day], arrive, source):
                continue
            place = begin[day] + state * uses[day]
            for kind in range(groups[day]):
                after = follow[place + use[day, kind]]
                entry = enter[day, kind]
                if after >= 0 and arrive[entry] > -np.inf:
                    total = arrive[entry] + gain[kind]
                    if toll.size > 1:
                        total -= toll[place + use[day, kind]]
                    left = leave[day, kind]
                    if total > after_held[after, left]:
                        after_held[after, left] = total
                        chosen[row + after, left] = kind
                        came[row + after, left] = state * leaves + source[entry]
        held, after_held = after_held, held
    return _trace(held[0], base, chosen, came, pick, tour)


@njit(cache=True, nogil=True)
def _trace(held: Floats, base: Ints, chosen: Small, came: Small, pick: Ints, tour: Ints) -> float:
    """Walk back from the best end; fills `tour`, returns its value."""
    best, state, left = -np.inf, 0, -1
    for out in range(held.size):
        if held[out] > best:
            best, left = held[out], out
    if left >= 0:
        for day in range(tour.size, 0, -1):
            row = base[day] + state
            tour[day - 1] = pick[day - 1, chosen[row, left]]
            before = came[row, left]
            state, left = before // held.size, before % held.size
    return float(best)
