"""When agents can work."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from wfm.agent_rule import AgentRule
from wfm.errors import InputError
from wfm.limit import Grid, Limit, each
from wfm.number import Number
from wfm.problem import Problem
from wfm.rule import Example, Violation
from wfm.rules._judge import occurrences
from wfm.rules.example import SPRING_SATURDAY, example
from wfm.schedule import Schedule, Shift
from wfm.window import Window


class Availability(AgentRule):
    """Shifts lie wholly inside the times in which agents can work.

    The unit of breach is a shift outside.

    Parameters
    ----------
    available : tuple of Window
        If given, a shift lies wholly inside them; windows that meet or overlap are one.
    unavailable : tuple of Window
        No shift overlaps them.
    margin : int
        Minutes before and after each of these that no shift overlaps either.
    """

    answers: ClassVar[tuple[str, ...]] = ("day_types",)
    numbers: ClassVar[tuple[Number, ...]] = (Number("margin", -1, "minutes"),)

    available: tuple[Window, ...] = ()
    unavailable: tuple[Window, ...] = ()
    margin: int = Field(default=0, ge=0, le=720)

    @model_validator(mode="after")
    def _says_when(self) -> Availability:
        if not self.available and not self.unavailable:
            raise InputError("Availability.available", "be given, or unavailable")
        if self.margin and not self.unavailable:
            must = "be left out where nothing is unavailable"
            raise InputError("Availability.margin", must, self.margin)
        return self

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each day: none of the shifts outside."""
        closed = ((s - self.margin, e + self.margin) for s, e in x.spans(self.unavailable))
        outside = x.touching(closed)
        if self.available:
            outside |= ~_inside(x, _merged(x.spans(self.available)))
        agents = each(self.who(x.problem))
        for cells in x.marked(outside):
            yield Limit((cells,), 0, agents)

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Follow each shift from window to window."""
        open_times = occurrences(self.available, problem.horizon)
        closed = occurrences(self.unavailable, problem.horizon)
        for agent in self.who(problem):
            for shift in schedule.of(agent):
                gaps = [
                    max(shift.start, start - self.margin)
                    for start, end in closed
                    if max(shift.start - end, start - shift.end) < self.margin
                ]
                if self.available:
                    gaps += _first_gap(shift, open_times)
                if gaps:
                    label = problem.horizon.label
                    sentence = (
                        f"{problem.agent(agent)} has a shift from {label(shift.start)} to "
                        f"{label(shift.end)}, but is not available from {label(min(gaps))}."
                    )
                    yield self.breach((agent,), shift.day, 1, sentence)

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        parts = []
        if self.available:
            parts.append(f"only within {'; '.join(map(str, self.available))}")
        if self.unavailable:
            around = f", nor {self.margin} min before and after" if self.margin else ""
            parts.append(f"never within {'; '.join(map(str, self.unavailable))}{around}")
        return f"{self.whom(problem)} works {' and '.join(parts)}"

    @classmethod
    def examples(cls) -> list[Example]:
        """Check shifts against both kinds of window, at their edges."""
        weekdays = cls(agents=("anna",), available=(Window(days=("Mon", "Tue", "Wed")),))
        split = cls(
            agents=("anna",),
            available=(Window(start="06:00", end="10:00"), Window(start="10:00", end="14:30")),
        )
        nights = cls(agents=("anna",), available=(Window(start="22:00", end="06:00"),))
        monday = cls(agents=("anna",), unavailable=(Window(days=("Mon",), end="06:00"),))
        both = cls(
            agents=("anna",),
            available=(Window(start="06:00", end="14:30"),),
            unavailable=(Window(start="20:00", end="23:00"),),
        )
        noon = (Window(days=("Wed",), start="15:00", end="17:00"),)
        wide = cls(agents=("anna",), unavailable=noon, margin=60)
        exact = cls(agents=("anna",), unavailable=noon, margin=30)
        return [
            example("inside two windows that meet", split, {"anna": "E-E----"}),
            example("past the windows that meet", split, {"anna": "EDE----"}, 1),
            example("across midnight, inside", weekdays, {"anna": "N------", "ben": "----D--"}),
            example("across midnight, out of it", weekdays, {"anna": "--NE---"}, 2),
            example("both reasons are one shift", both, {"anna": "-L-----"}, 1),
            example("at the horizon's end", monday, {"anna": "------N"}, 1),
            example("up to the window's start", monday, {"anna": "E-----L"}),
            example("inside the margin", wide, {"anna": "--E----"}, 1),
            example("up to the margin", exact, {"anna": "--E----"}),
            example(
                "from a window of the day before", nights, {"anna": "N------"}, before={"anna": "N"}
            ),
            example(
                "the clock change is in the way", nights, {"anna": "N"}, 1, start=SPRING_SATURDAY
            ),
        ]


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _inside(x: Grid, spans: list[tuple[int, int]]) -> NDArray[np.bool_]:
    inside = np.zeros(x.options.start.shape, dtype=bool)
    for start, end in spans:
        inside |= (x.options.start >= start) & (x.options.end <= end)
    return inside


def _first_gap(shift: Shift, spans: list[tuple[int, int]]) -> list[int]:
    reached = shift.start
    while reached < shift.end:
        further = max((end for start, end in spans if start <= reached < end), default=None)
        if further is None:
            return [reached]
        reached = further
    return []
