"""A time that recurs by the week: opening hours, availability, a caregiving time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from wfm.errors import InputError
from wfm.horizon import DAY, WEEKDAYS, Horizon
from wfm.value import Value


class DateRange(Value):
    """Some dates in a row, such as a school term or a holiday.

    Parameters
    ----------
    first, last : datetime.date
        Both included.
    """

    first: date
    last: date

    @model_validator(mode="after")
    def _in_order(self) -> DateRange:
        if self.last < self.first:
            raise InputError("DateRange.last", f"not be before first ({self.first})", self.last)
        return self

    def __contains__(self, when: date) -> bool:
        return self.first <= when <= self.last

    def __str__(self) -> str:
        return f"{self.first} to {self.last}"


Weekday = Literal["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


def clock(text: str) -> int:
    """Minutes after midnight of ``"HH:MM"``; ``"24:00"`` is the end of the day.

    Raises
    ------
    InputError
        If the text is no such time.
    """
    hours, colon, minutes = text.partition(":")
    if colon and hours.isdigit() and minutes.isdigit() and len(minutes) == 2:
        value = int(hours) * 60 + int(minutes)
        if int(minutes) < 60 and value <= DAY:
            return value
    raise InputError("clock time", "be HH:MM between 00:00 and 24:00", text)


def _clock_text(text: str) -> str:
    clock(text)
    return text


Clock = Annotated[str, AfterValidator(_clock_text)]
"""A wall-clock time as it is written, ``"HH:MM"`` to ``"24:00"``."""


class Window(Value):
    """A stretch of wall-clock time on some weekdays of some weeks, or on listed dates.

    Parameters
    ----------
    days : tuple of str
        Weekdays on which it starts; all by default.
    start, end : str
        Wall-clock ``HH:MM``. An end at or before the start lies on the next day.
    weeks : {"every", "even", "odd"} or tuple of int
        ISO weeks in which it holds: all, alternate ones, or listed ones. After a year of 53 weeks
        two odd ones follow each other.
    anchor : datetime.date, optional
        A date of an even week, from which even and odd ones are counted instead, over every turn
        of the year.
    dates : tuple of datetime.date
        If given, it starts on these dates only, whatever `days` and `weeks` say.
    since, until : datetime.date, optional
        First and last date on which it starts.
    during, outside : tuple of DateRange
        If given, it starts in one of the first, such as school terms, and in none of the second,
        such as school holidays; `dates` hold whatever these say.
    """

    days: tuple[Weekday, ...] = WEEKDAYS  # type: ignore[assignment]
    start: Clock = "00:00"
    end: Clock = "24:00"
    weeks: Literal["every", "even", "odd"] | tuple[int, ...] = "every"
    anchor: date | None = None
    dates: tuple[date, ...] = Field(default=())
    since: date | None = None
    until: date | None = None
    during: tuple[DateRange, ...] = ()
    outside: tuple[DateRange, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> Window:
        if self.since and self.until and self.until < self.since:
            raise InputError("Window.until", f"not be before since ({self.since})", self.until)
        if self.anchor is not None and self.weeks not in ("even", "odd"):
            must = "be left out unless weeks are even or odd"
            raise InputError("Window.anchor", must, self.anchor)
        return self

    def holds(self, when: date, weekday: int | None = None) -> bool:
        """Whether the window starts on a date.

        Parameters
        ----------
        when : datetime.date
            The date.
        weekday : int, optional
            As which it counts, Monday is 0; its own by default.
        """
        if (self.since and when < self.since) or (self.until and when > self.until):
            return False
        if self.dates:
            return when in self.dates
        if self.during and not any(when in some for some in self.during):
            return False
        if any(when in some for some in self.outside):
            return False
        counts_as = WEEKDAYS[when.weekday() if weekday is None else weekday]
        return counts_as in self.days and self._in_weeks(when)

    def _in_weeks(self, when: date) -> bool:
        week = when.isocalendar().week
        if isinstance(self.weeks, tuple):
            return week in self.weeks
        if self.anchor is not None:
            ahead = when - self.anchor + timedelta(days=self.anchor.weekday())
            week = ahead.days // 7
        return self.weeks == "every" or week % 2 == (self.weeks == "odd")

    def spans(self, horizon: Horizon, before: int = 1, after: int = 0) -> list[tuple[int, int]]:
        """Elapsed minutes ``[start, end)`` of each occurrence that starts on the horizon's days.

        Parameters
        ----------
        horizon : Horizon
            The days looked at.
        before : int
            How many days before the first one to look at too, for windows that reach into it.
        after : int
            How many days after the last one, for shifts that reach past it.
        """
        first = clock(self.start)
        last = clock(self.end)
        last += DAY if last <= first else 0
        return [
            (horizon.minute(day, first), horizon.minute(day, last))
            for day in range(-before, horizon.days + after)
            if self.holds(horizon.date_of(day), horizon.day_type(day))
        ]

    def __str__(self) -> str:
        if self.dates:
            when = ", ".join(day.isoformat() for day in self.dates)
        else:
            when = "daily" if self.days == WEEKDAYS else " ".join(self.days)
        weeks = {"every": "", "even": " in even weeks", "odd": " in odd weeks"}
        listed = self.weeks if isinstance(self.weeks, str) else ""
        tail = weeks[listed] if listed else f" in weeks {', '.join(map(str, self.weeks))}"
        tail += f" counted from {self.anchor}" if self.anchor else ""
        during = f" during {', '.join(map(str, self.during))}" if self.during else ""
        outside = f" but for {', '.join(map(str, self.outside))}" if self.outside else ""
        since = f" from {self.since}" if self.since else ""
        until = f" until {self.until}" if self.until else ""
        return f"{when} {self.start}–{self.end}{tail}{since}{until}{during}{outside}"
