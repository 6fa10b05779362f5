"""Someone's first row, beside those of the others."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from wfm.solver.rosters.engine import Engine
from wfm.solver.rosters.part import Cutter
from wfm.solver.rosters.people import People

Ints = NDArray[np.int64]
MANY = 700
"""Cells of a row beyond which it is first looked for among a few options."""
FEW = 3
"""How many."""
SEATING = 0.4
"""Share of the time for rows that are looked for among a few options."""
ROUGHLY = 1e-4
"""Gap of a row: others are found beside it and change what it is worth."""
ANY = 1e9
"""A gap that every row keeps."""


class NoRowError(Exception):
    """Someone's hard limits cannot all be kept, or nothing was found in the time."""

    def __init__(self, agent: int, *, proven: bool) -> None:
        super().__init__(f"no row for agent {agent}")
        self.agent = agent
        self.proven = proven


class FirstRows:
    """Finds rows near the best ones beside a roster in hand.

    The tour programme knows the best one at once if it carries all limits on a row, and often if
    not. Else CP-SAT looks for one, and for a long row among the shift options that it is worth most
    with: a year with ten options takes the engine half a minute, with three of them two seconds.
    """

    def __init__(self, cutter: Cutter, engine: Engine, people: People | None, seed: int) -> None:
        self.cutter, self.engine, self.people, self.seed = cutter, engine, people, seed
        program = self.program = cutter.program
        self._soft: csr_matrix = program.matrix[program.soft][:, : program.own].tocsr()
        self._price = program.cost[program.breach].astype(float)

    def row(self, x: Ints, agent: int) -> tuple[Ints, Ints]:
        """Columns of an agent's row, and of what follows from it, and their values."""
        if self.people is not None:
            found = self._walked(x, agent, self.people)
            if found is not None:
                return found
        return self._searched(x, agent)

    def _walked(self, x: Ints, agent: int, people: People) -> tuple[Ints, Ints] | None:
        """The row that the tour programme finds; None if it breaks what that does not carry."""
        program, tours = self.program, self.program.tours(x)
        self.engine.budget.spend()
        random = np.random.default_rng([self.seed, agent])
        worth, tour = people.best(tours, agent, random)
        complete = people.programmes[agent].complete
        if np.isinf(worth):
            # Nothing keeps even a part of the limits.
            raise NoRowError(agent, proven=True)
        if not complete and np.isinf(people.cost_beside(agent, tour)):
            return None
        tours[agent] = tour
        columns = agent * program.block + np.arange(program.block)
        return columns, program.point(tours)[columns]

    def _searched(self, x: Ints, agent: int) -> tuple[Ints, Ints]:
        budget, program = self.engine.budget, self.program
        every = agent * program.block + np.arange(program.block)
        few = self.likely(x, agent)
        share = min(budget.left, 2 * SEATING * budget.total / program.agents)
        tries = [(every, budget.left, ROUGHLY)]
        if few is not None:
            # What is not found in its share of the time is taken as it comes; all options take far
            # longer, and are needed only where the few cannot keep the limits.
            tries = [(few, share, ROUGHLY), (few, budget.left, ANY), (every, budget.left, ANY)]
        settled: set[int] = set()
        for free, seconds, gap in tries:
            if id(free) in settled:
                continue
            part = self.cutter.part(x, free)
            answer = self.engine.near_best(part, self.seed, min(seconds, budget.left), gap)
            if answer.values is not None:
                return part.columns, answer.values
            if answer.settled:
                settled.add(id(free))
        raise NoRowError(agent, proven=id(every) in settled)

    def likely(self, x: Ints, agent: int) -> Ints | None:
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
