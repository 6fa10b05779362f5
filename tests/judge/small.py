"""Problems small enough to judge by hand: hours for slots, curves in a few numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from wfm.agent import Agent, Contract, Household, Skill
from wfm.deferred import DeferredWork
from wfm.demand import Demand
from wfm.horizon import Horizon
from wfm.problem import Previous, Problem
from wfm.queue import Queue, ServiceTarget
from wfm.rule import Rule
from wfm.schedule import BreakTime, Schedule, Shift
from wfm.shift import Break, ShiftTemplate

MONDAY = date(2026, 12, 7)
LUNCH = Break(minutes=60, earliest=120, latest=240, paid=False, label="lunch")
PAUSE = Break(minutes=60, earliest=300, latest=360, paid=True, label="pause")
TEMPLATES = (
    ShiftTemplate(id="morning", start="08:00", latest="10:00", step=60, lengths=(240, 300)),
    ShiftTemplate(id="full", start="09:00", lengths=(480,), breaks=(LUNCH, PAUSE)),
    ShiftTemplate(id="weekday", start="06:00", lengths=(120,), days=("Mon", "Tue")),
    ShiftTemplate(id="night", start="22:00", lengths=(480,)),
)
PLAIN = ServiceTarget(level=0.8, period="week", floor=0.0, price=10.0, floor_price=0.0)

NOTHING = (0.0, (0.0,))

Asked = Mapping[int, tuple[float, Sequence[float]]]


def demand_of(
    *asked: Asked,
    targets: Sequence[ServiceTarget] = (),
    days: int = 1,
    start: date = MONDAY,
    timezone: str = "UTC",
    aht: float = 180.0,
    required: Mapping[int, int] | None = None,
    **queue: float,
) -> Demand:
    """Make a demand of hourly slots: for each queue, slot -> contacts and service curve.

    Queues are called a, b, c and so on; `queue` holds further fields that they all have.
    """
    horizon = Horizon(start=start, days=days, timezone=timezone, interval=60)
    slots = range(horizon.slots)
    aims = list(targets) or [PLAIN] * len(asked)
    return Demand(
        horizon=horizon,
        queues=tuple(
            Queue(id=name, target=aim, **queue)
            for name, aim in zip("abcdef"[: len(asked)], aims, strict=True)
        ),
        contacts=tuple(tuple(row.get(t, NOTHING)[0] for t in slots) for row in asked),
        aht=tuple((aht,) * horizon.slots for _ in asked),
        required=tuple(tuple((required or {}).get(t, 0) for t in slots) for _ in asked),
        service=tuple(
            tuple(tuple(enumerate(map(float, row.get(t, NOTHING)[1]))) for t in slots)
            for row in asked
        ),
    )


def with_mail(
    demand: Demand, *mails: tuple[DeferredWork, float], target: ServiceTarget = PLAIN
) -> Demand:
    """Add deferred queues to a demand, of which a head does `rate` contacts in each slot."""
    slots = demand.horizon.slots
    line = ((0, 0.0), (50, 50.0))
    rows = {
        "queues": [
            Queue(id=work.queue, channel="deferred", deadline=24, target=target)
            for work, _ in mails
        ],
        "contacts": [tuple(np.diff(work.arrived, prepend=0.0).tolist()) for work, _ in mails],
        "aht": [(3600.0 / rate,) * slots for _, rate in mails],
        "required": [(0,) * slots for _ in mails],
        "service": [(tuple((n, c * rate) for n, c in line),) * slots for _, rate in mails],
        "deferred": [work for work, _ in mails],
    }
    return demand.model_copy(
        update={field: (*getattr(demand, field), *more) for field, more in rows.items()}
    )


def mail(slots: int, *jobs: tuple[int, int, float], queue: str = "m") -> DeferredWork:
    """Make deferred work of jobs in order: first and last slot, and contacts."""
    arrived, due = np.zeros(slots), np.zeros(slots)
    for first, last, contacts in jobs:
        arrived[first:] += contacts
        if last < slots:
            due[last:] += contacts
    return DeferredWork(queue=queue, arrived=tuple(arrived.tolist()), due=tuple(due.tolist()))


def supply_of(
    demand: Demand, **groups: Mapping[int, int]
) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Make skill groups, given as letters of their queues -> slot -> heads."""
    names = [queue.id for queue in demand.queues]
    serves = np.array([[name in letters for name in names] for letters in groups], dtype=bool)
    heads = np.zeros((len(groups), demand.horizon.slots), dtype=np.int64)
    for row, slots in enumerate(groups.values()):
        for slot, count in slots.items():
            heads[row, slot] = count
    return serves.reshape(-1, len(names)), heads


def problem_of(
    demand: Demand,
    people: Mapping[str, str],
    *,
    contract: Contract | None = None,
    rules: Sequence[Rule] = (),
    previous: Sequence[Shift] = (),
) -> Problem:
    """Make a problem of agents, given as id -> letters of the queues that they serve."""
    contract = contract or Contract(id="staff", hourly_cost=20.0)
    ids = list(people)
    return Problem(
        demand=demand,
        agents=tuple(
            Agent(id=name, name=name.title(), contract=contract.id, skills=tuple(queues) or ("-",))
            for name, queues in people.items()
        ),
        contracts=(contract,),
        skills=(*(Skill(id=q.id, queues=(q.id,)) for q in demand.queues), Skill(id="-")),
        households=(Household(id="home", members=tuple(ids)),) if len(ids) > 1 else (),
        shifts=TEMPLATES,
        rules=tuple(rules),
        previous=Previous(shifts=tuple(previous)),
    )


def morning(agent: str, day: int = 0, **changes: object) -> Shift:
    """Give an agent the shift of 08:00 to 12:00."""
    start = day * 1440 + 480
    return Shift(
        **{
            "agent": agent,
            "day": day,
            "template": "morning",
            "start": start,
            "end": start + 240,
            **changes,
        }
    )


def night(agent: str, day: int = 0) -> Shift:
    """Give an agent the shift from 22:00, of eight hours."""
    start = day * 1440 + 1320
    return Shift(agent=agent, day=day, template="night", start=start, end=start + 480)


def full(agent: str, day: int = 0, breaks: Sequence[BreakTime] | None = None) -> Shift:
    """Give an agent the shift of 09:00 to 17:00, by default with its breaks at 12:00 and 15:00."""
    start = day * 1440 + 540
    taken = (
        BreakTime(start=start + 180, end=start + 240, paid=False, label="lunch"),
        BreakTime(start=start + 360, end=start + 420, paid=True, label="pause"),
    )
    return Shift(
        agent=agent,
        day=day,
        template="full",
        start=start,
        end=start + 480,
        breaks=taken if breaks is None else tuple(breaks),
    )


def roster(*shifts: Shift) -> Schedule:
    """Make a schedule."""
    return Schedule.of_shifts(shifts)
