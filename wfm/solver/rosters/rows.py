"""What someone's first row is chosen from."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from wfm.solver.rosters.program import Program

Ints = NDArray[np.int64]
MANY = 700
"""Cells of a row beyond which it is first looked for among a few options."""
FEW = 3
"""How many."""


class Likely:
    """Chooses the shift options that a row is worth most with, beside the rows in hand."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._soft: csr_matrix = program.matrix[program.soft][:, : program.own].tocsr()
        self._price = program.cost[program.breach].astype(float)

    def columns(self, x: Ints, agent: int) -> Ints | None:
        """Columns of an agent's cells of a few options, and of the worked days.

        None where the row is short enough to be looked for among all options.
        """
        program = self.program
        cells = program.days * program.options
        if cells <= MANY or program.options <= FEW:
            return None
        paid = self._price * (x[program.breach] > 0)
        first = agent * program.block
        mine = slice(first, first + cells)
        worth = -program.cost[mine] - self._soft[:, mine].T @ paid
        by_option = np.where(program.upper[mine] > 0, np.maximum(worth, 0.0), 0.0)
        totals = by_option.reshape(program.days, program.options).sum(axis=0)
        chosen = np.argsort(-totals, kind="stable")[:FEW]
        days = np.arange(program.days)[:, None] * program.options
        works = first + cells + np.arange(program.days)
        return np.concatenate([np.sort((first + days + chosen).reshape(-1)), works])
