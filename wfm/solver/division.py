"""The exact division of heads where work may wait, by a linear programme and its prices.

With a worth for each slot there are too many for cutting planes; all of them come at once from
the rows of the programme: what another contact in a slot, or in a period, would save.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import linprog

from wfm.solver.deferred import Deferred
from wfm.solver.instance import Instance

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Term: TypeAlias = tuple[Ints, Ints, Floats | float]


@dataclass(frozen=True, eq=False)
class _Steps:
    """Heads that may be given by choice, beyond those who serve a queue alone; an entry each.

    `gain` is the contacts that a head answers, `spared` the money that it spares below the floor.
    """

    queue: Ints
    slot: Ints
    gain: Floats
    spared: Floats
    width: Floats


def worth_by_programme(instance: Instance, supply: Ints) -> Floats:
    """Worths at which the lost service of some heads is exact, shape ``(periods,)``.

    Parameters
    ----------
    instance : Instance
        The compiled problem, with deferred queues.
    supply : ndarray of int, shape (groups, width)
        Heads at work by skill group.
    """
    heads = supply[:, : instance.slots]
    queues = np.arange(len(instance.planned))
    serves = (instance.masks[:, None] >> queues & 1).astype(bool)
    free = serves.sum(axis=1) > 1
    alone = serves[~free].T.astype(np.int64) @ heads[~free]
    steps = _steps(instance, alone, serves[free].T.astype(np.int64) @ heads[free])
    return _prices(instance, alone, steps, serves[free], heads[free])


def _steps(instance: Instance, alone: Ints, shared: Ints) -> _Steps:
    planned, floor = instance.planned, instance.floor
    head = np.arange(planned.shape[2] - 1)
    rise, spare = np.diff(planned, axis=2), -np.diff(floor, axis=2)
    within = (head >= alone[:, :, None]) & (head < (alone + shared)[:, :, None])
    within &= (rise > 0) | (spare > 0)
    straight = np.array([each.queue for each in instance.deferred])
    within[straight] &= head == alone[straight][:, :, None]
    queue, slot, _ = np.nonzero(within)
    # A straight curve takes one step, as wide as there are heads.
    width = np.where(np.isin(queue, straight), shared[queue, slot], 1).astype(float)
    return _Steps(queue, slot, rise[within], spare[within], width)


def _prices(instance: Instance, alone: Ints, steps: _Steps, serves: Bools, heads: Ints) -> Floats:
    """Solve the programme, and read the worths off its rows.

    Columns are steps, heads of a group on a queue in a slot, contacts that ordinary periods miss,
    and three for each deferred queue: done and passed by slot, and missed.
    """
    slots, ordinary = instance.slots, instance.deferred[0].entries.start
    group, queue, slot = np.nonzero(serves[:, :, None] & (heads > 0)[:, None, :])
    at = np.take_along_axis(
        instance.planned, np.minimum(alone, instance.planned.shape[2] - 1)[:, :, None], axis=2
    )[:, :, 0]
    base = np.bincount(instance.period.ravel(), at.ravel(), len(instance.target))
    built = _Rows()
    step = built.columns(len(steps.queue), -steps.spared, steps.width)
    give = built.columns(len(group), 0.0)
    short = built.columns(ordinary, instance.price[:ordinary])
    cells = (steps.queue * slots + steps.slot, queue * slots + slot)
    _, cell = np.unique(np.concatenate(cells), return_inverse=True)
    built.rows(
        0.0 * np.unique(cell), (cell[: len(step)], step, 1.0), (cell[len(step) :], give, -1.0)
    )
    teams, team = np.unique(group * slots + slot, return_inverse=True)
    built.rows(heads.ravel()[teams].astype(float), (team, give, 1.0))
    period = instance.period[steps.queue, steps.slot]
    counts = period < ordinary
    prices = built.rows(
        (base - instance.target)[:ordinary],
        (period[counts], step[counts], -steps.gain[counts]),
        (np.arange(ordinary), short, -1.0),
    )
    able = []
    for each in instance.deferred:
        mine = steps.queue == each.queue
        helped: Term = (steps.slot[mine], step[mine], -steps.gain[mine])
        able.append(_backlog(built, each, base[each.entries], helped))
    marginals = built.solve()
    worth = np.zeros(len(instance.price))
    worth[:ordinary] = -marginals[prices]
    for each, (rows, missed) in zip(instance.deferred, able, strict=True):
        worth[each.entries] = np.minimum(-marginals[rows], -marginals[missed])
    return np.clip(worth, 0.0, instance.price)


def _backlog(built: _Rows, each: Deferred, alone: Floats, helped: Term) -> tuple[Ints, Ints]:
    """Add a deferred queue: its rows of what can be done by slot, and that of what is missed."""
    slots = np.arange(len(alone))
    done = built.columns(len(slots), 0.0)
    passed = built.columns(len(slots), 0.0, each.arrived, each.due)
    missed = built.columns(1, each.price)
    able = built.rows(alone, (slots, done, 1.0), helped)
    built.rows(
        0.0 * alone,
        (slots, done, 1.0),
        (slots, passed, -1.0),
        (slots[1:], passed[:-1], 1.0),
    )
    row = 0 * slots
    due = each.due[-1] - each.free
    return able, built.rows(np.array([-due]), (row, done, -1.0), (row[:1], missed, -1.0))


class _Rows:
    """A linear programme that grows by columns and by rows ``terms <= most``."""

    def __init__(self) -> None:
        self.cost: list[Floats] = []
        self.low: list[Floats] = []
        self.high: list[Floats] = []
        self.most: list[Floats] = []
        self.terms: list[tuple[Ints, Ints, Floats]] = []
        self.shape = (0, 0)

    def columns(
        self,
        count: int,
        cost: Floats | float,
        high: Floats | float = np.inf,
        low: Floats | float = 0.0,
    ) -> Ints:
        """Add some columns; returns their numbers."""
        for kept, value in ((self.cost, cost), (self.low, low), (self.high, high)):
            kept.append(np.broadcast_to(np.asarray(value, dtype=float), count))
        first = self.shape[1]
        self.shape = (self.shape[0], first + count)
        return np.arange(first, first + count)

    def rows(self, most: Floats, *terms: Term) -> Ints:
        """Add some rows; terms are row, column and factor. Returns the numbers of the rows."""
        first = self.shape[0]
        for row, column, factor in terms:
            values = np.broadcast_to(np.asarray(factor, dtype=float), len(column))
            self.terms.append((first + row, column, values))
        self.most.append(most)
        self.shape = (first + len(most), self.shape[1])
        return np.arange(first, first + len(most))

    def solve(self) -> Floats:
        """What each row's limit would save if it were one more, negated; shape ``(rows,)``."""
        row, column, value = (np.concatenate(part) for part in zip(*self.terms, strict=True))
        found = linprog(  # type: ignore[call-overload]  # whose stubs know no sparse matrices
            np.concatenate(self.cost),
            A_ub=sparse.csr_array((value, (row, column)), self.shape),
            b_ub=np.concatenate(self.most),
            bounds=np.stack([np.concatenate(self.low), np.concatenate(self.high)], axis=1),
            method="highs",
        )
        if found.status:
            raise RuntimeError("The linear programme could not be solved.")
        return np.asarray(found.ineqlin.marginals)
