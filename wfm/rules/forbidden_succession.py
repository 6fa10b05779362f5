"""No such shift the day after such another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from wfm.agent_rule import AgentRule
from wfm.limit import Grid, Limit, each
from wfm.problem import Problem
from wfm.rule import Example, Violation
from wfm.rules.example import example
from wfm.schedule import Schedule, Shift


class ForbiddenSuccession(AgentRule):
    """No shift of some templates on the day after a shift of some others.

    The unit of breach is a succession. Only the named pairs are forbidden: with ``first`` night
    and ``then`` early, a night may follow a night.

    Parameters
    ----------
    first, then : tuple of str
        Ids of shift templates.
    """

    answers: ClassVar[tuple[str, ...]] = ("rest", "seam")

    first: tuple[str, ...] = Field(min_length=1)
    then: tuple[str, ...] = Field(min_length=1)

    def check(self, problem: Problem) -> None:
        """Raise `InputError` if an agent, a contract or a template is not in the problem."""
        super().check(problem)
        problem.must_know("shifts", self.first, f"rule {self.name()}.first")
        problem.must_know("shifts", self.then, f"rule {self.name()}.then")

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each two days: not one of `first` and one of `then`."""
        everyone = self.who(x.problem)
        then = x.works_template(0, self.then)
        bound = [a for a in everyone if any(_precedes(s, self.first) for s in x.before(a))]
        if bound:
            yield Limit((then,), 0, each(bound))
        before = x.works_template(0, self.first).grid[0] > 0
        for day in range(x.horizon.days - 1):
            yield Limit((x.pair(day, before, then.grid[0] > 0),), 1, each(everyone))

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Look back a day from each shift."""
        past = Schedule.of_shifts(problem.previous.shifts)
        for agent in self.who(problem):
            shifts = [*past.of(agent), *schedule.of(agent)]
            earlier = {shift.day: shift for shift in shifts if shift.template in self.first}
            for shift in schedule.of(agent):
                ahead = earlier.get(shift.day - 1)
                if ahead is not None and shift.template in self.then:
                    sentence = (
                        f"{problem.agent(agent)} starts a shift {shift.template!r} on "
                        f"{problem.horizon.label(shift.start)}, the day after a shift "
                        f"{ahead.template!r} on {problem.horizon.label(ahead.start)}."
                    )
                    yield self.breach((agent,), shift.day, 1, sentence)

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        return (
            f"{self.whom(problem)} starts no {' or '.join(self.then)} shift on the day after "
            f"a {' or '.join(self.first)} shift"
        )

    @classmethod
    def examples(cls) -> list[Example]:
        """Forbid an early or day shift after a night, and leave night after night alone."""
        rule = cls(first=("night",), then=("early", "day"))
        same = cls(first=("late", "night"), then=("late", "early"))
        night = {"anna": "N"}
        return [
            example("night after night", rule, {"anna": "NNNN---"}),
            example("early after night", rule, {"anna": "NE-----"}, 1),
            example("night after early", rule, {"anna": "EN-----", "ben": "DN-----"}),
            example("late after night", rule, {"anna": "NL-----"}),
            example("a day between", rule, {"anna": "N-E----"}),
            example("twice, and another agent", rule, {"anna": "NENE---", "ben": "-ND----"}, 3),
            example("at the horizon's end", rule, {"anna": "-----ND"}, 1),
            example("across the seam", rule, {"anna": "E------"}, 1, before=night),
            example("a night off at the seam", rule, {"anna": "E------"}, before={"anna": "N-"}),
            example("a template in both lists", same, {"anna": "LLL----"}, 2),
        ]


def _precedes(shift: Shift, templates: tuple[str, ...]) -> bool:
    return shift.day == -1 and shift.template in templates
