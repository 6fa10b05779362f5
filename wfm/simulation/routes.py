"""Groups of agents who answer the same queues in the same way, and the routes to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from wfm.agent import Agent
from wfm.errors import InputError
from wfm.piece import asked
from wfm.problem import Problem
from wfm.schedule import ActivityTime, Schedule
from wfm.simulation.records import ROUTE, Ints, Records
from wfm.simulation.values import AgentAssumptions, Assumptions, QueueAssumptions

Bools = NDArray[np.bool_]
Answers = tuple[tuple[int, int, float], ...]
"""Of a group: the queues that it answers, each with its rank and the seconds to wait before."""


@dataclass(frozen=True, eq=False)
class Routes:
    """Who may answer what; groups are added as the roster is read.

    Parameters
    ----------
    problem : Problem
        Queues, agents and skills.
    assumptions : Assumptions
        Ranks, priorities and overflow.
    """

    problem: Problem
    assumptions: Assumptions
    groups: dict[Answers, int] = field(default_factory=dict)

    def group(self, agent: Agent, serves: Bools) -> int:
        """Group of an agent while some queues, shape ``(queues,)``, are answered."""
        ranks = told_agents(self.assumptions).get(agent.id, AgentAssumptions(agent=agent.id)).ranks
        found = []
        told = told_queues(self.assumptions)
        for row, queue in enumerate(self.problem.demand.queues):
            rank = ranks.get(queue.id, 0)
            if serves[row]:
                found.append((row, rank, 0.0))
            elif queue.id in told:
                delays = [o.after for o in told[queue.id].overflow if o.skill in agent.skills]
                found += [(row, rank, min(delays))] if delays else []
        return self.groups.setdefault(tuple(found), len(self.groups))

    def offers(self) -> tuple[Records, Ints]:
        """Routes from queues to groups, shape ``(queues, groups)``, and how many of each."""
        many = len(self.problem.demand.queues)
        rows: list[list[tuple[int, int, float]]] = [[] for _ in range(many)]
        for answers, group in self.groups.items():
            for queue, rank, delay in answers:
                rows[queue].append((group, rank, delay))
        return _table([sorted(row, key=lambda route: route[1]) for row in rows])

    def picks(self) -> tuple[Records, Ints]:
        """Routes from groups to queues, shape ``(groups, queues)``, and how many of each.

        Live contacts go before deferred ones, then a queue's priority counts, then the rank.
        """
        told, queues = told_queues(self.assumptions), self.problem.demand.queues
        priority = [
            (q.channel == "deferred", told[q.id].priority if q.id in told else 0) for q in queues
        ]
        rows = []
        for answers in self.groups:
            keys = sorted({(priority[queue], rank) for queue, rank, _ in answers})
            places = [(queue, keys.index((priority[queue], r)), d) for queue, r, d in answers]
            rows.append(sorted(places, key=lambda route: route[1]))
        return _table(rows)


def _table(rows: list[list[tuple[int, int, float]]]) -> tuple[Records, Ints]:
    counts = np.array([len(row) for row in rows], dtype=np.int64)
    table = np.zeros((len(rows), max(int(counts.max(initial=0)), 1)), dtype=ROUTE)
    for at, row in enumerate(rows):
        table[at, : len(row)] = row
    return table, counts


def told_queues(assumptions: Assumptions) -> Mapping[str, QueueAssumptions]:
    """What is assumed of queues, by id."""
    return {each.queue: each for each in assumptions.queues}


def told_agents(assumptions: Assumptions) -> Mapping[str, AgentAssumptions]:
    """What is assumed of agents, by id."""
    return {each.agent: each for each in assumptions.agents}


def usual_queues(problem: Problem) -> Bools:
    """Queues that agents answer outside of turns, shape ``(agents, queues)``.

    Whoever has turns on a queue answers it in these alone. Whoever answers a queue that deferred
    work is blended with does that work, too.
    """
    ids = [queue.id for queue in problem.demand.queues]
    usual = problem.serves.copy()
    for rule, piece in asked(problem):
        for agent in () if rule.informative else piece.agents:
            usual[problem.rows[agent], [queue in piece.queues for queue in ids]] = False
    for row, queue in enumerate(problem.demand.queues):
        if queue.blended_with:
            usual[:, row] |= usual[:, [ids.index(other) for other in queue.blended_with]].any(
                axis=1
            )
    return usual


def turn_queues(problem: Problem, agent: str, held: ActivityTime) -> Bools:
    """Queues that an agent answers during an activity, shape ``(queues,)``."""
    named = np.array([queue.id in held.queues for queue in problem.demand.queues])
    return np.asarray(problem.serves[problem.rows[agent]] & named)


def check(problem: Problem, schedule: Schedule, assumptions: Assumptions) -> None:
    """Raise `InputError` for ids that the problem does not have."""
    for number, queue in enumerate(assumptions.queues):
        place = f"Assumptions.queues[{number}]"
        problem.must_know("queues", [queue.queue], f"{place}.queue")
        problem.must_know("skills", [o.skill for o in queue.overflow], f"{place}.overflow skill")
        channel = problem.demand.queues[_row(problem, queue.queue)].channel
        for name in ("redial", "balking"):
            if getattr(queue, name) and channel == "deferred":
                raise InputError(f"{place}.{name}", "be left out for a deferred queue", queue.queue)
    for number, agent in enumerate(assumptions.agents):
        place = f"Assumptions.agents[{number}]"
        problem.must_know("agents", [agent.agent], f"{place}.agent")
        problem.must_know("queues", agent.ranks, f"{place}.ranks queue")
    problem.must_know("agents", (shift.agent for shift in schedule.shifts), "schedule agent")
    for shift in schedule.shifts:
        for held in shift.activities:
            problem.must_know("queues", held.queues, f"activity {held.activity!r} queue")


def _row(problem: Problem, queue: str) -> int:
    return [each.id for each in problem.demand.queues].index(queue)
