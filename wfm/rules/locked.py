"""Shifts and days off that stay as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import ClassVar

import numpy as np
from pydantic import Field, model_validator

from wfm.errors import InputError
from wfm.limit import Cells, Grid, Limit, by_value, each
from wfm.problem import Problem
from wfm.rule import Example, Rule, Violation
from wfm.rules._assignment import Assignment, assignment_of, check_assigned
from wfm.rules._judge_plan import differs, hours_told
from wfm.rules._plan import marked
from wfm.rules.example import SUNDAY, example
from wfm.schedule import Schedule


class Locked(Rule):
    """Agents work on some dates exactly the shifts that are given, or are off as it is given.

    The unit of breach is a day that is not as locked. Of a shift only what is said must agree:
    template, start, length; if nothing is, any shift will do. Its breaks may move. A night that
    began on the day before belongs to the day before. Dates outside the horizon bind nobody.

    Parameters
    ----------
    assignments : tuple of Assignment
        Each with an `agent` and a `day`, and either `off`, with or without `until`, or any of
        `template`, `start` and `minutes`; one for each agent and date.
    """

    answers: ClassVar[tuple[str, ...]] = ("notice",)

    assignments: tuple[Assignment, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _once_each(self) -> Locked:
        seen = set()
        for one in self.assignments:
            if (one.agent, one.day) in seen:
                place = f"Locked.assignments of agent {one.agent!r}"
                raise InputError(place, "hold each date once", one.day)
            seen.add((one.agent, one.day))
        return self

    @classmethod
    def of(
        cls,
        problem: Problem,
        schedule: Schedule,
        *,
        first: date | None = None,
        last: date | None = None,
        agents: Iterable[str] | None = None,
        weight: float | None = None,
    ) -> Locked:
        """Lock shifts and days off of a schedule.

        Parameters
        ----------
        problem : Problem
            Whose schedule it is.
        schedule : Schedule
            Who works when.
        first, last : datetime.date, optional
            Dates from and to which it is locked; those of the horizon by default.
        agents : iterable of str, optional
            Ids of those whose days are locked; everyone by default.
        weight : float, optional
            Cost of each day that is not as locked; without one it is hard.
        """
        horizon = problem.horizon
        whom = [agent.id for agent in problem.agents] if agents is None else agents
        start = 0 if first is None else max(0, horizon.day(first))
        end = horizon.days if last is None else min(horizon.days, horizon.day(last) + 1)
        found = []
        for agent in whom:
            for day in range(start, end):
                when, shift = horizon.date_of(day), schedule.on(agent, day)
                if shift is None:
                    found.append(Assignment(agent=agent, day=when, off=True))
                else:
                    found.append(assignment_of(problem, shift))
        return cls(assignments=tuple(found), weight=weight)

    def check(self, problem: Problem) -> None:
        """Raise `InputError` if an agent or a template is not in the problem."""
        check_assigned(problem, f"rule {self.name()}.assignments", self.assignments)

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each day and each kind of assignment: at least one shift that fits, or none."""
        days: dict[int, dict[str, Assignment]] = {}
        for one in self.assignments:
            day = x.horizon.day(one.day)
            if 0 <= day < x.horizon.days:
                days.setdefault(day, {})[one.agent] = one.model_copy(update={"agent": ""})
        for day, locked in sorted(days.items()):
            for kind, agents in by_value(locked, locked.__getitem__).items():
                cells = Cells(day, marked(x, day, kind).astype(np.int64)[None, :])
                signed, most = (cells, 0) if kind.off else (-cells, -1)
                yield Limit((signed,), most, each(agents))

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Look up each agent's shift on each date."""
        horizon = problem.horizon
        for one in self.assignments:
            day = horizon.day(one.day)
            if not 0 <= day < horizon.days:
                continue
            shift = schedule.on(one.agent, day)
            if differs(problem, one, shift):
                found = "is off"
                if shift is not None:
                    found = f"has {hours_told(horizon, shift.template, shift.start, shift.end)}"
                sentence = (
                    f"{problem.agent(one.agent)} {found} on {horizon.day_label(day)}, "
                    f"where {_said(one)} is locked."
                )
                yield self.breach((one.agent,), day, 1, sentence)

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        if len(self.assignments) > 3:
            names = {str(problem.agent(one.agent)): None for one in self.assignments}
            days = sorted(one.day for one in self.assignments)
            some = " and ".join(names) if len(names) < 4 else f"{len(names)} agents"
            return f"{len(self.assignments)} locked days of {some} stay ({days[0]} to {days[-1]})"
        parts = [f"{problem.agent(a.agent)} has {_said(a)} on {a.day}" for a in self.assignments]
        return " and ".join(parts)

    @classmethod
    def examples(cls) -> list[Example]:
        """Lock whole shifts, parts of them, and days off."""

        def locked(*assignments: Mapping[str, object]) -> Locked:
            return cls(assignments=tuple(Assignment.model_validate(one) for one in assignments))

        monday, friday, sunday = date(2026, 12, 7), date(2026, 12, 11), SUNDAY
        early = {"template": "early", "start": "06:00", "minutes": 510}
        shift = locked({"agent": "anna", "day": monday, **early})
        off = locked(*({"agent": name, "day": sunday, "off": True} for name in ("anna", "ben")))
        night = locked({"agent": "anna", "day": friday, "start": "22:00"})
        short = locked({"agent": "ben", "day": friday, "minutes": 240})
        works = locked(*({"agent": name, "day": sunday} for name in ("anna", "cleo")))
        late = locked({"agent": "cleo", "day": monday, "off": True, "until": "14:00"})
        beyond = locked(
            {"agent": "anna", "day": date(2026, 12, 21), **early},
            {"agent": "anna", "day": friday, "template": "night"},
        )
        return [
            example("as locked", shift, {"anna": "E-L----", "ben": "N------"}),
            example("another shift, and none", shift, {"anna": "D------"}, 1),
            example("off where a shift is locked", shift, {"anna": "-E-----"}, 1),
            example("at the horizon's end", off, {"anna": "EEE---E", "ben": "------N"}, 2),
            example("a night ends on the day off", off, {"anna": "-----N-"}),
            example("only the start is locked", night, {"anna": "----N--"}),
            example("another start", night, {"anna": "----L--"}, 1),
            example("only the length is locked", short, {"ben": "----S--"}),
            example("another length", short, {"ben": "SSSSD--"}, 1),
            example("any shift will do", works, {"anna": "------N", "cleo": "------E"}),
            example("no shift at all", works, {"anna": "NNNNN--", "cleo": "------E"}, 1),
            example("off until the afternoon", late, {"cleo": "L------"}),
            example("a shift in the morning", late, {"cleo": "D------"}, 1),
            example("a date outside binds nobody", beyond, {"anna": "----N--"}),
            example(
                "a night of the previous period is none of this",
                locked({"agent": "anna", "day": monday, "template": "night"}),
                {"anna": "-------"},
                1,
                before={"anna": "N"},
            ),
        ]


def _said(one: Assignment) -> str:
    if one.off:
        return "a day off" if one.until is None else f"no start before {one.until}"
    told = "a shift" if one.template is None else f"a shift {one.template!r}"
    told += "" if one.start is None else f" from {one.start}"
    return told if one.minutes is None else f"{told} of {one.minutes} min"
