"""Numbers of agents as people who come and go, so that they can be simulated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from wfm.agent import Agent, Contract, Skill
from wfm.demand import Demand
from wfm.problem import Problem
from wfm.schedule import Schedule, Shift
from wfm.shift import ShiftTemplate
from wfm.simulation import AgentAssumptions, Assumptions

Ints = NDArray[np.int64]
THERE = "there"


def crew(
    demand: Demand,
    groups: Mapping[str, Sequence[str]],
    ranks: Mapping[str, Mapping[str, int]],
    agents: Ints,
    assumptions: Assumptions,
) -> tuple[Problem, Schedule, Assumptions]:
    """People of each group, of whom the first so many are there in each slot.

    Parameters
    ----------
    demand : Demand
        Queues and contacts.
    groups : mapping of str to sequence of str
        Queues of each group.
    ranks : mapping of str to mapping of str to int
        Rank of each group for its queues.
    agents : ndarray of int, shape (groups, slots)
        How many are there.
    assumptions : Assumptions
        What is taken for granted, but for agents.
    """
    width = demand.horizon.interval
    people, shifts, told = [], [], []
    for (name, queues), there in zip(groups.items(), agents, strict=True):
        names = [f"{name} {number}" for number in range(int(there.max(initial=0)))]
        people += [Agent(id=each, contract=THERE, skills=(name,)) for each in names]
        rank = dict(ranks.get(name, dict.fromkeys(queues, len(queues))))
        told += [AgentAssumptions(agent=each, ranks=rank) for each in names]
        for row, first, last in _stretches(there, len(names)):
            start, end = first * width, last * width
            day = demand.horizon.day_of(start)
            shifts.append(Shift(agent=names[row], day=day, template=THERE, start=start, end=end))
    problem = Problem(
        demand=demand,
        agents=people,
        contracts=[Contract(id=THERE)],
        skills=[Skill(id=name, queues=tuple(queues)) for name, queues in groups.items()],
        shifts=[ShiftTemplate(id=THERE, start="00:00", lengths=(width,))],
    )
    agents_told = assumptions.model_copy(update={"agents": tuple(told)})
    return problem, Schedule.of_shifts(shifts), agents_told


def _stretches(there: Ints, people: int) -> list[tuple[int, int, int]]:
    """Person, first slot, and slot past the last, of each time without a gap."""
    at_work = there[None, :] > np.arange(people)[:, None]
    edges = np.diff(np.pad(at_work.astype(np.int8), ((0, 0), (1, 1))), axis=1)
    rows, first = np.nonzero(edges == 1)
    last = np.nonzero(edges == -1)[1]
    return list(zip(rows.tolist(), first.tolist(), last.tolist(), strict=True))
