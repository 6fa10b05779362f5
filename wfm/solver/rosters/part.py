"""Part of a roster solved anew by CP-SAT, all the rest staying as it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model
from scipy.sparse import csc_matrix, csr_matrix

from wfm.solver.rosters.program import Program

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Part:
    """An integer program of some columns of another, the others being fixed.

    Attributes
    ----------
    columns : ndarray of int, shape (columns,)
        Which of the whole program's.
    lower, upper, cost : ndarray of int, shape (columns,)
        Theirs.
    matrix : csr_matrix, shape (rows, columns)
        Rows that these columns could break.
    low, high : ndarray of int, shape (rows,)
        What the fixed columns leave of the bounds.
    """

    columns: Ints
    lower: Ints
    upper: Ints
    cost: Ints
    matrix: csr_matrix
    low: Ints
    high: Ints

    def model(self, hint: Ints | None = None) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
        """Model it for CP-SAT, with values of its columns as a hint."""
        model = cp_model.CpModel()
        bounds = zip(self.lower.tolist(), self.upper.tolist(), strict=True)
        variables = [model.new_int_var(low, high, "") for low, high in bounds]
        starts = self.matrix.indptr.tolist()
        indices, factors = self.matrix.indices.tolist(), self.matrix.data.tolist()
        low, high = self.low.tolist(), self.high.tolist()
        for row in range(len(low)):
            first, last = starts[row], starts[row + 1]
            some = [variables[column] for column in indices[first:last]]
            total = cp_model.LinearExpr.weighted_sum(some, factors[first:last])
            model.add_linear_constraint(total, low[row], high[row])
        priced = np.flatnonzero(self.cost).tolist()
        model.minimize(
            cp_model.LinearExpr.weighted_sum(
                [variables[column] for column in priced], self.cost[priced].tolist()
            )
        )
        if hint is not None:
            for variable, value in zip(variables, hint.tolist(), strict=True):
                model.add_hint(variable, value)
        return model, variables


class Cutter:
    """Cuts parts out of a program."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.by_column: csc_matrix = program.matrix.tocsc()
        self.looked_at: csc_matrix = program.counts.tocsc()
        # A breach belongs to the soft rows, of which each has one.
        self.breach_of = np.full(program.matrix.shape[0], -1, dtype=np.int64)
        self.breach_of[program.soft] = program.breach

    def part(self, x: Ints, free: Ints) -> Part:
        """The part of some of the agents' columns, and of what follows from them.

        Parameters
        ----------
        x : ndarray of int, shape (columns,)
            Values of all columns.
        free : ndarray of int
            Columns of agents that may change.
        """
        program = self.program
        any_of = program.own + np.unique(self.looked_at[:, free].indices)
        moved = np.concatenate([free, any_of])
        rows = np.unique(self.by_column[:, moved].indices)
        breach = np.unique(self.breach_of[rows])
        # A breach that is shared is moved with all its rows.
        breach = breach[breach >= 0]
        columns = np.concatenate([np.sort(free), any_of, breach])
        rows = np.unique(np.concatenate([rows, self.by_column[:, breach].indices]))
        fixed = x.copy()
        fixed[columns] = 0
        some = program.matrix[rows]
        rest = some @ fixed
        inside = some[:, columns]
        low, high = program.low[rows] - rest, program.high[rows] - rest
        lower, upper = program.lower[columns], program.upper[columns]
        up, down = inside.maximum(0), inside.minimum(0)
        least = up @ lower + down @ upper
        most = up @ upper + down @ lower
        kept = np.flatnonzero((least < low) | (most > high))
        return Part(
            columns,
            lower,
            upper,
            program.cost[columns],
            inside[kept].tocsr(),
            np.maximum(low, least)[kept],
            np.minimum(high, most)[kept],
        )
