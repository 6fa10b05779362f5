"""Reading the service curves of a demand: planned contacts, and what falling short costs."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from wfm.demand import Demand
from wfm.judge.deferred import work_off

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Points:
    """Points of all curves end to end, and what each misses of its slot's floor.

    Curves come queue by queue, slot by slot. Floors are counted at whole heads and on straight
    lines between them, so the whole heads on both sides of a floor are points of their curve.

    Attributes
    ----------
    cell : ndarray of int, shape (points,)
        Curve of each point, ``queue * slots + slot``.
    heads, planned, below : ndarray, shape (points,)
        Agents, contacts planned to be answered in time, contacts below the floor.
    """

    cell: Ints
    heads: Floats
    planned: Floats
    below: Floats

    @property
    def pieces(self) -> Ints:
        """Points from which a straight piece leads to the next point."""
        return np.flatnonzero(np.diff(self.cell) == 0)

    def between(self, values: Floats, heads: Floats) -> Floats:
        """Values of points on straight lines between them, at `heads`, shape (queues, slots)."""
        at = heads.ravel()
        last = np.searchsorted(self.cell, np.arange(at.size), side="right") - 1
        at = np.minimum(at, self.heads[last])
        # Curves are laid end to end, a head apart, to find the point to the left of each.
        start = np.cumsum(self.heads[last] + 1.0) - self.heads[last]
        left = np.searchsorted(start[self.cell] + self.heads, start + at, side="right") - 1
        right = np.minimum(left + 1, last)
        share = (at - self.heads[left]) / np.maximum(self.heads[right] - self.heads[left], 1.0)
        return np.asarray(values[left] + share * (values[right] - values[left])).reshape(
            heads.shape
        )


def curve_points(demand: Demand) -> Points:
    """Breakpoints of all curves, with the whole heads around the floor among them."""
    curves = list(chain.from_iterable(demand.service))
    cell = np.repeat(np.arange(len(curves)), [len(curve) for curve in curves])
    heads, planned = np.array(list(chain.from_iterable(curves)), dtype=float).reshape(-1, 2).T
    least = demand.floors.ravel()
    left = np.flatnonzero(np.diff(cell) == 0)
    due = least[cell[left]]
    left = left[(planned[left] < due) & (due <= planned[left + 1])]
    wide, rise = heads[left + 1] - heads[left], planned[left + 1] - planned[left]
    reached = (least[cell[left]] - planned[left]) / rise * wide
    more_cell, more_heads, more_planned = [cell], [heads], [planned]
    for whole in (np.floor(reached), np.floor(reached) + 1):
        new = (whole > 0) & (whole < wide)
        more_cell.append(cell[left][new])
        more_heads.append((heads[left] + whole)[new])
        more_planned.append((planned[left] + whole * rise / wide)[new])
    cell, heads, planned = map(np.concatenate, (more_cell, more_heads, more_planned))
    order = np.lexsort((heads, cell))
    cell, heads, planned = cell[order], heads[order], planned[order]
    return Points(cell, heads, planned, np.maximum(0.0, least[cell] - planned))


def planned_at(demand: Demand, heads: Floats) -> Floats:
    """Contacts planned to be answered in time, on straight lines between breakpoints.

    Parameters
    ----------
    demand : Demand
        Holds the curves, which are flat past their last points.
    heads : ndarray, shape (queues, slots)
        Agents on each queue; may be fractional.

    Returns
    -------
    ndarray, shape (queues, slots)
    """
    points = curve_points(demand)
    return points.between(points.planned, heads)


def in_time(demand: Demand, planned: Floats) -> Floats:
    """What counts of planned contacts: of deferred work, what arrived and is done by its deadline.

    Parameters
    ----------
    demand : Demand
        What is due.
    planned : ndarray, shape (queues, slots)
        As in :func:`planned_at`.

    Returns
    -------
    ndarray, shape (queues, slots)
    """
    counted = planned.copy()
    for row, work in demand.works.items():
        counted[row] = work_off(work, planned[row])[0]
    return counted


@dataclass(frozen=True, eq=False)
class Targets:
    """Target periods of all queues; the same week of two queues is two periods.

    A deferred queue has one period, the horizon.

    Attributes
    ----------
    period : ndarray of int, shape (queues, slots)
        Period in which a slot counts.
    contacts : ndarray, shape (periods,)
        Contacts to answer in time.
    price : ndarray, shape (periods,)
        Cost of each contact that is missing.
    """

    period: Ints
    contacts: Floats
    price: Floats

    def missing(self, planned: Floats) -> Floats:
        """Contacts that each period lacks, negative where it has more than it needs."""
        answered = np.bincount(self.period.ravel(), planned.ravel(), len(self.price))
        return np.asarray(self.contacts - answered)


def targets(demand: Demand) -> Targets:
    """Target periods of all queues of a demand."""
    period = np.zeros((len(demand.queues), demand.horizon.slots), dtype=np.int64)
    contacts: list[float] = []
    price: list[float] = []
    for row, queue in enumerate(demand.queues):
        if row in demand.works:
            stretches = [(np.arange(demand.horizon.slots), demand.works[row].total)]
        else:
            offered = demand.contacts_array[row]
            stretches = [(slots, float(offered[slots].sum())) for _, slots in demand.periods(row)]
        for slots, due in stretches:
            period[row, slots] = len(price)
            contacts.append(queue.target.level * due)
            price.append(queue.target.price)
    return Targets(period, np.array(contacts), np.array(price))


def service_cost(demand: Demand, heads: Floats) -> float:
    """Money lost by missing targets and floors.

    The sum of ``price * max(0, level * contacts - planned)`` over queues and target periods and
    of ``floor_price * max(0, floor * contacts - planned)`` over queues and slots. The latter is
    taken at whole heads and on straight lines between them: half a head is half of the time one.
    Of a deferred queue it is ``price * max(0, level * due - done)``, with what is due within the
    horizon and what is done of it by its deadline.

    Parameters
    ----------
    demand : Demand
        Contacts, targets and prices.
    heads : ndarray, shape (queues, slots)
        Agents on each queue; may be fractional.
    """
    aims = targets(demand)
    points = curve_points(demand)
    below = points.between(points.below, heads).sum(axis=1)
    floor_price = np.array([queue.target.floor_price for queue in demand.queues])
    missing = np.maximum(0.0, aims.missing(in_time(demand, points.between(points.planned, heads))))
    return float(aims.price @ missing + floor_price @ below)
