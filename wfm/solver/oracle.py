"""What agents and queues do on their own when heads have prices: each the cheapest for itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wfm.solver.alike import alike_agents
from wfm.solver.placement import cover_tour
from wfm.solver.rows import price_options
from wfm.solver.tour.bundle import Bundle, best_of, bundle_of

if TYPE_CHECKING:
    from wfm.solver.search import Search

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Oracle:
    """The agents of a problem, those who are alike together, with their programmes and costs.

    Attributes
    ----------
    classes : int
        Number of sorts of agents.
    """

    def __init__(self, search: Search) -> None:
        self.search = search
        everyone = alike_agents(search)
        self.classes = len(everyone)
        self._many = np.array([alike.many for alike in everyone])
        groups = np.array([alike.group for alike in everyone])
        self._of_group = [np.flatnonzero(groups == g) for g in range(len(search.instance.masks))]
        programmes = {id(p): p for p in (search.programmes[a.agent] for a in everyone)}
        places = {known: place for place, known in enumerate(programmes)}
        self._programme = np.array([places[id(search.programmes[a.agent])] for a in everyone])
        self._bundle = bundle_of(list(programmes.values()))
        costs = {id(c): c for c in (search.cell_cost[a.agent] for a in everyone)}
        places = {known: place for place, known in enumerate(costs)}
        self._cost = np.array([places[id(search.cell_cost[a.agent])] for a in everyone])
        self._costs = np.stack(list(costs.values()))

    def tours(self, group: int, wage: Floats) -> tuple[float, Floats]:
        """Cost of the best tours of a group's agents at a wage per slot, and their heads.

        Parameters
        ----------
        group : int
            The skill group.
        wage : ndarray, shape (slots,)
            What a head earns in each slot.

        Returns
        -------
        float
            What they cost, less what they earn.
        ndarray, shape (slots,)
            Heads at work.
        """
        instance = self.search.instance
        gain = np.zeros(instance.width)
        gain[: instance.slots] = wage
        nothing = np.zeros((instance.days, instance.off + 1))
        worth, places = price_options(self.search, gain, nothing)
        supplied = np.zeros(instance.width)
        total = buy_tours(
            self._of_group[group],
            self._many,
            self._programme,
            self._cost,
            self._costs,
            self._bundle,
            worth,
            places,
            instance.first,
            instance.length,
            instance.counts,
            instance.pause,
            supplied,
        )
        return float(total), supplied[: instance.slots]


@njit(cache=True, nogil=True)
def buy_tours(
    chosen: Ints,
    many: Ints,
    programme: Ints,
    cost: Ints,
    costs: Floats,
    bundle: Bundle,
    worth: Floats,
    places: Ints,
    first: Ints,
    length: Ints,
    counts: Ints,
    pause: Ints,
    supplied: Floats,
) -> float:
    """Cheapest tours of some classes of agents; adds their heads to `supplied`, returns the cost.

    Parameters
    ----------
    chosen : ndarray of int
        The classes.
    many, programme, cost : ndarray of int, shape (classes,)
        How many agents each has; its programme in the bundle, and its table of costs.
    costs : ndarray, shape (tables, days, options + 1)
        Cost of each cell.
    bundle : Bundle
        The programmes.
    worth : ndarray, shape (days, options + 1)
        What the heads of each cell earn, breaks where they cost least.
    places : ndarray of int, shape (days, options, breaks)
        Where these are.
    first, length, counts, pause
        As in `Instance`.
    supplied : ndarray, shape (width,)
        Heads at work.
    """
    days, off = first.shape
    tour, there = np.empty(days, dtype=np.int64), np.empty(supplied.size, dtype=np.int64)
    pauses = np.zeros((days, places.shape[2]), dtype=np.int64)
    value = np.empty(worth.shape)
    total = 0.0
    for one in chosen:
        value[:] = worth - costs[cost[one]]
        tour[:] = off
        total -= many[one] * best_of(bundle, programme[one], value, tour)
        for day in range(days):
            if tour[day] < off:
                pauses[day] = places[day, tour[day]]
        cover_tour(tour, pauses, first, length, counts, pause, there)
        supplied += many[one] * there
    return total


@njit(cache=True, nogil=True)
def buy_heads(price: Floats, worth: Floats, planned: Floats, floor: Floats, heads: Ints) -> float:
    """Cheapest heads for each queue and slot at a price each; fills `heads`, returns the cost."""
    total = 0.0
    for queue in range(price.shape[0]):
        for slot in range(price.shape[1]):
            best, at = np.inf, 0
            for count in range(planned.shape[2]):
                cost = (
                    price[queue, slot] * count
                    + floor[queue, slot, count]
                    - worth[queue, slot] * planned[queue, slot, count]
                )
                if cost < best:
                    best, at = cost, count
            total += best
            heads[queue, slot] = at
    return total
