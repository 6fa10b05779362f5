"""The worth of an answer in each period at which the lost service of given heads is exact."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from wfm.solver.division import DivisionProgramme
from wfm.solver.instance import Instance
from wfm.solver.roster import divide

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
CLOSE = 1e-9
ROUNDS = 200


def best_worth(
    instance: Instance, supply: Ints, guess: Floats, programme: DivisionProgramme | None = None
) -> Floats:
    """Maximise the dual of the division of heads over queues, by cutting planes (Kelley, 1960).

    Parameters
    ----------
    instance : Instance
        The compiled problem.
    supply : ndarray of int, shape (groups, width)
        Heads at work by skill group.
    guess : ndarray, shape (periods,)
        Where to start.
    programme : DivisionProgramme, optional
        What settles a problem with deferred queues, if there is one already.

    Returns
    -------
    ndarray, shape (periods,)
        Between 0 and the price; there the cost of `divide` is the true one.
    """
    if instance.deferred:
        return (programme or DivisionProgramme(instance)).worth(supply)
    best, best_cost = guess, -np.inf
    worth = guess
    cuts: list[tuple[Floats, float]] = []
    for _ in range(ROUNDS):
        service = divide(instance, supply, worth)
        if service.cost > best_cost:
            best, best_cost = worth, service.cost
        if _is_top(worth, service.slope, instance.price):
            return worth
        cuts.append((service.slope, service.cost - float(service.slope @ worth)))
        worth, ceiling = _master(cuts, instance.price)
        if ceiling - best_cost <= CLOSE * max(1.0, abs(ceiling)):
            break
    return best


def _is_top(worth: Floats, slope: Floats, price: Floats) -> bool:
    """Whether no step inside the box leads up the slope."""
    return bool(
        ((slope == 0) | ((slope > 0) & (worth >= price)) | ((slope < 0) & (worth <= 0))).all()
    )


def _master(cuts: list[tuple[Floats, float]], price: Floats) -> tuple[Floats, float]:
    """Highest point below all cuts inside the box, and its height."""
    slopes = np.array([slope for slope, _ in cuts])
    heights = np.array([height for _, height in cuts])
    solution = linprog(
        c=np.append(np.zeros(len(price)), -1.0),
        A_ub=np.hstack([-slopes, np.ones((len(cuts), 1))]),
        b_ub=heights,
        bounds=[*((0.0, float(most)) for most in price), (None, None)],
    )
    found = np.asarray(solution.x)
    return found[:-1], float(found[-1])
