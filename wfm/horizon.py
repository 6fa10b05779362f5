"""The planning horizon: where wall clocks meet counted minutes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
from numpy.typing import NDArray
from pydantic import AfterValidator, Field, field_validator, model_validator

from wfm.errors import InputError
from wfm.value import Value

DAY = 24 * 60
YEAR = 365
FIRST, LAST = date(1970, 1, 1), date(2200, 12, 31)
"""Days between which a horizon lies, both included."""
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class SwapDay(Value):
    """A date that counts as another weekday, such as a working Saturday that pays for a holiday.

    Parameters
    ----------
    day : datetime.date
        The date.
    counts_as : str
        The weekday of whose shifts, windows and rules it takes part.
    """

    day: date
    counts_as: Literal["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


def _once_each(swaps: tuple[SwapDay, ...]) -> tuple[SwapDay, ...]:
    days = [swap.day for swap in swaps]
    twice = next((day for day in days if days.count(day) > 1), None)
    if twice is not None:
        raise InputError("day", "differ from that of every other", twice)
    return swaps


Swaps = Annotated[tuple[SwapDay, ...], AfterValidator(_once_each)]


class Horizon(Value):
    """The days that are planned, cut into intervals.

    Times inside a problem are whole minutes that have truly elapsed since the local midnight at
    which the horizon starts; they may be negative (the previous period) or lie past the end.
    A *slot* is the index of an interval. Wall-clock times are local: a day on which the clocks
    change has 23 or 25 hours, and a shift that spans the change is as long as time truly ran.

    Parameters
    ----------
    start : datetime.date
        First day, from 1970 on; the last one lies before 2201.
    days : int
        Number of days.
    timezone : str
        IANA name, such as ``"Europe/Berlin"``.
    interval : {5, 10, 15, 30, 60}
        Minutes of a slot.
    swaps : tuple of SwapDay
        Dates that count as another weekday in shift templates, windows and rules; the weeks stay
        what they are.
    """

    start: date
    days: int = Field(ge=1, le=366)
    timezone: str = "UTC"
    interval: Literal[5, 10, 15, 30, 60] = 15
    swaps: Swaps = ()

    @field_validator("start")
    @classmethod
    def _known_years(cls, start: date) -> date:
        check_years("Horizon.start", start)
        return start

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        zone_of(name, "Horizon.timezone")
        return name

    @model_validator(mode="after")
    def _whole_slots(self) -> Horizon:
        if (LAST - self.start).days < self.days - 1:
            raise InputError("Horizon.days", f"end on {LAST} or before", self.days)
        odd = next((d for d in range(self.days + 1) if self.midnight(d) % self.interval), None)
        if odd is not None:
            raise InputError(
                "Horizon.interval",
                f"divide the clock change of {self.timezone} before {self.date_of(odd)}",
                self.interval,
            )
        return self

    @cached_property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @cached_property
    def _origin(self) -> datetime:
        return self._instant(self.start, 0)

    def _instant(self, day: date, clock: int) -> datetime:
        ahead, minute = divmod(clock, DAY)
        wall = datetime.combine(day + timedelta(days=ahead), time(minute // 60, minute % 60))
        return wall.replace(tzinfo=self._zone).astimezone(UTC)

    @property
    def slots(self) -> int:
        """Number of intervals in the horizon."""
        return self.midnight(self.days) // self.interval

    @property
    def minutes(self) -> int:
        """Elapsed minutes of the whole horizon."""
        return self.midnight(self.days)

    def date_of(self, day: int) -> date:
        """Date of a day by its index; negative indexes lie before the horizon."""
        return self.start + timedelta(days=day)

    def day(self, when: date) -> int:
        """Index of a date, inside the horizon or not."""
        return (when - self.start).days

    def weekday(self, day: int) -> int:
        """Weekday of a day's index, Monday is 0."""
        return self.date_of(day).weekday()

    @cached_property
    def _counts_as(self) -> dict[date, int]:
        return {swap.day: WEEKDAYS.index(swap.counts_as) for swap in self.swaps}

    def day_type(self, day: int) -> int:
        """Weekday as which a day's index counts, Monday is 0; its own but for swapped days."""
        return self._counts_as.get(self.date_of(day), self.weekday(day))

    def minute(self, day: int, clock: int) -> int:
        """Elapsed minute at which the wall clock of a day shows `clock`.

        Parameters
        ----------
        day : int
            Index of the day.
        clock : int
            Minutes after midnight on the wall clock; 1440 and more is the next day. A time that
            occurs twice is taken the first time, one that is skipped an hour later.
        """
        elapsed = self._instant(self.date_of(day), clock) - self._origin
        return int(elapsed.total_seconds()) // 60

    def midnight(self, day: int) -> int:
        """Elapsed minute at which a day starts."""
        return self.minute(day, 0)

    def local(self, minute: int) -> datetime:
        """Wall-clock time, with its zone, of an elapsed minute."""
        return (self._origin + timedelta(minutes=int(minute))).astimezone(self._zone)

    def elapsed(self, when: datetime) -> int:
        """Elapsed minute of a point in time; a naive one is local."""
        aware = when if when.tzinfo else when.replace(tzinfo=self._zone)
        return int((aware.astimezone(UTC) - self._origin).total_seconds()) // 60

    def slot(self, minute: int) -> int:
        """Slot that holds an elapsed minute, inside the horizon or not."""
        return minute // self.interval

    def day_of(self, minute: int) -> int:
        """Index of the local day on which an elapsed minute lies."""
        return self.day(self.local(minute).date())

    @cached_property
    def slot_days(self) -> NDArray[np.int64]:
        """Day index of each slot, shape ``(slots,)``."""
        edges = [self.midnight(day) // self.interval for day in range(self.days + 1)]
        return np.repeat(np.arange(self.days), np.diff(edges))

    @cached_property
    def slot_starts(self) -> NDArray[np.datetime64]:
        """Start of each slot in UTC, shape ``(slots,)``, to the second."""
        first = np.datetime64(self._origin.replace(tzinfo=None), "s")
        return first + np.arange(self.slots) * np.timedelta64(self.interval * 60, "s")

    def label(self, minute: int) -> str:
        """An elapsed minute for people: ``Mon 7 Dec 08:15``."""
        when = self.local(minute)
        return f"{WEEKDAYS[when.weekday()]} {when.day} {when:%b %H:%M}"

    def day_label(self, day: int) -> str:
        """A day for people: ``Mon 7 Dec``."""
        when = self.date_of(day)
        return f"{WEEKDAYS[when.weekday()]} {when.day} {when:%b}"

    @property
    def span_label(self) -> str:
        """All days for people: ``Mon 7 Dec to Sun 13 Dec``, with years from 365 days on."""
        ends = [0] if self.days == 1 else [0, self.days - 1]
        years = [f" {self.date_of(day).year}" if self.days >= YEAR else "" for day in ends]
        return " to ".join(
            self.day_label(day) + year for day, year in zip(ends, years, strict=True)
        )


def zone_of(name: str, place: str = "timezone") -> ZoneInfo:
    """Time zone of an IANA name; raises `InputError` for an unknown one."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InputError(place, "be an IANA time zone", name) from None


def check_years(place: str, day: date) -> None:
    """Raise `InputError` for a first day outside the years in which days are planned."""
    if not FIRST <= day <= LAST:
        raise InputError(place, f"be from {FIRST} to {LAST}", day)
