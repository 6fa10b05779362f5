"""The last points: one shift after the other is changed, and each change tried by simulation.

On paper a contact is answered by whoever is free on it, so plans of equal cost differ in what no
curve tells: which skills meet. Here a plan is told from another by its simulation alone.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from wfm.calibration.aims import Aim, due
from wfm.problem import Problem
from wfm.schedule import Schedule
from wfm.solver.hours import change_hours
from wfm.solver.reading import read_schedule
from wfm.solver.search import Search

Floats = NDArray[np.float64]
MOST = 400
"""Changes that are tried."""
VAIN = 100
"""Changes in a row that bring nothing, after which there are no more."""
NEAR = 0.25
"""Share of the tolerance within which a level is as good as its target."""
ABOVE = 0.25
"""What a level above its target counts, beside one that is as far below."""
SHORT, SAFE = 3.0, 0.9
"""What counts on top where a level is farther below than this share of the tolerance."""
SEEN = 0.05
"""Chance, as a share of the tolerance, that a period which is near its target is looked at."""
KEEN = 2.0
"""Tolerances by which other queues of an agent may be off for the agent to be seldom chosen."""
TRIES = 20
"""Agents and days that are looked at for a change."""
HEAT = 2.0
"""How much worse an accepted change may be at first, in hourly wages."""
FAR = 5.0
"""Tolerances by which a level is off for another shift to be changed along."""
OPPOSITE = 0.5
"""Chance that a further change goes the other way, if some period asks for that."""
NOISE = 0.25
"""Disturbance of what options are worth, in hourly wages."""


class Touches:
    """A schedule under the hand that changes it shift by shift.

    What is aimed at is the cost of pay and rules, with the price of a contact for each that is
    missing to a target, some times as much below the tolerance, and a part of it for each above.
    People of several skills who are needed on one queue may hold another above its target.

    Parameters
    ----------
    problem : Problem
        With curves that are about right; they say which shift is worth most.
    schedule : Schedule
        That is changed.
    aims : list of Aim
        Periods with a target.
    tolerance : float
        Distance from a target that passes.
    levels_of : callable
        Simulated level of each period for a schedule.
    seed : int
        Of what is tried.

    Attributes
    ----------
    exhausted : bool
        Whether it ended since nothing that was tried was better any more.
    """

    def __init__(
        self,
        problem: Problem,
        schedule: Schedule,
        aims: list[Aim],
        tolerance: float,
        levels_of: Callable[[Schedule], Sequence[float]],
        seed: int,
    ) -> None:
        self.aims, self.tolerance, self.levels_of = aims, tolerance, levels_of
        self.search = search = Search(problem, seed)
        read_schedule(search, schedule)
        search.settle()
        self.random = search.random
        demand, instance = problem.demand, search.instance
        self._target = np.array([aim.target for aim in aims])
        price = [demand.queues[aim.row].target.price for aim in aims]
        self._price = np.array(price) * [due(demand, aim.row, aim.slots) for aim in aims]
        self._days = [np.unique(demand.horizon.slot_days[aim.slots]) for aim in aims]
        self._serves = np.array(
            [[bool(int(mask) >> aim.row & 1) for aim in aims] for mask in instance.masks]
        )[instance.group]
        hourly = [problem.contract_of(agent.id).hourly_cost for agent in problem.agents]
        self._noise, self._heat = NOISE * float(np.mean(hourly)), HEAT * float(np.mean(hourly))
        self.exhausted = False

    def run(self, seconds: float | None, over: Callable[[], bool]) -> Schedule:
        """Try changes, and give back what they come to.

        Parameters
        ----------
        seconds : float, optional
            Most time that it may take.
        over : callable
            Whether to end at once.
        """
        search, vain, began = self.search, 0, time.monotonic()
        levels = self._levels()
        merit = least = self._merit(levels)
        best = search.roster.copy()
        for number in range(MOST):
            late = seconds is not None and time.monotonic() - began > seconds
            if vain >= VAIN or late or over():
                break
            before, vain = search.roster.copy(), vain + 1
            if self._change(levels - self._target):
                found = self._levels()
                changed = self._merit(found)
                heat = self._heat * (1 - number / MOST) ** 2
                if changed < merit + heat * self.random.exponential():
                    levels, merit = found, changed
                    if merit < least - 1e-6:
                        least, best, vain = merit, search.roster.copy(), 0
                    continue
            search.roster = before
        self.exhausted = vain >= VAIN
        return best.schedule(search.instance)

    def _levels(self) -> Floats:
        schedule = self.search.roster.schedule(self.search.instance)
        return np.array(self.levels_of(schedule))

    def _merit(self, levels: Floats) -> float:
        """What the roster in hand costs, with what its simulated levels are off."""
        off = levels - self._target
        near = np.maximum(0.0, np.abs(off) - NEAR * self.tolerance)
        short = np.maximum(0.0, -off - SAFE * self.tolerance)
        far = np.where(off < 0, 1.0, ABOVE) * near + SHORT * short
        return self.search.owed() + float(self._price @ far)

    def _change(self, off: Floats) -> bool:
        """Change some shifts towards the targets; False if nothing can be changed."""
        search = self.search
        weight = np.maximum(np.abs(off) - NEAR * self.tolerance, SEEN * self.tolerance)
        number = int(self.random.choice(len(off), p=weight / weight.sum()))
        changed = self._change_one(number, off)
        further = 2 + int(np.abs(off).max() / (FAR * self.tolerance))
        for _ in range(int(self.random.integers(further))):
            other = weight * (off * off[number] < 0)
            chosen = other if other.any() and self.random.random() < OPPOSITE else weight
            number = int(self.random.choice(len(off), p=chosen / chosen.sum()))
            changed |= self._change_one(number, off)
        return changed and search.coupling.kept(search.roster.tours)

    def _change_one(self, number: int, off: Floats) -> bool:
        """Give somebody more hours for a period that is below its target, or else fewer."""
        more = off[number] < 0
        able = np.flatnonzero(self._serves[:, number])
        if not len(able):
            return False
        need = (self._serves[able] @ -off) / self._serves[able].sum(axis=1)
        keen = (need if more else -need) / (KEEN * self.tolerance)
        chance = np.exp(keen - keen.max())
        for _ in range(TRIES):
            agent = int(self.random.choice(able, p=chance / chance.sum()))
            day = int(self.random.choice(self._days[number]))
            if change_hours(self.search, agent, day, more=bool(more), noise=self._noise):
                return True
        return False
