"""Never too few with a skill."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from wfm.errors import InputError
from wfm.limit import Cells, Grid, Limit
from wfm.number import Number
from wfm.problem import Problem
from wfm.rule import Example, Rule, Violation
from wfm.rules._judge import occurrences
from wfm.rules.example import example
from wfm.schedule import Schedule
from wfm.window import Window


class MinSkillOnDuty(Rule):
    """In some windows, at least so many agents with a skill are on duty, at every moment.

    The unit of breach is a missing agent for a planning interval. Someone on a break is on duty.
    Intervals after the horizon's end belong to the next period.

    Parameters
    ----------
    skill : str
        Id of the skill.
    at_least : int
        How many agents.
    windows : tuple of Window
        When they are needed.
    """

    numbers: ClassVar[tuple[Number, ...]] = (Number("at_least", -1),)

    skill: str
    at_least: int = Field(default=1, ge=1)
    windows: tuple[Window, ...] = (Window(),)

    def check(self, problem: Problem) -> None:
        """Raise `InputError` if the skill is not in the problem or nobody has it."""
        place = f"rule {self.name()}.skill"
        problem.must_know("skills", (self.skill,), place)
        if not any(self.skill in agent.skills for agent in problem.agents):
            raise InputError(place, "be one that an agent has", self.skill)

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each interval of a window: holders on duty >= at_least."""
        holders = tuple(agent.id for agent in x.problem.agents if self.skill in agent.skills)
        width = x.horizon.interval
        past = [s for holder in holders for s in x.before(holder) if s.end > 0]
        needed = np.zeros(x.horizon.slots, dtype=bool)
        for start, end in x.spans(self.windows):
            needed[max(0, start // width) : max(0, -(-end // width))] = True
        for slot in np.flatnonzero(needed):
            start, end = int(slot) * width, (int(slot) + 1) * width
            there = sum(shift.start <= start and shift.end >= end for shift in past)
            cells = x.overlaps(start, end) or Cells(0, 0 * x.works(0, 0).grid)
            yield Limit((-cells,) * len(holders), there - self.at_least, (holders,))

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Count who is there in each interval, and report each unbroken stretch."""
        missing = self._missing(problem, schedule)
        width = problem.horizon.interval
        edges = np.flatnonzero(np.diff((missing > 0).astype(int), prepend=0, append=0))
        for first, last in edges.reshape(-1, 2):
            short = missing[first:last]
            label = problem.horizon.label
            sentence = (
                f"Too few agents with skill {self.skill!r} are on duty from "
                f"{label(int(first) * width)} to {label(int(last) * width)}: at least "
                f"{self.at_least} must be, {self.at_least - int(short.max())} are at the worst."
            )
            day = problem.horizon.day_of(int(first) * width)
            yield self.breach((), day, int(short.sum()), sentence)

    def _missing(self, problem: Problem, schedule: Schedule) -> NDArray[np.int64]:
        horizon = problem.horizon
        there: list[set[str]] = [set() for _ in range(horizon.slots)]
        for shift in [*problem.previous.shifts, *schedule.shifts]:
            if self.skill in problem.agent(shift.agent).skills:
                for slot in range(max(0, -(-shift.start // horizon.interval)), horizon.slots):
                    if (slot + 1) * horizon.interval > shift.end:
                        break
                    there[slot].add(shift.agent)
        spans = occurrences(self.windows, horizon)
        missing = np.zeros(horizon.slots, dtype=np.int64)
        for slot, present in enumerate(there):
            minute = slot * horizon.interval
            if any(start < minute + horizon.interval and minute < end for start, end in spans):
                missing[slot] = max(0, self.at_least - len(present))
        return missing

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        when = "; ".join(str(window) for window in self.windows)
        holders = sum(self.skill in agent.skills for agent in problem.agents)
        return (
            f"at least {self.at_least} of the {holders} agents with skill {self.skill!r} "
            f"are on duty ({when})"
        )

    @classmethod
    def examples(cls) -> list[Example]:
        """Watch a morning, a night, and both ends of the horizon."""
        morning = cls(skill="lead", windows=(Window(days=("Mon",), start="09:00", end="12:00"),))
        two = cls(
            skill="lead", at_least=2, windows=(Window(days=("Mon",), start="06:00", end="15:00"),)
        )
        night = cls(skill="lead", windows=(Window(days=("Sun",), start="22:00", end="06:00"),))
        twice = cls(
            skill="voice",
            windows=(
                Window(days=("Tue",), start="06:00", end="08:00"),
                Window(days=("Tue",), start="07:00", end="09:00"),
            ),
        )
        return [
            example("one is there", morning, {"anna": "E------"}),
            example("only someone without the skill", morning, {"ben": "E------"}, 6),
            example("two needed, one leaves and one comes", two, {"anna": "E", "cleo": "D"}, 7),
            example("a break counts as on duty", morning, {"anna": "E", "cleo": "-"}),
            example("windows that overlap are one", twice, {"ben": "E------"}, 6),
            example("across midnight", twice, {"ben": "N------"}, 6),
            example("at the horizon's end", night, {"anna": "-----NL"}, 3, before={"cleo": "N"}),
            example("kept at the horizon's end", night, {"anna": "------N"}, before={"cleo": "N"}),
            example("across the seam", night, {"ben": "N"}, before={"cleo": "N"}),
            example("missing across the seam", night, {"ben": "N"}, 12, before={"cleo": "L"}),
        ]
