"""What happens on some days and changes contacts: campaigns, outages, school terms, paydays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from wfm.errors import InputError
from wfm.value import Value

Kind = Literal["campaign", "outage", "school", "payday", "festival", "other"]
DayOfMonth = int | Literal["last", "first business day", "last business day"]

_DATE = "be a date such as 2026-12-07, or a span of dates with start and end"
_DAY = "be a day from 1 to 31, 'last', 'first business day' or 'last business day'"


class Span(Value):
    """Days from one to another, both included.

    Parameters
    ----------
    start, end : datetime.date
        First and last day.
    """

    start: date
    end: date

    @model_validator(mode="after")
    def _forwards(self) -> Span:
        if self.end < self.start:
            raise InputError("Span.end", f"be {self.start} or later", str(self.end))
        return self


class Event(Value):
    """Days on which contacts differ, with an effect that is stated or learnt.

    The days are those of all of `dates`, `yearly` and `days_of_month` together; one of them is
    needed. All days of an event share one effect; days before and after it have their own.

    Parameters
    ----------
    name : str
        How people call it; unique within a calendar.
    kind : {"campaign", "outage", "school", "payday", "festival", "other"}
        What it is. An outage without a stated effect teaches nothing: its days, lead and tail are
        left out of what is learnt, and the future knows nothing of it.
    dates : tuple of datetime.date or Span
        Single days, and stretches of days such as school terms.
    yearly : tuple of str
        Days of every year as ``"MM-DD"``; ``"02-29"`` in leap years only.
    days_of_month : tuple of int or str
        Days of every month: 1 to 31, of which a shorter month takes its last day instead,
        ``"last"``, ``"first business day"`` or ``"last business day"``.
    off_days : {"stay", "before", "after"}
        Where a day of every month or year goes that is no business day: it stays, or it moves to
        the business day before or after, as paydays do.
    effect : float, optional
        Factor on contacts: 1.4 for 40 % more, 0 for closed. None: to be learnt from history.
    lead, tail : int
        Days before and after that it reaches. With a stated effect the factor rises to it and
        falls from it in equal steps: k days away it is 1 + (effect − 1)(1 − k / (lead + 1)).
        Otherwise the effect of each such day is learnt. Other factors are stated as events of
        their own.
    queues : tuple of str
        Queues that feel it; empty for all.
    """

    name: str = Field(min_length=1)
    kind: Kind = "other"
    dates: tuple[date | Span, ...] = ()
    yearly: tuple[str, ...] = ()
    days_of_month: tuple[DayOfMonth, ...] = ()
    off_days: Literal["stay", "before", "after"] = "stay"
    effect: float | None = Field(default=None, ge=0, le=1000)
    lead: int = Field(default=0, ge=0, le=31)
    tail: int = Field(default=0, ge=0, le=31)
    queues: tuple[str, ...] = ()

    @field_validator("dates", mode="before")
    @classmethod
    def _are_dates(cls, given: object) -> object:
        # Taken apart here: a union's own errors would name both of its sides.
        if not isinstance(given, list | tuple):
            raise InputError("Event.dates", "be a list of dates and spans", given)
        return tuple(_date_or_span(f"Event.dates[{k}]", item) for k, item in enumerate(given))

    @field_validator("yearly")
    @classmethod
    def _are_month_and_day(cls, yearly: tuple[str, ...]) -> tuple[str, ...]:
        for index, text in enumerate(yearly):
            try:
                valid = date.fromisoformat(f"2000-{text}").strftime("%m-%d") == text
            except ValueError:
                valid = False
            if not valid:
                must = "be a month and day such as 12-06"
                raise InputError(f"Event.yearly[{index}]", must, text)
        return yearly

    @field_validator("days_of_month", mode="before")
    @classmethod
    def _are_days_of_month(cls, given: object) -> object:
        if not isinstance(given, list | tuple):
            raise InputError("Event.days_of_month", "be a list of days", given)
        words = ("last", "first business day", "last business day")
        for index, day in enumerate(given):
            number = isinstance(day, int) and not isinstance(day, bool) and 1 <= day <= 31
            if not number and day not in words:
                raise InputError(f"Event.days_of_month[{index}]", _DAY, day)
        return tuple(given)

    @model_validator(mode="after")
    def _happens(self) -> Event:
        if not (self.dates or self.yearly or self.days_of_month):
            must = "have days: dates, yearly or days_of_month"
            raise InputError(f"Event {self.name!r}", must, "none")
        return self

    @property
    def title(self) -> str:
        """Kind and name, as columns are called by it."""
        return f"{'event' if self.kind == 'other' else self.kind}: {self.name}"


def _date_or_span(place: str, given: Any) -> date | Span:
    if isinstance(given, Span):
        return given
    if isinstance(given, Mapping):
        try:
            return Span(**given)
        except InputError as error:
            field = error.place.removeprefix("Span")
            raise InputError(f"{place}{field}", error.must, error.got) from None
    if isinstance(given, date) and type(given) is date:
        return given
    try:
        return date.fromisoformat(given)
    except (TypeError, ValueError):
        raise InputError(place, _DATE, given) from None
