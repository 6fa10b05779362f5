"""What a rule's limits say of a schedule, by counting cells and no solver."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from wfm.contract.cases import rules_of
from wfm.limit import Cells
from wfm.problem import Problem
from wfm.rule import Rule
from wfm.schedule import Schedule


def stated_breach(problem: Problem, rule: Rule, schedule: Schedule) -> int:
    """Amount by which a schedule breaks a rule's limits, by counting cells and no solver.

    Limits with the same slack name share one breach, the largest; the others count alone.
    """
    counts = _counts(problem, schedule)
    alone = 0
    shared: dict[tuple[tuple[str, ...], str], int] = {}
    for limit in rule.limits(problem.grid):
        for group in limit.groups:
            total = _count(counts, group, limit.cells)
            for some in limit.any_of:
                total += some.factor * (_count(counts, group, some.cells) > some.over)
            over = max(0, total - limit.most)
            if limit.slack:
                shared[group, limit.slack] = max(over, shared.get((group, limit.slack), 0))
            else:
                alone += over
    return alone + sum(shared.values())


def stated_amount(problem: Problem, schedule: Schedule, rule: type[Rule]) -> int:
    """Amount by which a schedule breaks the limits of the rules of a class."""
    return sum(stated_breach(problem, one, schedule) for one in rules_of(problem, rule))


def _counts(problem: Problem, schedule: Schedule) -> dict[str, NDArray[np.int64]]:
    shape = (problem.horizon.days, len(problem.options))
    counts: dict[str, NDArray[np.int64]] = defaultdict(lambda: np.zeros(shape, dtype=np.int64))
    for shift in schedule.shifts:
        option = problem.options.find(shift.template, shift.day, shift.start, shift.end)
        if option is None:
            when = problem.horizon.label(shift.start)
            raise AssertionError(f"The shift of {shift.agent!r} at {when} is none of the options.")
        counts[shift.agent][shift.day, option] += 1
    return counts


def _count(
    counts: dict[str, NDArray[np.int64]], group: tuple[str, ...], roles: tuple[Cells, ...]
) -> int:
    total = 0
    for agent, cells in zip(group, roles, strict=True):
        worked = counts[agent][cells.day : cells.day + len(cells.grid)]
        total += int((worked * cells.grid).sum())
    return total
