"""The least agents of each group that answer every cut: an integer programme, solved exactly."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
SLACK = 1e-9


def least_cover(need: Ints, groups: Ints, costs: Floats) -> Ints:
    """Agents of each group, of least cost and then fewest, that serve each subset of queues.

    Parameters
    ----------
    need : numpy.ndarray
        Agents that each subset of queues needs, shape ``(2 ** queues, intervals)``.
    groups : numpy.ndarray
        Queues of each group as a subset's number; every queue that needs someone is in one.
    costs : numpy.ndarray
        Cost of an agent of each group, from 0 up.

    Returns
    -------
    numpy.ndarray
        Shape ``(groups, intervals)``; equal intervals are solved once.
    """
    serves = (np.arange(len(need))[:, None] & groups) > 0
    # Subsets that the same groups serve ask for the most of what each of them asks.
    rows, which = np.unique(serves, axis=0, return_inverse=True)
    bounds = np.zeros((len(rows), need.shape[1]), dtype=np.int64)
    np.maximum.at(bounds, which.ravel(), need)
    kinds, kind = np.unique(bounds, axis=1, return_inverse=True)
    agents = [_solve(rows.astype(np.float64), least, costs) for least in kinds.T]
    return np.array(agents, dtype=np.int64).reshape(-1, len(groups)).T[:, kind.ravel()]


def _solve(rows: Floats, least: Ints, costs: Floats) -> Ints:
    """Solve one interval: the least cost first, then the fewest agents that cost no more."""
    asked = least > 0
    if not asked.any():
        return np.zeros(len(costs), dtype=np.int64)
    serve = LinearConstraint(rows[asked], lb=least[asked])
    agents = _milp(costs, [serve])
    if costs.min() == costs.max() > 0 or agents.sum() == least.max():
        return agents  # no subset can be served by fewer agents than it needs
    spent = float(costs @ agents)
    return _milp(np.ones_like(costs), [serve, LinearConstraint(costs, ub=spent * (1 + SLACK))])


def _milp(costs: Floats, constraints: list[LinearConstraint]) -> Ints:
    found = milp(
        costs,
        integrality=np.ones(len(costs), dtype=np.int64),
        bounds=Bounds(lb=0.0),
        constraints=constraints,
        options={"mip_rel_gap": 0.0},
    )
    if found.x is None:
        raise RuntimeError(f"The least cover was not found: {found.message}")
    return np.round(found.x).astype(np.int64)
