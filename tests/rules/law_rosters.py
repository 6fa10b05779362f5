"""Shifts of one person to the minute, and what the judge says of them by some rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import NamedTuple

import wfm
from wfm.agent import Agent, Contract, Skill
from wfm.demand import Demand
from wfm.horizon import Horizon, SwapDay
from wfm.judge.report import Report
from wfm.problem import Previous, Problem
from wfm.queue import Queue
from wfm.rule import Rule
from wfm.schedule import BreakTime, Schedule, Shift
from wfm.shift import Break, ShiftTemplate

MONDAY = date(2026, 12, 7)


class Pause(NamedTuple):
    """A break: minutes after the shift's start, length, and whether it is paid."""

    at: int
    minutes: int
    paid: bool = False


class Work(NamedTuple):
    """A shift: day's index, clock, minutes with its breaks, and the breaks."""

    day: int
    start: str
    minutes: int
    breaks: tuple[Pause, ...] = ()


class Roster(NamedTuple):
    """Anna's shifts on some days, and what the past has counted of her."""

    shifts: tuple[Work, ...]
    days: int = 7
    start: date = MONDAY
    counters: Mapping[str, int] = MappingProxyType({})
    swaps: tuple[SwapDay, ...] = ()


def week(*minutes: int, start: str = "08:00") -> tuple[Work, ...]:
    """A shift on each day from the first on, of so many minutes; none for 0."""
    return tuple(Work(day, start, length) for day, length in enumerate(minutes) if length)


def one(minutes: int, *breaks: Pause) -> Roster:
    """A single shift."""
    return Roster((Work(0, "06:00", minutes, breaks),))


def past_weeks(count: int, minutes: int) -> dict[str, int]:
    """Counters of paid minutes in each of some weeks before the first Monday."""
    weeks = ((MONDAY - timedelta(weeks=n)).isocalendar() for n in range(1, count + 1))
    return {f"paid minutes {year}-W{number:02d}": minutes for year, number, _ in weeks}


def judged(rules: Iterable[Rule], roster: Roster) -> Report:
    """The judge's report on a roster, which must be sound but for these rules."""
    kinds = list(dict.fromkeys(work[1:] for work in roster.shifts))
    templates = [
        ShiftTemplate(
            id=f"t{number}",
            start=start,
            lengths=(minutes,),
            breaks=tuple(
                Break(minutes=b.minutes, earliest=b.at, latest=b.at, paid=b.paid) for b in breaks
            ),
        )
        for number, (start, minutes, breaks) in enumerate(kinds)
    ]
    hourly = roster.days > 7 and all(work.minutes % 60 == 0 for work in roster.shifts)
    width = 60 if hourly else 5
    horizon = Horizon(start=roster.start, days=roster.days, interval=width, swaps=roster.swaps)
    problem = Problem(
        demand=_no_demand(horizon),
        agents=(Agent(id="anna", contract="full", skills=("voice",), site="here"),),
        contracts=(Contract(id="full", weekly_hours=40, hourly_cost=60),),
        skills=(Skill(id="voice", queues=("calls",)),),
        shifts=tuple(templates) or (ShiftTemplate(id="none", start="00:00", lengths=(60,)),),
        rules=tuple(rules),
        previous=Previous(counters={name: {"anna": n} for name, n in roster.counters.items()}),
    )
    shifts = [_shift(horizon, work, f"t{kinds.index(work[1:])}") for work in roster.shifts]
    report = wfm.verify(problem, Schedule.of_shifts(shifts))
    assert {found.rule for found in report.violations} <= {rule.name() for rule in problem.rules}
    return report


def _shift(horizon: Horizon, work: Work, template: str) -> Shift:
    hours, minutes = work.start.split(":")
    start = horizon.minute(work.day, 60 * int(hours) + int(minutes))
    breaks = tuple(
        BreakTime(start=start + b.at, end=start + b.at + b.minutes, paid=b.paid, label="break")
        for b in work.breaks
    )
    return Shift(
        agent="anna",
        day=work.day,
        template=template,
        start=start,
        end=start + work.minutes,
        breaks=breaks,
    )


def _no_demand(horizon: Horizon) -> Demand:
    zeros = (0.0,) * horizon.slots
    return Demand(
        horizon=horizon,
        queues=(Queue(id="calls"),),
        contacts=(zeros,),
        aht=((60.0,) * horizon.slots,),
        required=((0,) * horizon.slots,),
        service=((((0, 0.0),),) * horizon.slots,),
    )
