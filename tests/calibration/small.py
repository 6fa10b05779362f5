"""A centre of one or two queues and a handful of people who may work as little as is needed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from wfm import (
    Agent,
    Contract,
    Demand,
    Horizon,
    Problem,
    Queue,
    ServiceTarget,
    ShiftTemplate,
    Skill,
    rules,
)
from wfm.forecast import Volume, staff

SHIFTS = (ShiftTemplate(id="any", start="08:00", latest="12:00", step=60, lengths=(240, 360, 480)),)


def demand_of(per_hour: Sequence[float], days: int = 2, **goal: object) -> Demand:
    """Queues `a`, `b` and so on, open from 8 to 16, with the same contacts each hour."""
    horizon = Horizon(start="2026-12-07", days=days, interval=60)
    hour = np.arange(horizon.slots) % 24
    contacts = np.outer(per_hour, (hour >= 8) & (hour < 16))
    target = ServiceTarget(**{"level": 0.8, "threshold": 30, "floor": 0.2, **goal})
    queues = [Queue(id=name, patience=200, target=target) for name in "abc"[: len(per_hour)]]
    volume = Volume(
        horizon=horizon,
        queues=tuple(queue.id for queue in queues),
        contacts=contacts,
        aht=np.full(contacts.shape, 300.0),
        lower=contacts,
        upper=contacts,
    )
    return staff(volume, queues)


def problem_of(people: int = 12, per_hour: float = 60.0, **goal: object) -> Problem:
    """One queue, and people with at most eight hours a day."""
    return Problem(
        demand=demand_of([per_hour], **goal),
        agents=[Agent(id=f"p{number}", contract="c", skills=("a",)) for number in range(people)],
        contracts=[Contract(id="c")],
        skills=[Skill(id="a", queues=("a",))],
        shifts=SHIFTS,
        rules=[rules.Hours(most=40)],
    )
