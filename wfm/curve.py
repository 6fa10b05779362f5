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
    """Contacts planned to be answered in time, on straight lines between the curves' points.

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
    at = np.minimum(heads.ravel(), last - first)
    low = np.floor(at).astype(np.int64)
    left = points[first + low]
    right = points[np.minimum(first + low + 1, last)]
    return np.asarray(left + (at - low) * (right - left)).reshape(heads.shape)


def floors(demand: Demand) -> Floats:
    """Contacts that each slot is to answer in time at least, shape ``(queues, slots)``."""
    share = np.array([queue.target.floor for queue in demand.queues])
    return np.asarray(share[:, None] * demand.contacts_array)


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


def service_cost(demand: Demand, planned: Floats) -> float:
    """Money lost by missing targets and floors.

    The sum of ``price * max(0, level * contacts - planned)`` over queues and target periods and
    of ``floor_price * max(0, floor * contacts - planned)`` over queues and slots.

    Parameters
    ----------
    demand : Demand
        Contacts, targets and prices.
    planned : ndarray, shape (queues, slots)
        Contacts planned to be answered in time.
    """
    aims = targets(demand)
    below = np.maximum(0.0, floors(demand) - planned).sum(axis=1)
    floor_price = np.array([queue.target.floor_price for queue in demand.queues])
    return float(aims.price @ np.maximum(0.0, aims.missing(planned)) + floor_price @ below)
