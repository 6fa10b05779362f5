"""Times that are kept free of duty."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field, model_validator

from wfm.agent_rule import AgentRule
from wfm.errors import InputError
from wfm.limit import Grid, Limit, each
from wfm.number import Number
from wfm.problem import Problem
from wfm.rule import Example, Rule, Violation
from wfm.rules._judge import occurrences
from wfm.rules.availability import Availability
from wfm.rules.example import example
from wfm.schedule import Schedule
from wfm.window import Window


class CaregivingWindow(AgentRule):
    """Named agents are not on duty in some windows, nor on the way to and from them.

    The unit of breach is a shift that touches a window. Its sentences do not say what the time is
    for.

    Parameters
    ----------
    windows : tuple of Window
        Times to keep free.
    travel : int
        Minutes to keep free before and after each.
    """

    kind: ClassVar[Literal["work", "family", "wish"]] = "family"
    numbers: ClassVar[tuple[Number, ...]] = (Number("travel", -1, "minutes"),)

    windows: tuple[Window, ...] = Field(min_length=1)
    travel: int = Field(default=0, ge=0, le=720)

    @model_validator(mode="after")
    def _names_agents(self) -> CaregivingWindow:
        if not self.agents or self.contracts:
            raise InputError("CaregivingWindow.agents", "be named, each by id and not by contract")
        return self

    def effect(self) -> Rule:
        """Not available in the windows; nothing says that they are for care."""
        fields = {name: getattr(self, name) for name in AgentRule.model_fields}
        fields |= {"unavailable": self.windows, "margin": self.travel}
        return Availability(**fields).effect()

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each day: none of the shifts that touch a window or its margins."""
        spans = [(s - self.travel, e + self.travel) for s, e in x.spans(self.windows)]
        agents = each(self.who(x.problem))
        for cells in x.marked(x.touching(spans)):
            yield Limit((cells,), 0, agents)

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Measure how near each shift comes to each window."""
        spans = sorted(occurrences(self.windows, problem.horizon))
        label = problem.horizon.label
        for agent in self.who(problem):
            for shift in schedule.of(agent):
                near = [s for s in spans if max(shift.start - s[1], s[0] - shift.end) < self.travel]
                if near:
                    sentence = (
                        f"{problem.agent(agent)} is on duty from {label(shift.start)} to "
                        f"{label(shift.end)}, in a time that is kept free "
                        f"({label(near[0][0])} to {label(near[0][1])}{self._margin()})."
                    )
                    yield self.breach((agent,), shift.day, 1, sentence)

    def _margin(self) -> str:
        return f", with {self.travel} min before and after" if self.travel else ""

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        when = "; ".join(str(window) for window in self.windows)
        return f"{self.whom(problem)} is not on duty in times kept free ({when}{self._margin()})"

    @classmethod
    def examples(cls) -> list[Example]:
        """Touch windows by an hour, by their margins, in alternate weeks and past the end."""
        noon = Window(days=("Wed",), start="15:00", end="17:00")
        free = cls(agents=("anna",), windows=(noon,))
        wide = cls(agents=("anna",), windows=(noon,), travel=60)
        exact = cls(agents=("anna",), windows=(noon,), travel=30)
        odd = cls(agents=("anna", "ben"), windows=(Window(days=("Sat", "Sun"), weeks="odd"),))
        dawn = cls(
            agents=("ben",), windows=(Window(days=("Mon",), start="06:30", end="08:00"),), travel=60
        )
        two = Window(days=("Wed",), start="11:00", end="11:30")
        return [
            example("free at the time", free, {"anna": "LLE-LLL", "ben": "--L----"}),
            example("on duty at the time", free, {"anna": "--L----"}, 1),
            example(
                "one shift, two windows",
                cls(agents=("anna",), windows=(noon, two)),
                {"anna": "--D"},
                1,
            ),
            example("inside the margin", wide, {"anna": "--E----"}, 1),
            example("up to the margin", exact, {"anna": "--E----"}),
            example(
                "alternate weekends", odd, {"anna": "-----DD-----DD", "ben": "------------D"}, 3
            ),
            example(
                "across midnight into it",
                odd,
                {"anna": "----N---------", "ben": "-----------N--"},
                1,
            ),
            example("at the horizon's end", dawn, {"ben": "------N"}, 1),
            example(
                "a shift of the previous period", dawn, {"ben": "-------"}, before={"ben": "N"}
            ),
        ]
