"""What could be had for more or less pay: schedules for several weightings of service and care."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from wfm.care.known import Known, levels
from wfm.care.point import Frontier, FrontierPoint, sorted_points
from wfm.care.wishes import wishes_kept
from wfm.errors import InputError
from wfm.problem import Problem
from wfm.result import Result
from wfm.rule import Rule
from wfm.schedule import Schedule
from wfm.solver.interrupts import given_up_by_interrupts
from wfm.solver.solve import check_limits, solve
from wfm.solver.solve_all import solve_all

Weighting = tuple[float, float]
WEIGHTINGS: tuple[Weighting, ...] = (
    (1.0, 1.0),
    (0.25, 1.0),
    (0.5, 1.0),
    (2.0, 1.0),
    (4.0, 1.0),
    (1.0, 0.0),
    (1.0, 0.25),
    (1.0, 4.0),
)
"""Factors on the prices of lost service, and on the weights of promises."""


def frontier(
    problem: Problem,
    *,
    weightings: Sequence[Weighting] = WEIGHTINGS,
    start_from: Schedule | Result | None = None,
    seconds: float | None = None,
    work: int | None = None,
    seed: int = 1,
    jobs: int | None = None,
) -> Frontier:
    """Tell what could be had: schedules with more or less pay, service and wishes kept.

    The problem is solved at its own prices, and from there anew for each weighting, which
    multiplies what lost service costs and what promises to people weigh; hard rules stay. For each
    weighting the cheapest of all schedules that were found is taken, so that one point is better
    than another where it was asked to be. What comes twice is told once. Each point is judged by
    :func:`wfm.verify` at the problem's own prices, and keeps every hard rule.

    The points lie on the convex hull of what was found; between them there may be others, and
    longer searches may find better ones.

    Parameters
    ----------
    problem : Problem
        What to schedule.
    weightings : sequence of (float, float)
        Factors on the prices of lost service, above 0, and on the weights of promises, rules with a
        price to families or of wishes, from 0 on.
    start_from : Schedule or Result, optional
        From which the first solve goes on.
    seconds : float, optional
        Time limit of each solve, of which there is one more than weightings; 60 if there is none of
        work either.
    work : int, optional
        Limit of the tours to find in each, with which the same seed gives the same points.
    seed : int
        Of everything random.
    jobs : int, optional
        Solves at a time, as in :func:`wfm.solve_all`.

    Returns
    -------
    Frontier
        The points by pay; those that another one dominates are marked.

    Raises
    ------
    InputError
        If an argument cannot be used, or no schedule keeps the hard rules.
    """
    check_limits("frontier", seconds, work)
    weighted = [_weighted(problem, service, wishes) for service, wishes in _checked(weightings)]
    known = start_from.schedule if isinstance(start_from, Result) else start_from
    limits = {"seconds": seconds, "work": work, "seed": seed}
    with given_up_by_interrupts():
        first = solve(problem, start_from=known, **limits)  # type: ignore[arg-type]
    if first.schedule is None:
        raise InputError("frontier: problem", "have a schedule that keeps its rules", first.status)
    starts = [first.schedule] * len(weighted)
    found = solve_all(weighted, start_from=starts, jobs=jobs, **limits)  # type: ignore[arg-type]
    schedules = [known, first.schedule, *(result.schedule for result in found)]
    pool = [Known.of(problem, schedule) for schedule in schedules if schedule is not None]
    return Frontier(points=sorted_points(list(_points(problem, pool, weightings))))


def _checked(weightings: Sequence[Weighting]) -> Sequence[Weighting]:
    if not len(weightings):
        raise InputError("frontier: weightings", "be at least one")
    for number, (service, wishes) in enumerate(weightings):
        if not (0 < service < np.inf and 0 <= wishes < np.inf):
            must = "be two factors, the first above 0 and the second from 0 on"
            raise InputError(f"frontier: weightings[{number}]", must, (service, wishes))
    return weightings


def _weighted(problem: Problem, service: float, wishes: float) -> Problem:
    """The problem with other prices of service and of promises."""
    queues = []
    for queue in problem.demand.queues:
        target = queue.target
        dearer = {"price": target.price * service, "floor_price": target.floor_price * service}
        queues.append(queue.model_copy(update={"target": target.model_copy(update=dearer)}))
    rules: list[Rule] = []
    for rule in problem.rules:
        if not is_care(rule):
            rules.append(rule)
        elif wishes and rule.weight is not None:
            rules.append(rule.model_copy(update={"weight": rule.weight * wishes}))
    demand = problem.demand.model_copy(update={"queues": tuple(queues)})
    return problem.model_copy(update={"demand": demand, "rules": tuple(rules)})


def is_care(rule: Rule) -> bool:
    """Whether a rule with a price is a promise to people, and none of work."""
    return rule.weight is not None and rule.kind != "work"


def _points(
    problem: Problem, pool: Sequence[Known], weightings: Sequence[Weighting]
) -> Iterator[FrontierPoint]:
    """For each weighting the cheapest that is known; each schedule once."""
    care = np.array([is_care(rule) for rule in problem.rules], dtype=bool)
    taken = []
    for service, wishes in weightings:

        def cost(known: Known, service: float = service, wishes: float = wishes) -> float:
            if not np.isfinite(known.cost()):
                return np.inf
            costs, owed = known.report.costs, known.owed
            paid = costs.wages + costs.premiums + service * costs.service
            return float(paid + owed[~care].sum() + wishes * owed[care].sum())

        best = min(pool, key=cost)
        if best.schedule not in taken:
            taken.append(best.schedule)
            yield _point(best, service, wishes)


def _point(known: Known, service: float, wishes: float) -> FrontierPoint:
    report, problem = known.report, known.problem
    days = [row for row in report.service if row.kind == "day"]
    offered = sum(row.offered for row in days)
    return FrontierPoint(
        service_weight=service,
        wish_weight=wishes,
        schedule=known.schedule,
        costs=report.costs,
        level=sum(row.in_time for row in days) / offered if offered else None,
        levels=levels(report, problem),
        wishes=wishes_kept(problem, report.violations).share,
    )
