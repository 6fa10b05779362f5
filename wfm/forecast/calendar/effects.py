"""From a calendar to the effects that a model of day totals learns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from wfm.errors import InputError
from wfm.forecast.calendar.calendar import Calendar
from wfm.forecast.calendar.days import Column, Days
from wfm.forecast.calendar.event_columns import event_columns, stated, unknown
from wfm.forecast.calendar.holiday_columns import (
    bridge_columns,
    holiday_columns,
    neighbour_columns,
)
from wfm.forecast.calendar.lookup import around, days_of
from wfm.forecast.calendar.lunar_columns import lunar_columns
from wfm.forecast.calendar.month_columns import month_columns


@dataclass(frozen=True, eq=False)
class Effects:
    """What a calendar says of consecutive days, for a model on the log scale.

    The log of a day's contacts is that of an ordinary day of `weekday`, plus ``matrix @ effects``
    with effects to be learnt, plus `stated`.

    Parameters
    ----------
    first : datetime.date
        First day.
    names : tuple of str
        What each effect is, for people.
    matrix : numpy.ndarray
        Where each effect acts, shape ``(days, effects)``; none is 0 throughout.
    scale : numpy.ndarray
        Standard deviation of each effect before anything is learnt, shape ``(effects,)``.
    mean : numpy.ndarray
        What is expected of each before anything is learnt, same shape.
    stated : numpy.ndarray
        Log of the factors that events state, shape ``(days,)``; −inf on days that are closed.
    weekday : numpy.ndarray of int
        Weekday whose pattern a day follows, Monday is 0, shape ``(days,)``: of a worked day of a
        weekend the one that it replaces, of the first business day after a holiday the one with
        which business weeks begin.
    special : numpy.ndarray of bool
        Public holidays, whose times of day are not those of their weekday, shape ``(days,)``.
    unknown : numpy.ndarray of bool
        Days that teach nothing, such as outages without a stated effect and days stated as
        closed, shape ``(days,)``.
    """

    first: date
    names: tuple[str, ...]
    matrix: NDArray[np.float64]
    scale: NDArray[np.float64]
    mean: NDArray[np.float64]
    stated: NDArray[np.float64]
    weekday: NDArray[np.int64]
    special: NDArray[np.bool_]
    unknown: NDArray[np.bool_]

    @property
    def offset(self) -> NDArray[np.float64]:
        """What is stated or expected of each day before anything is learnt, shape ``(days,)``."""
        return np.asarray(self.stated + self.matrix @ self.mean)

    @property
    def days(self) -> int:
        """Number of days."""
        return len(self.weekday)

    def since(self, day: int) -> Effects:
        """Without the days before one."""
        return self._days(slice(day, None))

    def until(self, day: int) -> Effects:
        """Without a day and those after it."""
        return self._days(slice(None, day))

    def _days(self, kept: slice) -> Effects:
        return Effects(
            first=self.first + timedelta(days=kept.start or 0),
            names=self.names,
            matrix=self.matrix[kept],
            scale=self.scale,
            mean=self.mean,
            stated=self.stated[kept],
            weekday=self.weekday[kept],
            special=self.special[kept],
            unknown=self.unknown[kept],
        )

    def on(self, day: date) -> dict[str, float]:
        """Effects that act on a day, by name, with their weights in the matrix.

        Raises
        ------
        InputError
            For a day outside.
        """
        place = (day - self.first).days
        if not 0 <= place < self.days:
            last = self.first + timedelta(days=self.days - 1)
            raise InputError("day", f"be from {self.first} to {last}", str(day))
        row = self.matrix[place]
        return {self.names[k]: float(row[k]) for k in np.flatnonzero(row)}


def effects(calendar: Calendar, first: date, days: int, queue: str) -> Effects:
    """Effects of a calendar on a queue's days.

    What a day is does not depend on where the days begin and end, but the columns do: those that
    act on none of the days are left out. So past and future are asked for at once.

    Parameters
    ----------
    calendar : Calendar
        Countries and events.
    first : datetime.date
        First day.
    days : int
        Number of days, the past and the days to forecast together.
    queue : str
        Whose days.

    Raises
    ------
    InputError
        If there is no day.
    """
    if days < 1:
        raise InputError("days", "be at least 1", days)
    start, count = around(first, int(days))
    wide = days_of(start, count, calendar.countries_of(queue), calendar.swaps, calendar.swapped)
    kept = slice((first - start).days, (first - start).days + days)
    events = calendar.events_of(queue)
    offset, dark = np.zeros(count), np.zeros(count, dtype=bool)
    for event in events:
        offset += stated(event, wide)
        dark |= unknown(event, wide)
    acting = [column for column in _columns(calendar, wide, queue) if column.values[kept].any()]
    matrix = np.array([column.values[kept] for column in acting]).reshape(len(acting), days).T
    return Effects(
        first=first,
        names=tuple(column.name for column in acting),
        matrix=np.ascontiguousarray(matrix),
        scale=np.array([column.scale for column in acting], dtype=np.float64),
        mean=np.array([column.mean for column in acting], dtype=np.float64),
        stated=offset[kept],
        weekday=_weekday(wide)[kept],
        special=wide.holiday[kept].copy(),
        unknown=(dark | np.isneginf(offset))[kept],
    )


def _weekday(wide: Days) -> NDArray[np.int64]:
    """Weekday whose pattern each day follows; what waited over a holiday comes as on a Monday."""
    index = np.arange(wide.count)
    begins = wide.weekend[:-1] & ~wide.weekend[1:]
    if not begins.any():
        return wide.follows
    monday = (wide.first.weekday() + 1 + int(begins.argmax())) % 7
    last = np.maximum.accumulate(np.where(wide.business, index, 0))
    missed = np.cumsum(wide.holiday & ~wide.weekend)
    waited = wide.business & ~wide.worked & (wide.follows == wide.weekday)
    waited[1:] &= missed[1:] > missed[last[:-1]]
    return np.where(waited, monday, wide.follows)


def _columns(calendar: Calendar, wide: Days, queue: str) -> Iterator[Column]:
    yield from holiday_columns(wide)
    yield from neighbour_columns(wide, calendar.around)
    yield from bridge_columns(wide)
    if calendar.keeps_lunar(queue):
        yield from lunar_columns(wide)
    if calendar.days_of_month:
        yield from month_columns(wide)
    for event in calendar.events_of(queue):
        yield from event_columns(event, wide)
