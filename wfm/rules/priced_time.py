"""A price on time at which work costs more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import ClassVar

import numpy as np
from pydantic import Field

from wfm.agent_rule import AgentRule
from wfm.limit import Cells, Grid, Limit, each
from wfm.problem import Problem
from wfm.rule import Example, Violation
from wfm.rules._judge import occurrences
from wfm.rules.example import SPRING_SATURDAY, SUNDAY, example
from wfm.schedule import Schedule
from wfm.window import Window


class PricedTime(AgentRule):
    """Time on duty inside windows has a price, such as a class of holiday pay.

    The unit of breach is a minute on duty, breaks included, inside the windows; where they overlap
    it counts once. The `weight` is the price of a minute: with an hourly cost of 24 and a premium
    of half of it, 0.2. A rule without a weight forbids such work. Classes of different price are
    rules of their own, whose prices add up where their windows overlap. Shifts that reach past the
    horizon's end count to their own end; those of the previous period do not.

    Parameters
    ----------
    windows : tuple of Window
        When it holds: dates of public holidays, Sundays, nights.
    """

    answers: ClassVar[tuple[str, ...]] = ("overtime_price", "day_types")

    windows: tuple[Window, ...] = Field(min_length=1)

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each day: minutes inside the windows of the shift that starts on it."""
        start, end = x.options.start, x.options.end
        inside = np.zeros_like(start)
        until = -(10**9)
        for first, last in x.spans(self.windows):
            begin, until = max(first, until), max(last, until)
            days = np.flatnonzero((start.min(axis=1) < until) & (end.max(axis=1) > begin))
            if len(days) and begin < until:
                near = slice(int(days[0]), int(days[-1]) + 1)
                shared = np.minimum(end[near], until) - np.maximum(start[near], begin)
                inside[near] += np.maximum(0, shared)
        everyone = each(self.who(x.problem))
        for day in np.flatnonzero(inside.sum(axis=1)):
            yield Limit((Cells(int(day), inside[day : day + 1]),), 0, everyone)

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Mark the minutes of each shift that lie in any window, and count them."""
        horizon = problem.horizon
        spans = occurrences(self.windows, horizon)
        for agent in self.who(problem):
            for shift in schedule.of(agent):
                marked = np.zeros(shift.minutes, dtype=bool)
                for first, last in spans:
                    marked[max(0, first - shift.start) : max(0, last - shift.start)] = True
                minutes = int(marked.sum())
                if minutes:
                    sentence = (
                        f"{problem.agent(agent)} is on duty from {horizon.label(shift.start)} to "
                        f"{horizon.label(shift.end)}, {minutes} min of it at a time that has a "
                        f"price ({self._when()})."
                    )
                    yield self.breach((agent,), shift.day, minutes, sentence)

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        return f"{self.whom(problem)} is not on duty at times that have a price ({self._when()})"

    def _when(self) -> str:
        return "; ".join(str(window) for window in self.windows)

    @classmethod
    def examples(cls) -> list[Example]:
        """Work on a holiday, on Sundays, in nights, and where windows overlap."""
        holiday = cls(windows=(Window(dates=(date(2026, 12, 9),)),), weight=0.2)
        sunday = Window(days=("Sun",))
        night = Window(start="23:00", end="06:00")
        sundays = cls(windows=(sunday,), agents=("anna", "ben"))
        both = cls(windows=(night, sunday), weight=1)
        on = SPRING_SATURDAY + timedelta(days=1)
        return [
            example("the days around it", holiday, {"anna": "EL-EEEE", "ben": "SSDS---"}, 510),
            example("no work on it", holiday, {"anna": "EL-EEEE"}),
            example("a night into it and one out of it", holiday, {"anna": "-NN----"}, 480),
            example(
                "Sundays", sundays, {"anna": "EEEEE-E", "ben": "------S", "cleo": "------E"}, 750
            ),
            example("at the horizon's end", both, {"anna": "------N"}, 480),
            example("counted once", both, {"anna": "-----NN"}, 900),
            example("a week of nights", both, {"anna": "NNNN---"}, 1680),
            example("a night of seven hours", both, {"anna": "N"}, 420, start=SPRING_SATURDAY),
            example("the past is paid", both, {"anna": "-"}, before={"anna": "N"}, start=SUNDAY),
            example(
                "an hour less",
                sundays,
                {"anna": "N", "ben": "E"},
                630,
                before={"cleo": "E"},
                start=on,
            ),
        ]
