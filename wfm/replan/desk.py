"""The plan in hand while it is planned anew: what has changed, what that costs, what may."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from wfm.advice.plan import Cell, Change, Plan
from wfm.advice.promises import Promises
from wfm.advice.service import Service, wage_change
from wfm.piece import asked
from wfm.replan.margins import Margins
from wfm.replan.price import DayPrices
from wfm.schedule import Shift
from wfm.solver.instance import compile_problem

Bools = NDArray[np.bool_]
LEAST = 1e-6
"""Savings below it are rounding, in money."""


@dataclass(frozen=True)
class Proposal:
    """What someone could have on a day in place of what is in hand.

    Attributes
    ----------
    cell : tuple of int
        Agent's row and day.
    after : Shift or None
        The shift; None for a day off.
    saving : float
        What it is thought to save, its price taken off, in money.
    """

    cell: Cell
    after: Shift | None
    saving: float


class Desk:
    """A plan, and what has been changed of it so far.

    Parameters
    ----------
    plan : Plan
        The schedule with all that has happened.
    prices : DayPrices
        Of changes.
    earliest : int
        Elapsed minute before which nothing changes.
    days : range
        Days whose shifts may change.
    away : set of (str, int)
        Agents and days that stay as they are.
    """

    def __init__(
        self, plan: Plan, prices: DayPrices, earliest: int, days: range, away: set[tuple[str, int]]
    ) -> None:
        self.plan, self.prices, self.earliest, self.days = plan, prices, earliest, days
        self.away = {(plan.problem.rows[agent], day) for agent, day in away}
        self.instance = compile_problem(plan.problem)
        self.service = Service(plan, self.instance)
        self.change: dict[Cell, Shift | None] = {}
        self.lost = self.service.lost(self.service.supply({}))
        self.total = prices.prices.service * self.lost
        turns = {
            agent
            for _, piece in asked(plan.problem)
            for agent in (piece.agents if piece.queues else ())
        }
        self._idle = {plan.problem.rows[agent] for agent in turns}

    @cached_property
    def promises(self) -> Promises:
        """The rules, beside the plan."""
        return Promises(self.plan, self.instance)

    def shift(self, cell: Cell) -> Shift | None:
        """What someone has on a day as it stands."""
        return self.change[cell] if cell in self.change else self.plan.shifts.get(cell)

    def cells(self) -> list[Cell]:
        """Whose shifts of which days may change: whoever is here, or to come, and not away."""
        known = {**self.plan.shifts, **self.change}
        return sorted(
            cell
            for cell, shift in known.items()
            if shift is not None and shift.end > self.earliest and self.is_free(cell)
        )

    def is_free(self, cell: Cell) -> bool:
        """Whether a day may change, and heads of the agent count in full on the agent's queues."""
        row, day = cell
        served = self.instance.masks[self.instance.group[row]]
        return bool(served) and day in self.days and cell not in self.away and row not in self._idle

    def margins(self) -> Margins:
        """What heads are worth beside the plan as it stands."""
        supply = self.service.supply(self.change)
        worth = self.service.worth(supply)
        return Margins(self.instance, supply, worth, self.prices.prices.service)

    def paid(self, cell: Cell, shift: Shift | None) -> float:
        """Wages and premiums of a shift, in money."""
        row, day = cell
        cost = self.instance.cost[self.instance.contract[row], day, self.plan.option(shift)]
        return float(cost)

    def cover(self, shift: Shift | None) -> Bools:
        """Whether someone is at work, and on no break, in each slot; shape ``(width,)``."""
        there = np.zeros(self.instance.width, dtype=bool)
        if shift is not None:
            width = self.plan.problem.horizon.interval
            there[shift.start // width : shift.end // width] = True
            away = [(each.start, each.end) for each in shift.breaks]
            away += [(each.start, each.end) for each in shift.activities]
            for start, end in away:
                there[start // width : -(-end // width)] = False
        return there

    def makes(self, proposal: Proposal) -> bool:
        """Change the plan as it is proposed, if that keeps every hard rule and truly saves."""
        change = {**self.change, proposal.cell: proposal.after}
        if proposal.after == self.plan.shifts.get(proposal.cell):
            del change[proposal.cell]
        if self.promises.broken_by(change):
            return False
        total, lost = self._cost(change)
        if total > self.total - LEAST:
            return False
        self.change, self.total, self.lost = change, total, lost
        return True

    def _cost(self, change: Change) -> tuple[float, float]:
        """What a change counts in all, its price too, and the lost service after it; in money."""
        lost = self.service.lost(self.service.supply(change))
        rules = sum(self.promises.priced(change).values())
        price = sum(self.prices.of(self.plan.shifts.get(c), s) for c, s in change.items())
        counted = self.prices.prices.service * lost
        return counted + wage_change(self.plan, change) + rules + price, lost
