"""What agents and queues do on their own when heads have prices: each the cheapest for itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wfm.solver.alike import alike_agents
from wfm.solver.beside import Beside, beside_of, move_beside, pay_beside
from wfm.solver.dot import dot
from wfm.solver.placement import cover_tour
from wfm.solver.rows import price_options
from wfm.solver.tour.bundle import Bundle, best_of, bundle_of

if TYPE_CHECKING:
    from wfm.solver.search import Search

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


PART = 125
"""Classes for each part that a skill group has."""


class Part(NamedTuple):
    """Agents whose tours are bought together.

    Attributes
    ----------
    group : int
        Their skill group.
    classes : ndarray of int
        Which classes they are.
    """

    group: int
    classes: Ints


class Oracle:
    """The agents of a problem, those who are alike together, with their programmes and costs.

    Attributes
    ----------
    classes : int
        Number of sorts of agents.
    many : int
        Parts of each skill group.
    beside : Beside
        What the programmes do not carry, at its first prices.
    parts : list of Part
        They all, in parts of a skill group each whose tours are bought together.
    """

    def __init__(self, search: Search) -> None:
        self.search = search
        everyone = alike_agents(search)
        self.classes = len(everyone)
        self._many = np.array([alike.many for alike in everyone])
        groups = np.array([alike.group for alike in everyone])
        self.many = max(1, self.classes // PART)
        self.parts = _parts(groups, self.many)
        programmes = {id(p): p for p in (search.programmes[a.agent] for a in everyone)}
        places = {known: place for place, known in enumerate(programmes)}
        self._programme = np.array([places[id(search.programmes[a.agent])] for a in everyone])
        self._bundle = bundle_of(list(programmes.values()))
        costs = {id(c): c for c in (search.cell_cost[a.agent] for a in everyone)}
        places = {known: place for place, known in enumerate(costs)}
        self._cost = np.array([places[id(search.cell_cost[a.agent])] for a in everyone])
        self._costs = np.stack(list(costs.values()))
        mine = [search.programmes[alike.agent] for alike in everyone]
        self.beside = beside_of(mine, [search.cell_cost[alike.agent] for alike in everyone])

    def tours(
        self, group: int, wage: Floats, parts: Sequence[int], beside: Beside
    ) -> Iterator[tuple[int, float, Floats]]:
        """Best tours of parts of a group at a wage per slot.

        Parameters
        ----------
        group : int
            The skill group.
        wage : ndarray, shape (slots,)
            What a head earns in each slot.
        parts : sequence of int
            Which parts of `parts`; those of other groups are left out.
        beside : Beside
            What programmes do not carry; its prices move.

        Yields
        ------
        int
            The part.
        float
            What its tours cost, whatever they earn.
        ndarray, shape (slots,)
            Heads at work.
        """
        mine = [part for part in parts if self.parts[part].group == group]
        instance = self.search.instance
        gain = np.zeros(instance.width)
        gain[: instance.slots] = wage
        nothing = np.zeros((instance.days, instance.off + 1))
        if mine:
            worth, places = price_options(self.search, gain, nothing)
        for part in mine:
            supplied = np.zeros(instance.width)
            total = buy_tours(
                self.parts[part].classes,
                self._many,
                self._programme,
                self._cost,
                self._costs,
                self._bundle,
                beside,
                worth,
                places,
                instance.first,
                instance.length,
                instance.counts,
                instance.pause,
                supplied,
            )
            yield part, total + float(dot(gain, supplied)), supplied[: instance.slots]


def _parts(groups: Ints, many: int) -> list[Part]:
    """Split the classes of each group, given by class, so that like ones come into all parts."""
    return [
        Part(group, of_group[first::many])
        for group in range(int(groups.max(initial=-1)) + 1)
        for of_group in [np.flatnonzero(groups == group)]
        for first in range(min(many, len(of_group)))
    ]


@njit(cache=True, nogil=True)
def buy_tours(
    chosen: Ints,
    many: Ints,
    programme: Ints,
    cost: Ints,
    costs: Floats,
    bundle: Bundle,
    beside: Beside,
    worth: Floats,
    places: Ints,
    first: Ints,
    length: Ints,
    counts: Ints,
    pause: Ints,
    supplied: Floats,
) -> float:
    """Cheapest tours of some classes of agents; adds their heads to `supplied`, returns the cost.

    What programmes do not carry is paid for, so that it may cost more or less than it would.

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
    beside : Beside
        What they do not carry; its prices move.
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
        total -= many[one] * pay_beside(beside, one, value)
        total -= many[one] * best_of(bundle, programme[one], value, tour)
        move_beside(beside, one, tour)
        for day in range(days):
            if tour[day] < off:
                pauses[day] = places[day, tour[day]]
        cover_tour(tour, pauses, first, length, counts, pause, there)
        supplied += many[one] * there
    return total


@njit(cache=True, nogil=True)
def buy_heads(
    price: Floats, worth: Floats, planned: Floats, floor: Floats, heads: Ints, answers: Floats
) -> float:
    """Cheapest heads for each queue and slot at a price each; returns what they cost.

    A head more brings no more than the one before, so the first that does not pay is sought by
    halving.

    Parameters
    ----------
    price, worth : ndarray, shape (queues, slots)
        Price of a head, and worth of an answer in time.
    planned, floor : ndarray, shape (queues, slots, agents + 1)
        Answers in time, and cost of missing the floor, by heads.
    heads : ndarray of int, shape (queues, slots)
        Filled with the heads.
    answers : ndarray, shape (queues, slots)
        Filled with the answers in time that they bring.
    """
    total = 0.0
    for queue in range(price.shape[0]):
        for slot in range(price.shape[1]):
            brought, missed = planned[queue, slot], floor[queue, slot]
            value, low, high = worth[queue, slot], 0, brought.size - 1
            while low < high:
                middle = (low + high) // 2
                more = value * (brought[middle + 1] - brought[middle])
                if price[queue, slot] < more + missed[middle] - missed[middle + 1]:
                    low = middle + 1
                else:
                    high = middle
            total += price[queue, slot] * low + missed[low] - value * brought[low]
            heads[queue, slot], answers[queue, slot] = low, brought[low]
    return total
