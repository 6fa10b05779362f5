"""Small centres to be simulated, with answers that can be worked out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from wfm.agent import Agent, Contract, Skill
from wfm.demand import Demand
from wfm.horizon import Horizon
from wfm.problem import Problem
from wfm.queue import Queue
from wfm.schedule import Schedule, Shift
from wfm.shift import ShiftTemplate
from wfm.simulation import Assumptions, Outcome
from wfm.simulation.centre import Centre
from wfm.simulation.counting import MEASURES
from wfm.simulation.records import CONTACT


def centre(
    queues: Sequence[Queue],
    per_hour: Sequence[float] | np.ndarray,
    aht: Sequence[float] | np.ndarray,
    groups: Sequence[tuple[int, tuple[str, ...]]],
    days: int = 1,
    **more: object,
) -> Problem:
    """A centre around the clock, in UTC and hours; `groups` are numbers of agents and skills.

    Each queue has a skill of its own name. Contacts per hour are for all hours or each, handle
    times in seconds for all hours.
    """
    horizon = Horizon(start="2026-12-07", days=days, interval=60)
    rates = np.asarray(per_hour, dtype=float).reshape(len(queues), -1)
    contacts = np.broadcast_to(rates, (len(queues), horizon.slots))
    demand = Demand(
        horizon=horizon,
        queues=tuple(queues),
        contacts=contacts.tolist(),
        aht=[[mean] * horizon.slots for mean in aht],
        required=[[0] * horizon.slots for _ in queues],
        service=[[((0, 0),)] * horizon.slots for _ in queues],
        deferred=[
            {"queue": queue.id, "arrived": [0.0] * horizon.slots, "due": [0.0] * horizon.slots}
            for queue in queues
            if queue.channel == "deferred"
        ],
        **more,
    )
    agents = [
        Agent(id=f"{number}-{at:03d}", contract="all", skills=skills)
        for number, (many, skills) in enumerate(groups)
        for at in range(many)
    ]
    roles = {skill for _, skills in groups for skill in skills} - {queue.id for queue in queues}
    return Problem(
        demand=demand,
        agents=agents,
        contracts=[Contract(id="all")],
        skills=[
            *(Skill(id=queue.id, queues=(queue.id,)) for queue in queues),
            *(Skill(id=role) for role in sorted(roles)),
        ],
        shifts=[ShiftTemplate(id="day", start="00:00", lengths=(480,))],
    )


def shift(agent: str, start: int, end: int, **more: object) -> Shift:
    """A shift on the first day, in minutes."""
    return Shift(agent=agent, day=0, template="day", start=start, end=end, **more)


def always(problem: Problem) -> Schedule:
    """Everybody is there all the time."""
    end = problem.horizon.minutes
    return Schedule.of_shifts([shift(agent.id, 0, end) for agent in problem.agents])


def play(
    problem: Problem,
    schedule: Schedule,
    calls: Sequence[tuple[object, ...]],
    assumptions: Assumptions | None = None,
) -> list[tuple[float, float, str | None]]:
    """Let given calls come: queue, arrival, work and perhaps patience and deadline in seconds.

    Gives for each when it was answered, when it ended, and by whom, infinite and None for never.
    """
    base = Centre.of(problem, schedule, assumptions or Assumptions())
    names = [queue.id for queue in problem.demand.queues]
    contacts = np.zeros(len(calls), dtype=CONTACT)
    for number, (queue, arrival, work, *rest) in enumerate(calls):
        patience, due = [*rest, *(np.inf, np.inf)[len(rest) :]]
        for name, value in (
            ("arrival", arrival),
            ("work", work),
            ("patience", patience),
            ("due", due),
            ("queue", names.index(queue)),
            ("origin", -1),
            ("agent", -1),
            ("answered", np.inf),
            ("end", np.inf),
        ):
            contacts[number][name] = value
    state = base.begin(contacts)
    base.play(state, np.random.SeedSequence(1))
    agents = [*(agent.id for agent in problem.agents), None]
    return [(it["answered"], it["end"], agents[it["agent"]]) for it in state.contacts]


def share(
    outcome: Outcome, top: str, bottom: str = "offered", slots: slice = slice(None)
) -> tuple[np.ndarray, np.ndarray]:
    """A ratio of sums over some slots with its standard error, by queue."""
    upper, lower = (
        outcome.counts[:, :, slots, MEASURES.index(name)].sum(axis=2) for name in (top, bottom)
    )
    value = upper.sum(axis=0) / lower.sum(axis=0)
    spread = np.sqrt(((upper - value * lower) ** 2).sum(axis=0) / (len(upper) - 1) / len(upper))
    return value, spread / lower.mean(axis=0)


def close(found: tuple[np.ndarray, np.ndarray], truth: object, most: float) -> bool:
    """Whether a figure lies within three standard errors, which are small enough to tell."""
    value, error = found
    assert (error < most).all(), f"an error of {error} says too little"
    return bool((np.abs(value - np.asarray(truth)) <= 3 * error).all())
