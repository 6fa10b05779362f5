"""The linear program over whole rows: its prices prove the most.

Each round adds everyone's best row at the prices of the rows so far (Dantzig and Wolfe 1960).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt.python import mathopt

from wfm.solver.rosters.narrowing import Prices
from wfm.solver.rosters.people import People

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
ROUNDS = 400
CLOSE = 1e-5
"""Share of the cost by which the bound may stay below that of the linear program."""
LONG = timedelta(seconds=60)
"""For one round's linear program."""


class Generation:
    """A linear program under way.

    Attributes
    ----------
    best : Prices
        Those that prove most so far.
    """

    def __init__(self, people: People, price: Floats) -> None:
        self.people, joint = people, people.joint
        self.best = Prices(people, price)
        self._model = mathopt.Model()
        add = self._model.add_linear_constraint
        self._limits = [add(ub=float(most)) for most in joint.most]
        self._one = [add(lb=1.0, ub=1.0) for _ in people.programmes]
        for limit, cost in zip(self._limits, joint.price.tolist(), strict=True):
            self._column(cost, [(limit, -1.0)])
        self._solver = mathopt.IncrementalSolver(self._model, mathopt.SolverType.GLOP)
        self._known: set[tuple[int, bytes]] = set()

    def run(self, stopped: Callable[[], bool]) -> None:
        """Add rows until the prices are those of the optimum, or it is stopped."""
        prices = self.best
        for _ in range(ROUNDS):
            added = [self._add(agent, prices) for agent in range(len(self._one))]
            if stopped() or not any(added):
                return
            limits = mathopt.SolveParameters(
                lp_algorithm=mathopt.LPAlgorithm.PRIMAL_SIMPLEX, time_limit=LONG
            )
            found = self._solver.solve(params=limits)
            if found.termination.reason != mathopt.TerminationReason.OPTIMAL:
                return
            duals = found.dual_values(self._limits)
            prices = Prices(self.people, -np.array(duals))
            if prices.bound > self.best.bound:
                self.best = prices
            least = self.people.program.offset + found.objective_value()
            if self.best.bound >= least - CLOSE * max(1.0, abs(least)):
                return

    def _add(self, agent: int, prices: Prices) -> bool:
        """Add someone's best row; False if it is there."""
        tour = prices.tours[agent]
        key = (agent, tour.tobytes())
        if key in self._known:
            return False
        self._known.add(key)
        alone = np.full_like(prices.tours, self.people.program.options)
        alone[agent] = tour
        counted = self.people.counts(alone)
        cost = -float(prices.worth[agent]) - float(prices.price @ counted)
        rows = [(self._limits[row], float(counted[row])) for row in np.flatnonzero(counted)]
        self._column(cost, [(self._one[agent], 1.0), *rows])
        return True

    def _column(self, cost: float, terms: list[tuple[mathopt.LinearConstraint, float]]) -> None:
        variable = self._model.add_variable(lb=0.0)
        self._model.objective.set_linear_coefficient(variable, cost)
        for row, factor in terms:
            row.set_coefficient(variable, factor)
