"""What a change of a plan does to the service, and what it costs in wages."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wfm.advice.plan import Change, Plan
from wfm.errors import InputError
from wfm.judge.allocation import divide as divide_exactly
from wfm.judge.cost import premiums, wages
from wfm.judge.kpi import heads_by_group
from wfm.schedule import Schedule
from wfm.solver.division import DivisionProgramme
from wfm.solver.instance import Instance
from wfm.solver.roster import divide
from wfm.solver.worth import best_worth

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Service:
    """The service of a plan, beside that of its changes.

    Each taker counts with the taker's own skills. Heads of the same skills make the same service,
    so it is computed once for each.

    Parameters
    ----------
    plan : Plan
        The schedule.
    instance : Instance
        Its problem, compiled.
    """

    def __init__(self, plan: Plan, instance: Instance) -> None:
        self.plan, self.instance = plan, instance
        self.programme = DivisionProgramme(instance) if instance.deferred else None
        queues = np.arange(len(plan.problem.demand.queues))
        self._serves = (instance.masks[:, None] >> queues & 1).astype(bool)
        self._guess: Floats = instance.price
        self._settled: dict[bytes, tuple[Floats, float]] = {}
        self._answers: dict[bytes, Floats] = {}
        self._base = self._heads(plan.schedule)
        self._now = self.lost(self._base)

    def supply(self, change: Change) -> Ints:
        """Heads at work by skill group after a change, shape ``(groups, slots)``."""
        rows = {row for row, _ in change}
        before, after = (self._heads(self.plan.of(rows, which)) for which in ({}, change))
        return self._base + after - before

    def _heads(self, schedule: Schedule) -> Ints:
        """Heads by the instance's groups."""
        serves, heads = heads_by_group(self.plan.problem, schedule)
        bits = serves @ (1 << np.arange(serves.shape[1]))
        found = np.zeros((len(self.instance.masks), heads.shape[1]), dtype=np.int64)
        unknown = ~np.isin(bits, self.instance.masks)
        if heads[unknown].any():
            raise InputError("schedule", "hold only turns on queues that a rule asks for")
        found[np.searchsorted(self.instance.masks, bits[~unknown])] = heads[~unknown]
        return found

    def lost(self, supply: Ints) -> float:
        """Cost of the service that some heads lose, divided over the queues at the least cost."""
        return self._settle(supply)[1]

    def worth(self, supply: Ints) -> Floats:
        """What an answer in time is worth beside some heads, shape ``(periods,)``."""
        return self._settle(supply)[0]

    def _settle(self, supply: Ints) -> tuple[Floats, float]:
        key = supply.tobytes()
        if key not in self._settled:
            self._guess = best_worth(self.instance, supply, self._guess, self.programme)
            self._settled[key] = self._guess, divide(self.instance, supply, self._guess).cost
        return self._settled[key]

    def change(self, supply: Ints) -> float:
        """Change of the cost of lost service, in money."""
        return self.lost(supply) - self._now

    def answers(self, supply: Ints) -> Floats:
        """Change of the contacts planned to be answered in time, shape ``(queues,)``."""
        return self._answered(supply) - self._answered(self._base)

    def _answered(self, supply: Ints) -> Floats:
        key = supply.tobytes()
        if key not in self._answers:
            some = self._serves.any(axis=1)
            found = divide_exactly(self.plan.problem.demand, self._serves[some], supply[some])
            self._answers[key] = found.planned.sum(axis=1)
        return self._answers[key]


def wage_change(plan: Plan, change: Change) -> float:
    """Change of wages and premiums, in money."""
    before = Schedule.of_shifts([plan.shifts[cell] for cell in change if cell in plan.shifts])
    after = Schedule.of_shifts([shift for shift in change.values() if shift is not None])
    first, last = (
        wages(plan.problem, shifts) + premiums(plan.problem, shifts) for shifts in (before, after)
    )
    return last - first
