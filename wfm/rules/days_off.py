"""How many days off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Literal

from pydantic import Field, model_validator

from wfm.agent_rule import AgentRule
from wfm.errors import InputError
from wfm.limit import Grid, Limit, by_value, each
from wfm.number import Number
from wfm.problem import Problem
from wfm.rule import Example, Violation
from wfm.rules._judge_weeks import count, whole_weeks
from wfm.rules._stretches import stretches
from wfm.rules.example import FRIDAY, MONDAY, SUNDAY, example
from wfm.schedule import Schedule


class DaysOff(AgentRule):
    """At least so many days off in a week, in some weeks, or in the whole horizon.

    The unit of breach is a missing day off. A day is off if no shift starts on it. Weeks are ISO
    weeks of which every day is known: they end inside the horizon, and begin inside it or not
    before the week of the first shift of the previous period. What the past alone has made
    impossible is not due.

    Parameters
    ----------
    least : int
        Days off.
    per : {"week", "horizon"}
        The stretch over which they are counted.
    weeks : int
        Over how many weeks in a row they are counted, if per week.
    anchor : datetime.date, optional
        A date in the first of the weeks that are counted together; without one, any so many weeks
        in a row have as many days off.
    """

    answers: ClassVar[tuple[str, ...]] = ("days_off", "seam")
    numbers: ClassVar[tuple[Number, ...]] = (Number("least", -1),)

    least: int = Field(ge=1)
    per: Literal["week", "horizon"] = "week"
    weeks: int = Field(default=1, ge=1, le=52)
    anchor: date | None = None

    @model_validator(mode="after")
    def _fits(self) -> DaysOff:
        if self.per == "horizon":
            if self.weeks > 1 or self.anchor is not None:
                must = "be left out when days off are counted over the horizon"
                raise InputError("DaysOff.weeks", must, self.weeks)
        elif self.least > 7 * self.weeks:
            weeks = "a week" if self.weeks == 1 else f"in {self.weeks} weeks"
            raise InputError("DaysOff.least", f"be at most {7 * self.weeks} {weeks}", self.least)
        return self

    def check(self, problem: Problem) -> None:
        """Raise `InputError` if an agent or contract is unknown, or the horizon too short."""
        super().check(problem)
        days = problem.horizon.days
        if self.per == "horizon" and self.least > days:
            place = f"rule {self.name()}.least"
            raise InputError(place, f"be at most the {days} days of the horizon", self.least)

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each stretch: at most the other days are worked."""
        everyone = self.who(x.problem)
        weeks = [(0, x.horizon.days - 1)]
        if self.per == "week":
            weeks = stretches(x, self.weeks, self.anchor)
        past = {agent: {shift.day for shift in x.before(agent)} for agent in everyone}
        for first, last in weeks:
            works = x.works(first, last)
            most = last - first + 1 - self.least
            worked = {agent: len(past[agent].intersection(range(first, 0))) for agent in everyone}
            for done, agents in by_value(everyone, worked.__getitem__).items():
                yield Limit((works,), max(0, most - done), each(agents))

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Count the days of each stretch on which nothing starts."""
        horizon = problem.horizon
        past = Schedule.of_shifts(problem.previous.shifts)
        counted = [list(range(horizon.days))]
        if self.per == "week":
            weeks = whole_weeks(problem, self.weeks, self.anchor)
            counted = [days for days in weeks if days[-1] >= 0]
        for agent in self.who(problem):
            old = {shift.day for shift in past.of(agent)}
            for days in counted:
                possible = [day for day in days if day not in old]
                off = [day for day in possible if not schedule.on(agent, day)]
                due = min(self.least, len(possible))
                if len(off) < due:
                    sentence = (
                        f"{problem.agent(agent)} has {count(len(off))} off from "
                        f"{horizon.day_label(days[0])} to {horizon.day_label(days[-1])}; "
                        f"at least {due} must be."
                    )
                    yield self.breach((agent,), days[-1], due - len(off), sentence)

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        stretch = "over the horizon" if self.per == "horizon" else "a week"
        stretch = f"in {self.weeks} weeks" if self.weeks > 1 else stretch
        return f"{self.whom(problem)} has at least {count(self.least)} off {stretch}"

    @classmethod
    def examples(cls) -> list[Example]:
        """Count days off in whole weeks, some weeks, cut weeks, and weeks shared with the past."""
        rule = cls(least=2)
        whole = cls(least=4, per="horizon")
        four = cls(least=4, weeks=4)
        fortnight = cls(least=4, weeks=2, anchor=MONDAY)
        any_two = cls(least=4, weeks=2)
        five, six = {"anna": "D-DDDD"}, {"anna": "DDDDDD"}
        return [
            example("two days off", rule, {"anna": "DDDDD--"}),
            example("one day off", rule, {"anna": "DDDDDD-", "ben": "-DD-DDD"}, 1),
            example("none in the second week", rule, {"anna": "DDDDD--DDDDDDD"}, 2),
            example("at the horizon's end", rule, {"anna": "-DDDDDD"}, 1),
            example("a night's morning is off", rule, {"anna": "NNNNN--"}),
            example("a week cut by the end", rule, {"anna": "DDDDD--DDD"}),
            example("a week that began unseen", rule, {"anna": "DDDDDD-----"}, start=FRIDAY),
            example("across the seam", rule, {"anna": "D"}, 1, before=five, start=SUNDAY),
            example("kept across the seam", rule, {"anna": "-"}, before=five, start=SUNDAY),
            example("the past took them", rule, {"anna": "-"}, before=six, start=SUNDAY),
            example("in two weeks in turn", fortnight, {"anna": "DDD----DDDDDDDDDDDDDD"}),
            example("in any two weeks", any_two, {"anna": "DDD----DDDDDDDDDDDDDD"}, 4),
            example("in four weeks", four, {"anna": "DDDDDDDDDDDD--DDDDDDDDDDDDD-"}, 1),
            example("over the horizon", whole, {"anna": "DDDDD--DDDDDD-"}, 1),
        ]
