"""CP-SAT on parts of a program, from several threads, and how to stop it at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from wfm.solver.budget import Budget
from wfm.solver.model import solver_for
from wfm.solver.rosters.part import Part

Ints = NDArray[np.int64]
FOUND = (cp_model.OPTIMAL, cp_model.FEASIBLE)


@dataclass(frozen=True, eq=False)
class Answer:
    """What the engine made of a part.

    Attributes
    ----------
    values : ndarray of int, shape (columns,), or None
        The best that it found.
    settled : bool
        Whether it proved that there are none better, or none at all.
    """

    values: Ints | None
    settled: bool


class Listener(cp_model.CpSolverSolutionCallback):
    """Hands each better point of a part on while the engine goes on."""

    def __init__(self, variables: list[cp_model.IntVar], take: Callable[[Ints], object]) -> None:
        super().__init__()
        self._variables = variables
        self._take = take

    def on_solution_callback(self) -> None:
        """Read the point."""
        self._take(np.array([self.value(variable) for variable in self._variables]))


class Engine:
    """CP-SAT with a budget, and with a stop for whatever it has under way.

    Parameters
    ----------
    budget : Budget
        Time or work for all its solves together.
    """

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self._lock = threading.Lock()
        self._under_way: set[cp_model.CpSolver] = set()
        self._stopped = False

    def stop(self) -> None:
        """End what is under way, and whatever comes after it."""
        with self._lock:
            self._stopped = True
            for solver in self._under_way:
                solver.stop_search()

    def near_best(self, part: Part, seed: int, most: float, gap: float) -> Answer:
        """Solve a part of which nothing is known, up to a gap."""
        solver = self._solver(seed, 1)
        solver.parameters.relative_gap_limit = gap
        model, variables = part.model()
        return self._run(solver, model, variables, most)

    def best(self, part: Part, hint: Ints | None, seed: int, most: float) -> Answer:
        """Solve a part, from its present values if they are given."""
        model, variables = part.model(hint)
        return self._run(self._solver(seed, 1), model, variables, most)

    def whole(
        self,
        part: Part,
        hint: Ints,
        seed: int,
        most: float,
        workers: int,
        take: Callable[[Ints], object],
        bound: Callable[[float], None],
    ) -> Answer:
        """Solve a part with several workers, telling each better point and bound."""
        model, variables = part.model(hint)
        solver = self._solver(seed, workers)
        solver.best_bound_callback = bound
        return self._run(solver, model, variables, most, Listener(variables, take))

    def _solver(self, seed: int, workers: int) -> cp_model.CpSolver:
        solver = solver_for(seed, workers=workers)
        # The relaxation is tight: without all of it, one person's year takes minutes, not seconds.
        solver.parameters.linearization_level = 2
        return solver

    def _run(
        self,
        solver: cp_model.CpSolver,
        model: cp_model.CpModel,
        variables: list[cp_model.IntVar],
        most: float,
        listener: Listener | None = None,
    ) -> Answer:
        with self._lock:
            if self._stopped:
                return Answer(None, settled=False)
            self._under_way.add(solver)
        try:
            status = self.budget.run(solver, model, most, listener)
        finally:
            with self._lock:
                self._under_way.discard(solver)
        if status not in FOUND:
            return Answer(None, settled=status == cp_model.INFEASIBLE)
        values = np.array([solver.value(variable) for variable in variables])
        return Answer(values, settled=status == cp_model.OPTIMAL)
