"""The rounds of a calibration so far, and what they come to."""

from __future__ import annotations

from dataclasses import dataclass, field

from wfm.calibration.aims import Aim, simulated_levels
from wfm.calibration.judging import best, followed, hopeless, settled, standing, unmoved
from wfm.calibration.text import missed
from wfm.calibration.values import Calibration, CalibrationRound, QueueRound, Status
from wfm.judge.report import Report
from wfm.problem import Problem
from wfm.result import Result
from wfm.schedule import Schedule
from wfm.simulation import Outcome


@dataclass(frozen=True, eq=False)
class History:
    """Rounds, each with its schedule and the problem that it was found for.

    Parameters
    ----------
    problem : Problem
        As it was given.
    tolerance : float
        Distance from a target that passes.
    """

    problem: Problem
    tolerance: float
    rounds: list[CalibrationRound] = field(default_factory=list)
    made: list[tuple[Problem, Schedule]] = field(default_factory=list)

    def add(
        self,
        planned: Problem,
        schedule: Schedule,
        report: Report,
        outcome: Outcome,
        aims: list[Aim],
        *,
        touched_up: bool = False,
        exhausted: bool = False,
    ) -> CalibrationRound:
        """Put down a round, by what the judge and the simulation say of its schedule.

        The plan of one that was touched up follows the simulation; it is exhausted if no change
        that was tried would be better.
        """
        periods = tuple(self._periods(report, outcome, aims))
        if touched_up:
            periods = followed(periods, exhausted=exhausted)
        elif self.made and set(self.made[-1][1].shifts) == set(schedule.shifts):
            periods = unmoved(periods)
        costs = report.costs
        found = CalibrationRound(
            number=len(self.rounds) + 1,
            cost=costs.wages + costs.premiums + costs.rules,
            hours=sum(report.paid_hours.values()),
            queues=periods,
        )
        self.rounds.append(found)
        self.made.append((planned, schedule))
        return found

    def _periods(self, report: Report, outcome: Outcome, aims: list[Aim]) -> list[QueueRound]:
        queues = self.problem.demand.queues
        planned = {
            (row.queue, row.period): row.planned or 0.0
            for row in report.service
            if row.target is not None
        }
        found = []
        for aim, level in zip(aims, simulated_levels(outcome, aims), strict=True):
            queue = queues[aim.row].id
            plan = planned[queue, aim.period]
            found.append(
                QueueRound(
                    queue=queue,
                    period=aim.period,
                    target=aim.target,
                    planned=plan,
                    simulated=level.value,
                    low=level.low,
                    high=level.high,
                    standing=standing(aim.target, plan, level.value, self.tolerance),
                )
            )
        return found

    @property
    def over(self) -> bool:
        """Whether nothing is left to correct, or no correction helps."""
        return all(map(settled, self.rounds[-1].queues)) or bool(self._lost)

    @property
    def _lost(self) -> list[QueueRound]:
        return hopeless(self.rounds, self.tolerance)

    def end(self, *, interrupted: bool) -> Calibration:
        """Keep the best round, and say what it lacks."""
        kept = best(self.rounds, self.tolerance)
        problem, schedule = self.made[kept.number - 1]
        lost = {(each.queue, each.period) for each in self._lost}
        status: Status = "interrupted" if interrupted else "rounds exhausted"
        open_ = "the loop was interrupted" if interrupted else "the rounds are used up"
        reasons = []
        for each in kept.queues:
            if (each.queue, each.period) in lost:
                status = "cannot be met"
                reasons.append(missed(each, self._why_lost(each)))
            elif not settled(each):
                reasons.append(missed(each, open_))
        return Calibration(
            status=status if reasons else "met",
            reasons=tuple(reasons),
            schedule=schedule,
            problem=problem,
            kept=kept.number,
            rounds=tuple(self.rounds),
        )

    def _why_lost(self, period: QueueRound) -> str:
        """Say what holds a plan below its target."""
        prices = {queue.id: queue.target.price for queue in self.problem.demand.queues}
        return (
            f"the plan itself has {period.planned:.1%}, since the agents, the rules and the price "
            f"of {prices[period.queue]:g} for a contact that is missing allow no more"
        )

    def without_schedule(self, planned: Problem, result: Result) -> Calibration:
        """End since the first search found nothing."""
        return Calibration(
            status="no schedule",
            reasons=result.conflict or ("the search was too short for a first schedule",),
            problem=planned,
            kept=0,
            rounds=(),
        )
