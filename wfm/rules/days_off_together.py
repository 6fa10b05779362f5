"""Days off that follow each other, every so many weeks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from pydantic import Field, model_validator

from wfm.agent_rule import AgentRule
from wfm.errors import InputError
from wfm.limit import AnyOf, Grid, Limit, by_value, each
from wfm.number import Number
from wfm.problem import Problem
from wfm.rule import Example, Violation
from wfm.rules._judge_weeks import count, told, whole_weeks
from wfm.rules._stretches import stretches
from wfm.rules.example import FRIDAY, MONDAY, example
from wfm.schedule import Schedule


class DaysOffTogether(AgentRule):
    """In every so many weeks, at least once so many days off in a row.

    The unit of breach is such weeks without them. A day is off if no shift starts on it. Weeks are
    ISO weeks of which every day is known: they end inside the horizon, and begin inside it or not
    before the week of the first shift of the previous period, whose days off count. Where the past
    alone leaves no room, nothing is due.

    Parameters
    ----------
    days : int
        Days off in a row, all in these weeks.
    weeks : int
        How many weeks.
    anchor : datetime.date, optional
        A date in the first of the weeks that belong together; without one, any so many weeks in a
        row hold such days off.
    """

    answers: ClassVar[tuple[str, ...]] = ("days_off", "seam")
    numbers: ClassVar[tuple[Number, ...]] = (Number("days", -1),)

    days: int = Field(ge=2)
    weeks: int = Field(default=1, ge=1, le=52)
    anchor: date | None = None

    @model_validator(mode="after")
    def _fits(self) -> DaysOffTogether:
        if self.days > 7 * self.weeks:
            must = f"be at most the {7 * self.weeks} days of the weeks"
            raise InputError("DaysOffTogether.days", must, self.days)
        return self

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each stretch of weeks: not every place of the days off has a shift."""
        everyone = self.who(x.problem)
        past = {agent: {shift.day for shift in x.before(agent)} for agent in everyone}
        for first, last in stretches(x, self.weeks, self.anchor):
            places = range(first, last - self.days + 2)
            free = {a: self._free(places, past[a]) for a in everyone}
            for firsts, agents in by_value(everyone, free.__getitem__).items():
                if firsts and firsts[0] + self.days > 0:
                    worked = [x.works(day, day + self.days - 1) for day in firsts]
                    any_of = tuple(AnyOf((cells,)) for cells in worked)
                    yield Limit((x.nothing,), len(firsts) - 1, each(agents), any_of=any_of)

    def _free(self, places: range, worked: set[int]) -> tuple[int, ...]:
        """First days of days off that the past leaves room for, the earliest reaching furthest."""
        return tuple(
            day for day in places if worked.isdisjoint(range(day, min(0, day + self.days)))
        )

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Measure the longest run of days off in each stretch of weeks."""
        past = {(shift.agent, shift.day) for shift in problem.previous.shifts}
        now = {(shift.agent, shift.day) for shift in schedule.shifts}
        for agent in self.who(problem):
            for days in whole_weeks(problem, self.weeks, self.anchor):
                longest = _longest([(agent, day) not in past | now for day in days])
                possible = _longest([(agent, day) not in past for day in days])
                if longest < self.days <= possible and days[-1] >= 0:
                    sentence = (
                        f"{problem.agent(agent)} has at most {count(longest)} off in a row "
                        f"{told(problem.horizon, days)}; {self.days} are due."
                    )
                    yield self.breach((agent,), days[-1], 1, sentence)

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        stretch = "week" if self.weeks == 1 else f"{self.weeks} weeks"
        return f"{self.whom(problem)} has {self.days} days off in a row in each {stretch}"

    @classmethod
    def examples(cls) -> list[Example]:
        """Find days off in a row in one week and in two, cut, aligned, and over the seam."""
        two = cls(days=2)
        three = cls(days=3, weeks=2)
        paired = cls(days=3, weeks=2, anchor=MONDAY)
        four = {"anna": "DDD-"}
        return [
            example("two days off in a row", two, {"anna": "DDDDD--"}),
            example("two single days off", two, {"anna": "-DDDD-D", "ben": "D-D-D--"}, 1),
            example("over the end of the week", two, {"anna": "DDDDDD--DDDDDD"}, 2),
            example("at the horizon's end", two, {"anna": "DDDDD-D"}, 1),
            example("nights", two, {"anna": "NNNNNN-"}, 1),
            example("a week cut by the end", two, {"anna": "DDDDD--DDD"}),
            example("a week that began unseen", two, {"anna": "DDD"}, start=FRIDAY),
            example("across the seam", two, {"anna": "-DD"}, before=four, start=FRIDAY),
            example("none across the seam", two, {"anna": "DDD"}, 1, before=four, start=FRIDAY),
            example(
                "the past had them", two, {"anna": "DDD"}, before={"anna": "D--D"}, start=FRIDAY
            ),
            example(
                "no room is left",
                three,
                {"anna": "D"},
                before={"anna": "D-D--DDDDDDDD"},
                start=date(2026, 12, 20),
            ),
            example("in any two weeks", three, {"anna": "---DDDDDDDDDDD-DD-DDD"}, 1),
            example("in two weeks in turn", paired, {"anna": "---DDDDDDDDDDD-DD-DDD"}),
        ]


def _longest(off: list[bool]) -> int:
    longest = run = 0
    for free in off:
        run = run + 1 if free else 0
        longest = max(longest, run)
    return longest
