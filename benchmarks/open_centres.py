"""Centres whose people may work as little as they are needed: what is planned is what service asks.

Queues are open from 8 to 20 every day, with a busy noon; shifts of four to eight hours start every
half-hour, the longest with an unpaid break.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from wfm import rules
from wfm.agent import Agent, Contract, Skill
from wfm.forecast import Volume, staff
from wfm.horizon import Horizon
from wfm.problem import Problem
from wfm.queue import Queue, ServiceTarget
from wfm.shift import Break, ShiftTemplate
from wfm.window import Window

OPENS, CLOSES = 8, 20
START = date(2026, 12, 7)
INTERVAL = 30
ROOM = 1.25
"""People there are, over those whose weekly hours would do for the contacts."""
HOURS = 40.0
Groups = Mapping[str, Sequence[str]]
SHIFTS = (
    ShiftTemplate(
        id="long",
        start="08:00",
        latest="12:00",
        step=INTERVAL,
        lengths=(480,),
        breaks=(Break(minutes=30, earliest=180, latest=270, paid=False, label="lunch"),),
    ),
    ShiftTemplate(id="short", start="08:00", latest="16:00", step=INTERVAL, lengths=(240, 300)),
)


def open_centre(
    queues: Sequence[Queue],
    per_day: Sequence[float],
    aht: Sequence[float],
    groups: Groups,
    days: int = 7,
) -> Problem:
    """A centre with as many agents of each group as its queues' work takes, and some more.

    Parameters
    ----------
    queues : sequence of Queue
        Open from 8 to 20, whatever they say.
    per_day, aht : sequence of float
        Mean contacts of each queue on a day, and seconds that one takes.
    groups : mapping of str to sequence of str
        Queues of each group; a queue's work is divided evenly over the groups that serve it.
    days : int
        From a Monday on.
    """
    horizon = Horizon(start=START, days=days, timezone="UTC", interval=INTERVAL)
    shape = day_shape(horizon)
    volume = Volume(
        horizon=horizon,
        queues=tuple(queue.id for queue in queues),
        contacts=(contacts := np.outer(per_day, shape)),
        aht=np.repeat(np.array(aht)[:, None], horizon.slots, axis=1),
        lower=contacts,
        upper=contacts,
    )
    hours = Window(start=f"{OPENS:02}:00", end=f"{CLOSES:02}:00")
    opened = [queue.model_copy(update={"hours": (hours,)}) for queue in queues]
    demand = staff(volume, opened)
    required = demand.required_array.sum(axis=1) * INTERVAL / 60 * 7 / days
    agents = []
    for name, served in groups.items():
        share = sum(
            required[row] / sum(queue.id in other for other in groups.values())
            for row, queue in enumerate(queues)
            if queue.id in served
        )
        agents += [
            Agent(id=f"{name}-{number:02}", contract="free", skills=(name,))
            for number in range(max(2, int(np.ceil(ROOM * share / HOURS))))
        ]
    return Problem(
        demand=demand,
        agents=agents,
        contracts=[Contract(id="free")],
        skills=[Skill(id=name, queues=tuple(served)) for name, served in groups.items()],
        shifts=SHIFTS,
        rules=[rules.Hours(most=HOURS), rules.MinRest(hours=11)],
    )


def day_shape(horizon: Horizon) -> NDArray[np.float64]:
    """Share of a mean day's contacts in each slot: a busy noon, and Mondays above Sundays."""
    hour = (np.arange(horizon.slots) % (24 * 60 // INTERVAL) + 0.5) * INTERVAL / 60
    there = (hour > OPENS) & (hour < CLOSES)
    noon = np.where(there, 0.4 + np.sin(np.pi * (hour - OPENS) / (CLOSES - OPENS)), 0.0)
    week = np.array([1.25, 1.1, 1.05, 1.0, 1.0, 0.85, 0.75])[horizon.slot_days % 7]
    return noon * week / noon[horizon.slot_days == 0].sum()


def three_queues(per_day: float = 1300.0) -> Problem:
    """Three queues, of which five groups answer one, two or all."""
    goal = ServiceTarget(level=0.8, threshold=20, period="week", floor=0.4)
    queues = [
        Queue(id="calls", patience=180, target=goal),
        Queue(id="sales", patience=240, target=goal),
        Queue(id="service", patience=120, target=goal),
    ]
    groups = {
        "calls": ("calls",),
        "sales": ("sales",),
        "service": ("service",),
        "both": ("calls", "sales"),
        "all": ("calls", "sales", "service"),
    }
    shares = np.array([0.5, 0.3, 0.2])
    return open_centre(queues, (per_day * shares).tolist(), [240, 330, 180], groups)


def random_centre(draw: int, days: int = 7) -> Problem:
    """A small centre: one to three queues, any patience, targets by day or week, any skills."""
    random = np.random.default_rng(draw)
    many = int(random.integers(1, 4))
    names = tuple(f"queue{number}" for number in range(many))
    queues = [
        Queue(
            id=name,
            patience=float(random.uniform(60, 300)) if random.random() < 0.7 else None,
            shrinkage=float(random.choice([0.0, 0.08])),
            target=ServiceTarget(
                level=float(random.choice([0.7, 0.8, 0.9])),
                threshold=float(random.choice([10, 20, 40])),
                period="week" if random.random() < 0.7 else "day",
                floor=0.4,
            ),
        )
        for name in names
    ]
    groups: dict[str, Sequence[str]] = {name: (name,) for name in names}
    if many > 1:
        groups |= {"first two": names[:2], "everything": names}
    per_day = random.uniform(150, 500, many).tolist()
    return open_centre(queues, per_day, random.uniform(150, 480, many).tolist(), groups, days)
