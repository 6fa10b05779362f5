"""How few days off in a row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from wfm.agent_rule import AgentRule
from wfm.limit import Grid, Limit
from wfm.number import Number
from wfm.problem import Problem
from wfm.rule import Example, Violation
from wfm.rules._judge_runs import short_runs
from wfm.rules._runs import no_short_runs
from wfm.rules.example import example
from wfm.schedule import Schedule


class MinDaysOffInARow(AgentRule):
    """At least so many days off in a row between two working days.

    The unit of breach is a missing day off. A day is off if no shift starts on it. Days off that
    began in the previous period are counted from there; a stretch of which it is not known when it
    began, or when it ends, is not judged.

    Parameters
    ----------
    days : int
        The fewest that follow each other.
    """

    answers: ClassVar[tuple[str, ...]] = ("days_off", "seam")
    numbers: ClassVar[tuple[Number, ...]] = (Number("days", -1),)

    days: int = Field(ge=2, le=14)

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each shorter stretch: not this one between two working days."""
        yield from no_short_runs(x, self.days, self.who(x.problem), worked=False)

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Measure every stretch between two working days."""
        for agent in self.who(problem):
            short = short_runs(problem, schedule, agent, self.days, worked=False)
            for day, missing, found, when in short:
                sentence = (
                    f"{problem.agent(agent)} has only {found} off in a row ({when}); "
                    f"at least {self.days} are due."
                )
                yield self.breach((agent,), day, missing, sentence)

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        return f"{self.whom(problem)} has at least {self.days} days off in a row at a time"

    @classmethod
    def examples(cls) -> list[Example]:
        """Measure stretches inside the horizon, at its end, and from the previous period."""
        two, three = cls(days=2), cls(days=3)
        return [
            example("two days off", two, {"anna": "DDD--DD", "ben": "D--D--D"}),
            example("single days off", two, {"anna": "D-DD-DD", "ben": "DDDD-DD"}, 3),
            example("one and two of three", three, {"anna": "D-D--DD"}, 3),
            example("a night's morning is off", three, {"anna": "NN--NN-"}, 1),
            example("days off that began unseen", two, {"anna": "-DDDDD-"}),
            example("at the horizon's end", two, {"anna": "DDDDD-D"}, 1),
            example("a stretch cut by the end", three, {"anna": "DDDDDD-"}),
            example("across the seam", three, {"anna": "--D"}, before={"anna": "D-"}),
            example("too few across the seam", three, {"anna": "-D"}, 1, before={"anna": "D-"}),
            example("the seam ends them", two, {"anna": "DDD"}, 1, before={"anna": "DD-"}),
            example("from the first day", two, {"anna": "-DD"}, 1, before={"anna": "DD"}),
            example("all of the past", two, {"anna": "D--"}, before={"ben": "D-"}),
        ]
