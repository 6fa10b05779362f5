"""The independent judge of schedules, which knows nothing of how they were made."""

from __future__ import annotations

from collections.abc import Sequence

from wfm.errors import InputError
from wfm.judge.allocation import divide
from wfm.judge.cost import premiums, wages
from wfm.judge.kpi import coverage, heads_by_group, service
from wfm.judge.report import Costs, Report
from wfm.judge.structure import check_structure
from wfm.problem import Problem
from wfm.rule import Rule, Violation
from wfm.schedule import Schedule


def verify(problem: Problem, schedule: Schedule) -> Report:
    """Judge a schedule: its structure, every rule, its costs and its service.

    Everything is recomputed from the schedule and the problem alone. Agents of several queues are
    divided over them at the least cost of lost service, each counted once. Shifts that cannot be
    read (of an unknown agent or template, or not on their day) are reported, and left out of all
    else.

    Parameters
    ----------
    problem : Problem
        What the schedule was made for.
    schedule : Schedule
        The shifts to judge.

    Raises
    ------
    InputError
        If it is not given a problem and a schedule.

    Returns
    -------
    Report
        Violations, costs in money, service by queue and period, coverage by queue.
    """
    if not isinstance(problem, Problem):
        raise InputError("verify: problem", "be a Problem", type(problem).__name__)
    if not isinstance(schedule, Schedule):
        raise InputError("verify: schedule", "be a Schedule", type(schedule).__name__)
    readable, faults = check_structure(problem, schedule)
    found = [(rule, tuple(rule.judged(problem, readable))) for rule in problem.rules]
    violations = [*faults, *(violation for _, broken in found for violation in broken)]
    serves, supply = heads_by_group(problem, readable)
    division = divide(problem.demand, serves, supply)
    return Report(
        violations=tuple(violations),
        costs=Costs(
            wages=wages(problem, readable),
            premiums=premiums(problem, readable),
            service=division.cost,
            rules=sum((v.weight * v.amount for v in violations if v.weight is not None), 0.0),
        ),
        service=tuple(service(problem.demand, division)),
        queues=tuple(coverage(problem.demand, division)),
        paid_hours=_paid_hours(problem, readable),
        **_promised(found),
    )


def _promised(found: Sequence[tuple[Rule, tuple[Violation, ...]]]) -> dict[str, int]:
    """Count requests and family promises, and those of each without a violation."""
    counts: dict[str, int] = {}
    for field, kind in (("requests", "wish"), ("promises", "family")):
        broken = [bool(violations) for rule, violations in found if rule.kind == kind]
        counts |= {field: len(broken), f"{field}_kept": broken.count(False)}
    return counts


def _paid_hours(problem: Problem, schedule: Schedule) -> dict[str, float]:
    return {
        agent.id: sum(shift.paid_minutes for shift in schedule.of(agent.id)) / 60
        for agent in problem.agents
    }
