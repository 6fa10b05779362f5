"""What joint limits leave to one agent, compiled: the price of each cell beside the others."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wfm.solver.counts import Rows, count_one

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
AS_NOW, ANEW = 0, 1
"""How room is split over days: beside what the present tour uses, or from nothing."""
ANEW_TURN = 3
"""Of each four turns, the one that splits room from nothing."""


@njit(cache=True, nogil=True)
def choose_open(
    first: int,
    last: int,
    lines: Ints,
    least: Ints,
    peak: Ints,
    used: Ints,
    over: Ints,
    factor: Ints,
    limits: int,
    line_total: Ints,
    room: int,
    turn: int,
    barred: Bools,
) -> int:
    """Which open `AnyOf` of a limit an agent may not set off; returns the room that is left.

    Those that the present tour sets off may go on, and others as far as there is room.
    """
    now = low = set_off = many = 0
    for role in range(first, last):
        line = lines[role]
        if line < limits:
            now += used[role]
            low += least[role]
            continue
        some = line - limits
        is_open = line_total[line] + least[role] <= over[some] < line_total[line] + peak[role]
        many += is_open
        barred[role] = is_open and line_total[line] + used[role] <= over[some]
        if is_open and not barred[role]:
            set_off += factor[some]
    if not many:
        return room
    takes = now + set_off
    if takes > room or turn % 4 == ANEW_TURN:
        takes, set_off = low, 0
        for role in range(first, last):
            line = lines[role]
            if line >= limits:
                some = line - limits
                barred[role] = (
                    line_total[line] + least[role] <= over[some] < line_total[line] + peak[role]
                )
    start = turn % (last - first)
    for step in range(last - first):
        role = first + (start + step) % (last - first)
        if lines[role] >= limits and barred[role]:
            amount = factor[lines[role] - limits]
            if takes + amount <= room:
                barred[role] = False
                takes += amount
                set_off += amount
    return room - set_off


@njit(cache=True, nogil=True)
def price_cells(
    begin: Ints,
    limits: Ints,
    lines: Ints,
    grid: Ints,
    times: Ints,
    least: Ints,
    peak: Ints,
    used: Ints,
    weight: Floats,
    over: Ints,
    factor: Ints,
    line_total: Ints,
    room: Ints,
    tight: Bools,
    turn: int,
    day: Ints,
    first_row: Ints,
    rows: Rows,
    low: Ints,
    high: Ints,
    tour: Ints,
    cost: Floats,
) -> None:
    """Add to `cost` the price of what each cell uses beyond its allowance in the tight limits."""
    many = weight.size
    barred = np.zeros(lines.size, dtype=np.bool_)
    split = ANEW if turn % 4 == ANEW_TURN else AS_NOW
    for place in range(begin.size - 1):
        if not tight[place]:
            continue
        first, last = begin[place], begin[place + 1]
        price = weight[limits[first]]
        left = choose_open(
            first,
            last,
            lines,
            least,
            peak,
            used,
            over,
            factor,
            many,
            line_total,
            room[place],
            turn,
            barred,
        )
        for role in range(first, last):
            some = lines[role] - many
            if some < 0:
                own, each, once = left, price, False
            elif barred[role]:
                own, each, once = over[some] - line_total[lines[role]], price * factor[some], True
            else:
                continue
            charge(
                grid[role],
                times[role],
                own,
                each,
                once,
                turn // 4,
                split,
                day,
                first_row,
                rows,
                low,
                high,
                tour,
                cost,
            )


@njit(cache=True, nogil=True)
def charge(
    grid: int,
    times: int,
    room: int,
    price: float,
    once: bool,
    turn: int,
    split: int,
    day: Ints,
    begin: Ints,
    rows: Rows,
    low: Ints,
    high: Ints,
    tour: Ints,
    cost: Floats,
) -> None:
    """Add to `cost` the price of what each cell of a role uses beyond its day's allowance."""
    first, many = begin[grid], begin[grid + 1] - begin[grid]
    left = room
    if split == ANEW:
        for row in range(first, first + many):
            left -= times * low[row] if times > 0 else times * high[row]
    else:
        left -= times * count_one(grid, day, begin, rows, tour)
    # All limits that look at one day start with it, so that they give way on the same days.
    start = turn % cost.shape[0] - day[grid]
    start = start if 0 <= start < many else turn % many
    for step in range(many):
        at = (start + step) % many
        row, today = first + at, day[grid] + at
        least = times * low[row] if times > 0 else times * high[row]
        most = times * high[row] if times > 0 else times * low[row]
        allowed = least if split == ANEW else times * rows[row, tour[today]]
        # Where the tour uses too much, some days have to go back to less.
        more = max(least - allowed, min(left, most - allowed))
        left -= more
        allowed += more
        if allowed < most:
            for column in range(cost.shape[1]):
                over = times * rows[row, column] - allowed
                if over > 0:
                    cost[today, column] += price * (1 if once else over)
