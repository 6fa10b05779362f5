"""The linear program over whole rows: who works which row, in parts of one.

It begins without rows. Each round adds everyone's best one at the prices of the rows so far
(Dantzig and Wolfe 1960), until none is left that would make it cheaper; at any prices, what
everyone's best row costs is what no roster costs less than. The simplex method goes on from where
it was, also after cells are shut.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags, hstack

from wfm.solver.budget import Budget
from wfm.solver.rosters.people import People

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
MANY = 500
"""Rounds up to which rows are added."""
CLOSE = 1e-6
"""Share of the cost by which the bound may stay below that of the linear program."""
LITTLE = 1e-7
"""A share of a row, or what a row would save, that is nothing."""
MOST, EACH = 2_000, 100
"""Rows that are kept, at least so many, or so many of each agent; half of more are forgotten."""
MOMENT = 5_000
"""Pivots between two looks at the clock."""


@dataclass(frozen=True, eq=False)
class Mix:
    """Rows of an optimum, and what it proves.

    Attributes
    ----------
    bound : float
        What no roster in the open cells costs less than, in units.
    price : ndarray, shape (limits,)
        Prices of the joint limits that prove it.
    agent, tours, share : ndarray, shape (rows,), (rows, days), (rows,)
        Whose row, its options, and how much of it is worked.
    """

    bound: float
    price: Floats
    agent: Ints
    tours: Ints
    share: Floats

    def cells(self, shape: tuple[int, ...]) -> Floats:
        """How much of each cell is worked, shape ``(agents, days, options + 1)``."""
        found = np.zeros(shape)
        days = np.arange(shape[1])
        np.add.at(found, (self.agent[:, None], days, self.tours), self.share[:, None])
        return found


class RowProgram:
    """The linear program of a roster, with all rows that were found so far.

    Parameters
    ----------
    people : People
        Everyone's programme.
    budget : Budget
        Counts each walk through a programme as a step of work.
    stopped : callable
        Looked at again and again; what is solved ends when it says so.
    """

    def __init__(self, people: People, budget: Budget, stopped: Callable[[], bool]) -> None:
        self.people, self.budget, self.stopped = people, budget, stopped
        program, joint = people.program, people.joint
        self.shape = people.base.shape
        self._known: set[tuple[int, bytes]] = set()
        self._agent = np.zeros(0, dtype=np.int64)
        self._tours = np.zeros((0, program.days), dtype=np.int64)
        self._open = np.zeros(0, dtype=bool)
        self._dearer = np.zeros(0)
        self._limits, self._days = len(joint.most), np.arange(program.days)
        self._first = self._limits + program.agents
        self._linear = highspy.Highs()
        self._linear.silent()
        self._linear.setOptionValue("threads", 1)
        self._linear.setOptionValue("simplex_iteration_limit", MOMENT)
        self._begin()

    def _begin(self) -> None:
        """The joint limits, everyone's one row, breaches, and nobody's row at a deterring price."""
        joint, agents = self.people.joint, self.shape[0]
        low = np.concatenate([np.full(self._limits, -highspy.kHighsInf), np.ones(agents)])
        high = np.concatenate([joint.most.astype(np.float64), np.ones(agents)])
        empty = np.zeros(self._first, dtype=np.int32)
        self._linear.addRows(self._first, low, high, 0, empty, empty[:0], np.zeros(0))
        gained = np.where(np.isfinite(self.people.base), np.abs(self.people.base), 0.0)
        dear = 1.0 + float(gained.max(axis=2).sum() + joint.price.sum())
        cost = np.concatenate([joint.price, np.full(agents, dear)])
        self._add(cost, diags(np.repeat([-1.0, 1.0], [self._limits, agents])).tocsr())

    def _add(self, cost: Floats, columns: csr_matrix) -> None:
        """Add columns, given as the lines of a matrix."""
        low, high = np.zeros(len(cost)), np.full(len(cost), highspy.kHighsInf)
        begin, index = columns.indptr[:-1].astype(np.int32), columns.indices.astype(np.int32)
        self._linear.addCols(len(cost), cost, low, high, len(index), begin, index, columns.data)

    def solve(
        self, open_cells: Bools, beaten: Callable[[float], bool], rounds: int = MANY
    ) -> Mix | None:
        """Solve it in some open cells.

        Parameters
        ----------
        open_cells : ndarray of bool, shape (agents, days, options + 1)
            What rows may hold.
        beaten : callable
            Whether a bound, in units, is as good as a roster in hand.
        rounds : int
            Most rounds of new rows.

        Returns
        -------
        Mix or None
            None where no roster in these cells is better than the one in hand, or there is none.
        """
        if len(self._agent) > max(MOST, EACH * self.shape[0]):
            self._forget()
        self._allow(open_cells)
        base = np.where(open_cells, self.people.base, -np.inf)
        bound, price = -np.inf, np.zeros(self._limits)
        share = np.zeros(0)
        for _ in range(rounds):
            found = self._optimum()
            if found is None:
                break
            cost, duals, share = found
            asked = self.people.capped(-duals[: self._limits])
            worth, tours = self.people.best_rows(self.people.priced(asked, base))
            self.budget.spend(len(worth))
            proven = self.people.bound(asked, worth)
            if proven > bound:
                bound, price = proven, asked
            if np.isposinf(bound) or beaten(bound):
                return None
            better = np.flatnonzero(-worth - duals[self._limits :] < -LITTLE)
            added = self._rows(better, tours[better], worth[better], asked)
            if not added or bound >= cost - CLOSE * max(1.0, abs(cost)) or self.stopped():
                break
        held = np.flatnonzero(share > LITTLE)
        return Mix(bound, price, self._agent[held], self._tours[held], share[held])

    def offer(self, price: Floats) -> None:
        """Add everyone's best row at prices of the joint limits."""
        worth, tours = self.people.best_rows(self.people.priced(price, self.people.base))
        some = np.flatnonzero(np.isfinite(worth))
        self._rows(some, tours[some], worth[some], price)

    def _optimum(self) -> tuple[float, Floats, Floats] | None:
        """Cost in units, duals of all limits and the rows' shares; None if stopped before."""
        linear = self._linear
        linear.run()
        while linear.getModelStatus() == highspy.HighsModelStatus.kIterationLimit:
            if self.stopped():
                return None
            linear.run()
        if linear.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            # Numerical trouble with where it was: from nothing it is another path.
            linear.clearSolver()
            linear.run()
        found = linear.getSolution()
        self._dearer = np.array(found.col_dual)[self._first :]
        cost = self.people.program.offset + linear.getInfo().objective_function_value
        return cost, np.array(found.row_dual), np.array(found.col_value)[self._first :]

    def _allow(self, open_cells: Bools) -> None:
        """Shut the rows that hold a shut cell, open all others."""
        held: Bools = open_cells[self._agent[:, None], self._days, self._tours]
        kept: Bools = np.all(held, axis=1)
        changed = np.flatnonzero(kept != self._open)
        high = np.where(kept[changed], highspy.kHighsInf, 0.0)
        columns = (self._first + changed).astype(np.int32)
        self._linear.changeColsBounds(len(changed), columns, np.zeros(len(changed)), high)
        self._open = kept

    def _forget(self) -> None:
        """Forget the half of the rows that cost most beside those that are worked."""
        order = np.argsort(self._dearer, kind="stable")
        gone = np.sort(order[len(order) // 2 :])
        self._known.difference_update(_keys(self._agent[gone], self._tours[gone]))
        self._linear.deleteCols(len(gone), (self._first + gone).astype(np.int32))
        self._agent, self._open = np.delete(self._agent, gone), np.delete(self._open, gone)
        self._tours = np.delete(self._tours, gone, axis=0)

    def _rows(self, agents: Ints, tours: Ints, worth: Floats, price: Floats) -> int:
        """Add rows that are not there; returns how many."""
        keys = _keys(agents, tours)
        new = np.array([key not in self._known for key in keys], dtype=bool)
        self._known.update(keys)
        agents, tours = agents[new], tours[new]
        counted = self.people.counted(agents, tours)
        if len(agents):
            one = (np.ones(len(agents)), (np.arange(len(agents)), agents))
            mine = csr_matrix(one, (len(agents), self.shape[0]))
            self._add(-worth[new] - counted @ price, hstack([counted, mine], format="csr"))
        self._agent = np.concatenate([self._agent, agents])
        self._tours = np.concatenate([self._tours, tours])
        self._open = np.concatenate([self._open, np.ones(len(agents), dtype=bool)])
        return len(agents)


def _keys(agents: Ints, tours: Ints) -> list[tuple[int, bytes]]:
    return [(int(agent), tour.tobytes()) for agent, tour in zip(agents, tours, strict=True)]
