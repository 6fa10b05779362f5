"""How much paid time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Literal

import numpy as np
from pydantic import Field, model_validator

from wfm.agent_rule import AgentRule
from wfm.errors import InputError
from wfm.limit import Cells, Grid, Limit, each
from wfm.number import Number
from wfm.problem import Problem
from wfm.rule import Example, Violation
from wfm.rules._judge_paid import paid_on, stretches, told
from wfm.rules._named import check_counter
from wfm.rules._paid import bounded, months_of, paid_before
from wfm.rules.example import FRIDAY, example
from wfm.schedule import Schedule

STRETCHES = {"day": "a day", "week": "a week", "month": "a month", "horizon": "over the horizon"}


class Hours(AgentRule):
    """At least and at most so many paid hours in a day, a week, a month or the whole horizon.

    The unit of breach is a minute of paid time. A shift belongs to the day on which it starts, and
    to the ISO week and the calendar month of that day. The previous period's shifts in the first
    week or month count; instead of them, a counter may tell the minutes already worked in the
    first month or towards the horizon's. The maximum holds in every stretch that the horizon
    touches. The minimum of a day holds where a shift starts; that of a week or month holds only if
    every day is known: it ends inside the horizon, and begins inside it, or, for a week, in a
    previous period whose shifts are given, or, for a month, before it with a counter. What the
    past alone has taken beyond the maximum is not counted again.

    Parameters
    ----------
    least, most : float, optional
        Paid hours; at least one of them is given.
    per : {"day", "week", "month", "horizon"}
        The stretch over which they are counted.
    counter : str, optional
        Name of a counter of the previous period: minutes already worked, by agent, which count
        towards the horizon's, or towards those of the month in which the horizon begins. Who has
        no value there has worked none.
    """

    answers: ClassVar[tuple[str, ...]] = ("hours", "overtime_price", "seam", "sites")
    numbers: ClassVar[tuple[Number, ...]] = (
        Number("least", -1, "hours"),
        Number("most", 1, "hours"),
    )

    least: float | None = Field(default=None, ge=0)
    most: float | None = Field(default=None, ge=0)
    per: Literal["day", "week", "month", "horizon"] = "week"
    counter: str | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Hours:
        if self.least is None and self.most is None:
            raise InputError("Hours.most", "be given, or least")
        if self.least is not None and self.most is not None and self.most < self.least:
            raise InputError("Hours.most", f"be at least least ({self.least:g})", self.most)
        if self.counter is not None and self.per in ("day", "week"):
            must = f"be left out when hours are counted per {self.per}"
            raise InputError("Hours.counter", must)
        return self

    def check(self, problem: Problem) -> None:
        """Raise `InputError` if an agent, a contract or the counter is not in the problem."""
        super().check(problem)
        check_counter(problem, f"rule {self.name()}.counter", self.counter)

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each stretch and each number of minutes already worked: a floor and a ceiling."""
        least = None if self.least is None else round(60 * self.least)
        most = None if self.most is None else round(60 * self.most)
        if self.per == "day":
            yield from self._daily(x, least, most)
            return
        carried = x.problem.previous.counters.get(self.counter or "", {})
        whole = x.weeks(whole=True)
        for first, last in self._stretches(x):
            if self.per == "week":
                known = (first, last) in whole
            else:
                known = last < x.horizon.days and (first >= 0 or self.counter is not None)
            past = {
                agent: carried.get(agent, 0) if self.counter else paid_before(x, agent, first)
                for agent in self.who(x.problem)
            }
            if first >= 0 and self.per == "month":
                past = dict.fromkeys(past, 0)
            floor = least if known else None
            yield from bounded(x, (first, last), past, least=floor, most=most)

    def _stretches(self, x: Grid) -> list[tuple[int, int]]:
        if self.per == "week":
            return x.weeks()
        if self.per == "horizon":
            return [(0, x.horizon.days - 1)]
        return months_of(x)

    def _daily(self, x: Grid, least: int | None, most: int | None) -> Iterator[Limit]:
        paid, agents = x.options.paid, each(self.who(x.problem))
        amiss = np.zeros_like(paid)
        amiss += np.maximum(0, paid - most) if most is not None else 0
        amiss += np.maximum(0, least - paid) if least is not None else 0
        if amiss.any():
            for day in range(x.horizon.days):
                yield Limit((Cells(day, amiss[None, :]),), 0, agents)

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Add up each agent's paid time, stretch by stretch."""
        past = Schedule.of_shifts(problem.previous.shifts)
        carried_over = problem.previous.counters.get(self.counter or "", {})
        for days, when, known in stretches(problem, self.per, counted=self.counter is not None):
            day = None if self.per == "horizon" else min(days[-1], problem.horizon.days - 1)
            for agent in self.who(problem):
                carried, paid = paid_on(past, schedule, agent, days)
                if self.counter and (days[0] < 0 or self.per == "horizon"):
                    carried = carried_over.get(agent, 0)
                if self.per == "day" and not schedule.on(agent, days[0]):
                    continue
                sentence = told(problem, agent, (carried, paid), when)
                over = 0 if self.most is None else carried + paid - round(60 * self.most)
                if min(paid, over) > 0:
                    text = f"{sentence}; at most {self.most:g} h are allowed."
                    yield self.breach((agent,), day, min(paid, over), text)
                under = 0 if self.least is None else round(60 * self.least) - paid - carried
                if under > 0 and known:
                    text = f"{sentence}; at least {self.least:g} h are due."
                    yield self.breach((agent,), day, under, text)

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        least = [] if self.least is None else [f"at least {self.least:g}"]
        most = [] if self.most is None else [f"at most {self.most:g}"]
        past = f", with those of counter {self.counter!r}" if self.counter else ""
        paid = f"{' and '.join(least + most)} paid hours {STRETCHES[self.per]}{past}"
        return f"{self.whom(problem)} has {paid}"

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
            *cls._by_day_and_month(),
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

    @classmethod
    def _by_day_and_month(cls) -> list[Example]:
        six = cls(most=6, per="day")
        five = cls(least=5, most=7.5, per="day")
        month = cls(most=48, per="month")
        band = cls(agents=("anna",), least=32, most=40, per="month", counter="month")
        carried = {"month": {"anna": 1440}}
        turn, six_days = "EEEEEEE", "EEEEEE"
        on, year, new = date(2026, 11, 25), date(2026, 12, 30), date(2027, 1, 1)
        before = {"anna": "EEEEE", "ben": "N------------------------------"}
        return [
            example("six hours a day", six, {"anna": "SSSSSSE", "ben": "N------"}, 240),
            example("short and long days", five, {"anna": "S--E--N", "ben": "----S--"}, 180),
            example("two months", month, {"anna": turn + turn}, 960, start=on),
            example("a month and its past", month, {"anna": "EEEE"}, 1440, before=before, start=on),
            example("a month's last day", band, {"anna": "E---"}, counters=carried, start=year),
            example("in a month", band, {"anna": "-SE-"}, 240, counters=carried, start=year),
            example("as much as may be", band, {"anna": "DDD-"}, counters=carried, start=year),
            example(
                "a month begun here", band, {"anna": six_days}, 480, counters=carried, start=new
            ),
        ]
