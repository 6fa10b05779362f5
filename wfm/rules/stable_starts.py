"""Shifts of a week that start at about the same time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from wfm.agent_rule import AgentRule
from wfm.horizon import WEEKDAYS
from wfm.limit import AnyOf, Cells, Grid, Limit, by_value, each
from wfm.number import Number
from wfm.problem import Problem
from wfm.rule import Example, Violation
from wfm.rules._clock import clock_start, clock_starts
from wfm.rules._judge import iso_weeks
from wfm.rules._judge_clock import started
from wfm.rules.example import FRIDAY, example
from wfm.schedule import Schedule
from wfm.window import Weekday, Window


class StableStarts(AgentRule):
    """Within a week, the shifts of someone start at clock times that differ by at most so much.

    The unit of breach is a week in which they differ by more. Weeks are ISO weeks; a cut one
    counts as far as it is known, with the previous period's shifts, and not at all if these alone
    have broken it.

    Parameters
    ----------
    minutes : int
        By how much the earliest and the latest start of a week may differ on the wall clock.
    days : tuple of str
        Weekdays whose shifts are compared; all by default.
    weeks : {"every", "even", "odd"} or tuple of int
        ISO weeks in which it holds: all, alternate ones, or listed ones.
    """

    numbers: ClassVar[tuple[Number, ...]] = (Number("minutes", 1, "minutes"),)

    minutes: int = Field(ge=0, le=1440)
    days: tuple[Weekday, ...] = WEEKDAYS  # type: ignore[assignment]
    weeks: Literal["every", "even", "odd"] | tuple[int, ...] = "every"

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each start of a week: not one then or earlier with one too late after it."""
        everyone = self.who(x.problem)
        clock = clock_starts(x)
        counted = np.array([self._counts(x, day) for day in range(x.horizon.days)])
        for first, last in x.weeks():
            begin, until = max(0, first), min(last + 1, x.horizon.days)
            if not counted[begin:until].any():
                continue
            here, name = clock[begin:until], f"week {first}"
            those = np.broadcast_to(counted[begin:until, None], here.shape)
            past = {agent: self._past(x, agent, first) for agent in everyone}
            fine = [a for a in everyone if self._together(past[a])]
            for start in self._thresholds(np.unique(here[those])):
                low = AnyOf((_cells(begin, those & (here <= start)),))
                high = AnyOf((_cells(begin, those & (here > start + self.minutes)),))
                yield Limit((x.nothing,), 1, each(fine), name, (low, high))
            for span, agents in by_value(fine, past.__getitem__).items():
                if span is not None:
                    early, late = span[1] - self.minutes, span[0] + self.minutes
                    far = _cells(begin, those & ((here < early) | (here > late)))
                    yield Limit((x.nothing,), 0, each(agents), name, (AnyOf((far,)),))

    def _thresholds(self, starts: NDArray[np.int64]) -> Iterator[int]:
        # Of starts after which the same ones are too late, the last one alone is needed.
        later = np.searchsorted(starts, starts + self.minutes, side="right")
        for place, start in enumerate(starts):
            beyond = later[place]
            if beyond < len(starts) and beyond < later[place + 1]:
                yield int(start)

    def _past(self, x: Grid, agent: str, first: int) -> tuple[int, int] | None:
        shifts = [s for s in x.before(agent) if s.day >= first and self._counts(x, s.day)]
        starts = [clock_start(x, shift) for shift in shifts]
        return (min(starts), max(starts)) if starts else None

    def _together(self, span: tuple[int, int] | None) -> bool:
        return span is None or span[1] - span[0] <= self.minutes

    def _counts(self, x: Grid, day: int) -> bool:
        window = Window(days=self.days, weeks=self.weeks)
        return window.holds(x.horizon.date_of(day), x.horizon.day_type(day))

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Compare the earliest and the latest start of each week."""
        horizon = problem.horizon
        past = Schedule.of_shifts(problem.previous.shifts)
        for days in iso_weeks(horizon):
            if not self._in_week(horizon.date_of(days[0]).isocalendar().week):
                continue
            compared = [day for day in days if WEEKDAYS[horizon.day_type(day)] in self.days]
            for agent in self.who(problem):
                before = [s for s in past.of(agent) if s.day in compared]
                shifts = before + [s for s in schedule.of(agent) if s.day in compared]
                ordered = sorted(shifts, key=lambda shift: started(shift, horizon))
                apart = [started(shift, horizon) for shift in ordered]
                old = [started(shift, horizon) for shift in before]
                if not apart or apart[-1] - apart[0] <= self.minutes:
                    continue
                if old and max(old) - min(old) > self.minutes:
                    continue
                early, late = (horizon.label(ordered[place].start) for place in (0, -1))
                sentence = (
                    f"{problem.agent(agent)} starts on {early} and on {late}, "
                    f"{apart[-1] - apart[0]} min apart on the clock in one week; "
                    f"at most {self.minutes} min may be."
                )
                yield self.breach((agent,), min(days[-1], horizon.days - 1), 1, sentence)

    def _in_week(self, week: int) -> bool:
        if isinstance(self.weeks, tuple):
            return week in self.weeks
        return {"every": True, "even": week % 2 == 0, "odd": week % 2 == 1}[self.weeks]

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        days = "" if self.days == WEEKDAYS else f" on {' '.join(self.days)}"
        if isinstance(self.weeks, tuple):
            weeks = f"of weeks {', '.join(map(str, self.weeks))}"
        else:
            weeks = "of a week" if self.weeks == "every" else f"of {self.weeks} weeks"
        return (
            f"{self.whom(problem)} starts the shifts {weeks}{days} at most "
            f"{self.minutes} min apart on the clock"
        )

    @classmethod
    def examples(cls) -> list[Example]:
        """Start at the same time, within the minutes, and too far apart."""
        rule = cls(minutes=180)
        same = cls(minutes=0, days=("Mon", "Tue", "Wed", "Thu", "Fri"))
        even, listed = cls(minutes=240, weeks="even"), cls(minutes=240, weeks=(51,))
        two = {"anna": "EEEEEEELLLLLLL", "ben": "EL-----N----S-"}
        late, mixed, on = {"anna": "LL--"}, {"anna": "EL--"}, FRIDAY
        return [
            example("three hours apart", rule, {"anna": "EEDDSDE"}),
            example("five hours apart", rule, {"anna": "DDDLL--", "ben": "L-----N"}, 2),
            example("another week, another time", rule, two, 2),
            example("nights too", rule, {"anna": "NN-LLL-"}, 1),
            example("at the horizon's end", rule, {"anna": "EEE----LL---E"}, 1),
            example("the same on working days", same, {"anna": "DDDDSLN", "ben": "EEEED--"}, 1),
            example("in even weeks", even, two, 1),
            example("in a listed week", listed, two, 1),
            example("across the seam", rule, {"anna": "N-D"}, 1, before=late, start=on),
            example("kept across the seam", rule, {"anna": "L--E---"}, before=late, start=on),
            example("the past alone", rule, {"anna": "LE-"}, before=mixed, start=on),
        ]


def _cells(first: int, marked: NDArray[np.bool_]) -> Cells:
    days = np.flatnonzero(marked.any(axis=1))
    start, last = (int(days[0]), int(days[-1])) if len(days) else (0, 0)
    return Cells(first + start, marked[start : last + 1].astype(np.int64))
