"""Service curves of agents who are worth more, or less, than the formula takes them for."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from wfm.curves import Curves
from wfm.demand import Demand

Floats = NDArray[np.float64]
WHOLE = 1e-9


def with_worth(demand: Demand, worth: Floats) -> Demand:
    """Stretch service curves along the agents: `n` agents give what ``worth * n`` gave.

    What formulas leave out (breaks that begin late, other queues' contacts, agents who help out)
    takes capacity or adds some, so a curve keeps its ends, nothing at nobody and all contacts in
    time at very many, and stays concave.

    Parameters
    ----------
    demand : Demand
        Whose curves are stretched; all else stays.
    worth : ndarray, shape (queues, slots)
        Agents of the formula that one agent stands for, above 0.
    """
    old = demand.curves
    factor = np.asarray(worth, dtype=float).ravel()
    exact = old.heads / factor[old.cell]
    nearest = np.round(exact)
    exact = np.where(np.abs(exact - nearest) < WHOLE, nearest, exact)
    # Between two whole numbers of agents with a bend between them the line is straight.
    width = int(np.ceil(exact.max(initial=0))) + 1
    bends = np.concatenate([np.floor(exact), np.ceil(exact)]).astype(np.int64)
    cell, heads = np.divmod(np.unique(np.tile(old.cell, 2) * width + bends), width)
    contacts = old.at(cell, heads * factor[cell])
    return demand.model_copy(update={"service": _nested(Curves(old.shape, cell, heads, contacts))})


def _nested(curves: Curves) -> tuple[tuple[tuple[tuple[int, float], ...], ...], ...]:
    """Curves as a demand holds them."""
    points = list(zip(curves.heads.tolist(), curves.contacts.tolist(), strict=True))
    queues, slots = curves.shape
    edges = np.searchsorted(curves.cell, np.arange(queues * slots + 1)).tolist()
    cells = [tuple(points[first:last]) for first, last in pairwise(edges)]
    return tuple(tuple(cells[row * slots : (row + 1) * slots]) for row in range(queues))
