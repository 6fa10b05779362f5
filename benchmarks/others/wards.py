"""Shifts of a hospital that each want one person with a skill: OptaPlanner's employee schedule.

The score is that of its quickstart, which Timefold inherited: nobody without the skill, no two
shifts at once or on one date, ten hours between two, nobody who is unavailable; then minutes worked
on desired dates are won and those on undesired dates lost. Less is better here, so it is negated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Any

from benchmarks.no_contacts import nobody_calls
from benchmarks.others.case import Case
from wfm import rules
from wfm.agent import Agent, Contract, Skill
from wfm.horizon import Horizon
from wfm.problem import Problem
from wfm.rule import Rule
from wfm.rules import ShiftNeed
from wfm.schedule import Schedule
from wfm.shift import ShiftTemplate

Post = tuple[str, str, str, str]
"""Start and end in ISO's format, location and skill; several shifts may be alike."""
Given = tuple[tuple[Post, str], ...]
"""Each shift with the name of its person."""
LOST = 10_000.0
"""Price of a shift without a person, or of a second person on it."""
REST = 10
KINDS = {"DESIRED": -1, "UNDESIRED": 1}


@dataclass(frozen=True)
class Wards(Case[Given]):
    """An employee schedule; `data` are the fields of the file."""

    data: dict[str, Any]
    name: str
    known: float | None = None
    peer: str = "timefold"

    @property
    def size(self) -> str:
        """People, days and shifts."""
        return f"{len(self._skills)} people, {self._days} days, {len(self._posts)} shifts"

    @cached_property
    def _first(self) -> date:
        return min(datetime.fromisoformat(s["start"]).date() for s in self.data["shift_list"])

    @cached_property
    def _days(self) -> int:
        last = max(datetime.fromisoformat(s["start"]).date() for s in self.data["shift_list"])
        return (last - self._first).days + 1

    @cached_property
    def _posts(self) -> list[Post]:
        return [
            (s["start"], s["end"], s["location"], s["required_skill"])
            for s in self.data["shift_list"]
        ]

    @cached_property
    def _skills(self) -> dict[str, tuple[str, ...]]:
        return {e["name"]: tuple(sorted(e["skill_set"])) for e in self.data["employee_list"]}

    @cached_property
    def _asked(self) -> list[tuple[str, str, str]]:
        return [
            (a["employee"]["name"], a["date"], a["availability_type"])
            for a in self.data["availability_list"]
        ]

    def question(self) -> dict[str, Any]:
        """People, shifts and availabilities, each as a list."""
        people = [[name, list(skills)] for name, skills in self._skills.items()]
        return {"people": people, "shifts": self._posts, "asked": self._asked}

    def of_answer(self, answer: Any) -> Given:
        """Names in the order of the shifts, as the peer gives them."""
        return tuple(zip(self._posts, answer, strict=True))

    def of_schedule(self, schedule: Schedule) -> Given:
        """Say of each shift what it is in the file's words."""
        midnight = datetime.combine(self._first, datetime.min.time())
        rows = []
        for shift in schedule.shifts:
            start, end = (midnight + timedelta(minutes=m) for m in (shift.start, shift.end))
            _, location, skill = shift.template.split(" / ")
            rows.append(((start.isoformat(), end.isoformat(), location, skill), shift.agent))
        return tuple(rows)

    def objective(self, plan: Given) -> float:
        """Minutes on undesired dates less those on desired ones."""
        price = {(name, day): KINDS.get(kind, 0) for name, day, kind in self._asked}
        total = 0.0
        for (start, end, _, _), name in plan:
            length = datetime.fromisoformat(end) - datetime.fromisoformat(start)
            total += price.get((name, start[:10]), 0) * length.total_seconds() / 60
        return total

    def faults(self, plan: Given) -> Iterator[str]:
        """Whatever the score counts as hard, and shifts that nobody or two people have."""
        missing = Counter(self._posts)
        missing.subtract(post for post, _ in plan)
        yield from (f"{-count:+d} people on {post}" for post, count in missing.items() if count)
        away = {(name, day) for name, day, kind in self._asked if kind == "UNAVAILABLE"}
        by_person: dict[str, list[Post]] = {name: [] for name in self._skills}
        for post, name in plan:
            by_person[name].append(post)
            if post[3] not in self._skills[name]:
                yield f"{name} lacks the skill of {post}"
            if (name, post[0][:10]) in away:
                yield f"{name} is unavailable at {post[0]}"
        for name, posts in by_person.items():
            for one, other in pairwise(sorted(posts)):
                rest = datetime.fromisoformat(other[0]) - datetime.fromisoformat(one[1])
                if rest < timedelta(hours=REST) or one[0][:10] == other[0][:10]:
                    yield f"{name} has {one} too close to {other}"

    def problem(self) -> Problem:
        """State it for wfm: a template for each kind of shift, a contract for each skill set."""
        horizon = Horizon(start=self._first, days=self._days, interval=60)
        kinds = {self._kind(post): post for post in self._posts}
        sets = sorted(set(self._skills.values()))
        return Problem(
            demand=nobody_calls(horizon),
            agents=tuple(
                Agent(id=name, contract="+".join(skills), skills=skills)
                for name, skills in self._skills.items()
            ),
            contracts=tuple(
                Contract(
                    id="+".join(skills),
                    hourly_cost=0,
                    shifts=tuple(kind for kind, post in kinds.items() if post[3] in skills),
                )
                for skills in sets
            ),
            skills=tuple(Skill(id=skill) for skill in sorted({s for set_ in sets for s in set_})),
            shifts=tuple(
                ShiftTemplate(id=kind, start=post[0][11:16], lengths=(self._minutes(post),))
                for kind, post in kinds.items()
            ),
            rules=(rules.OneShiftADay(), rules.MinRest(hours=REST), *self._dates(), *self._cover()),
        )

    def _kind(self, post: Post) -> str:
        return f"{post[0][11:16]} / {post[2]} / {post[3]}"

    def _minutes(self, post: Post) -> int:
        length = datetime.fromisoformat(post[1]) - datetime.fromisoformat(post[0])
        return int(length.total_seconds()) // 60

    def _dates(self) -> Iterator[Rule]:
        (length,) = {self._minutes(post) for post in self._posts}
        for name, day, kind in self._asked:
            yield rules.ShiftRequest(
                agents=(name,),
                dates=(date.fromisoformat(day),),
                wanted=kind == "DESIRED",
                weight=None if kind == "UNAVAILABLE" else float(length),
            )

    def _cover(self) -> Iterator[Rule]:
        heads = Counter((post[0][:10], self._kind(post)) for post in self._posts)
        days = [(self._first + timedelta(days=day)).isoformat() for day in range(self._days)]
        needs = tuple(
            ShiftNeed(day=date.fromisoformat(day), template=kind, heads=heads[day, kind])
            for kind in sorted({kind for _, kind in heads})
            for day in days
        )
        due = tuple(need for need in needs if need.heads)
        yield rules.MinOnShift(needs=due, weight=LOST)
        yield rules.MaxOnShift(needs=needs, weight=LOST)
