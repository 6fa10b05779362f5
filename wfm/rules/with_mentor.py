"""Trainees with a mentor at their side."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import ClassVar

import numpy as np
from pydantic import Field

from wfm.agent_rule import AgentRule
from wfm.limit import Grid, Limit
from wfm.number import Number
from wfm.problem import Problem
from wfm.rule import Example, Violation
from wfm.rules._on_duty import stretches
from wfm.rules._presence import presence, runs
from wfm.rules.example import SPRING_SATURDAY, example
from wfm.schedule import Schedule
from wfm.window import Window


class WithMentor(AgentRule):
    """While a trainee is on duty, so are enough mentors, at every moment.

    Each trainee alone; one mentor may look after several. Someone on a break is on duty, and a
    mentor who is among those bound is no trainee. The unit of breach is a missing mentor for a
    planning interval. Mentors who are still on duty from the previous period count; trainees who
    are do not. Intervals after the horizon's end belong to the
    next period, whose mentors are not known.

    Parameters
    ----------
    mentors : tuple of str
        Ids of the mentors.
    at_least : int
        How many of them must be there.
    """

    numbers: ClassVar[tuple[Number, ...]] = (Number("at_least", -1),)

    mentors: tuple[str, ...] = Field(min_length=1)
    at_least: int = Field(default=1, ge=1)

    def check(self, problem: Problem) -> None:
        """Raise `InputError` if someone who is named is not in the problem."""
        super().check(problem)
        problem.must_know("agents", self.mentors, f"rule {self.name()}.mentors")

    def who(self, problem: Problem) -> list[str]:
        """Ids of the trainees, in the problem's order."""
        return [agent for agent in super().who(problem) if agent not in self.mentors]

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each interval: at_least * trainee on duty <= mentors on duty."""
        mentors = tuple(dict.fromkeys(self.mentors))
        past = [shift for mentor in mentors for shift in x.before(mentor) if shift.end > 0]
        groups = tuple((trainee, *mentors) for trainee in self.who(x.problem))
        for stretch in stretches(x, (Window(),), past, beyond=False):
            there = len(stretch.filled_by(past))
            if there < self.at_least:
                cells = stretch.cells * stretch.slots
                roles = (cells * self.at_least, *(-cells for _ in mentors))
                yield Limit(roles, there * stretch.slots, groups)

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Count mentors in each interval of a trainee's shifts, and report each stretch."""
        horizon = problem.horizon
        everyone = [*schedule.shifts, *problem.previous.shifts]
        names = sorted(set(self.mentors))
        mentors = presence(everyone, names, horizon, horizon.slots, whole=True).sum(axis=0)
        lacking = np.maximum(0, self.at_least - mentors)
        for trainee in self.who(problem):
            (there,) = presence(schedule.of(trainee), [trainee], horizon, horizon.slots)
            missing = np.where(there, lacking, 0)
            for first, last in runs(missing):
                start, end = first * horizon.interval, last * horizon.interval
                worst = self.at_least - int(missing[first:last].max())
                sentence = (
                    f"{problem.agent(trainee)} is on duty from {horizon.label(start)} to "
                    f"{horizon.label(end)} with {worst} of the mentors "
                    f"{self._named(problem)} at the worst; at least {self.at_least} must be there."
                )
                amount = int(missing[first:last].sum())
                yield self.breach((trainee,), horizon.day_of(start), amount, sentence)

    def _named(self, problem: Problem) -> str:
        return " and ".join(str(problem.agent(mentor)) for mentor in self.mentors)

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        return (
            f"{self.whom(problem)} is on duty only while at least {self.at_least} "
            f"of the mentors {self._named(problem)} is there"
        )

    @classmethod
    def examples(cls) -> list[Example]:
        """One trainee and two, one mentor and two, and both ends of the horizon."""
        one = cls(agents=("ben",), mentors=("anna",))
        either = cls(agents=("ben",), mentors=("anna", "cleo"))
        two = cls(agents=("ben",), mentors=("anna", "cleo"), at_least=2)
        team = cls(teams=("red",), mentors=("cleo",))
        red = cls(teams=("red",), mentors=("anna",))
        night = {"anna": "N"}
        return [
            example("together", one, {"anna": "EDL-N--", "ben": "ESL-N--"}),
            example("always together", one, {"anna": "EDLNN-E", "ben": "EDL-N-E"}),
            example("three hours alone", one, {"anna": "E------", "ben": "D------"}, 6),
            example("one after the other", either, {"anna": "E--", "ben": "D--", "cleo": "-DL"}, 6),
            example("both are needed", two, {"anna": "E-E", "ben": "E-E", "cleo": "D--"}, 23),
            example("two alone", team, {"anna": "E--", "ben": "E-L", "cleo": "L-L"}, 32),
            example("a mentor of the same team", red, {"anna": "E--", "ben": "-EE"}, 34),
            example("at the horizon's end", one, {"anna": "------D", "ben": "------N"}, 4),
            example("a night alone", one, {"ben": "-N-----"}, 16),
            example("across the seam", two, {"ben": "N", "cleo": "N"}, 4, before=night),
            example(
                "the mentor stays across the seam",
                one,
                {"ben": "E"},
                15,
                before=night,
                start=SPRING_SATURDAY + timedelta(days=1),
            ),
            example("the trainee of the previous period", one, {"anna": "-"}, before={"ben": "N"}),
        ]
