"""What couples people, as compiled code reads it: its price beside what a roster counts."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Joint(NamedTuple):
    """The soft limits that couple people.

    Attributes
    ----------
    begin : ndarray of int, shape (agents * days * options + 1,)
        Where the limits of each cell begin in `row` and `factor`.
    row, factor : ndarray of int
        Limits that a cell counts in, and for how much.
    most : ndarray of int, shape (rows,)
        Bound of each limit.
    price : ndarray, shape (rows,)
        Cost of each unit above it.
    day : ndarray of int, shape (rows,)
        First day that it counts.
    """

    begin: Ints
    row: Ints
    factor: Ints
    most: Ints
    price: Floats
    day: Ints


@njit(cache=True, nogil=True)
def priced_cells(
    joint: Joint, count: Ints, base: Floats, agent: int, first: int, last: int, value: Floats
) -> None:
    """Fill in what each cell of someone's days ``first..last`` is worth beside what is counted."""
    days, options = base.shape[1], base.shape[2] - 1
    for day in range(first, last + 1):
        for option in range(options):
            worth = base[agent, day, option]
            cell = (agent * days + day) * options + option
            for place in range(joint.begin[cell], joint.begin[cell + 1]):
                row = joint.row[place]
                over = count[row] - joint.most[row]
                more = max(over + joint.factor[place], 0) - max(over, 0)
                worth -= joint.price[row] * more
            value[day, option] = worth
        value[day, options] = base[agent, day, options]


@njit(cache=True, nogil=True)
def count_stretch(
    joint: Joint,
    count: Ints,
    base: Floats,
    agent: int,
    tour: Ints,
    first: int,
    last: int,
    sign: int,
) -> float:
    """Count someone's days ``first..last`` in (1) or out (-1); returns what that costs."""
    days, options = base.shape[1], base.shape[2] - 1
    cost = 0.0
    for day in range(first, last + 1):
        option = tour[day]
        cost -= sign * base[agent, day, option]
        if option == options:
            continue
        cell = (agent * days + day) * options + option
        for place in range(joint.begin[cell], joint.begin[cell + 1]):
            row = joint.row[place]
            before = max(count[row] - joint.most[row], 0)
            count[row] += sign * joint.factor[place]
            cost += joint.price[row] * (max(count[row] - joint.most[row], 0) - before)
    return cost
