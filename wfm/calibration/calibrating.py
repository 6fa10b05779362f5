"""Solve, simulate, correct, and again, until the service that is promised comes out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from wfm.calibration.aims import Aim, aims_of, simulated_levels, slot_levels
from wfm.calibration.correction import Correction, Findings
from wfm.calibration.history import History
from wfm.calibration.judging import check_loop, settled
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
from wfm.solver.interrupts import heeding_interrupts
from wfm.solver.solve import solve

CHANGE = 0.1
"""Price of a shift that changes from round to round, in mean hourly wages."""
AGREEING = 4
"""Times that curves are fitted to a schedule that was touched up."""
FREELY = 2
"""Rounds in which shifts change freely: the one by formula, and the first that corrects it."""


def calibrate(
    problem: Problem,
    *,
    rounds: int = 6,
    tolerance: float = 0.01,
    seconds: float | None = None,
    work: int | None = None,
    seed: int = 1,
    replications: int = 50,
    assumptions: Assumptions | None = None,
    start_from: Schedule | None = None,
    on_round: Callable[[CalibrationRound], object] | None = None,
) -> Calibration:
    """Find a schedule whose simulated service is what each queue promises, at least cost.

    A schedule is solved for and simulated. Where a queue's period comes out otherwise than planned,
    its service curves are stretched along the agents, as if each were worth more or less than the
    formula takes them for, interval by interval as far as the simulation tells; then the search
    goes on from that schedule. What is still off in the second round is touched up shift by shift,
    each change tried by simulation, which is a round of its own; and so in every other one from
    there on. Every round is simulated on the same contacts.

    Parameters
    ----------
    problem : Problem
        What to schedule.
    rounds : int
        Most schedules to make, from 1.
    tolerance : float
        Distance between the simulated level and the target that passes, as a share of 1.
    seconds, work
        Limits of each round's search, as for :func:`wfm.solve`. Rounds that touch up end after
        these seconds at the latest; with `work`, by the number of changes alone.
    seed : int
        Of every search and of the simulations; with `work` the same each time.
    replications : int
        How often each schedule is simulated, from 2.
    assumptions : Assumptions, optional
        What the simulation takes for granted.
    start_from : Schedule, optional
        Where the first search begins.
    on_round : callable, optional
        Called with each :class:`CalibrationRound`.

    Returns
    -------
    Calibration
        With status ``"met"``, or why not in sentences. Ctrl-C ends the loop with the round in hand.

    Raises
    ------
    InputError
        If an argument is out of bounds, or as :func:`wfm.solve` and :func:`wfm.simulate` do.

    Notes
    -----
    Levels by formula, corrected by simulation between solves: Atlason, Epelman and Henderson
    (2004), "Call center staffing with simulation and cutting plane methods"; Cezik and L'Ecuyer
    (2008), "Staffing multiskill call centers via linear programming and simulation". They add a
    cut for each simulation; here the curves themselves move, so the search needs no other rows.
    From the third round on a shift that changes has a small price in the search.
    """
    check_loop("calibrate", rounds, tolerance, replications, seed)
    loop = _Loop(problem, tolerance, replications, seed, assumptions)
    loop.schedule = start_from
    with heeding_interrupts() as interrupted:
        while not loop.over(rounds):
            result = loop.solve(seconds, work)
            if result.schedule is None:
                return loop.history.without_schedule(loop.planned, result)
            done = [loop.add(result.schedule)]
            if loop.touches_up(rounds) and not interrupted():
                done += loop.touch(seconds, interrupted)
            if on_round is not None:
                for each in done:
                    on_round(each)
            if interrupted():
                break
            loop.correct()
    return loop.history.end(interrupted=interrupted())


class _Loop:
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
        self._findings: Findings | None = None
        self._done: set[int] = set()

    def over(self, rounds: int) -> bool:
        """Whether there are no more rounds, or nothing is left for them to do."""
        made = self.history.rounds
        return len(made) >= rounds or bool(made and self.history.over)

    def touches_up(self, rounds: int) -> bool:
        """Whether the round that was made last is to be touched up."""
        return len(self.history.rounds) >= FREELY and not self.over(rounds)

    def solve(self, seconds: float | None, work: int | None) -> Result:
        """Search with the curves in hand; after the first rounds a change of shifts has a price."""
        asked = self.planned
        if self.schedule is not None and len(self.history.rounds) >= FREELY:
            asked = asked.with_rules(_steadiness(asked, self.schedule))
        return solve(asked, seconds=seconds, work=work, seed=self.seed, start_from=self.schedule)

    def add(self, schedule: Schedule) -> CalibrationRound:
        """Simulate a schedule that the search has found, as the next round."""
        outcome, report = self._simulated(schedule), verify(self.planned, schedule)
        self._aims = aims_of(outcome)
        found = self.history.add(self.planned, schedule, report, outcome, self._aims)
        self.schedule = schedule
        self._findings = _findings(report, [each.simulated for each in found.queues], outcome)
        self._done = {number for number, each in enumerate(found.queues) if settled(each)}
        return found

    def touch(
        self, seconds: float | None, interrupted: Callable[[], bool]
    ) -> list[CalibrationRound]:
        """Touch the last schedule up, as a round of its own if that brings something."""

        def levels_of(schedule: Schedule) -> list[float]:
            found = simulated_levels(self._simulated(schedule), self._aims)
            return [level.value for level in found]

        assert self.schedule is not None
        touches = Touches(
            self.planned, self.schedule, self._aims, self.history.tolerance, levels_of, self.seed
        )
        touched = touches.run(seconds, interrupted)
        report = verify(self.planned, touched)
        if report.hard or set(touched.shifts) == set(self.schedule.shifts):
            return []
        self.schedule, outcome = touched, self._simulated(touched)
        report = self._agree(report, outcome)
        return [
            self.history.add(
                self.planned, touched, report, outcome, self._aims, exhausted=touches.exhausted
            )
        ]

    def _agree(self, report: Report, outcome: Outcome) -> Report:
        """Let the curves say of the schedule in hand what its simulation said.

        Other curves divide people of several skills otherwise, for which it takes a few times.
        """
        assert self.schedule is not None
        assert self._correction is not None
        levels = [level.value for level in simulated_levels(outcome, self._aims)]
        for _ in range(AGREEING):
            self._correction.agree(_findings(report, levels, outcome))
            self._plan()
            report = verify(self.planned, self.schedule)
        return report

    def correct(self) -> None:
        """Correct the curves by what the search's last schedule came to."""
        assert self._findings is not None
        self._correction = self._correction or Correction(self.problem.demand, self._aims)
        self._correction.learn(self._findings, self._done)
        self._plan()

    def _plan(self) -> None:
        """Take the curves as they are corrected."""
        assert self._correction is not None
        demand = with_worth(self.problem.demand, self._correction.worth)
        self.planned = self.problem.model_copy(update={"demand": demand})


def _findings(report: Report, levels: list[float], outcome: Outcome) -> Findings:
    slots, half_widths = slot_levels(outcome)
    heads = np.array([queue.heads for queue in report.queues])
    return Findings(heads, levels, slots, half_widths)


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
