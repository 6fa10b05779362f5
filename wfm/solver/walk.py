"""The walk through a tour programme, compiled."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@njit(cache=True, nogil=True)
def _gather(value: Floats, group: Ints, gain: Floats, pick: Ints) -> None:
    """Most valuable option of each group of a day; fills `gain` and `pick`, (groups,)."""
    gain[:] = -np.inf
    for column in range(value.size):
        kind = group[column]
        if kind >= 0 and value[column] > gain[kind]:
            gain[kind] = value[column]
            pick[kind] = column


@njit(cache=True, nogil=True)
def _arrive(held: Floats, step: Floats, arrive: Floats, source: Ints) -> None:
    """Best value with which each class of a day can be entered from a state; (enter classes,)."""
    arrive[:] = -np.inf
    for left in range(held.size):
        if held[left] > -np.inf:
            for entry in range(arrive.size):
                candidate = held[left] - step[left, entry]
                if candidate > arrive[entry]:
                    arrive[entry] = candidate
                    source[entry] = left


@njit(cache=True, nogil=True)
def best_tour(
    value: Floats,
    group: Ints,
    enter: Ints,
    leave: Ints,
    use: Ints,
    step: Floats,
    follow: Ints,
    toll: Floats,
    states: Ints,
    tour: Ints,
) -> float:
    """Find the tour of most value; arrays as in `Programme`. Fills `tour`, returns its value.

    The value is minus infinity, and `tour` left alone, where no tour keeps the limits.
    """
    days, groups = enter.shape
    leaves, enters = step.shape[1:]
    most = states.max()
    held = np.full((days + 1, most, leaves), -np.inf)
    # How each state was reached: the group chosen, and the state and class before.
    trail = np.full((days + 1, most, leaves, 3), -1, dtype=np.int32)
    pick = np.empty((days, groups), dtype=np.int64)
    gain, arrive = np.empty(groups), np.empty(enters)
    source = np.empty(enters, dtype=np.int64)
    held[0, 0, 0] = 0.0
    for day in range(days):
        _gather(value[day], group[day], gain, pick[day])
        for state in range(states[day]):
            _arrive(held[day, state], step[day], arrive, source)
            for kind in range(groups):
                entry, used, left = enter[day, kind], use[day, kind], leave[day, kind]
                after = follow[day, state, used]
                if after >= 0:
                    total = arrive[entry] + gain[kind] - toll[day, state, used]
                    if total > held[day + 1, after, left]:
                        held[day + 1, after, left] = total
                        trail[day + 1, after, left, 0] = kind
                        trail[day + 1, after, left, 1] = state
                        trail[day + 1, after, left, 2] = source[entry]
    return _trace(held[days], trail, pick, tour)


@njit(cache=True, nogil=True)
def _trace(held: Floats, trail: Ints, pick: Ints, tour: Ints) -> float:
    """Walk back from the best end; fills `tour`, returns its value."""
    best, state, left = -np.inf, -1, -1
    for end in range(held.shape[0]):
        for out in range(held.shape[1]):
            if held[end, out] > best:
                best, state, left = held[end, out], end, out
    if state >= 0:
        for day in range(tour.size, 0, -1):
            kind, before, out = trail[day, state, left]
            tour[day - 1] = pick[day - 1, kind]
            state, left = before, out
    return float(best)
