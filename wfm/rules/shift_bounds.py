"""Not too early, not too late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import ClassVar, Literal, Self

import numpy as np
from pydantic import model_validator

from wfm.errors import InputError
from wfm.horizon import DAY, Horizon
from wfm.limit import Cells, Grid, Limit, each
from wfm.problem import Problem
from wfm.rule import Example, Violation
from wfm.rules._judge import since_midnight
from wfm.rules._on_days import DaysRule
from wfm.rules.example import FRIDAY, SPRING_SATURDAY, example
from wfm.schedule import Schedule
from wfm.window import Clock, clock


class ShiftBounds(DaysRule):
    """On given days no shift starts before one clock time, or ends after another one.

    A shift belongs to the day on which it starts, so that one of the evening before, or of the
    previous period, may end at any time, and one of the last day is bound past the horizon's end.
    The unit of breach is a shift out of bounds.

    Parameters
    ----------
    earliest : str, optional
        Wall-clock ``HH:MM`` from which on shifts may start.
    latest : str, optional
        Wall-clock ``HH:MM`` until which they must have ended; one at or before `earliest` lies on
        the next day, as that of a window.
    """

    kind: ClassVar[Literal["work", "family", "wish"]] = "family"
    answers: ClassVar[tuple[str, ...]] = ("states",)

    earliest: Clock | None = None
    latest: Clock | None = None

    @model_validator(mode="after")
    def _bounds_something(self) -> Self:
        if self.earliest is None and self.latest is None:
            raise InputError("ShiftBounds.earliest", "be given, or latest")
        return self

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each day: none of the shifts that are out of bounds."""
        agents = each(self.who(x.problem))
        for day in self.stated_days(x):
            outside = np.zeros(len(x.options), dtype=bool)
            if self.earliest is not None:
                outside |= x.options.start[day] < x.horizon.minute(day, clock(self.earliest))
            if self.latest is not None:
                last = clock(self.latest)
                next_day = self.earliest is not None and last <= clock(self.earliest)
                outside |= x.options.end[day] > x.horizon.minute(day, last + DAY * next_day)
            if outside.any():
                yield Limit((Cells(day, outside[None, :].astype(np.int64)),), 0, agents)

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Compare each shift's start and end with the bounds on its date."""
        label = problem.horizon.label
        for agent in self.who(problem):
            for shift in schedule.of(agent):
                if not self.holds_on(problem.horizon, shift.day):
                    continue
                begin, end = self._bounds(problem.horizon, shift.day)
                if shift.start < begin or end < shift.end:
                    sentence = (
                        f"{problem.agent(agent)} is on duty from {label(shift.start)} to "
                        f"{label(shift.end)}; a shift of that day {self._due()}."
                    )
                    yield self.breach((agent,), shift.day, 1, sentence)

    def _bounds(self, horizon: Horizon, day: int) -> tuple[float, float]:
        midnight = datetime.combine(horizon.date_of(day), time())
        first = midnight + since_midnight(self.earliest or "00:00")
        last = midnight + since_midnight(self.latest or "00:00")
        last += timedelta(days=int(self.earliest is not None and last <= first))
        begin = -float("inf") if self.earliest is None else horizon.elapsed(first)
        return begin, float("inf") if self.latest is None else horizon.elapsed(last)

    def _due(self) -> str:
        said = [] if self.earliest is None else [f"starts at {self.earliest} at the earliest"]
        said += [] if self.latest is None else [f"ends at {self.latest} at the latest"]
        return " and ".join(said)

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        said = [] if self.earliest is None else [f"starts no shift before {self.earliest}"]
        said += [] if self.latest is None else [f"ends none after {self.latest}"]
        return f"{self.whom(problem)} {' and '.join(said)}{self.when()}"

    @classmethod
    def examples(cls) -> list[Example]:
        """Bounds at both ends of shifts, on chosen days and dates."""
        early = cls(agents=("anna",), latest="14:30")
        both = cls(agents=("anna", "ben"), earliest="09:00", latest="18:00")
        night = cls(agents=("anna",), earliest="12:00", latest="06:00")
        weekly = cls(agents=("anna",), latest="15:00", days=("Tue", "Thu"), weeks="odd")
        dated = cls(agents=("anna",), earliest="08:00", dates=(FRIDAY, date(2026, 12, 12)))
        spell = cls(latest="17:00", since=date(2026, 12, 8), until=date(2026, 12, 10))
        term = {"first": date(2026, 12, 7), "last": date(2026, 12, 13)}
        off = {"first": date(2026, 12, 9), "last": date(2026, 12, 10)}
        terms = cls(teams=("red",), latest="20:00", during=(term,), outside=(off,))
        dawn = cls(agents=("anna",), earliest="12:00", latest="07:00")
        return [
            example("home in time", early, {"anna": "ESE----", "ben": "DLN----"}),
            example("home too late", early, {"anna": "DLES---"}, 2),
            example("at the horizon's end", early, {"anna": "------L"}, 1),
            example("too early or too late", both, {"anna": "EDSL---", "ben": "------E"}, 3),
            example("across midnight", both, {"anna": "N------"}, 1),
            example("a night until six", night, {"anna": "LNE---N"}, 1),
            example(
                "the night in which the clocks go forward",
                night,
                {"anna": "N"},
                1,
                start=SPRING_SATURDAY,
            ),
            example(
                "an hour more than that night needs", dawn, {"anna": "N"}, start=SPRING_SATURDAY
            ),
            example("on two weekdays of odd weeks", weekly, {"anna": "-D-D----LLL---"}, 2),
            example("on two dates", dated, {"anna": "EEEEEES"}, 2),
            example("within dates", spell, {"anna": "LNLDLLL", "cleo": "---L---"}, 4),
            example(
                "in a term but for some days", terms, {"ben": "NLLLNENL", "cleo": "L------"}, 4
            ),
            example("a night of the previous period", early, {"anna": "E"}, before={"anna": "N"}),
        ]
