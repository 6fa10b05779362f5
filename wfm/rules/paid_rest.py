"""Paid time off inside each shift, which lowers coverage and not pay."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from wfm.errors import InputError
from wfm.horizon import WEEKDAYS
from wfm.limit import Cells, Grid, Limit, each
from wfm.piece import Piece
from wfm.problem import Problem
from wfm.rule import Example, Rule, Violation
from wfm.rules._dated import DatedRule
from wfm.rules._days import days_of
from wfm.rules._named import check_named, check_whole, untold_name
from wfm.rules._room import most_inside
from wfm.rules.example import FRIDAY, Held, example
from wfm.schedule import Schedule, Shift
from wfm.window import Weekday, Window


class PaidRest(DatedRule):
    """Each shift holds a paid rest, in one piece or several, on top of its breaks.

    The unit of breach is a missing piece in a shift. A shift belongs to the day on which it
    starts, so one of the last day that reaches past the horizon's end is bound, and one of the
    previous period is not.

    Parameters
    ----------
    minutes : int
        Of rest in a shift, all pieces together.
    parts : int
        In how many equal pieces it is taken.
    earliest, latest : int
        When each piece may begin, in minutes after the shift's start.
    shifts_from : int
        Only shifts that are longer than so many minutes hold it.
    since, until : datetime.date, optional
        First and last date whose shifts hold it.
    days : tuple of str
        Weekdays whose shifts hold it; all by default.
    label : str
        What it is called in a roster.
    """

    kind: ClassVar[Literal["work", "family", "wish"]] = "family"
    answers: ClassVar[tuple[str, ...]] = ("paid_reduction", "states")

    minutes: int = Field(ge=5, le=720)
    parts: int = Field(default=1, ge=1, le=4)
    earliest: int = Field(default=0, ge=0)
    latest: int = Field(default=1440, ge=0)
    shifts_from: int = Field(default=0, ge=0)
    days: tuple[Weekday, ...] = WEEKDAYS  # type: ignore[assignment]
    label: str = Field(default="rest", min_length=1)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.latest < self.earliest:
            must = f"be at least earliest ({self.earliest})"
            raise InputError("PaidRest.latest", must, self.latest)
        if self.minutes % self.parts:
            must = f"divide into {self.parts} equal pieces of whole minutes"
            raise InputError("PaidRest.minutes", must, self.minutes)
        return self

    def check(self, problem: Problem) -> None:
        """Raise `InputError` if people are unknown, or a piece's length or name will not do."""
        super().check(problem)
        check_named(problem, f"rule {self.name()}.label", self.label)
        check_whole(problem, f"rule {self.name()}.minutes of a piece", self._piece)

    @property
    def _piece(self) -> int:
        return self.minutes // self.parts

    def effect(self) -> Rule:
        """The same under a name that does not say what is held."""
        return self.model_copy(update={"article": "", "label": untold_name(self)})

    def _days(self, x: Grid) -> list[int]:
        window = Window(days=self.days, since=self.since, until=self.until)
        return days_of(x, window)

    def pieces(self, problem: Problem) -> Iterator[Piece]:
        """So many in each shift of the days."""
        days, agents = tuple(self._days(problem.grid)), tuple(self.who(problem))
        if days and agents:
            yield Piece(
                name=self.label,
                minutes=self._piece,
                agents=agents,
                days=days,
                begins=(self.earliest, self.latest),
                each_shift=self.parts,
                longer_than=self.shifts_from,
            )

    def limits(self, x: Grid) -> Iterator[Limit]:
        """On each of the days: no shift lacks room for all pieces."""
        short = self._short(x)
        if short.any():
            for day in self._days(x):
                cells = np.where(x.options.offered[day], short, 0)
                yield Limit((Cells(day, cells[None, :]),), 0, each(self.who(x.problem)))

    def _short(self, x: Grid) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """For how many pieces each option lacks room beside its breaks, shape ``(options,)``."""
        options = x.options
        begin = (self.earliest, self.latest)
        kinds = {*zip(options.template.tolist(), options.length.tolist(), strict=True)}
        short = np.zeros(len(options), dtype=np.int64)
        for template, length in kinds:
            if length > self.shifts_from:
                breaks = options.templates[template].breaks
                room = most_inside(breaks, length, self._piece, begin)
                mine = (options.template == template) & (options.length == length)
                short[mine] = max(0, self.parts - room)
        return short

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Count the pieces in each shift."""
        for agent in self.who(problem):
            for shift in schedule.of(agent):
                if self._bound(problem, shift):
                    held = sum(
                        a.activity == self.label
                        and a.end - a.start == self._piece
                        and self.earliest <= a.start - shift.start <= self.latest
                        for a in shift.activities
                    )
                    if held < self.parts:
                        sentence = (
                            f"The shift of {problem.agent(agent)} on "
                            f"{problem.horizon.label(shift.start)} holds {held} times "
                            f"{self._piece} min of paid {self.label}; {self.parts} "
                            f"{'is' if self.parts == 1 else 'are'} due."
                        )
                        amount = self.parts - held
                        yield self.breach((agent,), shift.day, amount, sentence)

    def _bound(self, problem: Problem, shift: Shift) -> bool:
        when = problem.horizon.date_of(shift.day)
        return (
            shift.minutes > self.shifts_from
            and (self.since is None or when >= self.since)
            and (self.until is None or when <= self.until)
            and WEEKDAYS[problem.horizon.day_type(shift.day)] in self.days
        )

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        times = "" if self.parts == 1 else f"{self.parts} times "
        longer = f" of more than {self.shifts_from} min" if self.shifts_from else ""
        # Not its label, which may tell what it is for.
        told = f"{self.whom(problem)} has {times}{self._piece} min of paid rest in each "
        told += f"shift{longer}, begun {self.earliest} to {self.latest} min after its start"
        since = f", from {self.since}" if self.since else ""
        until = f", until {self.until}" if self.until else ""
        days = "" if self.days == WEEKDAYS else f", on {' '.join(self.days)}"
        return f"{told}{days}{since}{until}"

    @classmethod
    def examples(cls) -> list[Example]:
        """Shifts that hold it and shifts that are too short or too full for it."""
        hour = cls(agents=("anna",), minutes=60, earliest=120, latest=300)
        short = cls(minutes=60, earliest=240, latest=420)
        two = cls(agents=("anna",), minutes=120, parts=2, earliest=150, latest=210)
        narrow = cls(agents=("anna",), minutes=120, parts=2, earliest=150, latest=180)
        long = cls(minutes=60, earliest=240, latest=420, shifts_from=240)
        dated = cls(minutes=60, earliest=240, latest=420, since=FRIDAY, until=FRIDAY)
        weekly = cls(minutes=60, earliest=240, latest=420, days=("Mon", "Sun"))
        late = cls(minutes=30, earliest=480, latest=480)
        return [
            example("held", hour, {"anna": "D--"}, held=_held((0, "13:00", "14:00"))),
            example("too short a shift", short, {"anna": "S-----S", "ben": "-S"}, 3),
            example("at the horizon's end", short, {"anna": "------S"}, 1),
            example("past midnight", short, {"anna": "-N"}, held=_held((1, "26:00", "27:00"))),
            example("two pieces", two, {"anna": "N"}, held=_held(*_TWO)),
            example("room for one piece", narrow, {"anna": "D"}, 1, held=_held(_NOON)),
            example(
                "only in longer shifts", long, {"anna": "SD"}, held=_held((1, "14:00", "15:00"))
            ),
            example("from a date to a date", dated, {"ben": "SSSSSSS"}, 1),
            example("on some weekdays", weekly, {"cleo": "SSSSSSS"}, 2),
            example("a night is too short", late, {"ben": "N-------", "anna": "------NN"}, 3),
            example("not in the past", short, {"anna": "-"}, before={"anna": "S"}),
        ]


_NOON = (0, "11:30", "12:30")
_TWO = ((0, "24:30", "25:30"), (0, "25:30", "26:30"))


def _held(*times: tuple[int, str, str]) -> dict[str, list[Held]]:
    return {"anna": [(*each_time, "rest") for each_time in times]}
