"""How few shifts of some templates in a row."""

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


class MinShiftsInARow(AgentRule):
    """At least so many shifts of some templates on days in a row, such as nights in a block.

    The unit of breach is a missing shift. A day off and a shift of another template both end a
    run. A run that began in the previous period is counted from there; one of which it is not
    known when it began, or when it ends, is not judged.

    Parameters
    ----------
    templates : tuple of str
        Ids of shift templates, whose shifts continue each other's runs.
    days : int
        The fewest that follow each other.
    """

    answers: ClassVar[tuple[str, ...]] = ("seam",)
    numbers: ClassVar[tuple[Number, ...]] = (Number("days", -1),)

    templates: tuple[str, ...] = Field(min_length=1)
    days: int = Field(ge=2, le=14)

    def check(self, problem: Problem) -> None:
        """Raise `InputError` if an agent, a contract or a template is not in the problem."""
        super().check(problem)
        problem.must_know("shifts", self.templates, f"rule {self.name()}.templates")

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each shorter run: not this one between two days without such a shift."""
        everyone = self.who(x.problem)
        yield from no_short_runs(x, self.days, everyone, worked=True, templates=self.templates)

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Measure every run between two days without such a shift."""
        named = " or ".join(repr(template) for template in self.templates)
        for agent in self.who(problem):
            short = short_runs(
                problem, schedule, agent, self.days, worked=True, templates=self.templates
            )
            for day, missing, found, when in short:
                sentence = (
                    f"{problem.agent(agent)} works {named} only {found} in a row ({when}); "
                    f"at least {self.days} are due."
                )
                yield self.breach((agent,), day, missing, sentence)

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        named = " or ".join(repr(template) for template in self.templates)
        return f"{self.whom(problem)} works {named} on at least {self.days} days in a row"

    @classmethod
    def examples(cls) -> list[Example]:
        """Measure runs inside the horizon, at its end, and from the previous period."""
        two, three = cls(templates=("night",), days=2), cls(templates=("night",), days=3)
        both = cls(templates=("late", "night"), days=2)
        return [
            example("two nights", two, {"anna": "-NN-NN-", "ben": "DDDD-D-"}),
            example("single nights", two, {"anna": "-N--N--", "ben": "LNL----"}, 3),
            example("one and two of three", three, {"anna": "-N-NN--"}, 3),
            example(
                "two templates continue each other", both, {"anna": "-LN-D-L", "ben": "EL-NN--"}, 1
            ),
            example("a run that began unseen", two, {"anna": "N------"}),
            example("a run cut by the end", two, {"anna": "-NN---N"}),
            example("at the horizon's end", two, {"anna": "-----N-"}, 1),
            example("its end is the last day", two, {"anna": "-----NN"}),
            example("across the seam", two, {"anna": "N-"}, before={"anna": "DN"}),
            example("too few across the seam", three, {"anna": "NL"}, 1, before={"anna": "DN"}),
            example("the seam ends the run", two, {"anna": "L-NN"}, 1, before={"anna": "-DN"}),
            example("another shift at the seam", two, {"anna": "N-N-"}, 2, before={"anna": "DDL"}),
        ]
