"""People who start, and perhaps end, together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from wfm.agent_rule import AgentRule
from wfm.errors import InputError
from wfm.limit import AnyOf, Cells, Grid, Limit
from wfm.number import Number
from wfm.problem import Problem
from wfm.rule import Example, Violation
from wfm.rules._group import group_words
from wfm.rules.example import example
from wfm.schedule import Schedule, Shift

Ints = NDArray[np.int64]


class StartsTogether(AgentRule):
    """On a day on which several of a group work, they start within some minutes of each other.

    The unit of breach is a day on which they do not. A shift belongs to the day on which it
    starts; nothing of the previous period matters, and the last day is a day like the others. It
    suits a shared car and a team that starts as one. With `ends` and `same_days` it ties buddies:
    two who are on duty only together, but for so many minutes at either end.

    Parameters
    ----------
    household : str, optional
        Id of a household whose members are the group, instead of those chosen by `agents`,
        `teams` and the like; everyone if nothing is chosen.
    minutes : int
        How far apart the first and the last of them may start.
    ends : bool
        Whether their ends lie as near to each other, too.
    same_days : bool
        Whether all of them work on a day on which one of them does.
    """

    kind: ClassVar[Literal["work", "family", "wish"]] = "family"
    numbers: ClassVar[tuple[Number, ...]] = (Number("minutes", 1, "minutes"),)

    household: str | None = None
    minutes: int = Field(ge=0, le=1440)
    ends: bool = False
    same_days: bool = False

    @model_validator(mode="after")
    def _one_group(self) -> Self:
        if self.household is not None and not self.binds_everyone:
            place = "StartsTogether.household"
            raise InputError(place, "be left out when others are named", self.household)
        return self

    def check(self, problem: Problem) -> None:
        """Raise `InputError` if the household or someone else named is not in the problem."""
        super().check(problem)
        if self.household is not None:
            place = f"rule {self.name()}.household"
            problem.must_know("households", (self.household,), place)

    def who(self, problem: Problem) -> list[str]:
        """Ids of the group."""
        if self.household is None:
            return super().who(problem)
        members = problem.household(self.household).members
        return [member for member in members if member not in self.waived_by]

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each day and each time: nobody begins until then if another one begins much later."""
        group = tuple(self.who(x.problem))
        if len(group) < 2:
            return
        for day in range(x.horizon.days):
            for times in (x.options.start[day], x.options.end[day])[: 2 if self.ends else 1]:
                for early, late in self._apart(times, x.options.offered[day]):
                    yield from _not_both(x, Cells(day, early), Cells(day, late), group)
            if self.same_days:
                yield from _all_or_none(x, day, group)

    def _apart(self, times: Ints, offered: NDArray[np.bool_]) -> Iterator[tuple[Ints, Ints]]:
        """Options early and late, too far apart; no pair is part of another."""
        some = np.unique(times[offered])
        later = np.searchsorted(some, some + self.minutes, side="right")
        for index in np.flatnonzero(np.append(np.diff(later) > 0, [True])):
            if later[index] < len(some):
                early = offered & (times <= some[index])
                late = offered & (times >= some[later[index]])
                yield early[None, :].astype(np.int64), late[None, :].astype(np.int64)

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Compare, day by day, the first and the last of those who work."""
        group = self.who(problem)
        for day in range(problem.horizon.days):
            found = [schedule.on(agent, day) for agent in group]
            shifts = [shift for shift in found if shift is not None]
            if not shifts:
                continue
            apart = [max(s.start for s in shifts) - min(s.start for s in shifts)]
            if self.ends:
                apart.append(max(s.end for s in shifts) - min(s.end for s in shifts))
            lacking = self.same_days and len(shifts) < len(group)
            if max(apart) > self.minutes or lacking:
                label = problem.horizon.day_label(day)
                sentence = f"On {label} {self._told(problem, shifts, group)}; {self._due()}."
                agents = group if lacking else [shift.agent for shift in shifts]
                yield self.breach(tuple(agents), day, 1, sentence)

    def _told(self, problem: Problem, shifts: list[Shift], group: list[str]) -> str:
        local = problem.horizon.local
        working = ", ".join(
            f"{problem.agent(s.agent)} works {local(s.start):%H:%M}–{local(s.end):%H:%M}"
            for s in shifts
        )
        off = sorted(set(group) - {shift.agent for shift in shifts}) if self.same_days else []
        return ", ".join([working, *(f"{problem.agent(agent)} does not" for agent in off)])

    def _due(self) -> str:
        what = "starts and ends" if self.ends else "starts"
        days = ", and all of the group work on the same days" if self.same_days else ""
        near = f"lie within {self.minutes} min" if self.minutes else "be the same"
        return f"their {what} are to {near}{days}"

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        whom = group_words(self, problem)
        if self.household is not None:
            whom = " and ".join(str(problem.agent(agent)) for agent in self.who(problem))
        return f"when several of {whom} work on a day, {self._due()}"

    @classmethod
    def examples(cls) -> list[Example]:
        """Starts near and far, of two and of three, with ends and days or without."""
        car = cls(household="home", minutes=30)
        hours = cls(household="home", minutes=300)
        team = cls(minutes=180)
        same = cls(agents=("anna", "ben"), minutes=0, ends=True)
        buddies = cls(agents=("anna", "cleo"), minutes=0, ends=True, same_days=True)
        three = cls(sites=("north", "south"), minutes=180, ends=True, same_days=True)
        return [
            example("of three", team, {"anna": "EEL----", "ben": "DE-----", "cleo": "-DN---L"}, 1),
            example("one car", car, {"anna": "EED-LN-", "ben": "E-D--N-"}),
            example("two cars", car, {"anna": "ED-EN--", "ben": "DL-N-L-", "cleo": "E-"}, 3),
            example("not too far apart", hours, {"anna": "EDLEDLN", "ben": "D--DL--"}),
            example("far apart", hours, {"anna": "ELN----", "ben": "LE-----"}, 2),
            example("at the horizon's end", hours, {"anna": "------N", "ben": "------L"}, 1),
            example("from both sides", hours, {"anna": "------L", "ben": "------N"}, 1),
            example(
                "the first and the last", team, {"anna": "E--", "ben": "D--", "cleo": "L--"}, 1
            ),
            example("the same start, another end", same, {"anna": "D-S", "ben": "S-S"}, 1),
            example("another start, the same end", same, {"anna": "L-N", "ben": "D-N"}, 1),
            example("buddies", buddies, {"anna": "EDN-S--", "cleo": "EDN-S--", "ben": "--D"}),
            example("apart", buddies, {"anna": "DN-L", "cleo": "-NED", "ben": "----E-E"}, 3),
            example("three at two sites", three, {"anna": "EES", "ben": "DE-", "cleo": "D-S"}, 2),
            example("the last of three", three, {"anna": "--N", "ben": "--N", "cleo": "--L"}, 1),
            example("across the seam", car, {"anna": "E", "ben": "E"}, before={"ben": "DN"}),
        ]


def _not_both(x: Grid, one: Cells, other: Cells, group: tuple[str, ...]) -> Iterator[Limit]:
    """Nobody works one of some shifts of a day while another one works one of the others."""
    slack = f"day {one.day}"
    if len(group) == 2:
        yield Limit((one, other), 1, (group,), slack)
        yield Limit((other, one), 1, (group,), slack)
    else:
        some = tuple(AnyOf((cells,) * len(group)) for cells in (one, other))
        yield Limit((x.nothing,) * len(group), 1, (group,), slack, some)


def _all_or_none(x: Grid, day: int, group: tuple[str, ...]) -> Iterator[Limit]:
    """Either all of the group work on a day or none does."""
    slack = f"day {day}"
    works = x.works(day, day)
    if len(group) == 2:
        yield Limit((works, -works), 0, (group,), slack)
        yield Limit((-works, works), 0, (group,), slack)
    else:
        some = AnyOf((works,) * len(group))
        lacking = AnyOf((-works,) * len(group), over=-len(group))
        yield Limit((x.nothing,) * len(group), 1, (group,), slack, (some, lacking))
