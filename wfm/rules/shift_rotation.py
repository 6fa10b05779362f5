"""Bands of shifts that take turns by the week."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
from pydantic import Field, model_validator

from wfm.agent_rule import AgentRule
from wfm.errors import InputError
from wfm.limit import Cells, Grid, Limit, by_value, each
from wfm.problem import Problem
from wfm.rule import Example, Violation
from wfm.rules.example import MONDAY, example
from wfm.schedule import Schedule
from wfm.value import Value


class Offset(Value):
    """By how many weeks an agent is ahead in a cycle.

    Parameters
    ----------
    agent : str
        Id of the agent.
    weeks : int
        Weeks ahead, or behind if negative.
    """

    agent: str
    weeks: int = Field(ge=-520, le=520)


class ShiftRotation(AgentRule):
    """In each week only the shifts of its band, in a cycle of weeks that repeats.

    The unit of breach is a shift of another band. A shift belongs to the ISO week of the day on
    which it starts, so that what was worked in the previous period changes nothing.

    Parameters
    ----------
    cycle : tuple of tuple of str
        For each week of the cycle, ids of the shift templates that may be worked; none is a free
        week.
    anchor : datetime.date
        A date of a first week of the cycle, past or to come.
    offsets : tuple of Offset
        Who is in another week of the cycle than the others; each agent at most once.
    """

    cycle: tuple[tuple[str, ...], ...] = Field(min_length=1)
    anchor: date
    offsets: tuple[Offset, ...] = ()

    @model_validator(mode="after")
    def _once_each(self) -> ShiftRotation:
        named = [offset.agent for offset in self.offsets]
        twice = next((agent for agent in named if named.count(agent) > 1), None)
        if twice is not None:
            raise InputError("ShiftRotation.offsets", "name each agent once", twice)
        return self

    def check(self, problem: Problem) -> None:
        """Raise `InputError` if someone whom it names, or a template, is not in the problem."""
        super().check(problem)
        for band in self.cycle:
            problem.must_know("shifts", band, f"rule {self.name()}.cycle")
        agents = (offset.agent for offset in self.offsets)
        problem.must_know("agents", agents, f"rule {self.name()}.offsets")

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each day and place in the cycle: none of the other templates."""
        ahead = {offset.agent: offset.weeks for offset in self.offsets}
        begin = x.horizon.day(self.anchor)
        begin -= x.horizon.weekday(begin)
        others = [1 - x.works_template(0, band).grid for band in self.cycle]
        groups = by_value(self.who(x.problem), lambda a: ahead.get(a, 0) % len(self.cycle))
        for day in range(x.horizon.days):
            for offset, agents in groups.items():
                other = others[((day - begin) // 7 + offset) % len(self.cycle)]
                if np.any(other):
                    yield Limit((Cells(day, other),), 0, each(agents))

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Look up the band of each shift's week."""
        horizon = problem.horizon
        origin = self.anchor.toordinal() - self.anchor.isoweekday()
        for agent in self.who(problem):
            ahead = next((o.weeks for o in self.offsets if o.agent == agent), 0)
            for shift in schedule.of(agent):
                when = horizon.date_of(shift.day)
                passed = (when.toordinal() - when.isoweekday() - origin) // 7
                place = (passed + ahead) % len(self.cycle)
                if shift.template not in self.cycle[place]:
                    allowed = " or ".join(self.cycle[place]) or "no shift"
                    sentence = (
                        f"{problem.agent(agent)} works a shift {shift.template!r} on "
                        f"{horizon.label(shift.start)}, in week {place + 1} of "
                        f"{len(self.cycle)} of the cycle, in which {allowed} may be worked."
                    )
                    yield self.breach((agent,), shift.day, 1, sentence)

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        bands = ", then ".join(" or ".join(band) or "no shift" for band in self.cycle)
        return f"{self.whom(problem)} works by turns, week by week: {bands}"

    @classmethod
    def examples(cls) -> list[Example]:
        """Follow a cycle from its anchor, ahead of it, and out of it."""
        cycle = (("early", "day"), ("late",), ("night",))
        rule = cls(cycle=cycle, anchor=MONDAY)
        ahead = (Offset(agent="ben", weeks=1), Offset(agent="cleo", weeks=-4))
        turns = cls(cycle=cycle, anchor=date(2026, 11, 18), offsets=ahead)
        free = cls(cycle=(("early", "short"), ()), anchor=date(2026, 12, 20), agents=("anna",))
        week = "EEDDE--LLLLL--NNNN---"
        night = {"anna": "N"}
        return [
            example("three weeks", rule, {"anna": week + "EE-----"}),
            example("another band", rule, {"anna": "EELDE--ELLLL--"}, 2),
            example(
                "each in turn", turns, {"anna": "EE-----", "ben": "LL-----", "cleo": "NN-----"}
            ),
            example(
                "out of turn", turns, {"anna": "L------", "ben": "E------", "cleo": "L-----E"}, 4
            ),
            example("a free week", free, {"anna": "-------E--S---", "ben": "NNNNN---------"}),
            example("work in a free week", free, {"anna": "E------E------"}, 1),
            example("at the horizon's end", rule, {"anna": "EEEEE--LLLLLLN"}, 1),
            example("a night is of the week in which it starts", rule, {"anna": "------N"}, 1),
            example("a night before is another week's", rule, {"anna": "-E-----"}, before=night),
        ]
