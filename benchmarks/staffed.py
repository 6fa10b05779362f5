"""A queue's demand and heads in each slot, as people with shifts that can be simulated."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from wfm.agent import Agent, Contract, Skill
from wfm.demand import Demand
from wfm.problem import Problem
from wfm.schedule import Schedule, Shift
from wfm.shift import ShiftTemplate

Floats = NDArray[np.float64]


def rounded(agents: Floats) -> Floats:
    """Round so that the running sum stays true, which keeps the whole's service where it was."""
    return np.diff(np.round(np.cumsum(agents)), prepend=0.0)


def staffed(demand: Demand, heads: Floats) -> tuple[Problem, Schedule]:
    """As many agents in each slot as `heads` says, shape ``(slots,)``, who do all queues.

    The first agent is there whenever anybody is, the second whenever two are, and so on.
    """
    names = [f"agent {number:04}" for number in range(1, int(heads.max(initial=0)) + 1)]
    skills = [Skill(id=queue.id, queues=(queue.id,)) for queue in demand.queues]
    everything = tuple(skill.id for skill in skills)
    problem = Problem(
        demand=demand,
        agents=[Agent(id=name, contract="all", skills=everything) for name in names],
        contracts=[Contract(id="all")],
        skills=skills,
        shifts=[ShiftTemplate(id="any", start="00:00", lengths=(480,))],
    )
    shifts = [
        shift
        for number, name in enumerate(names, start=1)
        for shift in _shifts(demand, name, heads >= number)
    ]
    return problem, Schedule.of_shifts(shifts)


def _shifts(demand: Demand, agent: str, there: NDArray[np.bool_]) -> Iterator[Shift]:
    """A shift for each stretch of slots in which an agent is there."""
    width = demand.horizon.interval
    edges = np.flatnonzero(np.diff(there.astype(np.int8), prepend=0, append=0)) * width
    for start, end in edges.reshape(-1, 2).tolist():
        day = demand.horizon.day_of(start)
        yield Shift(agent=agent, day=day, template="any", start=start, end=end)
