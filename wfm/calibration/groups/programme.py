"""Least agents of each group whose pools reach their targets by given curves."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import linprog

from wfm.calibration.aims import Aim
from wfm.demand import Demand

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def least_agents(
    demand: Demand, aims: list[Aim], serves: Bools, costs: Floats, most: Floats
) -> Ints | None:
    """Agents of each group in each slot, at the least cost but for rounding; None if too few.

    A linear programme: its variables are what each pool answers in time in each slot, and the
    agents of each group there.

    Parameters
    ----------
    demand : Demand
        Whose queues are the pools.
    aims : list of Aim
        Their target periods.
    serves : ndarray of bool, shape (pools, groups)
        Whether a group answers a queue of the pool.
    costs, most : ndarray, shape (groups,)
        Cost of an agent in a slot, and how many there are.

    Returns
    -------
    ndarray of int, shape (groups, slots), or None
    """
    slots, groups = demand.horizon.slots, len(costs)
    cells = len(demand.queues) * slots
    wide = cells + groups * slots
    open_slots = (demand.contacts_array > 0).any(axis=0)
    lines, reach = _lines(demand, serves, wide)
    due = [aim.target * demand.contacts_array[aim.row, aim.slots].sum() for aim in aims]

    floors = np.where(demand.floors.ravel() > 0, demand.floors.ravel(), -np.inf)
    least = np.concatenate([floors, np.zeros(groups * slots)])
    ends = np.concatenate([_ends(demand), np.where(open_slots, most[:, None], 0.0).ravel()])
    found = linprog(
        np.concatenate([np.zeros(cells), np.repeat(costs, slots)]),
        A_ub=sparse.vstack([lines, -_sums(aims, slots, wide)], format="csr"),
        b_ub=np.concatenate([reach, -np.array(due)]),
        bounds=list(zip(least.tolist(), ends.tolist(), strict=True)),
    )
    if found.x is None:
        return None
    return _whole(found.x[cells:].reshape(groups, slots))


def _whole(agents: Floats) -> Ints:
    """Round so that the sum up to each slot is right within half an agent.

    Curves are straight between whole agents: one slot's half is made up for by the next one's.
    """
    totals = np.floor(np.cumsum(agents, axis=1) + 0.5 - 1e-9).astype(np.int64)
    return np.diff(totals, axis=1, prepend=0)


def _lines(demand: Demand, serves: Bools, wide: int) -> tuple[sparse.csr_array, Floats]:
    """A row for each straight piece: what is answered is at most the line at the pool's agents."""
    curves, slots = demand.curves, demand.horizon.slots
    left = curves.rises
    slope, cell = curves.slopes[left], curves.cell[left]
    row, group = np.nonzero(serves[cell // slots])
    columns = len(demand.queues) * slots + group * slots + cell[row] % slots
    values = np.concatenate([np.ones(len(left)), -slope[row]])
    places = (np.concatenate([np.arange(len(left)), row]), np.concatenate([cell, columns]))
    reach = curves.contacts[left] - slope * curves.heads[left]
    return sparse.csr_array((values, places), (len(left), wide)), reach


def _ends(demand: Demand) -> Floats:
    """What each pool answers in time at most in each slot."""
    curves = demand.curves
    last = np.append(np.flatnonzero(np.diff(curves.cell)), len(curves.cell) - 1)
    return np.asarray(curves.contacts[last])


def _sums(aims: list[Aim], slots: int, wide: int) -> sparse.csr_array:
    """A row for each target period: what is answered in its slots."""
    rows = np.repeat(np.arange(len(aims)), [len(aim.slots) for aim in aims])
    columns = np.concatenate([aim.row * slots + aim.slots for aim in aims])
    return sparse.csr_array((np.ones(len(rows)), (rows, columns)), (len(aims), wide))
