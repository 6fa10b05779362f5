"""The exact division of heads where work may wait, by a linear programme and its prices.

With a worth for each slot there are too many for cutting planes; all of them come at once from
the rows of the programme: what another contact in a slot, or in a period, would save. From one
roster to the next only right-hand sides change, so the simplex goes on from where it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver.pywraplp import Constraint, Solver, Variable

from wfm.solver.instance import Instance

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
PARAMETERS = "use_preprocessing: false use_dual_simplex: true dual_feasibility_tolerance: 1e-9"
SAME = 1e-10


class DivisionProgramme:
    """The least lost service of heads, as a programme that is kept from roster to roster.

    Columns are heads on straight pieces of curves, heads of a group on a queue in a slot, contacts
    that ordinary periods miss, and for each deferred queue what is done and passed by the end of
    each slot, and what it misses in all.

    Parameters
    ----------
    instance : Instance
        The compiled problem, with deferred queues.
    """

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.engine = Solver.CreateSolver("GLOP")
        self.engine.SetSolverSpecificParametersAsString(PARAMETERS)
        queues = np.arange(len(instance.planned))
        serves = (instance.masks[:, None] >> queues & 1).astype(bool)
        self.free = serves.sum(axis=1) > 1
        self.only = serves[~self.free].T.astype(np.int64)
        self.heads = [[self._row() for _ in range(instance.slots)] for _ in queues]
        self.teams = [[self._row() for _ in range(instance.slots)] for _ in self.free.nonzero()[0]]
        self.periods = self._periods()
        self.able = [[self._row() for _ in each.rate] for each in instance.deferred]
        self.works: list[list[Variable]] = [[] for _ in instance.deferred]
        self.missed = [self._backlog(number) for number in range(len(instance.deferred))]
        self._pieces(serves.T @ self._most())
        self._give(serves[self.free])
        self._set: dict[tuple[int, int, int], int] = {}

    def _most(self) -> Ints:
        """Most heads of each group that can be there at once, shape ``(groups,)``."""
        instance = self.instance
        members = np.bincount(instance.group, minlength=len(instance.masks))
        return np.asarray(members + instance.base.max(axis=1, initial=0))

    def worth(self, supply: Ints) -> Floats:
        """Worths at which the lost service of some heads is exact, shape ``(periods,)``.

        Parameters
        ----------
        supply : ndarray of int, shape (groups, width)
            Heads at work by skill group.
        """
        heads = supply[:, : self.instance.slots]
        self._bound(self.heads, self.only @ heads[~self.free], 0)
        self._bound(self.teams, heads[self.free], 1)
        if self.engine.Solve() != Solver.OPTIMAL:
            raise RuntimeError("The linear programme could not be solved.")
        worth = np.zeros(len(self.instance.price))
        worth[: len(self.periods)] = [-row.dual_value() for row in self.periods]
        for each, rows, missed in zip(self.instance.deferred, self.able, self.missed, strict=True):
            worths = np.array([-row.dual_value() for row in rows])
            worth[each.entries] = np.minimum(worths, -missed.dual_value())
        return np.clip(worth, 0.0, self.instance.price)

    def done(self) -> list[Floats]:
        """Contacts of each deferred queue that were last done in each slot, shape ``(slots,)``."""
        return [np.array([work.solution_value() for work in mine]) for mine in self.works]

    def _bound(self, rows: list[list[Constraint]], most: Ints, kind: int) -> None:
        """Set the right-hand sides that have changed."""
        for line, (mine, values) in enumerate(zip(rows, most.tolist(), strict=True)):
            for slot, value in enumerate(values):
                if self._set.get((kind, line, slot), 0) != value:
                    self._set[kind, line, slot] = value
                    mine[slot].SetUb(float(value))

    def _row(self, most: float = 0.0) -> Constraint:
        return self.engine.Constraint(-self.engine.infinity(), most)

    def _column(
        self, *terms: tuple[Constraint, float], cost: float = 0.0, most: float = np.inf
    ) -> Variable:
        found = self.engine.NumVar(0.0, min(most, self.engine.infinity()), "")
        for row, factor in terms:
            row.SetCoefficient(found, factor)
        self.engine.Objective().SetCoefficient(found, cost)
        return found

    def _periods(self) -> list[Constraint]:
        """Rows of ordinary periods: what is answered and what is missed make up the target."""
        instance = self.instance
        first = instance.planned[:, :, 0]
        base = np.bincount(instance.period.ravel(), first.ravel(), len(instance.target))
        many = instance.deferred[0].entries.start
        rows = [self._row(float(most)) for most in (base - instance.target)[:many]]
        for row, price in zip(rows, instance.price, strict=False):
            self._column((row, -1.0), cost=float(price))
        return rows

    def _backlog(self, number: int) -> Constraint:
        """Columns of what is done and passed by slot; returns the row of what is to be done.

        Work is passed in its order, done or late: what is passed by the end of a slot has arrived,
        and is no less than what is due; what is done in it is no more than what is passed in it.
        """
        each, able = self.instance.deferred[number], self.able[number]
        due = self._row(each.free - float(each.due[-1]))
        self._column((due, -1.0), cost=each.price)
        before = np.concatenate([[0.0], each.due[:-1]])
        passes = [self._row(float(more)) for more in each.due - before]
        waiting = each.arrived - each.due
        for slot, row in enumerate(passes):
            self.works[number].append(self._column((able[slot], 1.0), (row, 1.0), (due, -1.0)))
            after = [(passes[slot + 1], 1.0)] if slot + 1 < len(passes) else []
            self._column((row, -1.0), *after, most=float(waiting[slot]))
        return due

    def _pieces(self, most: Ints) -> None:
        """Columns of the heads on each straight piece of each curve, up to the most of a queue."""
        instance = self.instance
        waiting = {each.queue: row for each, row in zip(instance.deferred, self.able, strict=True)}
        gains, spares = np.diff(instance.planned, axis=2), -np.diff(instance.floor, axis=2)
        for queue, slot in np.ndindex(*instance.period.shape):
            gain, spare = (steps[queue, slot, : most[queue]] for steps in (gains, spares))
            period = instance.period[queue, slot]
            counts = waiting[queue][slot] if queue in waiting else self.periods[period]
            for start, end in _straight(gain, spare):
                rise, spared = float(gain[start]), float(spare[start])
                if rise > 0 or spared > 0:
                    terms = ((self.heads[queue][slot], 1.0), (counts, -rise))
                    self._column(*terms, cost=-spared, most=float(end - start))

    def _give(self, serves: NDArray[np.bool_]) -> None:
        """Columns of the heads of each group that it gives to each of its queues."""
        for group, queue in zip(*np.nonzero(serves), strict=True):
            for mine, heads in zip(self.teams[group], self.heads[queue], strict=True):
                self._column((mine, 1.0), (heads, -1.0))


def _straight(*steps: Floats) -> Iterator[tuple[int, int]]:
    """Ranges of heads over which no steps, each of shape ``(agents,)``, change."""
    bends = np.any([np.abs(np.diff(step)) > SAME for step in steps], axis=0)
    ends = [0, *(np.flatnonzero(bends) + 1).tolist(), len(steps[0])]
    return ((start, end) for start, end in pairwise(ends) if start < end)
