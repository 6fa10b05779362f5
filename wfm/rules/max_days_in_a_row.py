"""How many days in a row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from wfm.agent_rule import AgentRule
from wfm.limit import Grid, Limit, by_value, each
from wfm.number import Number
from wfm.problem import Problem
from wfm.rule import Example, Violation
from wfm.rules.example import example
from wfm.schedule import Schedule


class MaxDaysInARow(AgentRule):
    """At most so many working days in a row, counting those that began in the previous period.

    The unit of breach is a working day too many. A day is worked if a shift starts on it.

    Parameters
    ----------
    days : int
        The most that may follow each other.
    """

    answers: ClassVar[tuple[str, ...]] = ("days_off", "seam")
    numbers: ClassVar[tuple[Number, ...]] = (Number("days", 1),)

    days: int = Field(ge=1, le=60)

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each stretch of one day more, by its last day: not all of them worked."""
        everyone = self.who(x.problem)
        past = {agent: {shift.day for shift in x.before(agent)} for agent in everyone}
        for last in range(x.horizon.days):
            first = last - self.days
            works = x.works(first, last)
            worked = {agent: sum(day >= first for day in past[agent]) for agent in everyone}
            for count, agents in by_value(everyone, worked.__getitem__).items():
                yield Limit((works,), self.days - count, each(agents))

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Walk through each agent's days and measure every run."""
        past = Schedule.of_shifts(problem.previous.shifts)
        earliest = min((shift.day for shift in past.shifts), default=0)
        for agent in self.who(problem):
            worked = {shift.day for shift in [*past.of(agent), *schedule.of(agent)]}
            run = 0
            for day in range(earliest, problem.horizon.days):
                run = run + 1 if day in worked else 0
                ends = day + 1 not in worked or day + 1 == problem.horizon.days
                if run > self.days and day >= 0 and ends:
                    label = problem.horizon.day_label
                    sentence = (
                        f"{problem.agent(agent)} works {run} days in a row from "
                        f"{label(day - run + 1)} to {label(day)}; the limit is {self.days}."
                    )
                    yield self.breach((agent,), day, min(run - self.days, day + 1), sentence)

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        return f"{self.whom(problem)} works at most {self.days} days in a row"

    @classmethod
    def examples(cls) -> list[Example]:
        """Measure runs inside the horizon, at its end, and from the previous period."""
        rule = cls(days=3)
        three, four = {"anna": "DDD"}, {"anna": "DDDD"}
        return [
            example("three days", rule, {"anna": "DDD-DDD"}),
            example("four days", rule, {"anna": "-DDDD--"}, 1),
            example("six days", rule, {"anna": "DDDDDD-", "ben": "DD-DDD-"}, 3),
            example("at the horizon's end", rule, {"anna": "---DDDD"}, 1),
            example("four nights", rule, {"anna": "NNNN---"}, 1),
            example("across the seam", rule, {"anna": "DD-----"}, 2, before=three),
            example("a day off at the seam", rule, {"anna": "-DDD---"}, before=three),
            example(
                "across the seam, in part", rule, {"anna": "DDD----"}, 1, before={"anna": "D-D"}
            ),
            example("too many in the past", rule, {"anna": "D------"}, 1, before=four),
            example("too many in the past alone", rule, {"anna": "-DDD---"}, before=four),
            example("one day at most", cls(days=1), {"anna": "D-D-DD-"}, 1),
        ]
