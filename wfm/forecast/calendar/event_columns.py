"""Effects of events: what is learnt, what is stated, and what is not to be known."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from wfm.forecast.calendar.days import Column, Days, since, until
from wfm.forecast.calendar.event import Event, Span
from wfm.forecast.calendar.month_columns import business_positions

SCALE = 0.3
"""Scale of an event's effect, and of each day of its lead and tail."""


def event_columns(event: Event, days: Days) -> Iterator[Column]:
    """Yield what is to be learnt of an event; nothing if it is stated, or an unmeasured outage."""
    if event.effect is not None or event.kind == "outage":
        return
    where = event_days(event, days)
    before, after = until(where), since(where)
    yield Column(event.title, where.astype(float), SCALE)
    for k in range(1, event.lead + 1):
        near = (before == k).astype(float)
        yield Column(f"{_count(k)} before {event.title}", near, SCALE)
    for k in range(1, event.tail + 1):
        near = (after == k).astype(float)
        yield Column(f"{_count(k)} after {event.title}", near, SCALE)


def stated(event: Event, days: Days) -> NDArray[np.float64]:
    """Log of an event's stated factor, shape ``(days,)``; −inf where it closes, 0 if not stated.

    Where a lead and a tail meet, the factor farther from 1 counts.
    """
    if event.effect is None:
        return np.zeros(days.count)
    where = event_days(event, days)
    share = np.maximum(
        np.clip(1 - until(where) / (event.lead + 1), 0, 1),
        np.clip(1 - since(where) / (event.tail + 1), 0, 1),
    )
    factor = 1 + (event.effect - 1) * share
    return np.log(factor, out=np.full(days.count, -np.inf), where=factor > 0)


def unknown(event: Event, days: Days) -> NDArray[np.bool_]:
    """Days that teach nothing for an outage whose effect nobody states, shape ``(days,)``."""
    if event.effect is not None or event.kind != "outage":
        return np.zeros(days.count, dtype=bool)
    where = event_days(event, days)
    return (until(where) <= event.lead) | (since(where) <= event.tail)


def event_days(event: Event, days: Days) -> NDArray[np.bool_]:
    """Days of an event without its lead and tail, shape ``(days,)``."""
    where = np.zeros(days.count, dtype=bool)
    for item in event.dates:
        start, end = (item.start, item.end) if isinstance(item, Span) else (item, item)
        where |= (days.dates >= np.datetime64(start)) & (days.dates <= np.datetime64(end))
    return where | _moved(_recurring(event, days), event, days)


def _recurring(event: Event, days: Days) -> NDArray[np.bool_]:
    where = np.zeros(days.count, dtype=bool)
    month = days.month % 12 + 1
    for text in event.yearly:
        where |= (month == int(text[:2])) & (days.day_of_month == int(text[3:]))
    position, count = business_positions(days)
    for day in event.days_of_month:
        if day == "first business day":
            where |= days.business & (position == 0)
        elif day == "last business day":
            where |= days.business & (position == count - 1)
        else:
            wanted = 31 if day == "last" else int(day)
            where |= days.day_of_month == np.minimum(wanted, days.month_length)
    return where


def _moved(where: NDArray[np.bool_], event: Event, days: Days) -> NDArray[np.bool_]:
    """Days that recur, moved to a business day where they are to be."""
    if event.off_days == "stay":
        return where
    index = np.flatnonzero(where)
    earlier = event.off_days == "before"
    distance = since(days.business) if earlier else until(days.business)
    index = index - distance[index] if earlier else index + distance[index]
    moved = np.zeros(days.count, dtype=bool)
    moved[index[(index >= 0) & (index < days.count)]] = True
    return moved


def _count(k: int) -> str:
    return "day" if k == 1 else f"{k} days"
