"""How many people each queue has, and needs, in each slot."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wfm.errors import InputError
from wfm.judge.allocation import divide
from wfm.judge.kpi import heads_by_group
from wfm.judge.report import Report
from wfm.problem import Problem
from wfm.schedule import Schedule

Floats = NDArray[np.float64]


def heads_of(
    problem: Problem, schedule: Schedule, queue: str | None, report: Report | None
) -> tuple[Floats, Floats]:
    """Return required and scheduled heads of a queue, or of all queues together, each ``(slots,)``.

    Agents of several queues are divided over them as in the report, each counted once; without a
    report the division is made anew.
    """
    queues = [each.id for each in problem.demand.queues]
    if queue is not None and queue not in queues:
        raise InputError("queue", f"be one of {', '.join(queues)}", queue)
    required = problem.demand.required_array.astype(float)
    if report is not None:
        heads = np.array([found.heads for found in report.queues])
    else:
        heads = divide(problem.demand, *heads_by_group(problem, schedule)).heads
    if queue is None:
        return required.sum(axis=0), heads.sum(axis=0)
    row = queues.index(queue)
    return required[row], heads[row]
