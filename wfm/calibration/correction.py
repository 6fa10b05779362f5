"""What an agent is worth in each interval, learnt from one simulation after another."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wfm.calibration.aims import Aim, planned_level
from wfm.demand import Demand

Floats = NDArray[np.float64]
GAIN = 0.75
"""Share of a period's error that is corrected at once, where there is nothing to go between."""
MOST_GAIN = 6.0
"""Largest such share, where corrections have brought little so far."""
STEP = 0.25
"""Most by which the logarithm of the worth may change in one round."""
MOST = 1.0
"""Farthest that the logarithm of the worth may lie from 0."""
SPREAD = 0.1
"""How far intervals are taken to differ from their period, before anything is simulated."""
NUDGE = 0.05
"""Change of the logarithm of the worth by which slopes are measured."""
HALVINGS = 40


@dataclass(frozen=True, eq=False)
class Findings:
    """What one simulation said of a plan.

    Attributes
    ----------
    heads : ndarray, shape (queues, slots)
        Agents that the plan gives each queue.
    levels : sequence of float
        Simulated level of each period.
    slot_levels, half_widths : ndarray, shape (queues, slots)
        Of each slot, with half of the confidence interval; NaN where no contact came.
    """

    heads: Floats
    levels: list[float]
    slot_levels: Floats
    half_widths: Floats


class Correction:
    """The worth of an agent: one number for each period, and how its intervals differ from it.

    All are logarithms. A period is found by what makes the plan agree with the simulation, and
    where two rounds lie on both sides of its target, by interpolation between them. An interval
    follows its own level as far as the simulation is sure of it.

    Parameters
    ----------
    demand : Demand
        With the curves as the formula gives them.
    aims : list of Aim
        Periods with a target.
    """

    def __init__(self, demand: Demand, aims: list[Aim]) -> None:
        self.demand = demand
        self.aims = aims
        self.periods = np.zeros(len(aims))
        self.intervals = np.zeros((len(demand.queues), demand.horizon.slots))
        self.gain = np.full(len(aims), GAIN)
        self.tried: list[list[tuple[float, float]]] = [[] for _ in aims]

    @property
    def worth(self) -> Floats:
        """Agents of the formula that one agent stands for, shape ``(queues, slots)``."""
        found = self.intervals.copy()
        for aim, period in zip(self.aims, self.periods, strict=True):
            found[aim.row, aim.slots] += period
        return np.exp(found)

    def learn(self, found: Findings, settled: Collection[int]) -> None:
        """Correct the worth by a simulation, but for periods that are as they should be."""
        for number, aim in enumerate(self.aims):
            self.tried[number].append((float(self.periods[number]), found.levels[number]))
            self._dare(number)
            if number in settled:
                continue
            heads = found.heads[aim.row]
            true = self._agreeing(aim, heads, found.levels[number], self.periods[number])
            if aim.row not in self.demand.works:
                self._follow(aim, found, true)
                true = self._agreeing(aim, heads, found.levels[number], true)
            wanted = self._between(number)
            if wanted is None:
                wanted = self.periods[number] + self.gain[number] * (true - self.periods[number])
            step = np.clip(wanted - self.periods[number], -STEP, STEP)
            self.periods[number] = np.clip(self.periods[number] + step, -MOST, MOST)

    def agree(self, found: Findings) -> None:
        """Let the plan say of each period what the simulation said."""
        for number, aim in enumerate(self.aims):
            heads, level = found.heads[aim.row], found.levels[number]
            self.periods[number] = self._agreeing(aim, heads, level, self.periods[number])

    def _dare(self, number: int) -> None:
        """Correct more at once where the last correction left more than half of the error.

        A plan that may move agents of several skills on paper takes small corrections in its
        stride, and changes nobody's shift.
        """
        errors = [level - self.aims[number].target for _, level in self.tried[number][-2:]]
        if len(errors) == 2 and errors[0] * errors[1] > 0:
            more = 2.0 if abs(errors[1]) > abs(errors[0]) / 2 else 1.0
            self.gain[number] = min(self.gain[number] * more, MOST_GAIN)
        else:
            self.gain[number] = GAIN

    def _between(self, number: int) -> float | None:
        """Where a straight line between the last two rounds meets the target, if it does."""
        target = self.aims[number].target
        if len(self.tried[number]) < 2:
            return None
        (one, below), (other, above) = sorted(self.tried[number][-2:], key=lambda it: it[1])
        # Agents who are thought to be worth less are more, and give more service.
        if not (below < target < above and other < one):
            return None
        return one + (other - one) * (target - below) / (above - below)

    def _agreeing(self, aim: Aim, heads: Floats, level: float, start: float) -> float:
        """Logarithm of the worth at which the plan for some heads has a level, near `start`."""
        low, high = start - 2 * STEP, start + 2 * STEP
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            if self._level(aim, heads, middle) < level:
                low = middle
            else:
                high = middle
        return (low + high) / 2

    def _level(self, aim: Aim, heads: Floats, period: float) -> float:
        worth = np.exp(self.intervals[aim.row] + period)
        return planned_level(self.demand, aim, heads, worth)

    def _follow(self, aim: Aim, found: Findings, period: float) -> None:
        """Let each interval of a period differ from it, as far as its simulated level tells.

        A linear Gaussian estimate: the simulation's error is known, the spread is `SPREAD`.
        """
        place = (aim.row, aim.slots)
        before, heads = self.intervals[place], found.heads[place]
        slope = (
            self._share(aim, heads, before + period + NUDGE)
            - self._share(aim, heads, before + period - NUDGE)
        ) / (2 * NUDGE)
        residual = found.slot_levels[place] - self._share(aim, heads, before + period)
        error = found.half_widths[place] / 2
        with np.errstate(invalid="ignore", divide="ignore"):
            told = slope * (slope * before + residual) / (slope**2 + (error / SPREAD) ** 2)
        sure = np.isfinite(told) & (slope > 0)
        told = np.where(sure, np.clip(told, -3 * SPREAD, 3 * SPREAD), before)
        weight = np.where(sure, slope * self.demand.contacts_array[place], 0.0)
        middle = weight @ told / weight.sum() if weight.sum() > 0 else 0.0
        self.intervals[place] = told - middle

    def _share(self, aim: Aim, heads: Floats, logarithm: Floats) -> Floats:
        """Level of each slot of a period; 1 where there are no contacts."""
        cells = aim.row * self.demand.horizon.slots + aim.slots
        contacts = self.demand.contacts_array[aim.row, aim.slots]
        answered = self.demand.curves.at(cells, np.exp(logarithm) * heads)
        return np.asarray(
            np.where(contacts > 0, answered, 1.0) / np.where(contacts > 0, contacts, 1)
        )
