"""Named people on shifts of days at the fewest hours, as pyworkforce's `MinHoursRoster` asks.

Its documentation forbids one shift on the day after another; what it posts forbids every shift on
that day, the first one's own included. Both sides keep what is posted, so that they are compared on
the same ground.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from benchmarks.no_contacts import nobody_calls
from benchmarks.others.case import MONDAY, Case
from wfm import rules
from wfm.agent import Agent, Contract, Skill
from wfm.horizon import WEEKDAYS, Horizon
from wfm.problem import Problem
from wfm.rule import Rule
from wfm.rules import ShiftNeed
from wfm.schedule import Schedule
from wfm.shift import ShiftTemplate

Worked = frozenset[tuple[str, int, str]]
"""Person, day and shift."""
SHORT = 1000.0
"""Price of a head that is missing where some must be."""


@dataclass(frozen=True)
class Rostering(Case[Worked]):
    """A roster of the fewest hours; `data` are the peer's arguments."""

    data: dict[str, Any]
    name: str
    known: float | None = None
    peer: str = "pyworkforce"

    @property
    def size(self) -> str:
        """People, days and shifts."""
        people, shifts = len(self.data["resources"]), len(self.data["shifts"])
        return f"{people} people, {self.data['num_days']} days, {shifts} shifts"

    def question(self) -> dict[str, Any]:
        """The arguments as they are."""
        return {"kind": "roster", **self.data}

    def of_answer(self, answer: Any) -> Worked:
        """Rows as the peer gives them."""
        return frozenset((name, day, shift) for name, day, shift in answer)

    def of_schedule(self, schedule: Schedule) -> Worked:
        """Rows of a schedule."""
        return frozenset((s.agent, s.day, s.template) for s in schedule.shifts)

    @property
    def _hours(self) -> dict[str, int]:
        return dict(zip(self.data["shifts"], self.data["shifts_hours"], strict=True))

    @property
    def _weights(self) -> dict[str, float]:
        given = self.data.get("resources_prioritization") or ()
        return {each["resource"]: each["weight"] for each in given}

    @property
    def _liked(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for each in self.data.get("resources_preferences") or ():
            found[each["resource"]].add(each["shift"])
        return found

    def objective(self, plan: Worked) -> float:
        """Hours, less the weight of each shift that its person prefers."""
        hours, weights, liked = self._hours, self._weights, self._liked
        return float(
            sum(
                hours[shift] - (weights.get(name, 1) if shift in liked.get(name, ()) else 0)
                for name, _, shift in plan
            )
        )

    def faults(self, plan: Worked) -> Iterator[str]:
        """Whatever the peer forbids."""
        data, hours = self.data, self._hours
        heads = Counter((day, shift) for _, day, shift in plan)
        for shift, asked in data["required_resources"].items():
            for day, due in enumerate(asked):
                if heads[day, shift] < due:
                    yield f"{due - heads[day, shift]} missing on {shift} of day {day}"
        banned = {(b["resource"], int(b["day"]), b["shift"]) for b in data["banned_shifts"]}
        yield from (f"{row} is banned" for row in banned & plan)
        rests_after = {each["origin"] for each in data["non_sequential_shifts"]}
        by_person: dict[str, dict[int, str]] = {name: {} for name in data["resources"]}
        for name, day, shift in plan:
            if day in by_person[name]:
                yield f"{name} works twice on day {day}"
            by_person[name][day] = shift
        for name, days in by_person.items():
            if data["num_days"] - len(days) > data["max_resting"]:
                yield f"{name} is off too often"
            if sum(hours[shift] for shift in days.values()) < data["min_working_hours"]:
                yield f"{name} has too few hours"
            for day, shift in days.items():
                if shift in rests_after and day + 1 in days:
                    yield f"{name} works on the day after {shift} of day {day}"

    def problem(self) -> Problem:
        """State it for wfm; shifts have no clock, so all start at midnight."""
        data = self.data
        horizon = Horizon(start=MONDAY, days=data["num_days"], interval=60)
        return Problem(
            demand=nobody_calls(horizon),
            agents=tuple(
                Agent(id=name, contract="staff", skills=("any",)) for name in data["resources"]
            ),
            contracts=(Contract(id="staff", hourly_cost=1.0),),
            skills=(Skill(id="any"),),
            shifts=tuple(
                ShiftTemplate(id=name, start="00:00", lengths=(60 * hours,))
                for name, hours in self._hours.items()
            ),
            rules=(*self._people(), *self._wishes(), self._cover()),
        )

    def _people(self) -> Iterator[Rule]:
        data, every = self.data, tuple(self.data["shifts"])
        least = data["num_days"] - data["max_resting"]
        yield rules.OneShiftADay()
        yield rules.MinShifts(templates=every, least=least, per="horizon")
        yield rules.Hours(least=data["min_working_hours"], per="horizon")
        for origin in {each["origin"] for each in data["non_sequential_shifts"]}:
            yield rules.ForbiddenSuccession(first=(origin,), then=every)
        for ban in data["banned_shifts"]:
            yield rules.ShiftRequest(
                agents=(ban["resource"],),
                templates=(ban["shift"],),
                dates=(MONDAY + timedelta(days=int(ban["day"])),),
                wanted=False,
                weight=None,
            )

    def _wishes(self) -> Iterator[Rule]:
        """Each day without a shift that is preferred costs its weight."""
        weights = self._weights
        for name, shifts in self._liked.items():
            yield rules.ShiftRequest(
                agents=(name,),
                templates=tuple(sorted(shifts)),
                days=WEEKDAYS,
                weight=weights.get(name, 1.0),
            )

    def _cover(self) -> Rule:
        return rules.MinOnShift(
            needs=tuple(
                ShiftNeed(day=MONDAY + timedelta(days=day), template=shift, heads=heads)
                for shift, asked in self.data["required_resources"].items()
                for day, heads in enumerate(asked)
                if heads
            ),
            weight=SHORT,
        )
