"""Another day off for a Sunday worked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import ClassVar

from pydantic import Field, model_validator

from wfm.agent_rule import AgentRule
from wfm.errors import InputError
from wfm.horizon import WEEKDAYS, Horizon
from wfm.limit import Grid, Limit, by_value, each
from wfm.number import Number
from wfm.problem import Problem
from wfm.rule import Example, Violation
from wfm.rules._compensation import in_a_row, rows, spare
from wfm.rules._judge_weeks import count
from wfm.rules._stretches import known_day
from wfm.rules.example import FRIDAY, SUNDAY, example
from wfm.schedule import Schedule
from wfm.window import Weekday

WORKDAYS: tuple[Weekday, ...] = ("Mon", "Tue", "Wed", "Thu", "Fri")


class CompensationDay(AgentRule):
    """Who works on a Sunday, or another such day, gets a day off on another weekday for it.

    Two of them worked take two different days off. The unit of breach is a missing day off; where
    the times for several days overlap, the stretch of them counts in which most are missing. A day
    is worked if a shift starts on it. Days worked in the previous period count, and so do its days
    off, from its first shift on; a day whose time reaches past the horizon's end, or before what
    is known, is not judged. What the past alone has made impossible is not due.

    Parameters
    ----------
    days : tuple of str
        Weekdays for which a day off is due, by what a date counts as.
    dates : tuple of datetime.date
        Further dates for which one is due, such as public holidays.
    on : tuple of str
        Weekdays that can be the day off; never one of `days` or `dates`.
    within : int
        Days after it in which the day off lies.
    before : int
        Days before it in which the day off may lie too.
    """

    answers: ClassVar[tuple[str, ...]] = ("days_off", "day_types", "seam")
    numbers: ClassVar[tuple[Number, ...]] = (Number("within", 1),)

    days: tuple[Weekday, ...] = ("Sun",)
    dates: tuple[date, ...] = ()
    on: tuple[Weekday, ...] = Field(default=WORKDAYS, min_length=1)
    within: int = Field(default=14, ge=0, le=84)
    before: int = Field(default=0, ge=0, le=84)

    @model_validator(mode="after")
    def _leaves_a_choice(self) -> CompensationDay:
        if not self.days and not self.dates:
            raise InputError("CompensationDay.days", "be given, or dates")
        if not self.within and not self.before:
            raise InputError("CompensationDay.within", "be at least 1, or before", self.within)
        return self

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each such days in a row: those worked are at most the days off near them."""
        everyone = self.who(x.problem)
        past = {agent: {shift.day for shift in x.before(agent)} for agent in everyone}
        known = known_day(x)
        days = range(known, x.horizon.days)
        counts_as = {day: WEEKDAYS[x.horizon.day_type(day)] for day in days}
        listed = {x.horizon.day(when) for when in self.dates}
        special = [day for day in days if counts_as[day] in self.days or day in listed]
        usual = {day for day in days if counts_as[day] in self.on}.difference(special)
        judged = [
            (day, range(day - self.before, day + self.within + 1))
            for day in special
            if day - self.before >= known and 0 <= day + self.within < x.horizon.days
        ]
        for some, slack in in_a_row(judged):
            worked = {day for day, _ in some}
            near = usual.intersection(range(some[0][1][0], some[-1][1][-1] + 1))
            ahead = [day for day in worked | near if day >= 0]
            if ahead:
                cells = rows(x, ahead)
                left = {a: spare(worked, near, past[a]) for a in everyone}
                for most, agents in by_value(everyone, left.__getitem__).items():
                    if most < len(ahead):
                        yield Limit((cells,), most, each(agents), slack)

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Compare, for each agent and some such days in a row, those worked and the days off."""
        groups = self._groups(problem)
        for agent in self.who(problem):
            past = {shift.day for shift in problem.previous.shifts if shift.agent == agent}
            now = {shift.day for shift in schedule.of(agent)}
            for group in groups:
                slices = combinations(range(len(group) + 1), 2)
                lacks = [self._lack(problem, group[a:b], past, now) for a, b in slices]
                amount, last, told = max(lacks, key=lambda lack: lack[0])
                if amount > 0:
                    day = min(max(0, last), problem.horizon.days - 1)
                    yield self.breach((agent,), day, amount, f"{problem.agent(agent)} {told}")

    def _is_due(self, horizon: Horizon, day: int) -> bool:
        named = WEEKDAYS[horizon.day_type(day)] in self.days
        return named or horizon.date_of(day) in self.dates

    def _groups(self, problem: Problem) -> list[list[int]]:
        """Days for which a day off can be due, together where the times for it overlap."""
        horizon = problem.horizon
        known = min((shift.day for shift in problem.previous.shifts), default=0)
        groups: list[list[int]] = []
        for day in range(known + self.before, horizon.days - self.within):
            if self._is_due(horizon, day) and day + self.within >= 0:
                if groups and day - groups[-1][-1] <= self.before + self.within:
                    groups[-1].append(day)
                else:
                    groups.append([day])
        return groups

    def _lack(
        self, problem: Problem, some: list[int], past: set[int], now: set[int]
    ) -> tuple[int, int, str]:
        """Days off that some days lack, the last one on which they could be, and it in words."""
        horizon = problem.horizon
        first, last = some[0] - self.before, some[-1] + self.within
        choice = [
            day
            for day in range(first, last + 1)
            if WEEKDAYS[horizon.day_type(day)] in self.on and not self._is_due(horizon, day)
        ]
        worked = [day for day in some if day in past | now]
        off = [day for day in choice if day not in past | now]
        old = len(past.intersection(some)) - len(set(choice) - past)
        amount = len(worked) - len(off) - max(0, old)
        label = horizon.day_label
        told = (
            f"works on {' and '.join(map(label, worked))} and has {count(len(off))} off for it "
            f"from {label(first)} to {label(last)}; at least {len(off) + amount} must be."
        )
        return amount, last, told

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        named = [*self.days, *(day.isoformat() for day in self.dates)]
        when = [f"{self.within} days after it"] if self.within else []
        when += [f"{self.before} days before it"] if self.before else []
        return (
            f"{self.whom(problem)} has a day off on {' or '.join(self.on)} for each "
            f"{' or '.join(named)} worked, within {' or '.join(when)}"
        )

    @classmethod
    def examples(cls) -> list[Example]:
        """Give days off in time, late, twice for one, before, and over the seam."""
        week = cls(within=7)
        fortnight = cls()
        before = cls(within=0, before=5)
        monday = cls(within=7, on=("Mon",))
        listed = cls(days=(), dates=(date(2026, 12, 8),), within=3)
        return [
            example("a day off after it", week, {"anna": "DDDDDDDDDD-DDD"}),
            example("none after it", week, {"anna": "DDDDDDDDDDDD--", "ben": "------D"}, 1),
            example("a Saturday is no such day", week, {"anna": "------DDDDDD--"}, 1),
            example("only on Mondays", monday, {"anna": "------DD-DDD--"}, 1),
            example("before it", before, {"anna": "DDD-DDD", "ben": "DDDDD-D"}, 1),
            example("a night", before, {"anna": "NNNNNNN"}, 1),
            example("at the horizon's end", before, {"anna": "DDDDD-D"}, 1),
            example("not yet due", fortnight, {"anna": "DDDDDDDDDDDDDD"}),
            example("two for two", fortnight, {"anna": "D------D-DDDDDDDDDDD-D"}, start=SUNDAY),
            example("one for two", fortnight, {"anna": "DDDDDDDDDDDD-DDDDDDDDDD"}, 1, start=SUNDAY),
            example("another date", listed, {"anna": "-DDDD--", "ben": "-DD-D-D"}, 1),
            example("others need none", cls(agents=("ben",), within=7), {"anna": "D" * 14}),
            example("across the seam", week, {"anna": "DDDDDDD"}, 1, before={"anna": "D"}),
            example("kept across the seam", week, {"anna": "DDD-DDD"}, before={"anna": "D"}),
            example(
                "a day off of the past",
                fortnight,
                {"anna": "DDDDDDDD"},
                before={"anna": "D-DDDD"},
                start=FRIDAY,
            ),
            example(
                "too late for one",
                fortnight,
                {"anna": "D"},
                before={"anna": "D" * 14},
                start=SUNDAY,
            ),
            example(
                "the last days for it",
                fortnight,
                {"anna": "DDD"},
                1,
                before={"anna": "D" * 12},
                start=FRIDAY,
            ),
        ]
