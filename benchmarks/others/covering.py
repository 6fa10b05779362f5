"""Heads to cover hour by hour with shifts that nobody has a name for yet.

What covers is a pattern: the periods of a day in which somebody on it works. A day may be a cyclic
one, whose end is its beginning, or hold a whole week; then its patterns begin on each of its days.
For wfm a pattern is a shift template, what lies between its parts an unpaid break, and people are
as many as the cheapest plan can need.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from math import ceil
from typing import Any, Literal

from benchmarks.others.case import MONDAY, Case
from wfm import rules
from wfm.agent import Agent, Contract, Skill
from wfm.demand import Demand
from wfm.horizon import WEEKDAYS, Horizon
from wfm.problem import Problem
from wfm.queue import Queue, ServiceTarget
from wfm.rule import Rule
from wfm.schedule import Schedule
from wfm.shift import Break, ShiftTemplate

Taken = Counter[tuple[int, str]]
"""How many people work a pattern, by day and name."""
HOURS = 24
LONGEST_BREAK = 480
NEARLY_ALL = 1 - 1e-9
"""Level of service; all of it cannot be promised."""


@dataclass(frozen=True)
class Covering(Case[Taken]):
    """Cover a requirement at the least cost, or as closely as can be.

    Attributes
    ----------
    required : tuple of tuple of int
        Heads, by day and period.
    patterns : dict
        Name -> for each period of a day whether it is worked.
    costs : dict
        Name -> cost of one person on it.
    people : int
        So many are at hand in wfm each day.
    aim : {"cost", "difference"}
        Whether all is to be covered at the least cost, or the sum of the absolute differences from
        the requirement is to be the least.
    most : int
        Heads that there may be in a period, and on a pattern.
    periods_an_hour : int
        How fine the periods are.
    """

    name: str
    required: tuple[tuple[int, ...], ...]
    patterns: dict[str, tuple[int, ...]]
    costs: dict[str, int]
    people: int
    aim: Literal["cost", "difference"] = "cost"
    most: int = 1000
    periods_an_hour: int = 1
    known: float | None = None
    peer: str = "pyworkforce"

    @property
    def size(self) -> str:
        """Periods and patterns."""
        return f"{len(self.required) * len(self.required[0])} periods, {len(self.patterns)} shifts"

    @property
    def _minutes(self) -> int:
        return 60 // self.periods_an_hour

    @property
    def _flat(self) -> tuple[int, ...]:
        return tuple(heads for day in self.required for heads in day)

    def question(self) -> dict[str, Any]:
        """Everything in the peer's own words."""
        return {
            "kind": self.aim,
            "num_days": len(self.required),
            "periods": len(self.required[0]),
            "shifts_coverage": {name: list(row) for name, row in self.patterns.items()},
            "required_resources": [list(day) for day in self.required],
            "cost_dict": self.costs,
            "max_period_concurrency": self.most,
            "max_shift_concurrency": self.most,
        }

    def of_answer(self, answer: Any) -> Taken:
        """Counts by day and pattern, as the peer gives them."""
        return Counter({(day, name): heads for day, name, heads in answer if heads})

    def of_schedule(self, schedule: Schedule) -> Taken:
        """Find the pattern whose periods are those that a shift works, breaks apart."""
        named = {
            tuple(period for period, works in enumerate(row) if works): name
            for name, row in self.patterns.items()
        }
        length, width = len(self.required[0]), self._minutes
        taken: Taken = Counter()
        for shift in schedule.shifts:
            away = [(pause.start, pause.end) for pause in shift.breaks]
            works = [
                minute // width
                for minute in range(shift.start, shift.end, width)
                if not any(start <= minute < end for start, end in away)
            ]
            day = works[0] // length
            inside = tuple(period - day * length for period in works)
            taken[day, named.get(inside, f"periods {inside}")] += 1
        return taken

    def objective(self, plan: Taken) -> float:
        """Cost of everybody, or the sum of the differences."""
        if self.aim == "cost":
            return float(sum(heads * self.costs[name] for (_, name), heads in plan.items()))
        return float(sum(abs(a - b) for a, b in zip(self.heads(plan), self._flat, strict=True)))

    def heads(self, plan: Taken) -> list[int]:
        """Heads in each period of all days."""
        length = len(self.required[0])
        found = [0] * (length * len(self.required))
        for (day, name), heads in plan.items():
            for period, works in enumerate(self.patterns[name]):
                found[day * length + period] += works * heads
        return found

    def faults(self, plan: Taken) -> Iterator[str]:
        """Patterns that are none, periods that are short, and too many heads."""
        unknown = [name for _, name in plan if name not in self.patterns]
        yield from (f"{name} is no pattern" for name in unknown)
        if unknown:
            return
        for period, (there, due) in enumerate(zip(self.heads(plan), self._flat, strict=True)):
            if self.aim == "cost" and there < due:
                yield f"{due - there} missing in period {period}"
            if there > self.most:
                yield f"{there - self.most} too many in period {period}"
        yield from (f"too many on {key}" for key, heads in plan.items() if heads > self.most)

    def problem(self) -> Problem:
        """State it for wfm."""
        templates = self._templates()
        wage = min(self.costs[name] / sum(self.patterns[name]) for name in self.patterns)
        hourly = 1.0 if self.aim == "difference" else wage * self.periods_an_hour
        return Problem(
            demand=self._demand(),
            agents=tuple(
                Agent(id=f"person-{number:03d}", contract="any", skills=("any",))
                for number in range(self.people)
            ),
            contracts=(Contract(id="any", hourly_cost=hourly),),
            skills=(Skill(id="any", queues=("work",)),),
            shifts=tuple(templates.values()),
            rules=tuple(self._dearer(templates, wage)) if self.aim == "cost" else (),
        )

    def _demand(self) -> Demand:
        """What is missing costs more than any shift that would cover it; a difference, its own.

        The sum of the differences is that of the heads there and of those due, less twice those
        that cover: with a wage of 1 a head missing costs 2.
        """
        price = 2.0 if self.aim == "difference" else 1.0 + max(self.costs.values())
        flat = self._flat
        days = ceil(len(flat) / (HOURS * self.periods_an_hour))
        horizon = Horizon(start=MONDAY, days=days, interval=self._minutes)  # type: ignore[arg-type]
        due = flat + (0,) * (horizon.slots - len(flat))
        return Demand(
            horizon=horizon,
            queues=(
                Queue(id="work", target=ServiceTarget(level=NEARLY_ALL, floor=0.0, price=price)),
            ),
            contacts=(tuple(map(float, due)),),
            aht=((60.0 * self._minutes,) * len(due),),
            required=(due,),
            service=(tuple(((0, 0.0), (n, float(n))) if n else ((0, 0.0),) for n in due),),
        )

    def _templates(self) -> dict[str, ShiftTemplate]:
        """A template for each clock time and length; a week's patterns share those of its days."""
        found: dict[str, ShiftTemplate] = {}
        by_clock: dict[tuple[int, tuple[Break, ...], int], list[tuple[int, str]]] = {}
        for name, row in self.patterns.items():
            first, length, breaks = self._shape(row)
            day, clock = divmod(first, HOURS * 60)
            by_clock.setdefault((clock, breaks, length), []).append((day, name))
        for (clock, breaks, length), named in by_clock.items():
            days = {day for day, _ in named}
            weekly = len(self.required[0]) > HOURS * self.periods_an_hour
            template = ShiftTemplate(
                id=f"{clock // 60:02d}:{clock % 60:02d}+{length}" if weekly else named[0][1],
                start=f"{clock // 60:02d}:{clock % 60:02d}",
                lengths=(length,),
                breaks=breaks,
                days=tuple(WEEKDAYS[day] for day in sorted(days)) if weekly else WEEKDAYS,
            )
            found |= dict.fromkeys((name for _, name in named), template)
        return {name: found[name] for name in {found[n].id: n for n in found}.values()}

    def _shape(self, row: tuple[int, ...]) -> tuple[int, int, tuple[Break, ...]]:
        """Start, length and breaks of a pattern in minutes."""
        width = self._minutes
        runs = [(works, len(list(group))) for works, group in groupby(row)]
        first = runs[0][1] * width if not runs[0][0] else 0
        runs = runs[not runs[0][0] : len(runs) - (not runs[-1][0])]
        breaks, at = [], 0
        for works, count in runs:
            for offset in range(0, 0 if works else count * width, LONGEST_BREAK):
                minutes = min(LONGEST_BREAK, count * width - offset)
                start = at + offset
                breaks.append(Break(minutes=minutes, earliest=start, latest=start, paid=False))
            at += count * width
        return first, at, tuple(breaks)

    def _dearer(self, templates: dict[str, ShiftTemplate], wage: float) -> Iterator[Rule]:
        """What a shift costs beyond the wage that all of them cost at least."""
        for name, template in templates.items():
            more = self.costs[name] - wage * sum(self.patterns[name])
            if more > 1e-9:
                yield rules.ShiftRequest(
                    templates=(template.id,), days=WEEKDAYS, wanted=False, weight=more
                )
