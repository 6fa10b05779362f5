"""What joint limits count, compiled: totals that follow tours, and what an agent can break."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wfm.solver.joint_lines import Part, Switches

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
FREE, TIGHT, BLOCKED = 0, 1, 2
"""Whether no tour can break the limits, some can, or each breaks a hard one."""


@njit(cache=True, nogil=True)
def add_counts(
    lines: Ints, more: Ints, switches: Switches, line_total: Ints, limit_total: Ints
) -> None:
    """Count `more` in some lines, and in the limits what that sets off."""
    limits = limit_total.size
    owner, over, factor = switches
    for role in range(lines.size):
        if more[role] == 0:
            continue
        line = lines[role]
        line_total[line] += more[role]
        if line < limits:
            limit_total[line] += more[role]
        else:
            some = line - limits
            is_on = line_total[line] > over[some]
            if is_on != (line_total[line] - more[role] > over[some]):
                limit_total[owner[some]] += factor[some] if is_on else -factor[some]


@njit(cache=True, nogil=True)
def bounds(
    part: Part,
    switches: Switches,
    most: Ints,
    weight: Floats,
    line_total: Ints,
    limit_total: Ints,
    room: Ints,
    tight: Bools,
) -> int:
    """Which limits a tour of an agent can break, the others given; one of the states above.

    Fills `tight`, and `room`: what the others leave to the agent's own cells and open `AnyOf`, as
    long as those that it sets off in any case are on; both of shape ``(limits of the agent,)``.
    """
    state, over, factor = FREE, switches.over, switches.factor
    for place in range(part.begin.size - 1):
        limit = part.limits[part.begin[place]]
        low = high = limit_total[limit]
        linear = 0
        for role in range(part.begin[place], part.begin[place + 1]):
            line = part.lines[role]
            least, peak = part.least[role], part.peak[role]
            if line < most.size:
                linear += least
                high += peak
                continue
            some = line - most.size
            is_on = line_total[line] > over[some]
            low += factor[some] * (int(line_total[line] + least > over[some]) - int(is_on))
            high += factor[some] * (int(line_total[line] + peak > over[some]) - int(is_on))
        room[place] = most[limit] - low
        tight[place] = high > most[limit]
        if tight[place]:
            if linear > room[place] and np.isinf(weight[limit]):
                return BLOCKED
            state = TIGHT
    return state


@njit(cache=True, nogil=True)
def broken_cost(total: Ints, most: Ints, weight: Floats, slack: Ints, worst: Floats) -> float:
    """Cost of the soft limits that are broken; of those that share a slack the worst counts.

    Parameters
    ----------
    total, most : ndarray of int, shape (limits,)
        What each counts, and may count.
    weight : ndarray, shape (limits,)
        Cost of each unit above that, infinite for hard limits.
    slack : ndarray of int, shape (limits,)
        Which slack each has.
    worst : ndarray, shape (slacks,)
        Scratch.
    """
    worst[:] = 0.0
    for limit in range(total.size):
        over = total[limit] - most[limit]
        if over > 0 and weight[limit] < np.inf:
            worst[slack[limit]] = max(worst[slack[limit]], over * weight[limit])
    return float(worst.sum())
