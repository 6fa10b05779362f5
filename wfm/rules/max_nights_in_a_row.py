"""How many nights in a row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import numpy as np
from pydantic import Field

from wfm.limit import Cells, Grid, Limit, by_value, each
from wfm.number import Number
from wfm.problem import Problem
from wfm.rule import Example, Violation
from wfm.rules._judge_nights import night_shifts
from wfm.rules._night_rule import NightRule
from wfm.rules._nights import night_options, nights_before
from wfm.rules.example import example
from wfm.schedule import Schedule
from wfm.window import Window


class MaxNightsInARow(NightRule):
    """At most so many night shifts on days in a row, with those that began in the previous period.

    The unit of breach is a night shift too many. A night shift is one with at least so many
    minutes inside the night window; it belongs to the day on which it starts.

    Parameters
    ----------
    nights : int
        The most that may follow each other.
    window : Window
        The night, by the day on which it begins.
    at_least_minutes : int
        Minutes, breaks included, that a shift has inside the window if it is a night shift.
    """

    answers: ClassVar[tuple[str, ...]] = ("nights", "seam")
    numbers: ClassVar[tuple[Number, ...]] = (Number("nights", 1),)

    nights: int = Field(ge=1, le=60)

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each stretch of one day more, by its last day: not all of them nights."""
        everyone = self.who(x.problem)
        night = night_options(x, self).astype(np.int64)
        days_with = night.sum(axis=1) > 0
        past = {agent: nights_before(x, self, agent) for agent in everyone}
        for last in range(x.horizon.days):
            first = last - self.nights
            begin = max(0, first)
            if not days_with[begin : last + 1].all():
                continue
            cells = Cells(begin, night[begin : last + 1])
            done = {agent: sum(day >= first for day in past[agent]) for agent in everyone}
            for count, agents in by_value(everyone, done.__getitem__).items():
                if count + last - begin + 1 > self.nights:
                    yield Limit((cells,), self.nights - count, each(agents))

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Measure every run of nights by the day on which it ends."""
        horizon = problem.horizon
        past = Schedule.of_shifts(problem.previous.shifts)
        for agent in self.who(problem):
            shifts = [*past.of(agent), *schedule.of(agent)]
            days = {shift.day for shift in night_shifts(shifts, self, horizon)}
            for last in sorted(day for day in days if day >= 0 and day + 1 not in days):
                run = 1
                while last - run in days:
                    run += 1
                if run > self.nights:
                    label = horizon.day_label
                    sentence = (
                        f"{problem.agent(agent)} has {run} night shifts in a row from "
                        f"{label(last - run + 1)} to {label(last)}; the limit is {self.nights}."
                    )
                    yield self.breach((agent,), last, min(run - self.nights, last + 1), sentence)

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        most = "1 night shift" if self.nights == 1 else f"{self.nights} night shifts"
        return f"{self.whom(problem)} has at most {most} in a row"

    @classmethod
    def examples(cls) -> list[Example]:
        """Measure runs inside the horizon, at its end, and from the previous period."""
        three = cls(nights=3)
        evening = cls(nights=1, window=Window(start="20:00", end="06:00"), at_least_minutes=150)
        weekend = cls(nights=1, window=Window(days=("Fri", "Sat"), start="22:00", end="06:00"))
        night, nights, many = {"anna": "N"}, {"anna": "NN"}, {"anna": "NNNN"}
        return [
            example("three nights", three, {"anna": "NNN-NNN"}),
            example("four nights", three, {"anna": "-NNNN--", "ben": "NNLNNDN"}, 1),
            example("six nights", three, {"anna": "NNNNNN-"}, 3),
            example("at the horizon's end", three, {"anna": "---NNNN"}, 1),
            example("late is a night as well", evening, {"anna": "LN-D-LE"}, 1),
            example("of the weekend alone", weekend, {"anna": "NNNNNNN"}, 1),
            example("across the seam", three, {"anna": "NN-----"}, 1, before=nights),
            example("a day off at the seam", three, {"anna": "-NNN---"}, before=nights),
            example("a late shift between", three, {"anna": "LNNN---"}, before=nights),
            example("the first night ended here", three, {"anna": "NNN----"}, 1, before=night),
            example("too many in the past alone", three, {"anna": "E------"}, before=many),
            example("too many in the past", three, {"anna": "N------"}, 1, before=many),
        ]
