"""The birth-death chain of a queue, carried through time over the states that matter.

Uniformisation (Jensen 1953): the distribution after a time is that after a Poisson number of jumps
of a discrete chain. Only a window of states is carried, which widens by a state with each jump and
loses those at its ends that hold next to nothing: the likely numbers in the system of a thousand
agents are hundreds, not thousands.
"""

from __future__ import annotations

import math

import numpy as np

from wfm.forecast.erlang.compiled import compiled
from wfm.forecast.erlang.fluid import settled_line
from wfm.forecast.erlang.values import Floats

DUST = 1e-18
"""Probability of a state at the window's end that is let go."""
TAIL = 8.0
"""Standard deviations that are kept beyond a mean."""
SURE = 1.0001
"""By how much the pace of jumps exceeds the fastest rate."""


@compiled
def jump_numbers(mean: float) -> tuple[int, Floats]:
    """Poisson probabilities from a first number on, within 9 standard deviations of the mean.

    By recurrence from the most likely number, so that none of them underflows (Fox and Glynn 1988).
    """
    reach = int(9 * math.sqrt(mean)) + 30
    mode = int(mean)
    first = max(0, mode - reach)
    found = np.ones(mode + reach + 1 - first)
    for number in range(mode, first, -1):
        found[number - 1 - first] = found[number - first] * number / mean
    for number in range(mode, mode + reach):
        found[number + 1 - first] = found[number - first] * mean / (number + 1)
    return first, found / found.sum()


@compiled
def fill_leaves(servers: float, death: float, hurry: float, leaves: Floats) -> None:
    """Fill the rate at which the number in the system falls, by state."""
    for k in range(leaves.size):
        leaves[k] = min(k, servers) * death + max(0.0, k - servers) * hurry


@compiled
def highest(
    high: int, birth: float, death: float, servers: float, hurry: float, width: float
) -> float:
    """State that is not passed within `width` seconds from a window that ends at `high`."""
    before = max(0.0, high - servers)
    after = settled_line(before, birth - servers * death, hurry, width)
    peak = max(float(high), min(servers, birth / death) + max(before, after))
    # With patience the chain is drawn back to where it rests, and its spread stops growing.
    time = min(width, 0.5 / min(death, hurry)) if hurry > 0 else width
    pace = birth + servers * death + max(0.0, peak - servers) * hurry
    return peak + TAIL * math.sqrt(pace * time) + 20


@compiled
def carry(
    now: Floats,
    window: tuple[int, int],
    birth: float,
    leaves: Floats,
    top: int,
    width: float,
    mean: Floats,
) -> tuple[int, int]:
    """Replace a distribution by that after `width` seconds; fills its mean over them.

    Parameters
    ----------
    now : ndarray, shape (states,)
        Zero outside the window, the first and the last state that hold something.
    birth : float
        Arrivals in a second.
    leaves : ndarray, shape (states,)
        From :func:`fill_leaves`.
    top : int
        State at which arrivals are turned away.
    mean : ndarray, shape (states,)
        To fill.

    Returns
    -------
    int, int
        The window after it, in which `mean` is zero outside, too.
    """
    low, high = window
    pace = (birth + leaves[top]) * SURE + 1e-9
    first, weights = jump_numbers(pace * width)
    up, down = birth / pace, leaves / pace
    stay = 1 - up - down
    stay[top] += up
    vector, other = now.copy(), np.zeros(now.size)
    now[:] = 0.0
    mean[:] = 0.0
    left, least, most = 1.0, low, high
    for number in range(first + weights.size):
        part = vector[low : high + 1]
        if number >= first:
            weight = weights[number - first]
            left = max(0.0, left - weight)
            _add(now[low : high + 1], part, weight)
        _add(mean[low : high + 1], part, left)
        least, most = min(least, low), max(most, high)
        low, high = _jump(vector, other, low, high, top, up, stay, down)
        vector, other = other, vector
    mean /= mean.sum()
    now /= now.sum()
    return least, most


@compiled
def _add(total: Floats, part: Floats, weight: float) -> None:
    for k in range(part.size):
        total[k] += weight * part[k]


@compiled
def _jump(
    vector: Floats,
    after: Floats,
    low: int,
    high: int,
    top: int,
    up: float,
    stay: Floats,
    down: Floats,
) -> tuple[int, int]:
    """Fill the distribution one jump later; returns its window."""
    if low == high:
        after[low] = vector[low] * stay[low]
    else:
        after[low] = vector[low] * stay[low] + vector[low + 1] * down[low + 1]
        after[high] = vector[high] * stay[high] + vector[high - 1] * up
    inner = after[low + 1 : high]
    here, below, above = vector[low + 1 : high], vector[low : high - 1], vector[low + 2 : high + 1]
    stays, falls = stay[low + 1 : high], down[low + 2 : high + 1]
    for k in range(inner.size):
        inner[k] = here[k] * stays[k] + below[k] * up + above[k] * falls[k]
    if low > 0:
        after[low - 1] = vector[low] * down[low]
        low -= 1
    if high < top:
        after[high + 1] = vector[high] * up
        high += 1
    while low < high and after[low] < DUST:
        low += 1
    while high > low and after[high] < DUST:
        high -= 1
    return low, high


@compiled
def answered(servers: float, death: float, hurry: float, wait: float, many: int) -> Floats:
    """P(answered in time) of who arrives with so many in the system, shape ``(many,)``.

    With j contacts to go before the answer, those ahead and the agents need a sum of exponential
    times, that in which a birth process with immigration grows from none to j. Its size is
    negative binomial; positions beyond all of its likely sizes have no chance.
    """
    free = math.ceil(servers)
    level = np.ones(many)
    if many <= free:
        return level
    level[free:] = 0.0
    if servers <= 0:
        return level
    grows = math.exp(hurry * wait)
    passed = settled_line(0.0, servers * death, -hurry, wait)
    likely = passed + 9 * math.sqrt(passed * grows) + 40 * grows
    ahead = int(min(float(many - free + 1), likely))
    fastest = (servers * death + ahead * hurry) * SURE
    first, weights = jump_numbers(fastest * wait)
    vector, found = np.zeros(ahead), np.zeros(ahead)
    vector[0] = 1.0
    for number in range(first + weights.size):
        if number >= first:
            _add(found, vector, weights[number - first])
        for j in range(ahead - 1, 0, -1):
            moves = (servers * death + (j - 1) * hurry) / fastest
            vector[j] = vector[j] * (1 - moves - hurry / fastest) + vector[j - 1] * moves
    for k in range(free, min(many, free + ahead - 1)):
        level[k] = found[k - free + 1]
    return level
