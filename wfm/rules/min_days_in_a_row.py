"""How few days in a row."""

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


class MinDaysInARow(AgentRule):
    """At least so many working days in a row between two days off.

    The unit of breach is a missing working day. A day is worked if a shift starts on it. A run
    that began in the previous period is counted from there; one of which it is not known when it
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
        """For each shorter run: not this one between two days off."""
        yield from no_short_runs(x, self.days, self.who(x.problem), worked=True)

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Measure every run between two days off."""
        for agent in self.who(problem):
            short = short_runs(problem, schedule, agent, self.days, worked=True)
            for day, missing, found, when in short:
                sentence = (
                    f"{problem.agent(agent)} works only {found} in a row ({when}); "
                    f"at least {self.days} are due."
                )
                yield self.breach((agent,), day, missing, sentence)

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        return f"{self.whom(problem)} works at least {self.days} days in a row"

    @classmethod
    def examples(cls) -> list[Example]:
        """Measure runs inside the horizon, at its end, and from the previous period."""
        three, two = cls(days=3), cls(days=2)
        seven = {"anna": "DDDD-DD"}
        return [
            example("three days", three, {"anna": "-DDD---"}),
            example("two days", three, {"anna": "-DD-DDD"}, 1),
            example("single days", three, {"anna": "-D-D---", "ben": "-DDD-D-"}, 6),
            example("two nights", three, {"anna": "-NN----"}, 1),
            example("a run that began unseen", three, {"anna": "D------"}),
            example("a run cut by the end", three, {"anna": "-DDD--D"}),
            example("at the horizon's end", three, {"anna": "---DDD-", "ben": "-----D-"}, 2),
            example("its end is the last day", two, {"anna": "-----DD"}),
            example("across the seam", three, {"anna": "D-"}, before=seven),
            example("too few across the seam", three, {"anna": "D-"}, 1, before={"anna": "D-D"}),
            example("the seam ends the run", three, {"anna": "-DDD"}, 1, before=seven),
            example("from a day off at the seam", two, {"anna": "D-DD-"}, 1, before={"anna": "D-"}),
            example("all of the past", three, {"anna": "D-----"}, before={"anna": "D"}),
        ]
