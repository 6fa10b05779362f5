"""Rest between two shifts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from math import ceil
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from wfm.agent_rule import AgentRule
from wfm.limit import Cells, Grid, Limit, by_value, each
from wfm.number import Number
from wfm.problem import Problem
from wfm.rule import Example, Violation
from wfm.rules.example import example
from wfm.schedule import Schedule

NEVER = -10_000
"""An end of the last shift that binds nothing."""


class MinRest(AgentRule):
    """At least so many hours between the end of a shift and the start of the next.

    The unit of breach is a rest that is too short.

    Parameters
    ----------
    hours : float
        Hours of rest, at most 23.
    """

    answers: ClassVar[tuple[str, ...]] = ("rest", "seam", "sites")
    numbers: ClassVar[tuple[Number, ...]] = (Number("hours", -1, "hours"),)

    hours: float = Field(gt=0, le=23)

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each end time: no shift ending then or later with one starting too soon after."""
        rest = ceil(self.hours * 60 - 1e-9)
        everyone = self.who(x.problem)
        for last_end, agents in by_value(everyone, lambda a: _last_end(x, a)).items():
            yield from _across_the_seam(x, last_end + rest, agents)
        for day, later in _pairs(x.horizon.days):
            end, start = x.options.end[day], x.options.start[later]
            for ending in np.unique(end[end + rest > start.min()]):
                second = _alone(x, day + 1, later, start < ending + rest)
                first = (end >= ending).astype(np.int64)[None, :]
                both = Cells(day, np.concatenate([first, second.grid]))
                yield Limit((both,), 1, each(everyone), f"day {later}")

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Walk through each agent's shifts in time order."""
        past = Schedule.of_shifts(problem.previous.shifts)
        for agent in self.who(problem):
            for one, other in pairwise([*past.of(agent), *schedule.of(agent)]):
                rest = (other.start - one.end) / 60
                if rest < self.hours and other.day >= 0:
                    sentence = (
                        f"{problem.agent(agent)} rests {rest:g} h before the shift on "
                        f"{problem.horizon.label(other.start)}; at least {self.hours:g} h are due."
                    )
                    yield self.breach((agent,), other.day, 1, sentence)

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        return f"{self.whom(problem)} rests at least {self.hours:g} h between two shifts"

    @classmethod
    def examples(cls) -> list[Example]:
        """Late to early breaks eleven hours of rest, early to late does not."""
        rule = cls(hours=11)
        return [
            example("late after early", rule, {"anna": "EL-----"}),
            example("early after late", rule, {"anna": "-LE----"}, 1),
            example("early after late, twice", rule, {"anna": "LELE---", "ben": "L-E----"}, 2),
            example("at the horizon's end", rule, {"anna": "-----LE"}, 1),
            example("late after night at the end", rule, {"anna": "-----NL"}, 1),
            example("across midnight", rule, {"anna": "--ND---"}, 1),
            example("night after night", rule, {"anna": "NNNN---"}),
            example("across the seam", rule, {"anna": "E------"}, 1, before={"anna": "L"}),
        ]


def _last_end(x: Grid, agent: str) -> int:
    return max((shift.end for shift in x.before(agent)), default=NEVER)


def _across_the_seam(x: Grid, rested: int, agents: list[str]) -> Iterator[Limit]:
    for day in range(min(2, x.horizon.days)):
        soon = x.options.start[day] < rested
        if soon.any():
            yield Limit((_alone(x, 0, day, soon),), 0, each(agents), f"day {day}")


def _pairs(days: int) -> Iterator[tuple[int, int]]:
    # A shift of a day and a rest of a day reach no further than the day after the next.
    for later in range(1, days):
        yield from ((day, later) for day in (later - 2, later - 1) if day >= 0)


def _alone(x: Grid, first: int, day: int, marked: NDArray[np.bool_]) -> Cells:
    """One for each marked shift of a day, taken back by a shift on the days from `first` to it."""
    grid = -np.ones((day - first + 1, len(x.options)), dtype=np.int64)
    grid[-1] = marked
    return Cells(first, grid)
