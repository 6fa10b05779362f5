"""The worth of an answer in each period at which the lost service of given heads is exact."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from wfm.solver.allocation import no_division
from wfm.solver.division import DivisionProgramme
from wfm.solver.dot import dot
from wfm.solver.instance import Instance
from wfm.solver.roster import Service, divide

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
CLOSE = 1e-9
ROUNDS = 200


def best_worth(
    instance: Instance, supply: Ints, guess: Floats, programme: DivisionProgramme | None = None
) -> Floats:
    """Maximise the dual of the division of heads over queues, by cutting planes (Kelley, 1960).

    The slots of each day have planes of their own (Birge and Louveaux, 1988): with many days that
    takes a fraction of the rounds.

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
    division = no_division(len(instance.planned), instance.slots)
    best, best_cost = guess, -np.inf
    worth = guess
    cuts = _Cuts(instance)
    for _ in range(ROUNDS):
        service = divide(instance, supply, worth, division)
        if service.cost > best_cost:
            best, best_cost = worth, service.cost
        if _is_top(worth, service.slope, instance.price):
            return worth
        cuts.add(worth, service)
        worth, ceiling = cuts.top()
        if ceiling - best_cost <= CLOSE * max(1.0, abs(ceiling)):
            break
    return best


def _is_top(worth: Floats, slope: Floats, price: Floats) -> bool:
    """Whether no step inside the box leads up the slope."""
    return bool(
        ((slope == 0) | ((slope > 0) & (worth >= price)) | ((slope < 0) & (worth <= 0))).all()
    )


class _Cuts:
    """Planes that bound, from below, what each day's division is worth at any worths."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.days = instance.days
        self.day = np.arange(instance.slots) * self.days // instance.slots
        self.rows: list[Floats] = []
        self.most: list[Floats] = []

    def add(self, worth: Floats, service: Service) -> None:
        """Add the plane of each day at some worths."""
        instance = self.instance
        at = service.heads[:, :, None]
        answers = np.take_along_axis(instance.planned, at, axis=2)[:, :, 0]
        slopes = np.zeros((self.days, len(worth)))
        np.add.at(slopes, (self.day[None, :], instance.period), answers)
        value = np.bincount(self.day, service.value, self.days)
        self.rows.append(np.hstack([slopes, -np.eye(self.days)]))
        self.most.append(dot(slopes, worth) - value)

    def top(self) -> tuple[Floats, float]:
        """Highest point below all planes inside the box, and its height."""
        instance = self.instance
        solution = linprog(
            c=np.append(-instance.target, np.ones(self.days)),
            A_ub=np.vstack(self.rows),
            b_ub=np.concatenate(self.most),
            bounds=[*((0.0, float(most)) for most in instance.price), *[(None, None)] * self.days],
        )
        found = np.asarray(solution.x)
        worth, lost = np.split(found, [len(instance.target)])
        return worth, float(dot(instance.target, worth) - lost.sum())
