"""Reading the service curves of a demand: planned contacts, and what falling short costs."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from wfm.demand import Demand

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def curve_points(demand: Demand) -> tuple[Floats, Ints, Ints]:
    """Points of all curves end to end, with the first and last place of each curve.

    Curves come queue by queue, slot by slot; the point at ``first + n`` is for `n` agents.
    """
    curves = list(chain.from_iterable(demand.service))
    sizes = np.fromiter(map(len, curves), dtype=np.int64, count=len(curves))
    points = np.fromiter(chain.from_iterable(curves), dtype=float, count=int(sizes.sum()))
    ends = np.cumsum(sizes)
    return points, ends - sizes, ends - 1


def planned_at(demand: Demand, heads: Floats) -> Floats:
    """Contacts planned to be answered in time, on straight lines between whole heads.

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
    points, first, last = curve_points(demand)
    return _between(points, first, last, heads)


def below_floor(demand: Demand) -> Floats:
    """Contacts by which each point of `curve_points` misses its slot's floor."""
    points, first, last = curve_points(demand)
    share = np.array([queue.target.floor for queue in demand.queues])
    least = (share[:, None] * demand.contacts_array).ravel()
    return np.maximum(0.0, np.repeat(least, last - first + 1) - points)


def _between(values: Floats, first: Ints, last: Ints, heads: Floats) -> Floats:
    """Values of points end to end, on straight lines between whole heads."""
    at = np.minimum(heads.ravel(), last - first)
    low = np.floor(at).astype(np.int64)
    left = values[first + low]
    right = values[np.minimum(first + low + 1, last)]
    return np.asarray(left + (at - low) * (right - left)).reshape(heads.shape)


@dataclass(frozen=True, eq=False)
class Targets:
    """Target periods of all queues; the same week of two queues is two periods.

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
        for _, slots in demand.periods(row):
            period[row, slots] = len(price)
            contacts.append(queue.target.level * float(demand.contacts_array[row, slots].sum()))
            price.append(queue.target.price)
    return Targets(period, np.array(contacts), np.array(price))


def service_cost(demand: Demand, heads: Floats) -> float:
    """Money lost by missing targets and floors.

    The sum of ``price * max(0, level * contacts - planned)`` over queues and target periods and
    of ``floor_price * max(0, floor * contacts - planned)`` over queues and slots. The latter is
    taken at whole heads and on straight lines between them: half a head is half of the time one.

    Parameters
    ----------
    demand : Demand
        Contacts, targets and prices.
    heads : ndarray, shape (queues, slots)
        Agents on each queue; may be fractional.
    """
    aims = targets(demand)
    _, first, last = curve_points(demand)
    below = _between(below_floor(demand), first, last, heads).sum(axis=1)
    floor_price = np.array([queue.target.floor_price for queue in demand.queues])
    missing = np.maximum(0.0, aims.missing(planned_at(demand, heads)))
    return float(aims.price @ missing + floor_price @ below)
