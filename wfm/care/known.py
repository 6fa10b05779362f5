"""Schedules that are known, and the least that keeping some promises is known to cost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from wfm.care.values import Standing
from wfm.judge.report import Costs, Report
from wfm.judge.structure import RULE as STRUCTURE
from wfm.judge.verify import verify
from wfm.problem import Problem
from wfm.schedule import Schedule

Places = frozenset[int]
NOTHING: Places = frozenset()


@dataclass(frozen=True, eq=False)
class Known:
    """A schedule, judged once for any choice of promises.

    Attributes
    ----------
    problem : Problem
        With all promises.
    schedule : Schedule
        The schedule.
    report : Report
        What the judge says of it.
    owed : ndarray, shape (rules,)
        What the breaches of each rule cost; infinite where a hard rule is broken.
    sound : bool
        Whether it is made of the problem's shifts at all.
    """

    problem: Problem
    schedule: Schedule
    report: Report
    owed: NDArray[np.float64]
    sound: bool

    @classmethod
    def of(cls, problem: Problem, schedule: Schedule) -> Known:
        """Judge a schedule."""
        report = verify(problem, schedule)
        owed = np.zeros(len(problem.rules))
        for place, rule in enumerate(problem.rules):
            for found in rule.violations(problem, schedule):
                if rule.weight is not None:
                    owed[place] += rule.weight * found.amount
                elif not rule.informative:
                    owed[place] = np.inf
        sound = not any(found.rule == STRUCTURE for found in report.violations)
        return cls(problem, schedule, report, owed, sound)

    @cached_property
    def _paid(self) -> float:
        costs = self.report.costs
        return costs.wages + costs.premiums + costs.service

    def cost(self, dropped: Places = NOTHING) -> float:
        """What it costs without some promises; infinite if it breaks a hard rule that is left."""
        return self._paid + self._owed(dropped) if self.sound else np.inf

    def _owed(self, dropped: Places) -> float:
        kept = np.ones(len(self.owed), dtype=bool)
        kept[list(dropped)] = False
        return float(self.owed[kept].sum())

    def standing(self, dropped: Places, bound: float) -> Standing:
        """How it stands without some promises."""
        costs = self.report.costs
        return Standing(
            costs=Costs(
                wages=costs.wages,
                premiums=costs.premiums,
                service=costs.service,
                rules=self._owed(dropped),
            ),
            bound=min(bound, self.cost(dropped)),
            answers=answers(self.report, self.problem),
            levels=levels(self.report, self.problem),
        )


class Pool:
    """What is known of a problem: schedules, and bounds without some of its promises."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._known: list[Known] = []
        self._bounds: dict[Places, float] = {}

    def add(self, schedule: Schedule | None) -> None:
        """Take in a schedule."""
        if schedule is not None:
            self._known.append(Known.of(self.problem, schedule))

    def prove(self, dropped: Iterable[int], bound: float | None) -> None:
        """Take in a bound of the problem without some promises."""
        places = frozenset(dropped)
        self._bounds[places] = max(self._bounds.get(places, 0.0), bound or 0.0)

    def best(self, dropped: Iterable[int] = ()) -> Known | None:
        """The cheapest that keeps what is left; None if none does."""
        places = frozenset(dropped)
        found = min(self._known, key=lambda known: known.cost(places), default=None)
        return found if found is not None and np.isfinite(found.cost(places)) else None

    def standing(self, dropped: Iterable[int] = ()) -> Standing:
        """How the cheapest stands, with what is proven: nothing costs less without more."""
        places = frozenset(dropped)
        best = self.best(places)
        assert best is not None, "the schedule with all promises keeps fewer of them too"
        proven = (bound for gone, bound in self._bounds.items() if gone >= places)
        return best.standing(places, max(proven, default=0.0))


def answers(report: Report, problem: Problem) -> dict[str, float]:
    """Contacts of each queue that are answered in time over the horizon, by the formulas."""
    days = [row for row in report.service if row.kind == "day"]
    queues = (queue.id for queue in problem.demand.queues)
    return {q: sum((row.in_time for row in days if row.queue == q), 0.0) for q in queues}


def levels(report: Report, problem: Problem) -> dict[str, float | None]:
    """Share of each queue's contacts that are answered in time."""
    offered = {queue.id: 0.0 for queue in problem.demand.queues}
    for row in report.service:
        if row.kind == "day":
            offered[row.queue] += row.offered
    done = answers(report, problem)
    return {queue: done[queue] / many if many else None for queue, many in offered.items()}
