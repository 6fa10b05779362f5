"""How many days off in a row."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import ClassVar

from pydantic import Field

from wfm.agent_rule import AgentRule
from wfm.limit import Grid, Limit, each
from wfm.number import Number
from wfm.problem import Problem
from wfm.rule import Example, Violation
from wfm.rules._stretches import known_day
from wfm.rules.example import example
from wfm.schedule import Schedule


class MaxDaysOffInARow(AgentRule):
    """At most so many days off in a row, counting those that began in the previous period.

    The unit of breach is a day off too many. A day is off if no shift starts on it. Of the previous
    period, days from its first shift on are known.

    Parameters
    ----------
    days : int
        The most that may follow each other.
    """

    answers: ClassVar[tuple[str, ...]] = ("seam",)
    numbers: ClassVar[tuple[Number, ...]] = (Number("days", 1),)

    days: int = Field(ge=1, le=60)

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each stretch of one day more, by its last day: not all of them off."""
        everyone = self.who(x.problem)
        worked = {agent: {shift.day for shift in x.before(agent)} for agent in everyone}
        for last in range(x.horizon.days):
            first = last - self.days
            if first < known_day(x):
                continue
            off = [agent for agent in everyone if worked[agent].isdisjoint(range(first, 0))]
            if off:
                yield Limit((-x.works(first, last),), -1, each(off))

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Walk through each agent's days and measure every stretch without a shift."""
        label = problem.horizon.day_label
        past = problem.previous.shifts
        days = range(min((shift.day for shift in past), default=0), problem.horizon.days)
        for agent in self.who(problem):
            worked = {s.day for s in (*past, *schedule.of(agent)) if s.agent == agent}
            for works, group in groupby(days, worked.__contains__):
                run = list(group)
                over = min(len(run) - self.days, run[-1] + 1)
                if not works and over > 0:
                    sentence = (
                        f"{problem.agent(agent)} is off {len(run)} days in a row from "
                        f"{label(run[0])} to {label(run[-1])}; the limit is {self.days}."
                    )
                    yield self.breach((agent,), run[-1], over, sentence)

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        return f"{self.whom(problem)} has at most {self.days} days off in a row"

    @classmethod
    def examples(cls) -> list[Example]:
        """Measure stretches inside the horizon, at its end, and from the previous period."""
        two = cls(agents=("anna", "ben"), days=2)
        anna = cls(agents=("anna",), days=2)
        return [
            example("two days off", two, {"anna": "DD--D--", "ben": "--DDDD-"}),
            example("three days off", two, {"anna": "DD---DD", "ben": "DDDDDDD"}, 1),
            example("all week", two, {"anna": "-------", "ben": "---D---"}, 7),
            example("at the horizon's end", anna, {"anna": "DDDD---"}, 1),
            example("the last day ends them", anna, {"anna": "DDDD--D"}),
            example("a night's morning is off", anna, {"anna": "NN---NN"}, 1),
            example("across the seam", anna, {"anna": "--DDDDD"}, 1, before={"anna": "D-"}),
            example("the seam ends them", anna, {"anna": "DD--DDD"}, before={"anna": "D--"}),
            example("a day before that is known", anna, {"anna": "--DDD"}, 1, before={"ben": "D"}),
            example("too many in the past alone", anna, {"anna": "DD"}, before={"anna": "D---"}),
            example("too many in the past", anna, {"anna": "-D"}, 1, before={"anna": "D---"}),
            example("of the past nothing is known", anna, {"anna": "--D--D-"}),
        ]
