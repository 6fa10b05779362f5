"""A long rest every week, wherever it lies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from math import ceil
from typing import ClassVar, Literal

import numpy as np
from pydantic import Field, model_validator

from wfm.agent_rule import AgentRule
from wfm.errors import InputError
from wfm.horizon import DAY
from wfm.limit import AnyOf, Grid, Limit, by_value, each
from wfm.number import Number
from wfm.problem import Problem
from wfm.rule import Example, Violation
from wfm.rules._judge_weeks import first_known, told, whole_weeks
from wfm.rules._stretches import known_week, stretches
from wfm.rules.example import FRIDAY, MONDAY, example
from wfm.schedule import Schedule, Shift


class WeeklyRest(AgentRule):
    """In each week, or two weeks, at least one block of so many free hours, wherever it lies.

    The unit of breach is a week, or two weeks, without one. Weeks are ISO weeks of which every day
    is known: they end inside the horizon or just before it, and begin inside it or not before the
    week of the first shift of the previous period. A block may reach out of its week, over the
    seam too, but for the hours that must lie inside: with 35 hours, 24 of them inside, Saturday
    20:00 to Monday 07:00 is the rest of the week that ends, and no day is the rest of two weeks.
    What lies past the horizon's end is taken to be free; the next period then keeps it so. What
    lies before it is free if no shift of the previous period is there, and unknown if none at all
    are given. Where the past alone leaves no room, no block is due.

    Parameters
    ----------
    hours : float
        Hours of the block.
    days : {7, 14}
        In each week, or in each two weeks.
    inside : float
        Hours of the block that lie in the week at least; the whole block if it is no longer.
    anchor : datetime.date, optional
        A date in the first of two weeks that belong together; without one, any two weeks in a row
        hold a block.
    """

    answers: ClassVar[tuple[str, ...]] = ("rest", "seam")
    numbers: ClassVar[tuple[Number, ...]] = (Number("hours", -1, "hours"),)

    hours: float = Field(gt=0, le=14 * 24)
    days: Literal[7, 14] = 7
    inside: float = Field(default=24, gt=0)
    anchor: date | None = None

    @model_validator(mode="after")
    def _fits(self) -> WeeklyRest:
        if self.hours > 24 * self.days:
            must = f"be at most the {24 * self.days} hours of {self.days} days"
            raise InputError("WeeklyRest.hours", must, self.hours)
        return self

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each stretch: not all places of a block are touched by shifts."""
        block = ceil(self.hours * 60 - 1e-9)
        reach = max(0, block - ceil(self.inside * 60 - 1e-9))
        known = x.horizon.midnight(known_week(x))
        touched: dict[int, AnyOf | None] = {}
        for first, last in stretches(x, self.days // 7, self.anchor, -1 - ceil(reach / DAY)):
            low = max(known, x.horizon.midnight(first) - reach)
            latest = x.horizon.midnight(last + 1) + reach - block
            free = {a: _free_since(x.before(a), low, block) for a in self.who(x.problem)}
            for begin, agents in by_value(free, free.__getitem__).items():
                if begin is None or begin > latest:
                    continue
                places = _places(x, begin, latest, block)
                for place in set(places) - set(touched):
                    touched[place] = _touched(x, place, block)
                any_of = tuple(some for some in map(touched.get, places) if some)
                if len(any_of) == len(places):
                    yield Limit((x.nothing,), len(places) - 1, each(agents), any_of=any_of)

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Look for each agent's longest free time around each stretch of weeks."""
        horizon = problem.horizon
        past = Schedule.of_shifts(problem.previous.shifts)
        begin = horizon.midnight(first_known(problem))
        beyond = max(0, 60 * (self.hours - self.inside))
        for agent in self.who(problem):
            for days in whole_weeks(problem, self.days // 7, self.anchor):
                start = max(begin, horizon.midnight(days[0]) - beyond)
                end = horizon.midnight(days[-1] + 1) + beyond
                longest = _longest([*past.of(agent), *schedule.of(agent)], start, end)
                possible = _longest(past.of(agent), start, end)
                if not longest < 60 * self.hours <= possible:
                    continue
                sentence = (
                    f"{problem.agent(agent)} has no {self.hours:g} h free in a row for the "
                    f"{_stretch(self.days)} {told(horizon, days)}; the longest rest has "
                    f"{round(longest / 60, 2):g} h."
                )
                yield self.breach((agent,), max(0, days[-1]), 1, sentence)

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        return (
            f"{self.whom(problem)} has at least {self.hours:g} h free in a row in each "
            f"{_stretch(self.days)}"
        )

    @classmethod
    def examples(cls) -> list[Example]:
        """Find blocks inside weeks, over their edges, over the seam, and past the end."""
        law = cls(hours=35)
        all_inside = cls(hours=35, inside=35)
        two = cls(hours=48, days=14, inside=48)
        paired = cls(hours=48, days=14, inside=48, anchor=MONDAY)
        anna = cls(agents=("anna",), hours=60, inside=60)
        before = {"anna": "DDD-"}
        late, nights = {"anna": "DDDDDL-"}, {"anna": "NNNNNNN"}
        return [
            example("a day off between two days", law, {"anna": "DDD-DDD"}),
            example("a day off between late and early", law, {"anna": "DDL-EDD"}, 1),
            example("a day off after a night", law, {"anna": "NNN-DDD", "ben": "NN-LLLL"}, 2),
            example("over the end of the week", law, {"anna": "DDDDDE-E------"}),
            example("not over the end", all_inside, {"anna": "DDDDDE-E------"}, 1),
            example("one block for two weeks", law, {"anna": "DDDDDDE-DDDDDD"}, 1),
            example("at the horizon's end", law, {"anna": "DDDDDDD", "ben": "DDDDDD-"}, 1),
            example("past the horizon's end", law, {"anna": "DDDDDE-"}),
            example("the next period keeps it", law, {"anna": "E"}, 1, before=late),
            example("the past had none", law, {"anna": "D"}, before=nights),
            example("across the seam", anna, {"anna": "DD-"}, 1, before=before, start=FRIDAY),
            example("kept across the seam", anna, {"anna": "-DD"}, before=before, start=FRIDAY),
            example("a week that began unseen", law, {"anna": "DDD"}, start=FRIDAY),
            example("two days in two weeks", two, {"anna": "DDDDDDDDD--DDD"}),
            example("two weeks, any", two, {"anna": "--DDDDDDDDDDDDDDDDDD-"}, 1),
            example("two weeks, in turn", paired, {"anna": "--DDDDDDDDDDDDDDDDDD-"}),
        ]


def _free_since(past: list[Shift], low: int, block: int) -> int | None:
    """Minute from which someone is free into the horizon, None if a block lies before it."""
    begin = low
    for shift in past:
        if shift.start - begin >= block:
            return None
        begin = max(begin, shift.end)
    return None if begin + block <= 0 else begin


def _places(x: Grid, begin: int, latest: int, block: int) -> list[int]:
    """Starts of a block that differ in the shifts that touch it, none worse than another."""
    offered = x.options.offered
    ends = np.unique(x.options.end[offered])
    starts = np.unique(x.options.start[offered])
    places = [begin, *ends[(ends > begin) & (ends <= latest)].tolist()]
    # Where no shift begins between the ends of two blocks, the later is touched by fewer.
    shut_out = np.searchsorted(starts, np.array(places) + block)
    return [p for p, (a, b) in zip(places, pairwise([*shut_out, -1]), strict=True) if a != b]


def _touched(x: Grid, place: int, block: int) -> AnyOf | None:
    cells = x.overlaps(place, place + block)
    return None if cells is None else AnyOf((cells,))


def _longest(shifts: Iterable[Shift], start: float, end: float) -> float:
    longest = 0.0
    for shift in shifts:
        longest = max(longest, min(shift.start, end) - start)
        start = max(start, shift.end)
    return max(longest, end - start)


def _stretch(days: int) -> str:
    return "week" if days == 7 else "two weeks"
