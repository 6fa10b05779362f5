"""Numbers of agents tried so far, and how they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from wfm.calibration.aims import aims_of, simulated_levels
from wfm.calibration.groups.crew import crew
from wfm.calibration.groups.values import GroupStaffing
from wfm.calibration.judging import best, settled, standing
from wfm.calibration.text import missed
from wfm.calibration.values import CalibrationRound, QueueRound, Status
from wfm.demand import Demand
from wfm.simulation import Assumptions, Outcome, simulate

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Trial:
    """Rounds of numbers, each simulated on the same contacts.

    Parameters
    ----------
    demand, groups, ranks, assumptions, replications, seed, tolerance
        As for :func:`wfm.staff_groups`.
    price : ndarray, shape (groups,)
        Cost of an hour of an agent of each group.
    """

    demand: Demand
    groups: Mapping[str, Sequence[str]]
    ranks: Mapping[str, Mapping[str, int]]
    price: Floats
    assumptions: Assumptions
    replications: int
    seed: int
    tolerance: float
    rounds: list[CalibrationRound] = field(default_factory=list)
    tried: list[Ints] = field(default_factory=list)

    def simulate(self, agents: Ints) -> Outcome:
        """Let numbers of agents, shape (groups, slots), meet the contacts."""
        problem, schedule, told = crew(
            self.demand, self.groups, self.ranks, agents, self.assumptions
        )
        return simulate(
            problem, schedule, replications=self.replications, seed=self.seed, assumptions=told
        )

    def add(
        self, agents: Ints, outcome: Outcome, planned: Mapping[tuple[int, str], float]
    ) -> CalibrationRound:
        """Put down a round; `planned` are levels by queue and period."""
        aims = aims_of(outcome)
        periods = []
        for aim, level in zip(aims, simulated_levels(outcome, aims), strict=True):
            plan = planned[aim.row, aim.period]
            periods.append(
                QueueRound(
                    queue=self.demand.queues[aim.row].id,
                    period=aim.period,
                    target=aim.target,
                    planned=plan,
                    simulated=level.value,
                    low=level.low,
                    high=level.high,
                    standing=standing(aim.target, plan, level.value, self.tolerance),
                )
            )
        found = CalibrationRound(
            number=len(self.rounds) + 1,
            cost=float(self.price @ agents.sum(axis=1)) * self._hour,
            hours=float(agents.sum()) * self._hour,
            queues=tuple(periods),
        )
        self.rounds.append(found)
        self.tried.append(agents)
        return found

    @property
    def _hour(self) -> float:
        """Hours of a slot."""
        return self.demand.horizon.interval / 60

    def end(self, lost: str = "") -> GroupStaffing:
        """Keep the best round; `lost` says why there is no other."""
        kept = best(self.rounds, self.tolerance) if self.rounds else None
        agents = np.zeros((len(self.groups), self.demand.horizon.slots), dtype=np.int64)
        reasons = [lost] if lost else []
        if kept is not None:
            agents = self.tried[kept.number - 1]
            off = [each for each in kept.queues if not settled(each)]
            reasons += [] if lost else [missed(each, "the rounds are used up") for each in off]
        status: Status = "cannot be met" if lost else "rounds exhausted" if reasons else "met"
        return GroupStaffing(
            status=status,
            reasons=tuple(reasons),
            groups=tuple(self.groups),
            agents=tuple(map(tuple, agents.tolist())),
            hours=float(agents.sum()) * self._hour,
            hours_alone=float(self.demand.required_array.sum()) * self._hour,
            kept=kept.number if kept else 0,
            rounds=tuple(self.rounds),
        )
