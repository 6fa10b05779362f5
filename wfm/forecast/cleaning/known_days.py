"""Days whose contacts a calendar explains, so that they are not taken for faults."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wfm.forecast.argument import instance
from wfm.forecast.calendar.calendar import Calendar
from wfm.forecast.calendar.days import Days, since, until
from wfm.forecast.calendar.event import Event
from wfm.forecast.calendar.event_columns import event_days
from wfm.forecast.calendar.holiday_columns import (
    bridge_columns,
    holiday_columns,
    neighbour_columns,
)
from wfm.forecast.calendar.lookup import around, days_of
from wfm.forecast.calendar.lunar_columns import WEEKS, lunar_columns
from wfm.forecast.clock import EPOCH
from wfm.forecast.history import History

LONGEST: Final = 14
"""Days of an event up to which they are known; what lasts longer, such as a school term, is a
level of its own, within which faults can be told."""


def known_days(calendar: Calendar, history: History) -> frozenset[date]:
    """Holidays, the days around them, swapped days, festivals and events in a history.

    Parameters
    ----------
    calendar : Calendar
        Countries and events.
    history : History
        The past. A day is known if it is for any of its queues.

    Returns
    -------
    frozenset of datetime.date
        For `clean`.
    """
    instance("calendar", calendar, Calendar, "be a Calendar, such as Calendar.of('DE')")
    instance("history", history, History, "be a History")
    if not history.queues:
        return frozenset()
    day = history.wall_clock.day
    first, days = EPOCH + timedelta(days=int(day.min())), int(np.ptp(day)) + 1
    start, count = around(first, days)
    kept = slice((first - start).days, (first - start).days + days)
    known = np.zeros(count, dtype=bool)
    for queue in history.queues:
        wide = days_of(start, count, calendar.countries_of(queue), calendar.swaps, calendar.swapped)
        for where in _flags(calendar, wide, queue):
            known |= where
    found = np.flatnonzero(known[kept]).tolist()
    return frozenset(first + timedelta(days=place) for place in found)


def _flags(calendar: Calendar, wide: Days, queue: str) -> Iterator[NDArray[np.bool_]]:
    columns = [*holiday_columns(wide), *bridge_columns(wide)]
    columns += neighbour_columns(wide, calendar.around)
    if calendar.keeps_lunar(queue):
        columns += [column for column in lunar_columns(wide) if column.name not in WEEKS]
    for column in columns:
        yield column.values > 0
    for event in calendar.events_of(queue):
        yield _short(event, wide)


def _short(event: Event, wide: Days) -> NDArray[np.bool_]:
    """Days of an event with its lead and tail, without runs that last too long."""
    where = event_days(event, wide)
    index = np.arange(wide.count)
    begin = np.maximum.accumulate(np.where(where, 0, index + 1))
    end = np.minimum.accumulate(np.where(where, wide.count, index)[::-1])[::-1]
    where &= end - begin <= LONGEST
    near: NDArray[np.bool_] = (until(where) <= event.lead) | (since(where) <= event.tail)
    return near
