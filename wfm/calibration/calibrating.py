"""Solve, simulate, correct, and again, until the service that is promised comes out."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from wfm.calibration.aims import aims_of, slot_levels
from wfm.calibration.correction import Correction, Findings
from wfm.calibration.history import History
from wfm.calibration.judging import check_loop, settled
from wfm.calibration.values import Calibration, CalibrationRound
from wfm.calibration.worth import with_worth
from wfm.judge.report import Report
from wfm.judge.verify import verify
from wfm.problem import Problem
from wfm.rules.published import Published
from wfm.schedule import Schedule
from wfm.simulation import Assumptions, Outcome, simulate
from wfm.solver.interrupts import heeding_interrupts
from wfm.solver.solve import solve

CHANGE = 0.1
"""Price of a shift that changes from round to round, in mean hourly wages."""
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
    goes on from that schedule. Every round is simulated on the same contacts.

    Parameters
    ----------
    problem : Problem
        What to schedule.
    rounds : int
        Most schedules to make, from 1.
    tolerance : float
        Distance between the simulated level and the target that passes, as a share of 1.
    seconds, work
        Limits of each round's search, as for :func:`wfm.solve`.
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
    history = History(problem, tolerance)
    correction: Correction | None = None
    planned, schedule = problem, start_from
    with heeding_interrupts() as interrupted:
        while len(history.rounds) < rounds:
            asked = planned
            if schedule is not None and len(history.rounds) >= FREELY:
                asked = planned.with_rules(_steadiness(planned, schedule))
            result = solve(asked, seconds=seconds, work=work, seed=seed, start_from=schedule)
            if result.schedule is None:
                return history.without_schedule(planned, result)
            schedule = result.schedule
            outcome = simulate(
                problem, schedule, replications=replications, seed=seed, assumptions=assumptions
            )
            report, aims = verify(planned, schedule), aims_of(outcome)
            found = history.add(planned, schedule, report, outcome, aims)
            if on_round is not None:
                on_round(found)
            if history.over or interrupted():
                break
            correction = correction or Correction(problem.demand, aims)
            done = {number for number, each in enumerate(found.queues) if settled(each)}
            correction.learn(_findings(report, found, outcome), done)
            demand = with_worth(problem.demand, correction.worth)
            planned = problem.model_copy(update={"demand": demand})
    return history.end(interrupted=interrupted())


def _findings(report: Report, found: CalibrationRound, outcome: Outcome) -> Findings:
    slots, half_widths = slot_levels(outcome)
    heads = np.array([queue.heads for queue in report.queues])
    return Findings(heads, [each.simulated for each in found.queues], slots, half_widths)


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
