"""No work at night within dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from wfm.agent_rule import AgentRule
from wfm.horizon import DAY, Horizon
from wfm.limit import Grid, Limit, each
from wfm.problem import Problem
from wfm.rule import Example, Rule, Violation
from wfm.rules._dated import DatedRule
from wfm.rules._judge import occurrences
from wfm.rules.availability import Availability
from wfm.rules.example import SPRING_SATURDAY, example
from wfm.schedule import Schedule
from wfm.window import Clock, Window, clock


class NoNights(DatedRule):
    """Within dates, no shift has more than so many minutes in the night.

    Breaks count as the rest of a shift does, and only what lies within the dates counts, from the
    first midnight to the last: also of a shift that starts on the evening before. The unit of
    breach is a shift with more. Shifts of the previous period are not counted, those of the last
    day as far as they reach.

    Parameters
    ----------
    since, until : datetime.date, optional
        First and last date; always by default.
    start, end : str
        Wall-clock ``HH:MM`` between which it is night; an end at or before the start lies on the
        next day.
    minutes : int
        How many minutes a shift may have in the night.
    """

    kind: ClassVar[Literal["work", "family", "wish"]] = "family"
    answers: ClassVar[tuple[str, ...]] = ("nights", "states")

    start: Clock = "22:00"
    end: Clock = "06:00"
    minutes: int = Field(default=0, ge=0, le=1440)

    def effect(self) -> Rule:
        """Not available in the nights, unless some of a shift may lie in them."""
        if self.minutes or clock(self.start) == DAY:
            return super().effect()
        fields = {name: getattr(self, name) for name in AgentRule.model_fields}
        return Availability(**fields, unavailable=tuple(self._nights())).effect()

    def _nights(self) -> Iterator[Window]:
        """The nights of the dates, the first and the last one cut at midnight."""
        if clock(self.end) > clock(self.start):
            yield Window(start=self.start, end=self.end, since=self.since, until=self.until)
            return
        last = self.until and self.until - timedelta(days=1)
        if self.since and clock(self.end):
            yield Window(start="00:00", end=self.end, dates=(self.since,))
        if not (self.since and last) or self.since <= last:
            yield Window(start=self.start, end=self.end, since=self.since, until=last)
        if self.until:
            yield Window(start=self.start, end="24:00", dates=(self.until,))

    def clipped(self, problem: Problem) -> Rule | None:
        """The same without dates on which no shift of the horizon can be on duty."""
        reached = problem.horizon.day_of(int(problem.options.end.max()) - 1)
        return self._within(problem.horizon, max(reached, problem.horizon.days - 1))

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each day: none of the shifts with too much of the night."""
        first, last = self._bounds(x.horizon)
        shared = np.zeros(x.options.start.shape, dtype=np.int64)
        for dusk, dawn in x.spans([Window(start=self.start, end=self.end)]):
            begin, end = max(first, dusk), min(last, dawn)
            part = np.minimum(x.options.end, end) - np.maximum(x.options.start, begin)
            shared += np.maximum(0, part)
        agents = each(self.who(x.problem))
        for cells in x.marked(shared > self.minutes):
            yield Limit((cells,), 0, agents)

    def _bounds(self, horizon: Horizon) -> tuple[int, int]:
        """First and last minute of the dates, as far as shifts reach: any date may be given."""
        days = (-2, horizon.days + 2)
        first = days[0] if self.since is None else horizon.day(self.since)
        last = days[1] if self.until is None else horizon.day(self.until) + 1
        first, last = (min(max(day, days[0]), days[1]) for day in (first, last))
        return horizon.midnight(first), horizon.midnight(last)

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Add up the minutes of the night in each shift, date by date."""
        horizon = problem.horizon
        nights = occurrences([Window(start=self.start, end=self.end)], horizon)
        for agent in self.who(problem):
            for shift in schedule.of(agent):
                minutes = 0
                for day in range(shift.day, shift.day + 3):
                    if self._covers(horizon.date_of(day)):
                        begin = max(shift.start, horizon.midnight(day))
                        end = min(shift.end, horizon.midnight(day + 1))
                        minutes += sum(max(0, min(end, b) - max(begin, a)) for a, b in nights)
                if minutes > self.minutes:
                    label = horizon.label
                    sentence = (
                        f"{problem.agent(agent)} is on duty from {label(shift.start)} to "
                        f"{label(shift.end)}, {minutes} min of it between {self.start} and "
                        f"{self.end}; at most {self.minutes} min are allowed{self._when()}."
                    )
                    yield self.breach((agent,), shift.day, 1, sentence)

    def _covers(self, when: date) -> bool:
        return (not self.since or self.since <= when) and (not self.until or when <= self.until)

    def _when(self) -> str:
        since = f" from {self.since}" if self.since else ""
        return f"{since} until {self.until}" if self.until else since

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        much = f"for more than {self.minutes} min of a shift " if self.minutes else ""
        night = f"between {self.start} and {self.end}"
        return f"{self.whom(problem)} is never on duty {much}{night}{self._when()}"

    @classmethod
    def examples(cls) -> list[Example]:
        """Nights, edges of nights, and nights at the edges of the dates."""
        anna = cls(agents=("anna",))
        some = cls(agents=("anna", "ben"), minutes=30)
        wide = cls(agents=("anna",), start="20:00", end="06:30")
        all_of_it = cls(agents=("anna",), minutes=480)
        spell = cls(agents=("anna",), since=date(2026, 12, 9), until=date(2026, 12, 10))
        hour = spell.model_copy(update={"minutes": 60})
        return [
            example("early and day", anna, {"anna": "EDSDE--", "ben": "N------"}),
            example("a night and a late shift", anna, {"anna": "EL--N--"}, 2),
            example("at the horizon's end", anna, {"anna": "------N"}, 1),
            example("half an hour may be", some, {"anna": "LL-----", "ben": "EL-N---"}, 1),
            example("a longer night", wide, {"anna": "E-D-L-S"}, 2),
            example("eight hours may be", all_of_it, {"anna": "NNN----"}),
            example(
                "seven hours of the clock, eight of work",
                all_of_it,
                {"anna": "N"},
                start=SPRING_SATURDAY,
            ),
            example("within dates", spell, {"anna": "N-LL-L-"}, 2),
            example("a night into the first date", spell, {"anna": "-N--E--"}, 1),
            example("a night out of the last date", spell, {"anna": "---N--N"}, 1),
            example("minutes of one date", hour, {"anna": "-N-----"}, 1),
            example(
                "two hours before midnight",
                cls(minutes=120, until=date(2026, 12, 7)),
                {"anna": "N--", "ben": "-N-"},
            ),
            example("a night of the previous period", anna, {"anna": "-E"}, before={"anna": "N"}),
        ]
