"""What goes from round to round of a calibration."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from wfm.calibration.aims import Aim, aims_of, simulated_levels, slot_levels
from wfm.calibration.correction import Correction, Findings
from wfm.calibration.history import History
from wfm.calibration.judging import settled
from wfm.calibration.touches import Touches
from wfm.calibration.values import Calibration, CalibrationRound
from wfm.calibration.worth import with_worth
from wfm.judge.report import Report
from wfm.judge.verify import verify
from wfm.problem import Problem
from wfm.result import Result
from wfm.rules.published import Published
from wfm.schedule import Schedule
from wfm.simulation import Assumptions, Outcome, simulate
from wfm.solver.solve import solve

CHANGE = 0.1
"""Price of a shift that changes from round to round, in mean hourly wages."""
FREELY = 2
"""Rounds in which shifts change freely: the one by formula, and the first that corrects it."""
AGREEING = 4
"""Times that curves are fitted to a schedule."""


class Loop:
    """What goes from round to round.

    Attributes
    ----------
    history : History
        The rounds so far.
    planned : Problem
        With the curves of the next search.
    schedule : Schedule or None
        Where that begins.
    """

    def __init__(
        self,
        problem: Problem,
        tolerance: float,
        replications: int,
        seed: int,
        assumptions: Assumptions | None,
    ) -> None:
        self.problem, self.planned, self.seed = problem, problem, seed
        self.history = History(problem, tolerance)
        self.schedule: Schedule | None = None
        self._simulated = partial(
            simulate, problem, replications=replications, seed=seed, assumptions=assumptions
        )
        self._correction: Correction | None = None
        self._aims: list[Aim] = []
        self._findings = Findings(np.zeros(0), [], np.zeros(0), np.zeros(0))
        self._done: set[int] = set()
        self._exhausted = False

    def over(self, rounds: int) -> bool:
        """Whether there are no more rounds, or nothing is left for them to do."""
        made = self.history.rounds
        return len(made) >= rounds or bool(made and self.history.over)

    @property
    def touches(self) -> bool:
        """Whether the next round touches the schedule in hand up."""
        return len(self.history.rounds) >= FREELY and not self._exhausted

    def solve(self, seconds: float | None, work: int | None) -> Result:
        """Search by corrected curves; after the first rounds a change of shifts has a price."""
        if self.history.rounds:
            self._correct()
        self._exhausted, asked = False, self.planned
        if self.schedule is not None and len(self.history.rounds) >= FREELY:
            asked = asked.with_rules(_steadiness(asked, self.schedule))
        return solve(asked, seconds=seconds, work=work, seed=self.seed, start_from=self.schedule)

    def add(self, schedule: Schedule) -> CalibrationRound:
        """Simulate a schedule that the search has found, as the next round."""
        outcome, report = self._simulated(schedule), verify(self.planned, schedule)
        self._aims, self.schedule = aims_of(outcome), schedule
        self._learnt(report, outcome)
        return self._put_down(self.history.add(self.planned, schedule, report, outcome, self._aims))

    def touch(
        self, seconds: float | None, interrupted: Callable[[], bool]
    ) -> CalibrationRound | None:
        """Touch the schedule in hand up, as a round of its own if that brings something."""

        def levels_of(schedule: Schedule) -> list[float]:
            found = simulated_levels(self._simulated(schedule), self._aims)
            return [level.value for level in found]

        assert self.schedule is not None
        seed = self.seed + len(self.history.rounds)
        touches = Touches(
            self.planned, self.schedule, self._aims, self.history.tolerance, levels_of, seed
        )
        touched = touches.run(seconds, interrupted)
        report = verify(self.planned, touched)
        self._exhausted = touches.exhausted
        if report.hard or set(touched.shifts) == set(self.schedule.shifts):
            self._exhausted = True
            return None
        self.schedule, outcome = touched, self._simulated(touched)
        report = self._agree(report, outcome)
        return self._put_down(
            self.history.add(
                self.planned,
                touched,
                report,
                outcome,
                self._aims,
                touched_up=True,
                exhausted=self._exhausted,
            )
        )

    def _put_down(self, found: CalibrationRound) -> CalibrationRound:
        """Remember which periods of a round ask for no other schedule."""
        self._done = {number for number, each in enumerate(found.queues) if settled(each)}
        return found

    def without_schedule(self, result: Result) -> Calibration:
        """End since a search found nothing: with an earlier round if there is one."""
        if self.history.rounds:
            return self.end(interrupted=False)
        return self.history.without_schedule(self.planned, result)

    def end(self, *, interrupted: bool) -> Calibration:
        """Keep the best round, with curves that say of it what its simulation said."""
        found = self.history.end(interrupted=interrupted)
        assert found.schedule is not None
        self.planned, self.schedule = found.problem, found.schedule
        report = verify(self.planned, self.schedule)
        self._agree(report, self._simulated(self.schedule))
        return found.model_copy(update={"problem": self.planned})

    def _agree(self, report: Report, outcome: Outcome) -> Report:
        """Let the curves say of the schedule in hand what its simulation says.

        Other curves divide people of several skills otherwise, for which it takes a few times.
        """
        assert self.schedule is not None
        for _ in range(AGREEING):
            self._learnt(report, outcome)
            self._corrected.agree(self._findings)
            self._plan()
            report = verify(self.planned, self.schedule)
        return report

    def _learnt(self, report: Report, outcome: Outcome) -> None:
        """Keep what judge and simulation say of the schedule in hand."""
        heads = np.array([queue.heads for queue in report.queues])
        levels = [level.value for level in simulated_levels(outcome, self._aims)]
        self._findings = Findings(heads, levels, *slot_levels(outcome))

    def _correct(self) -> None:
        """Correct the curves by what the schedule in hand came to."""
        self._corrected.learn(self._findings, self._done)
        self._plan()

    @property
    def _corrected(self) -> Correction:
        self._correction = self._correction or Correction(self.problem.demand, self._aims)
        return self._correction

    def _plan(self) -> None:
        """Take the curves as they are corrected."""
        demand = with_worth(self.problem.demand, self._corrected.worth)
        self.planned = self.problem.model_copy(update={"demand": demand})


def _steadiness(problem: Problem, schedule: Schedule) -> Published:
    """A small price for each shift that is other than before.

    Plans of equal cost can be far apart, and differ in what no curve tells: which skills meet.
    """
    hour = sum(problem.contract_of(agent.id).hourly_cost for agent in problem.agents)
    return Published.of(
        problem,
        schedule,
        on=problem.horizon.start,
        notice=((problem.horizon.days, 1),),
        weight=CHANGE * hour / len(problem.agents),
    )
