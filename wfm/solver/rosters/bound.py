"""What no roster costs less than: the program's linear relaxation."""

from __future__ import annotations

from math import ceil, isinf
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver.python import model_builder

from wfm.solver.rosters.program import UNBOUNDED, Program

Floats = NDArray[np.float64]
SLACK = 1e-6
"""Share by which a bound is lowered for the rounding of the linear solver."""


class Relaxation:
    """The linear relaxation of a program; it can be stopped from another thread."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._solver = model_builder.Solver("glop")

    def stop(self) -> None:
        """End it without an answer."""
        self._solver.stop_search()

    def solve(self, seconds: float) -> tuple[float, Floats] | None:
        """Least cost of the relaxation, in units, and its duals; None if not found in the time."""
        model = _model(self.program)
        self._solver.set_time_limit_in_seconds(seconds)
        if self._solver.solve(model) != model_builder.SolveStatus.OPTIMAL:
            return None
        found = float(self._solver.objective_value)
        duals = self._solver.dual_values(model.get_linear_constraints()).to_numpy()
        return sure_bound(self.program, found), duals


def _model(program: Program) -> model_builder.Model:
    model = model_builder.Model()
    helper: Any = model.helper
    helper.fill_model_from_sparse_data(
        program.lower.astype(np.float64),
        program.upper.astype(np.float64),
        program.cost.astype(np.float64),
        np.where(program.low <= -UNBOUNDED, -np.inf, program.low.astype(np.float64)),
        program.high.astype(np.float64),
        program.matrix.astype(np.float64),
    )
    return model


def whole_bound(program: Program, bound: float) -> float:
    """A bound in parts of a unit as one in units; points cost whole parts."""
    return ceil(bound - 1e-4) / program.scale + program.offset


def sure_bound(program: Program, bound: float) -> float:
    """A bound in parts of a unit, found in floating point, as one in units that surely holds."""
    if isinf(bound):
        return bound
    return whole_bound(program, bound - SLACK * abs(bound))
