"""Solve, simulate, correct, and again, until the service that is promised comes out."""

from __future__ import annotations

from collections.abc import Callable

from wfm.calibration.judging import check_loop
from wfm.calibration.loop import Loop
from wfm.calibration.values import Calibration, CalibrationRound
from wfm.problem import Problem
from wfm.schedule import Schedule
from wfm.simulation import Assumptions
from wfm.solver.interrupts import heeding_interrupts


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
    goes on from that schedule. After two such rounds the schedule is touched up shift by shift,
    each change tried by simulation, some hundreds in a round; where nothing that is tried helps any
    more the search goes on from there. Every round is simulated on the same contacts.

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
    After the second round a shift that changes has a small price in the search.
    """
    check_loop("calibrate", rounds, tolerance, replications, seed)
    loop = Loop(problem, tolerance, replications, seed, assumptions)
    loop.schedule = start_from
    with heeding_interrupts() as interrupted:
        while not loop.over(rounds):
            if loop.touches:
                found = loop.touch(seconds, interrupted)
            else:
                result = loop.solve(seconds, work)
                if result.schedule is None:
                    return loop.without_schedule(result)
                found = loop.add(result.schedule)
            if found is not None and on_round is not None:
                on_round(found)
            if interrupted():
                break
    return loop.end(interrupted=interrupted())
