"""Dividing the agents at work over the queues that they serve, by a linear programme."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

from wfm.demand import Demand
from wfm.judge.curve import (
    Floats,
    Ints,
    Targets,
    curve_points,
    in_time,
    planned_at,
    service_cost,
    targets,
)
from wfm.judge.deferred import Backlog
from wfm.judge.linear import Programme

Bools = NDArray[np.bool_]
SAME = 1e-7


@dataclass(frozen=True, eq=False)
class Division:
    """Agents given to queues, and what they are planned to answer.

    Attributes
    ----------
    heads : ndarray, shape (queues, slots)
        Agents on each queue; an agent counts once, but may be split within a slot.
    planned : ndarray, shape (queues, slots)
        Contacts planned to be answered, or deferred work to be done, in time.
    cost : float
        Lost service in money, as in :func:`wfm.judge.curve.service_cost`.
    """

    heads: Floats
    planned: Floats
    cost: float


def divide(demand: Demand, serves: Bools, supply: Ints) -> Division:
    """Divide the heads of each skill group over its queues at the least cost of lost service.

    Among the divisions of least cost, one that is planned to answer most contacts in time is
    taken, so that agents beyond the targets are still put to use.

    Parameters
    ----------
    demand : Demand
        Contacts, targets and service curves.
    serves : ndarray of bool, shape (groups, queues)
        Queues of each skill group.
    supply : ndarray of int, shape (groups, slots)
        Agents of each group at work and not on a break.
    """
    free = serves.sum(axis=1) > 1
    heads = serves[~free].T.astype(float) @ supply[~free]
    aims = targets(demand)
    alone = planned_at(demand, heads)
    backlogs = {row: Backlog(work, alone[row].copy()) for row, work in demand.works.items()}
    alone[list(backlogs)] = 0.0
    aims = replace(aims, contacts=aims.missing(alone))
    pieces = _pieces(demand, heads, serves[free].T.astype(float) @ supply[free])
    parts = _parts(aims)
    for part in np.unique(parts):
        here = np.where(parts == part, supply[free], 0)
        heads += _flow(serves[free], here, pieces.take(parts[pieces.slot] == part), aims, backlogs)
    whole = np.round(heads)
    heads = np.where(np.abs(heads - whole) < SAME, whole, np.maximum(heads, 0.0))
    planned = in_time(demand, planned_at(demand, heads))
    return Division(heads, planned, service_cost(demand, heads))


def _parts(aims: Targets) -> Ints:
    """Part of each slot, such that no target period lies in two parts; shape ``(slots,)``."""
    queues, slots = aims.period.shape
    periods = len(aims.price)
    edges = (aims.period.ravel(), periods + np.tile(np.arange(slots), queues))
    joined = sparse.coo_array((np.ones(queues * slots), edges), shape=(periods + slots,) * 2)
    return np.asarray(csgraph.connected_components(joined, directed=False)[1][periods:])


@dataclass(frozen=True, eq=False)
class _Pieces:
    """Straight pieces of curves, as arrays with an entry for each piece.

    `width` is in heads; `slope` what a head answers, `saved` the money that it spares below the
    floor.
    """

    queue: Ints
    slot: Ints
    width: Floats
    slope: Floats
    saved: Floats

    def take(self, which: Bools) -> _Pieces:
        """Take some of the pieces."""
        return _Pieces(*(getattr(self, name)[which] for name in self.__dataclass_fields__))


def _pieces(demand: Demand, alone: Floats, shared: Floats) -> _Pieces:
    """Pieces that rise, between the heads that serve a queue alone and those who also may."""
    points = curve_points(demand)
    left = points.pieces
    cell, start, end = points.cell[left], points.heads[left], points.heads[left + 1]
    slope = (points.planned[left + 1] - points.planned[left]) / (end - start)
    spared = (points.below[left] - points.below[left + 1]) / (end - start)
    nearest = alone.ravel()[cell]
    width = np.minimum(end, nearest + shared.ravel()[cell]) - np.maximum(start, nearest)
    queue, slot = np.divmod(cell, demand.horizon.slots)
    price = np.array([each.target.floor_price for each in demand.queues])[queue]
    pieces = _Pieces(queue, slot, width, slope, price * spared)
    return pieces.take((width > 1e-12) & (slope > 0))


def _flow(
    serves: Bools, supply: Ints, pieces: _Pieces, aims: Targets, backlogs: dict[int, Backlog]
) -> Floats:
    """Heads on each queue of the agents who have a choice, shape ``(queues, slots)``.

    Variables are the heads on each piece, the heads of a group on a queue in a slot, the
    contacts that a period still misses, and those of each backlog.
    """
    queues, slots = aims.period.shape
    group, queue, slot = np.nonzero(serves[:, :, None] & (supply > 0)[:, None, :])
    if not len(group):
        return np.zeros((queues, slots))
    many, given = len(pieces.width), len(group)
    cells = np.concatenate([pieces.queue * slots + pieces.slot, queue * slots + slot])
    terms = _terms(cells, pieces, aims, backlogs)
    teams, team = np.unique(group * slots + slot, return_inverse=True)
    columns = (team, many + np.arange(given))
    whose = sparse.csr_array((np.ones(given), columns), (len(teams), len(terms.cost)))
    heads = supply.ravel()[teams].astype(float)
    programme = Programme(terms.at_most, terms.most, whose, heads, terms.upper)
    found = programme.solve(terms.cost, terms.worth)[many : many + given]
    divided = np.bincount(cells[many:], found, queues * slots)
    return np.asarray(divided, dtype=float).reshape(queues, slots)


@dataclass(frozen=True, eq=False)
class _Terms:
    """A programme but for the heads that there are: as in `Programme`, with costs and worths."""

    at_most: sparse.csr_array
    most: Floats
    upper: Floats
    cost: Floats
    worth: Floats

    def with_backlog(self, backlog: Backlog, helped: sparse.csr_array, period: int) -> _Terms:
        """Add a backlog, whose work done in time counts in the row of its period."""
        slots = backlog.slots
        columns = (np.full(slots, period), np.arange(slots))
        counted = sparse.csr_array((-np.ones(slots), columns), (len(self.most), 2 * slots))
        blocks = [[self.at_most, counted], [helped, backlog.rows()]]
        return _Terms(
            sparse.block_array(blocks, format="csr"),
            np.concatenate([self.most, backlog.most()]),
            np.concatenate([self.upper, backlog.upper()]),
            np.concatenate([self.cost, np.zeros(2 * slots)]),
            np.concatenate([self.worth, np.ones(slots), np.zeros(slots)]),
        )


def _terms(cells: Ints, pieces: _Pieces, aims: Targets, backlogs: dict[int, Backlog]) -> _Terms:
    """Rows, limits and costs of the programme; `cells` as in `_covered`."""
    given = len(cells) - len(pieces.width)
    periods, counts = np.unique(aims.period[pieces.queue, pieces.slot], return_inverse=True)
    waiting = np.isin(pieces.queue, list(backlogs))
    answered = np.where(waiting, 0.0, pieces.slope)
    covered = _covered(cells, answered, counts)
    first = covered.shape[0] - len(periods)
    terms = _Terms(
        covered,
        np.concatenate([np.zeros(first), -aims.contacts[periods]]),
        np.concatenate([pieces.width, np.full(given + len(periods), np.inf)]),
        np.concatenate([-pieces.saved, np.zeros(given), aims.price[periods]]),
        np.concatenate([answered, np.zeros(given + len(periods))]),
    )
    for queue in np.unique(pieces.queue[waiting]).tolist():
        mine = np.flatnonzero(pieces.queue == queue)
        place = (pieces.slot[mine], mine)
        shape = (2 * backlogs[queue].slots, len(terms.cost))
        helped = sparse.csr_array((-pieces.slope[mine], place), shape)
        terms = terms.with_backlog(backlogs[queue], helped, first + int(counts[mine[0]]))
    return terms


def _covered(cells: Ints, slope: Floats, counts: Ints) -> sparse.csr_array:
    """Rows that keep heads on pieces to the heads given, and that reach the periods' targets.

    Parameters
    ----------
    cells : ndarray of int, shape (pieces + given,)
        Cell of each piece, then of the heads of each group on a queue in a slot.
    slope : ndarray, shape (pieces,)
        Contacts that a head answers.
    counts : ndarray of int, shape (pieces,)
        Period in which they count.
    """
    cell = np.unique(cells, return_inverse=True)[1]
    many, rows = len(slope), int(cell.max()) + 1
    short = np.arange(counts.max(initial=-1) + 1)
    entries = [
        (cell[:many], np.arange(many), np.ones(many)),
        (cell[many:], np.arange(many, len(cell)), -np.ones(len(cell) - many)),
        (rows + counts, np.arange(many), -slope),
        (rows + short, len(cell) + short, -np.ones(len(short))),
    ]
    row, column, value = (np.concatenate(part) for part in zip(*entries, strict=True))
    return sparse.csr_array((value, (row, column)), (rows + len(short), len(cell) + len(short)))
