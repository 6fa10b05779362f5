"""What is asked for on some days; the bases of the wishes."""

from __future__ import annotations

from abc import ABC
from datetime import date
from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from wfm.agent_rule import AgentRule
from wfm.errors import InputError
from wfm.horizon import Horizon
from wfm.limit import Grid
from wfm.rules._days import days_of
from wfm.rules._judge_days import is_chosen
from wfm.value import Value
from wfm.window import Weekday, Window


class DaysAsked(Value):
    """Weekdays or dates for which something is asked.

    Parameters
    ----------
    days : tuple of str
        Weekdays for which it is asked.
    weeks : {"every", "even", "odd"} or tuple of int
        ISO weeks of those weekdays: all, alternate ones, or listed ones.
    anchor : datetime.date, optional
        A date of an even week, from which even and odd ones are counted instead.
    dates : tuple of datetime.date
        Dates for which it is asked, instead of weekdays.
    """

    days: tuple[Weekday, ...] = ()
    weeks: Literal["every", "even", "odd"] | tuple[int, ...] = "every"
    anchor: date | None = None
    dates: tuple[date, ...] = ()

    @model_validator(mode="after")
    def _says_when(self) -> Self:
        place = type(self).__name__
        if not self.days and not self.dates:
            raise InputError(f"{place}.days", "be given, or dates")
        if self.dates and (self.days or self.weeks != "every"):
            raise InputError(f"{place}.dates", "be left out when days or weeks are given")
        if self.anchor is not None and self.weeks not in ("even", "odd"):
            raise InputError(
                f"{place}.anchor", "be left out unless weeks are even or odd", self.anchor
            )
        return self

    def stated_days(self, x: Grid) -> list[int]:
        """Days of the horizon for which it is asked, for `limits`."""
        window = Window(days=self.days, weeks=self.weeks, anchor=self.anchor, dates=self.dates)
        return days_of(x, window)

    def asks_for(self, horizon: Horizon, day: int) -> bool:
        """Whether it is asked for a day, for `violations`."""
        when = horizon.date_of(day)
        if self.dates:
            return when in self.dates
        return is_chosen(horizon, day, self.days, self.weeks, self.anchor)


class DayRequest(DaysAsked, AgentRule, ABC):
    """A wish for weekdays or for dates; it has a price unless its weight is None."""

    kind: ClassVar[Literal["work", "family", "wish"]] = "wish"

    weight: float | None = Field(default=10.0, gt=0)

    def when(self) -> str:
        """Say for which days it is asked."""
        if self.dates:
            return "on " + ", ".join(day.isoformat() for day in self.dates)
        if isinstance(self.weeks, str):
            counted = f" counted from {self.anchor}" if self.anchor else ""
            return f"on {' '.join(self.days)} in {self.weeks} {_weeks(self.weeks)}{counted}"
        return f"on {' '.join(self.days)} in weeks {', '.join(map(str, self.weeks))}"


def _weeks(weeks: str) -> str:
    return "week" if weeks == "every" else "weeks"
