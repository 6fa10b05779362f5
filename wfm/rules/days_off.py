"""How many days off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field, model_validator

from wfm.errors import InputError
from wfm.limit import Grid, Limit, by_value, each
from wfm.problem import Problem
from wfm.rule import AgentRule, Example, Violation
from wfm.rules._judge import iso_weeks
from wfm.rules.example import FRIDAY, SUNDAY, example
from wfm.schedule import Schedule


class DaysOff(AgentRule):
    """At least so many days off in a week or in the whole horizon.

    The unit of breach is a missing day off. A day is off if no shift starts on it. Weeks are ISO
    weeks of which every day is known: they end inside the horizon, and begin inside it or in a
    previous period whose shifts are given. What the past alone has made impossible is not due.

    Parameters
    ----------
    least : int
        Days off.
    per : {"week", "horizon"}
        The stretch over which they are counted.
    """

    least: int = Field(ge=1)
    per: Literal["week", "horizon"] = "week"

    @model_validator(mode="after")
    def _fits_a_week(self) -> DaysOff:
        if self.per == "week" and self.least > 7:
            raise InputError("DaysOff.least", "be at most 7 a week", self.least)
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
        weeks = x.weeks(whole=True) if self.per == "week" else [(0, x.horizon.days - 1)]
        past = {agent: {shift.day for shift in x.before(agent)} for agent in everyone}
        for first, last in weeks:
            works = x.works(first, last)
            most = last - first + 1 - self.least
            worked = {agent: sum(day >= first for day in past[agent]) for agent in everyone}
            for count, agents in by_value(everyone, worked.__getitem__).items():
                yield Limit((works,), max(0, most - count), each(agents))

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Count the days of each stretch on which nothing starts."""
        horizon = problem.horizon
        past = Schedule.of_shifts(problem.previous.shifts)
        earliest = -7 if past.shifts else 0
        stretches = [list(range(horizon.days))]
        if self.per == "week":
            weeks = iso_weeks(horizon)
            stretches = [w for w in weeks if w[0] >= earliest and w[-1] < horizon.days]
        for agent in self.who(problem):
            old = {shift.day for shift in past.of(agent)}
            for days in stretches:
                possible = [day for day in days if day not in old]
                off = [day for day in possible if not schedule.on(agent, day)]
                due = min(self.least, len(possible))
                if len(off) < due:
                    sentence = (
                        f"{problem.agent(agent)} has {_days(len(off))} off from "
                        f"{horizon.day_label(days[0])} to {horizon.day_label(days[-1])}; "
                        f"at least {due} must be."
                    )
                    yield self.breach((agent,), days[-1], due - len(off), sentence)

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        stretch = "a week" if self.per == "week" else "over the horizon"
        return f"{self.whom(problem)} has at least {_days(self.least)} off {stretch}"

    @classmethod
    def examples(cls) -> list[Example]:
        """Count days off in whole weeks, cut weeks, and weeks shared with the previous period."""
        rule = cls(least=2)
        whole = cls(least=4, per="horizon")
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
            example("over the horizon", whole, {"anna": "DDDDD--DDDDDD-"}, 1),
        ]


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"
