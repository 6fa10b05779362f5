"""How much paid time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field, model_validator

from wfm.errors import InputError
from wfm.limit import Grid, Limit, by_value, each
from wfm.problem import Problem
from wfm.rule import AgentRule, Example, Violation
from wfm.rules._judge import iso_weeks
from wfm.rules.example import FRIDAY, example
from wfm.schedule import Schedule


class Hours(AgentRule):
    """At least and at most so many paid hours in a week or in the whole horizon.

    The unit of breach is a minute of paid time. A shift belongs to the week of the day on which it
    starts; weeks are ISO weeks, and the previous period's shifts in the first of them count. The
    maximum holds in every week that the horizon touches; the minimum only in weeks of which every
    day is known: they end inside the horizon, and begin inside it or in a previous period whose
    shifts are given. What the past alone has taken beyond the maximum is not counted again.

    Parameters
    ----------
    least, most : float, optional
        Paid hours; at least one of them is given.
    per : {"week", "horizon"}
        The stretch over which they are counted.
    counter : str, optional
        Name of a counter of the previous period: minutes already worked, by agent, which count
        towards the horizon's.
    """

    answers: ClassVar[tuple[str, ...]] = ("hours", "overtime_price", "seam", "sites")

    least: float | None = Field(default=None, ge=0)
    most: float | None = Field(default=None, ge=0)
    per: Literal["week", "horizon"] = "week"
    counter: str | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Hours:
        if self.least is None and self.most is None:
            raise InputError("Hours.most", "be given, or least")
        if self.least is not None and self.most is not None and self.most < self.least:
            raise InputError("Hours.most", f"be at least least ({self.least:g})", self.most)
        if self.counter is not None and self.per == "week":
            raise InputError("Hours.counter", "be left out when hours are counted per week")
        return self

    def check(self, problem: Problem) -> None:
        """Raise `InputError` if an agent, a contract or the counter is not in the problem."""
        super().check(problem)
        counters = problem.previous.counters
        if self.counter is not None and self.counter not in counters:
            known = ", ".join(counters) or "there are none"
            place = f"rule {self.name()}.counter"
            raise InputError(place, f"be one of previous.counters ({known})", self.counter)

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each stretch and each number of minutes already worked: a floor and a ceiling."""
        if self.per == "horizon":
            carried = x.problem.previous.counters.get(self.counter or "", {})
            past = {agent: carried.get(agent, 0) for agent in self.who(x.problem)}
            yield from self._stretch(x, 0, x.horizon.days - 1, past, whole=True)
            return
        whole = x.weeks(whole=True)
        for first, last in x.weeks():
            past = {
                agent: sum(s.paid_minutes for s in x.before(agent) if s.day >= first)
                for agent in self.who(x.problem)
            }
            yield from self._stretch(x, first, last, past, whole=(first, last) in whole)

    def _stretch(
        self, x: Grid, first: int, last: int, past: dict[str, int], *, whole: bool
    ) -> Iterator[Limit]:
        minutes = x.minutes(first, last)
        negative = -minutes
        for done, agents in by_value(past, past.__getitem__).items():
            if self.most is not None:
                yield Limit((minutes,), max(0, round(self.most * 60) - done), each(agents))
            if self.least is not None and whole:
                yield Limit((negative,), done - round(self.least * 60), each(agents))

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Add up each agent's paid time, stretch by stretch."""
        past = Schedule.of_shifts(problem.previous.shifts)
        known = -7 if past.shifts else 0
        for agent in self.who(problem):
            if self.per == "horizon":
                counters = problem.previous.counters
                carried = counters[self.counter].get(agent, 0) if self.counter else 0
                paid = sum(shift.paid_minutes for shift in schedule.of(agent))
                yield from self._judge(problem, agent, None, (carried, paid), ended=True)
                continue
            for days in iso_weeks(problem.horizon):
                carried = sum(s.paid_minutes for s in past.of(agent) if s.day in days)
                paid = sum(s.paid_minutes for s in schedule.of(agent) if s.day in days)
                ended = known <= days[0] and days[-1] < problem.horizon.days
                yield from self._judge(problem, agent, days, (carried, paid), ended=ended)

    def _judge(
        self,
        problem: Problem,
        agent: str,
        days: list[int] | None,
        minutes: tuple[int, int],
        *,
        ended: bool,
    ) -> Iterator[Violation]:
        carried, paid = minutes
        when = "in the horizon"
        if days is not None:
            label = problem.horizon.day_label
            when = f"in the week from {label(days[0])} to {label(days[-1])}"
        told = f"{problem.agent(agent)} has {_hours(carried + paid)} h of paid time {when}"
        told += f", {_hours(carried)} h of them before the horizon" if carried else ""
        day = None if days is None else min(days[-1], problem.horizon.days - 1)
        over = 0 if self.most is None else min(paid, carried + paid - round(60 * self.most))
        if over > 0:
            sentence = f"{told}; at most {self.most:g} h are allowed."
            yield self.breach((agent,), day, over, sentence)
        under = 0 if self.least is None else round(60 * self.least) - paid - carried
        if under > 0 and ended:
            sentence = f"{told}; at least {self.least:g} h are due."
            yield self.breach((agent,), day, under, sentence)

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        least = [] if self.least is None else [f"at least {self.least:g}"]
        most = [] if self.most is None else [f"at most {self.most:g}"]
        stretch = "a week" if self.per == "week" else "over the horizon"
        past = f", with those of counter {self.counter!r}" if self.counter else ""
        return f"{self.whom(problem)} has {' and '.join(least + most)} paid hours {stretch}{past}"

    @classmethod
    def examples(cls) -> list[Example]:
        """Count weeks that the horizon holds, cuts, and shares with the previous period."""
        most = cls(most=40)
        least = cls(agents=("anna",), least=16)
        band = cls(agents=("anna",), least=16, most=24, per="horizon")
        year = cls(agents=("anna", "ben"), most=100, per="horizon", counter="year")
        carried = {"year": {"anna": 5700, "ben": 6500}}
        night = {"anna": "N"}
        return [
            example("forty hours", most, {"anna": "EEEEE--"}),
            example("four hours more", most, {"anna": "EEEEES-"}, 240),
            example("two weeks", most, {"anna": "EEEEE--EEEEEE-", "ben": "EEEEEE---EEEEE"}, 960),
            example("at the horizon's end", most, {"anna": "-EEEEES"}, 240),
            example("a cut week has a maximum", cls(most=4), {"anna": "-------E"}, 240),
            example("a cut week has no minimum", least, {"anna": "EE------"}),
            example("too few", least, {"anna": "E-----S"}, 240),
            example("a Sunday night is last week's", most, {"anna": "NNNNN--"}, before=night),
            example("over the horizon", band, {"anna": "EEEE----------"}, 480),
            example("too few over the horizon", band, {"anna": "----------E"}, 480),
            example("with a counter", year, {"anna": "E------", "ben": "S"}, 420, counters=carried),
            *cls._from_friday(),
        ]

    @classmethod
    def _from_friday(cls) -> list[Example]:
        most, low = cls(most=40), cls(most=24)
        least = cls(agents=("anna",), least=16)
        one, four = {"anna": "E---"}, {"anna": "EEEE"}
        on = FRIDAY
        return [
            example("a week that began unseen", least, {"anna": "---EE-----"}, start=on),
            example("too few at the seam", least, {"anna": "S--"}, 240, before=one, start=on),
            example("too many at the seam", most, {"anna": "EE-"}, 480, before=four, start=on),
            example("the past took it all", low, {"anna": "--S"}, 240, before=four, start=on),
        ]


def _hours(minutes: int) -> str:
    return f"{round(minutes / 60, 2):g}"
