"""Annealing of a roster: someone's best stretch of days under noise, which fades.

A step takes some days of someone's row out and puts the best ones beside all others back, each
cell being worth a random amount more or less (Gumbel's distribution, at the temperature), and keeps
them by the rule of Metropolis et al. (1953). Limits on a row hold at every step.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wfm.solver.counts import Layout
from wfm.solver.own import price
from wfm.solver.rosters.joint import Joint, count_stretch, priced_cells
from wfm.solver.rosters.people import People
from wfm.solver.tour.bundle import Bundle
from wfm.solver.tour.stretch import Room, best_stretch, follow_tour, room_for

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
SHORTEST, LONGEST = 2, 28
"""Days of a stretch."""
HOT, COLD = 0.4, 0.015
"""Temperatures of the beginning and the end, as shares of the price of what couples people (the
root of its mean square)."""
PULL = 0.5
"""Share of steps that look where something is paid for."""
LOOKS = 10
"""How often such a step looks for a place."""


class Beside(NamedTuple):
    """Promises that programmes do not carry; arrays as `OwnLimits` has them.

    Attributes
    ----------
    extra : ndarray of int, shape (agents + 1,)
        Where those of each agent begin.
    """

    extra: Ints
    lines: Ints
    parts: Ints
    weight: Floats
    layout: Layout


class Annealing:
    """A roster that is annealed.

    Attributes
    ----------
    tours, best : ndarray of int, shape (agents, days)
        The roster in hand, and the best one so far.
    cost, least : float
        What they cost more than the first one.
    """

    def __init__(self, people: People, tours: Ints, random: np.random.Generator) -> None:
        self.people, self.random = people, random
        self.tours, self.best = tours.copy(), tours.copy()
        self.cost = self.least = 0.0
        self._count = people.counts(tours)
        self._room = room_for(people.bundle, min(LONGEST, tours.shape[1]))
        limits = people.beside
        self._beside = Beside(
            people.extra, limits.lines, limits.parts, limits.weight, limits.grids.layout
        )
        self._scale = float(np.sqrt(np.mean(people.joint.price**2)))

    def run(self, steps: int, share: float) -> None:
        """Take some steps at the temperature of a share of the way."""
        people = self.people
        self.cost, self.least = _anneal(
            people.bundle,
            people.number,
            people.base,
            people.joint,
            self._beside,
            self._room,
            self._count,
            self.tours,
            self.best,
            self.cost,
            self.least,
            self._scale * HOT * (COLD / HOT) ** share,
            steps,
            self.random,
        )


@njit(cache=True, nogil=True)
def _anneal(
    bundle: Bundle,
    number: Ints,
    base: Floats,
    joint: Joint,
    beside: Beside,
    room: Room,
    count: Ints,
    tours: Ints,
    best: Ints,
    cost: float,
    least: float,
    temperature: float,
    steps: int,
    random: np.random.Generator,
) -> tuple[float, float]:
    """Take steps; changes `tours`, `count` and `best`, returns the new `cost` and `least`."""
    agents, days = tours.shape
    value = np.empty((days, base.shape[2]))
    for _ in range(steps):
        agent = int(random.random() * agents)
        # Most stretches are short: they are walked through faster, and changed more easily.
        length = SHORTEST + int(random.random() ** 2 * (LONGEST + 1 - SHORTEST))
        length = min(length, days)
        first = _centre(joint, count, days, random) - int(random.random() * length)
        first = min(max(first, 0), days - length)
        last = first + length - 1
        tour, old = tours[agent].copy(), tours[agent]
        delta = count_stretch(joint, count, base, agent, old, first, last, -1)
        priced_cells(joint, count, base, agent, first, last, value)
        for day in range(first, last + 1):
            for column in range(base.shape[2]):
                value[day, column] -= temperature * np.log(-np.log(1.0 - random.random()))
        found = best_stretch(bundle, number[agent], value, tour, first, last, room)
        delta += count_stretch(joint, count, base, agent, tour, first, last, 1)
        if found:
            delta += _own_cost(bundle, number[agent], beside, agent, tour)
            delta -= _own_cost(bundle, number[agent], beside, agent, old)
        if found and (delta <= 0 or random.random() < np.exp(-delta / temperature)):
            tours[agent] = tour
            cost += delta
            if cost < least - 1e-6:
                least = cost
                best[:] = tours
        else:
            count_stretch(joint, count, base, agent, tour, first, last, -1)
            count_stretch(joint, count, base, agent, old, first, last, 1)
    return cost, least


@njit(cache=True, nogil=True)
def _centre(joint: Joint, count: Ints, days: int, random: np.random.Generator) -> int:
    """A day around which to look: where something is paid for, or any."""
    if random.random() < PULL:
        for _ in range(LOOKS):
            row = int(random.random() * joint.most.size)
            if count[row] > joint.most[row]:
                return int(joint.day[row])
    return int(random.random() * days)


@njit(cache=True, nogil=True)
def _own_cost(bundle: Bundle, number: int, beside: Beside, agent: int, tour: Ints) -> float:
    """What a tour costs by the promises over several days that bind its agent."""
    cost, _, _ = follow_tour(bundle, number, tour, 0, tour.size - 1, 0, 0)
    if beside.extra[agent + 1] > beside.extra[agent]:
        which = np.arange(beside.extra[agent], beside.extra[agent + 1])
        layout = beside.layout
        cost += price(
            which,
            beside.lines,
            beside.parts,
            beside.weight,
            layout.day,
            layout.begin,
            layout.rows,
            tour,
        )
    return cost
