"""What joint limits leave to one agent, compiled: the price of each cell beside the others."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wfm.solver.counts import Layout, count_one
from wfm.solver.joint_lines import Part, Switches

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
AS_NOW, ANEW = 0, 1
"""How room is split over days: beside what the present tour uses, or from nothing."""
ANEW_TURN = 3
"""Of each four turns, the one that splits room from nothing."""


@njit(cache=True, nogil=True)
def _is_open(part: Part, role: int, over: int, counted: int) -> bool:
    """Whether an `AnyOf` is the agent's to set off, beside what the others count in it."""
    return bool(counted + part.least[role] <= over < counted + part.peak[role])


@njit(cache=True, nogil=True)
def choose_open(
    first: int,
    last: int,
    part: Part,
    used: Ints,
    switches: Switches,
    limits: int,
    line_total: Ints,
    room: int,
    turn: int,
    barred: Bools,
) -> int:
    """Which open `AnyOf` of a limit an agent may not set off; returns the room that is left.

    Those that the present tour sets off may go on, and others as far as there is room.
    """
    now = low = set_off = 0
    for role in range(first, last):
        line = part.lines[role]
        if line < limits:
            now += used[role]
            low += part.least[role]
        elif _is_open(part, role, switches.over[line - limits], line_total[line]):
            barred[role] = True
            if line_total[line] + used[role] > switches.over[line - limits]:
                set_off += switches.factor[line - limits]
    anew = now + set_off > room or turn % 4 == ANEW_TURN
    takes, set_off = (low if anew else now), 0
    # Those that the present tour sets off come first, unless all is chosen anew.
    for present in range(1 if anew else 0, 2):
        for step in range(last - first):
            role = first + (turn + step) % (last - first)
            if not barred[role]:
                continue
            some = part.lines[role] - limits
            is_on = line_total[part.lines[role]] + used[role] > switches.over[some]
            if (present or is_on) and takes + switches.factor[some] <= room:
                barred[role] = False
                takes += switches.factor[some]
                set_off += switches.factor[some]
    return room - set_off


@njit(cache=True, nogil=True)
def price_cells(
    part: Part,
    used: Ints,
    weight: Floats,
    switches: Switches,
    line_total: Ints,
    room: Ints,
    tight: Bools,
    turn: int,
    grids: Layout,
    tour: Ints,
    cost: Floats,
) -> None:
    """Add to `cost` the price of what each cell uses beyond its allowance in the tight limits."""
    many = weight.size
    barred = np.zeros(part.lines.size, dtype=np.bool_)
    split = ANEW if turn % 4 == ANEW_TURN else AS_NOW
    for place in range(part.begin.size - 1):
        if not tight[place]:
            continue
        first, last = part.begin[place], part.begin[place + 1]
        price, free = weight[part.limits[first]], room[place]
        left = choose_open(first, last, part, used, switches, many, line_total, free, turn, barred)
        for role in range(first, last):
            some = part.lines[role] - many
            own, each = left, price
            if some >= 0:
                if not barred[role]:
                    continue
                own = switches.over[some] - line_total[part.lines[role]]
                each = price * switches.factor[some]
            which, times = part.grid[role], part.factor[role]
            charge(which, times, own, each, some >= 0, turn // 4, split, grids, tour, cost)


@njit(cache=True, nogil=True)
def charge(
    grid: int,
    times: int,
    room: int,
    price: float,
    once: bool,
    turn: int,
    split: int,
    grids: Layout,
    tour: Ints,
    cost: Floats,
) -> None:
    """Add to `cost` the price of what each cell of a role uses beyond its day's allowance."""
    day, begin, rows, low, high = grids
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
