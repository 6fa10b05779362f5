"""Trainings, coaching, meetings: held inside shifts, where they cost the least service."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, Self

from pydantic import Field, model_validator

from wfm.agent_rule import AgentRule
from wfm.errors import InputError
from wfm.limit import AnyOf, Cells, Grid, Limit, each
from wfm.piece import Piece
from wfm.problem import Problem
from wfm.rule import Example, Rule, Violation
from wfm.rules._activity_examples import alone, together
from wfm.rules._held import lacking
from wfm.rules._named import check_named, check_whole, untold_name
from wfm.rules._room import Room, open_starts
from wfm.rules._stretch import had_it, open_times, stretches
from wfm.schedule import Schedule
from wfm.window import Window


class Activity(AgentRule):
    """Each of some agents has an activity once in a while, alone or all together.

    The unit of breach is an agent without it; together, a time at which it is not held. It lies
    wholly inside a shift and one of the windows, beside the shift's breaks. A shift belongs to the
    day on which it starts, so it is due in a shift that starts in the week, or on the day. Weeks
    are ISO weeks of which every day is known: they end inside the horizon, and begin inside it or
    in a previous period whose shifts are given. In weeks, and on days, on which no window starts
    none is due. Who had it inside the windows in the previous period's shifts of the same week, or
    if it is due once in any of these, needs it no more.

    Parameters
    ----------
    activity : str
        What it is called, such as ``"coaching"``.
    minutes : int
        Its length, in whole intervals.
    windows : tuple of Window
        When it may be held; at any time by default.
    per : {"once", "week", "day"}
        How often it is due: once in the horizon, in each week, or on each day.
    together : bool
        Whether they have it at one and the same time.
    at_least : int, optional
        How many of them at least have it together; all by default.
    off_excuses : bool
        Whether an agent who starts no shift in the horizon, the week, or on the day, needs none.
    """

    activity: str = Field(min_length=1)
    minutes: int = Field(ge=5, le=720)
    windows: tuple[Window, ...] = Field(default=(Window(),), min_length=1)
    per: Literal["once", "week", "day"] = "once"
    together: bool = False
    at_least: int | None = Field(default=None, ge=1)
    off_excuses: bool = False

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.at_least is not None and not self.together:
            raise InputError("Activity.at_least", "be left out where it is not held together")
        if self.off_excuses and self.together:
            raise InputError("Activity.off_excuses", "be left out where it is held together")
        return self

    def check(self, problem: Problem) -> None:
        """Raise `InputError` if people are unknown or too few, or length or name will not do."""
        super().check(problem)
        check_named(problem, f"rule {self.name()}.activity", self.activity)
        check_whole(problem, f"rule {self.name()}.minutes", self.minutes)
        many = len(self.who(problem))
        if self.at_least is not None and self.at_least > many:
            must = f"be at most the {many} agents whom it binds"
            raise InputError(f"rule {self.name()}.at_least", must, self.at_least)

    def effect(self) -> Rule:
        """The same under a name that does not say what is held."""
        return self.model_copy(update={"article": "", "activity": untold_name(self)})

    def _least(self, problem: Problem) -> int:
        return len(self.who(problem)) if self.at_least is None else self.at_least

    def pieces(self, problem: Problem) -> Iterator[Piece]:
        """For each stretch: one for all who have not had it, or one together."""
        x, spans = problem.grid, tuple(problem.grid.spans(self.windows))
        for first, last in stretches(x, self.windows, self.per):
            days = tuple(range(max(0, first), last + 1))
            agents, together = tuple(self.who(problem)), 0
            if self.together:
                together = self._least(problem)
                if had_it(x, self.activity, self.windows, agents, first, together):
                    continue
            else:
                agents = self._due(x, first)
            if agents:
                yield Piece(
                    name=self.activity,
                    minutes=self.minutes,
                    agents=agents,
                    days=days,
                    spans=spans,
                    together=together,
                    off_excuses=self.off_excuses,
                )

    def _due(self, x: Grid, first: int) -> tuple[str, ...]:
        """Who has not had it before, in a stretch that begins on a day."""
        return tuple(
            agent
            for agent in self.who(x.problem)
            if not had_it(x, self.activity, self.windows, (agent,), first, 1)
        )

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each stretch: one shift with room at least, or a time at which enough have room."""
        found = stretches(x, self.windows, self.per)
        if not found:
            return
        times = open_times(x, self.windows, self.minutes)
        room = Room(x, open_starts(x, self.minutes), times)
        for first, last in found:
            days = range(max(0, first), last + 1)
            if self.together:
                agents = tuple(self.who(x.problem))
                least = self._least(x.problem)
                if agents and not had_it(x, self.activity, self.windows, agents, first, least):
                    yield room.together(days, agents, least)
            else:
                yield self._alone(x, room.alone(days), self._due(x, first))

    def _alone(self, x: Grid, room: Cells, agents: tuple[str, ...]) -> Limit:
        if not self.off_excuses:
            return Limit((-room,), -1, each(agents))
        works = x.works(room.days[0], room.days[-1])
        if len(room.days) == 1:
            return Limit((Cells(room.day, works.grid - room.grid),), 0, each(agents))
        return Limit((-room,), 0, each(agents), any_of=(AnyOf((works,)),))

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Look for it in the shifts of each stretch."""
        least = self._least(problem) if self.together else 0
        due = (self.activity, self.minutes, self.per, self.windows)
        for days, agents in lacking(problem, schedule, self.who(problem), due, least):
            when = self._when(problem, days)
            if self.together:
                names = ", ".join(str(problem.agent(agent)) for agent in agents)
                sentence = (
                    f"Of {names}, fewer than {least} have {self.activity} together {when}; "
                    f"{self.minutes} min are due."
                )
                yield self.breach(agents, days[-1], 1, sentence)
                continue
            for agent in agents:
                if not self.off_excuses or any(schedule.on(agent, day) for day in days):
                    sentence = (
                        f"{problem.agent(agent)} has no {self.activity} {when}; "
                        f"{self.minutes} min are due."
                    )
                    yield self.breach((agent,), days[-1], 1, sentence)

    def _when(self, problem: Problem, days: list[int]) -> str:
        label = problem.horizon.day_label
        if self.per == "once":
            return "in the horizon"
        if self.per == "day":
            return f"on {label(days[0])}"
        return f"in the week from {label(days[0])} to {label(days[-1])}"

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        often = {"once": "once", "week": "once a week", "day": "once a day"}[self.per]
        when = "; ".join(str(window) for window in self.windows)
        told = f"{self.whom(problem)} has {self.minutes} min of {self.activity} {often} ({when})"
        if self.together:
            many = "all" if self.at_least is None else f"at least {self.at_least} of them"
            told += f", {many} together"
        return f"{told}, but for those who are off" if self.off_excuses else told

    @classmethod
    def examples(cls) -> list[Example]:
        """Weeks and days with and without a shift that has room, alone and together."""
        return [*alone(cls), *together(cls)]
