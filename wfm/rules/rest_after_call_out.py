"""Rest after being called out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from math import ceil
from typing import ClassVar

import numpy as np
from pydantic import Field, model_validator

from wfm.errors import InputError
from wfm.horizon import DAY
from wfm.limit import Grid, Limit
from wfm.number import Number
from wfm.problem import Problem
from wfm.rule import Example, Rule, Violation
from wfm.rules.example import SPRING_SATURDAY, example
from wfm.schedule import Schedule
from wfm.value import Value


class CallOut(Value):
    """Work outside the roster, when somebody was called out of their free time.

    Parameters
    ----------
    agent : str
        Id of the agent.
    start, end : datetime.datetime
        From when to when, in local time without a zone.
    """

    agent: str
    start: datetime
    end: datetime

    @model_validator(mode="after")
    def _in_order(self) -> CallOut:
        for place, when in (("start", self.start), ("end", self.end)):
            if when.tzinfo is not None:
                raise InputError(f"CallOut.{place}", "be local, without a time zone", when)
        if not timedelta() < self.end - self.start <= timedelta(minutes=DAY):
            must = f"lie after start ({self.start}), by a day at most"
            raise InputError("CallOut.end", must, self.end)
        return self


class RestAfterCallOut(Rule):
    """Who was called out starts no shift until so many hours later, and has none meanwhile.

    The unit of breach is a shift that starts too early or is on during the call-out. A call-out
    before the horizon binds as far as its rest reaches into it; shifts past the horizon's end are
    planned later.

    Parameters
    ----------
    call_outs : tuple of CallOut
        Who was called out, and when.
    hours : float
        Hours of rest after each.
    """

    answers: ClassVar[tuple[str, ...]] = ("rest", "seam")
    numbers: ClassVar[tuple[Number, ...]] = (Number("hours", -1, "hours"),)

    call_outs: tuple[CallOut, ...] = Field(min_length=1)
    hours: float = Field(ge=0, le=72)

    def check(self, problem: Problem) -> None:
        """Raise `InputError` if someone called out is not in the problem."""
        called = (call_out.agent for call_out in self.call_outs)
        problem.must_know("agents", called, f"rule {self.name()}.call_outs agent")

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each agent and day: none of the shifts that begin or are on too early."""
        rest = ceil(self.hours * 60 - 1e-9)
        for agent in dict.fromkeys(call_out.agent for call_out in self.call_outs):
            early = np.zeros(x.options.start.shape, dtype=bool)
            for one in self.call_outs:
                if one.agent == agent:
                    begin, end = x.horizon.elapsed(one.start), x.horizon.elapsed(one.end)
                    early |= (x.options.end > begin) & (x.options.start < end + rest)
            for cells in x.marked(early & x.options.offered):
                yield Limit((cells,), 0, ((agent,),))

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Compare each shift with the last call-out before its end."""
        horizon = problem.horizon
        for agent in dict.fromkeys(call_out.agent for call_out in self.call_outs):
            mine = [one for one in self.call_outs if one.agent == agent]
            for shift in schedule.of(agent):
                ends = [
                    horizon.elapsed(one.end)
                    for one in mine
                    if horizon.elapsed(one.start) < shift.end
                ]
                rest = (shift.start - max(ends, default=-(10**9))) / 60
                if rest < self.hours or (rest < 0 and ends):
                    sentence = self._sentence(problem, agent, shift.start, max(ends))
                    yield self.breach((agent,), shift.day, 1, sentence)

    def _sentence(self, problem: Problem, agent: str, start: int, end: int) -> str:
        label = problem.horizon.label
        told = f"{problem.agent(agent)} has a shift from {label(start)}"
        if start < end:
            return f"{told}, but is called out until {label(end)}."
        return (
            f"{told}, {round((start - end) / 60, 2):g} h after being called out until "
            f"{label(end)}; at least {self.hours:g} h of rest are due."
        )

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        names = dict.fromkeys(str(problem.agent(one.agent)) for one in self.call_outs)
        whom = f"each of {' and '.join(names)}" if len(names) > 1 else "".join(names)
        return f"{whom} starts no shift until {self.hours:g} h after being called out"

    @classmethod
    def examples(cls) -> list[Example]:
        """Be called out before the horizon, within it, at its end, and while the clocks change."""
        tuesday = CallOut(
            agent="anna", start=datetime(2026, 12, 8, 23), end=datetime(2026, 12, 9, 1)
        )
        sunday = CallOut(
            agent="ben", start=datetime(2026, 12, 6, 21), end=datetime(2026, 12, 6, 23)
        )
        last = CallOut(
            agent="ben", start=datetime(2026, 12, 12, 20), end=datetime(2026, 12, 12, 23)
        )
        spring = CallOut(
            agent="anna", start=datetime(2027, 3, 28, 1), end=datetime(2027, 3, 28, 1, 30)
        )
        one = cls(call_outs=(tuesday,), hours=11)
        two = cls(call_outs=(sunday, tuesday, last), hours=11)
        short = cls(call_outs=(tuesday,), hours=8)
        clocks = cls(call_outs=(spring,), hours=7)
        before = {"ben": "D"}
        return [
            example("too early after it", one, {"anna": "-DD----", "ben": "-DD----"}, 1),
            example("late enough after it", one, {"anna": "-DL----"}),
            example("eight hours do", short, {"anna": "--D----"}),
            example("across midnight", one, {"anna": "-N-----"}, 1),
            example("home again before it", one, {"anna": "-L-----"}),
            example("several", two, {"anna": "-NE----", "ben": "D----L-"}, 4),
            example("at the horizon's end", two, {"ben": "------D"}, 1),
            example("called out before the horizon", two, {"ben": "E-"}, 1, before=before),
            example("rested over the seam", two, {"ben": "L-"}, before=before),
            example("the clocks take an hour", clocks, {"anna": "-D"}, 1, start=SPRING_SATURDAY),
        ]
