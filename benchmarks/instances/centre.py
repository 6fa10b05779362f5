"""The centre of an instance: its queues, skills, contracts and shifts."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from benchmarks.instances.specification import Specification
from wfm.agent import Contract, Skill
from wfm.queue import Queue, ServiceTarget
from wfm.shift import Break, ShiftTemplate
from wfm.window import Window

TIMEZONE = "UTC"
"""One without clock changes, so that every week is as long as the others."""
NIGHT = Window(start="22:00", end="06:00")
DAYTIME = Window(start="07:00", end="22:00")
SHRINKAGE = 0.08
CHAT = 2
"""Which of the queues is chat."""
NAMES = ("service", "sales", "chat", "technical")
PATIENCE = (120.0, 90.0, None, 180.0)
"""Mean seconds that callers wait, by queue; with it the formula is Erlang A."""
BANDS = {
    "dawn": ("00:00", "04:30"),
    "early": ("05:00", "08:30"),
    "day": ("09:00", "12:30"),
    "late": ("13:00", "18:30"),
    "night": ("19:00", "23:30"),
}
"""Earliest and latest start of each kind of shift; hours past midnight first."""
LAST_HOURLY = {name: f"{latest[:2]}:00" for name, (_, latest) in BANDS.items()}


@dataclass(frozen=True)
class Hours:
    """A contract of so many hours, and the shifts by which they are worked.

    Attributes
    ----------
    id : str
        Name of the contract.
    weekly : int
        Paid hours a week.
    slack : int
        So many hours fewer may be worked in a week.
    lengths : tuple of int
        Minutes of its shifts, breaks included.
    breaks : tuple of Break
        Of each of its shifts.
    """

    id: str
    weekly: int
    slack: int
    lengths: tuple[int, ...]
    breaks: tuple[Break, ...]

    @property
    def productive(self) -> float:
        """Minutes on the queue in each paid minute, a mean over the lengths."""
        away = sum(pause.minutes for pause in self.breaks)
        unpaid = sum(pause.minutes for pause in self.breaks if not pause.paid)
        whole, count = sum(self.lengths), len(self.lengths)
        return (whole - count * away) / (whole - count * unpaid)


CONTRACTS = (
    Hours(
        "full",
        40,
        4,
        (450, 510, 570),
        (
            Break(minutes=15, earliest=90, latest=150),
            Break(minutes=30, earliest=210, latest=300, paid=False, label="lunch"),
        ),
    ),
    Hours(
        "part30",
        30,
        6,
        (330, 390),
        (
            Break(minutes=15, earliest=60, latest=105),
            Break(minutes=30, earliest=150, latest=225, paid=False, label="lunch"),
        ),
    ),
    Hours("part20", 20, 4, (240, 300), (Break(minutes=15, earliest=90, latest=150),)),
)


def queues(spec: Specification) -> tuple[Queue, ...]:
    """The queues, with what falling short of their targets costs."""
    return tuple(_queue(spec, index) for index in range(spec.queues))


def skills(spec: Specification) -> tuple[Skill, ...]:
    """One skill for each queue."""
    return tuple(Skill(id=name, queues=(name,)) for name in NAMES[: spec.queues])


def skill_groups(spec: Specification) -> list[tuple[int, ...]]:
    """Indices of the queues that people answer: each alone, pairs, all of them."""
    every = tuple(range(spec.queues))
    groups: list[tuple[int, ...]] = [(index,) for index in every]
    if spec.queues > 2:
        groups += list(combinations(every, 2))
    if spec.groups == spec.queues:
        return groups[: spec.groups]
    return [*groups[: spec.groups - 1], every]


def contracts(spec: Specification) -> tuple[Contract, ...]:
    """Full time, thirty and twenty hours, each with its shifts."""
    return tuple(
        Contract(
            id=each.id,
            hourly_cost=wage,
            weekly_hours=each.weekly,
            premium=spec.night_premium,
            premium_hours=(NIGHT,),
            shifts=tuple(f"{each.id}_{band}" for band in BANDS),
        )
        for each, wage in zip(CONTRACTS, spec.wages, strict=True)
    )


def shifts(spec: Specification) -> tuple[ShiftTemplate, ...]:
    """Shifts of each contract that start at any hour, or half hour, of day and night."""
    return tuple(
        ShiftTemplate(
            id=f"{each.id}_{band}",
            start=first,
            latest=LAST_HOURLY[band] if spec.step == 60 else last,
            step=spec.step,
            lengths=each.lengths,
            breaks=each.breaks,
        )
        for each in CONTRACTS
        for band, (first, last) in BANDS.items()
    )


def _queue(spec: Specification, index: int) -> Queue:
    chat = index == CHAT
    target = ServiceTarget(
        level=0.8,
        threshold=60 if chat else 20,
        period="week",
        floor=spec.floor,
        price=spec.prices[index],
        floor_price=spec.floor_price,
    )
    return Queue(
        id=NAMES[index],
        channel="chat" if chat else "voice",
        target=target,
        hours=() if index < spec.round_the_clock else (DAYTIME,),
        concurrency=2 if chat else 1,
        patience=PATIENCE[index],
        shrinkage=SHRINKAGE,
    )
