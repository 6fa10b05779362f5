"""What each shift option is worth to one agent, with its breaks where they cost least."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@njit(cache=True, nogil=True)
def _place(
    sums: Floats, start: int, earliest: Ints, latest: Ints, length: Ints, count: int, chosen: Ints
) -> float:
    """Exact cheapest places of a shift's ordered breaks; fills `chosen` and returns their loss."""
    width = 0
    for k in range(count):
        width = max(width, latest[k] - earliest[k] + 1)
    best = np.empty((count, width))
    source = np.empty((count, width), dtype=np.int64)
    for k in range(count):
        running, at, pointer = 0.0, -1, 0
        if k:
            running = np.inf
        for offset in range(latest[k] - earliest[k] + 1):
            slot = start + earliest[k] + offset
            if k:
                while pointer <= latest[k - 1] - earliest[k - 1]:
                    if earliest[k - 1] + pointer + length[k - 1] > earliest[k] + offset:
                        break
                    if best[k - 1, pointer] < running:
                        running, at = best[k - 1, pointer], pointer
                    pointer += 1
            best[k, offset] = running + sums[slot + length[k]] - sums[slot]
            source[k, offset] = at
    last = count - 1
    place = 0
    for offset in range(latest[last] - earliest[last] + 1):
        if best[last, offset] < best[last, place]:
            place = offset
    loss = best[last, place]
    for k in range(last, -1, -1):
        chosen[k] = start + earliest[k] + place
        place = source[k, place]
    return float(loss)


@njit(cache=True, nogil=True)
def option_values(
    gain: Floats,
    cost: Floats,
    first: Ints,
    length: Ints,
    counts: Ints,
    earliest: Ints,
    latest: Ints,
    pause: Ints,
    value: Floats,
    places: Ints,
) -> None:
    """Value of every cell of an agent's grid: gains while at work, minus cost.

    Parameters
    ----------
    gain : ndarray, shape (slots + spill,)
        Value of the agent in each slot; zero past the horizon.
    cost : ndarray, shape (days, options + 1)
        Cost of each option, infinite where it may not be chosen; the last column is a day off.
    first : ndarray of int, shape (days, options)
        First slot.
    length, counts : ndarray of int, shape (options,)
        Slots and number of breaks.
    earliest, latest, pause : ndarray of int, shape (options, breaks)
        Window of each break's start after the shift's, and its length, in slots.
    value : ndarray, shape (days, options + 1)
        Filled; minus infinity where the option may not be chosen.
    places : ndarray of int, shape (days, options, breaks)
        Filled with the slot at which each break starts.
    """
    days, options = first.shape
    sums = np.zeros(gain.size + 1)
    for slot in range(gain.size):
        sums[slot + 1] = sums[slot] + gain[slot]
    for day in range(days):
        value[day, options] = -cost[day, options]
        for option in range(options):
            if np.isinf(cost[day, option]):
                value[day, option] = -np.inf
                continue
            start = first[day, option]
            worth = sums[start + length[option]] - sums[start] - cost[day, option]
            count = counts[option]
            if count:
                worth -= _place(
                    sums,
                    start,
                    earliest[option],
                    latest[option],
                    pause[option],
                    count,
                    places[day, option],
                )
            value[day, option] = worth


@njit(cache=True, nogil=True)
def cover_tour(
    tour: Ints,
    places: Ints,
    first: Ints,
    length: Ints,
    counts: Ints,
    pause: Ints,
    there: Ints,
) -> None:
    """Fill `there`, (slots + spill,), with one in each slot at work, breaks left out."""
    there[:] = 0
    for day in range(tour.size):
        option = tour[day]
        if option < length.size:
            start = first[day, option]
            there[start : start + length[option]] = 1
            for k in range(counts[option]):
                there[places[day, k] : places[day, k] + pause[option, k]] = 0
