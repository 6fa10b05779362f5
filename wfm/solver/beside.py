"""What a tour programme does not carry, at prices of its own.

A promise over many days can make a programme too large. For the bound each that is left out gets a
price: a tour pays for what it counts, and is given back what the promise allows. At any price,
at most what a breach would cost, that proves no more than is so (Lagrange). Everyone who is alike
has the same price; it moves after each of their tours, up where that breaks the promise and down
where there is room, by steps that grow while they go one way and are halved where they turn
(Riedmiller and Braun 1993).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wfm.solver.book import Entry
from wfm.solver.tour.programme import Programme

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
FIRST, LEAST = 0.1, 0.001
"""Steps at first, and at least, as shares of what a unit costs in a usual cell."""
GROWS, TURNS = 1.2, 0.5


class Beside(NamedTuple):
    """Limits that programmes do not carry, of each class of agents one after the other.

    Attributes
    ----------
    begin : ndarray of int, shape (classes + 1,)
        Where those of each class begin.
    grid : ndarray of int, shape (limits,)
        Which of `grids` each counts by.
    grids : ndarray of int, shape (grids, days, options + 1)
        What each cell counts.
    most, dearest : ndarray, shape (limits,)
        What it allows, and the highest price: that of a breach.
    price, step, least, way : ndarray, shape (limits,)
        The price in hand, its next step and the smallest, and whether the last one went up or down.
    """

    begin: Ints
    grid: Ints
    grids: Ints
    most: Floats
    dearest: Floats
    price: Floats
    step: Floats
    least: Floats
    way: Floats

    def anew(self) -> Beside:
        """The same limits with prices of their own, from where these are."""
        price, step, way = self.price.copy(), self.step.copy(), self.way.copy()
        return self._replace(price=price, step=step, way=way)

    def none(self) -> Beside:
        """No limit for anyone."""
        return self._replace(begin=np.zeros_like(self.begin))


def beside_of(programmes: Sequence[Programme], costs: Sequence[Floats]) -> Beside:
    """Gather what the programme of each class leaves out; `costs` are those of its cells."""
    grids: dict[bytes, int] = {}
    stacked: list[Ints] = []
    begin, rows = [0], []
    for programme, cost in zip(programmes, costs, strict=True):
        for entry in _priceable(programme):
            cells = entry.limit.cells[0]
            grid = np.zeros(cost.shape, dtype=np.int64)
            grid[cells.day : cells.day + len(cells.grid), :-1] = cells.grid
            which = grids.setdefault(grid.tobytes(), len(grids))
            if which == len(stacked):
                stacked.append(grid)
            unit = _usual(cost, np.abs(grid))
            breach = np.inf if entry.weight is None else entry.weight
            # What is too little at first is as good as free, so that nobody gains by working less.
            start = min(_cheapest(cost, np.maximum(-grid, 0)), breach)
            rows.append((which, entry.limit.most, breach, start, FIRST * unit, LEAST * unit))
        begin.append(len(rows))
    every = np.array(stacked, dtype=np.int64).reshape(len(stacked), *costs[0].shape)
    table = np.array(rows, dtype=np.float64).reshape(len(rows), 6)
    most, dearest, price, step, least = np.ascontiguousarray(table[:, 1:].T)
    place, way = table[:, 0].astype(np.int64), np.zeros(len(rows))
    return Beside(np.array(begin), place, every, most, dearest, price, step, least, way)


def _priceable(programme: Programme) -> Iterator[Entry]:
    """Limits that are sums of cells, of which each has a breach of its own."""
    for promise in programme.dropped:
        for entry in promise.entries:
            alone = entry.weight is None or len(promise.entries) == 1
            if alone and len(entry.limit.cells) == 1 and not entry.limit.any_of:
                yield entry


def _each(cost: Floats, counted: Ints) -> Floats:
    """What a unit costs in the cells that count and cost something."""
    some = (counted > 0) & np.isfinite(cost) & (cost > 0)
    return cost[some] / counted[some]


def _cheapest(cost: Floats, counted: Ints) -> float:
    each = _each(cost, counted)
    return float(each.min()) if len(each) else 0.0


def _usual(cost: Floats, counted: Ints) -> float:
    each = _each(cost, counted)
    return float(np.median(each)) if len(each) else 1.0


@njit(cache=True, nogil=True)
def pay_beside(beside: Beside, one: int, value: Floats) -> float:
    """Take what a class pays off the value of its cells; returns what it is given back."""
    back = 0.0
    for limit in range(beside.begin[one], beside.begin[one + 1]):
        if beside.price[limit] > 0:
            value -= beside.price[limit] * beside.grids[beside.grid[limit]]
            back += beside.price[limit] * beside.most[limit]
    return back


@njit(cache=True, nogil=True)
def move_beside(beside: Beside, one: int, tour: Ints) -> None:
    """Move a class's prices after its tour."""
    for limit in range(beside.begin[one], beside.begin[one + 1]):
        over = -beside.most[limit]
        for day in range(tour.size):
            over += beside.grids[beside.grid[limit], day, tour[day]]
        way = np.sign(over)
        if way == 0 or (way < 0 and beside.price[limit] == 0):
            continue
        turned = way * beside.way[limit]
        if turned < 0:
            beside.step[limit] = max(TURNS * beside.step[limit], beside.least[limit])
        elif turned > 0:
            beside.step[limit] *= GROWS
        beside.way[limit] = way
        price = beside.price[limit] + way * beside.step[limit]
        beside.price[limit] = min(max(price, 0.0), beside.dearest[limit])
