"""The walk through a tour programme, compiled."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


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
    days, columns = value.shape
    groups, leaves, enters = enter.shape[1], step.shape[1], step.shape[2]
    most = states.max()
    held = np.full((days + 1, most, leaves), -np.inf)
    chosen = np.full((days + 1, most, leaves), -1, dtype=np.int32)
    came_state = np.full((days + 1, most, leaves), -1, dtype=np.int32)
    came_leave = np.full((days + 1, most, leaves), -1, dtype=np.int32)
    pick = np.empty((days, groups), dtype=np.int64)
    gain = np.empty(groups)
    arrive = np.empty(enters)
    source = np.empty(enters, dtype=np.int64)
    held[0, 0, 0] = 0.0
    for day in range(days):
        gain[:] = -np.inf
        for column in range(columns):
            kind = group[day, column]
            if kind >= 0 and value[day, column] > gain[kind]:
                gain[kind] = value[day, column]
                pick[day, kind] = column
        for state in range(states[day]):
            arrive[:] = -np.inf
            for left in range(leaves):
                so_far = held[day, state, left]
                if so_far > -np.inf:
                    for entry in range(enters):
                        candidate = so_far - step[day, left, entry]
                        if candidate > arrive[entry]:
                            arrive[entry] = candidate
                            source[entry] = left
            for kind in range(groups):
                if gain[kind] == -np.inf or arrive[enter[day, kind]] == -np.inf:
                    continue
                after = follow[day, state, use[day, kind]]
                if after < 0:
                    continue
                total = arrive[enter[day, kind]] + gain[kind] - toll[day, state, use[day, kind]]
                out = leave[day, kind]
                if total > held[day + 1, after, out]:
                    held[day + 1, after, out] = total
                    chosen[day + 1, after, out] = kind
                    came_state[day + 1, after, out] = state
                    came_leave[day + 1, after, out] = source[enter[day, kind]]
    best = -np.inf
    state, left = -1, -1
    for end in range(states[days]):
        for out in range(leaves):
            if held[days, end, out] > best:
                best, state, left = held[days, end, out], end, out
    if state >= 0:
        for day in range(days, 0, -1):
            tour[day - 1] = pick[day - 1, chosen[day, state, left]]
            state, left = came_state[day, state, left], came_leave[day, state, left]
    return best
