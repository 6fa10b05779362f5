"""A history against the opening hours of the queues that it is meant for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from wfm.forecast.clock import EPOCH
from wfm.forecast.finding import Finding
from wfm.forecast.history import History
from wfm.horizon import DAY, zone_of
from wfm.queue import Queue
from wfm.window import Window, clock


def outside_hours(history: History, queues: Sequence[Queue] | None) -> list[Finding]:
    """Find contacts outside of a queue's hours, and on queues that only one side knows."""
    if queues is None:
        return []
    given = {queue.id: queue for queue in queues}
    found = [
        _unlisted(name, "is in the history but not among the queues given")
        for name in history.queues
        if name not in given
    ]
    found += [
        _unlisted(name, "is among the queues given but not in the history")
        for name in given
        if name not in history.queues
    ]
    for code, name in enumerate(history.queues):
        if name in given and given[name].hours:
            found += _outside(history, code, given[name])
    return found


def _unlisted(name: str, what: str) -> Finding:
    return Finding("unlisted", name, "", f"{name} {what}.")


def _outside(history: History, code: int, queue: Queue) -> list[Finding]:
    offered = np.array(history.frame["offered"])
    rows = np.flatnonzero((history.codes == code) & (offered > 0))
    open_rows = np.zeros(len(rows), dtype=bool)
    wall = history.wall_clock
    for window in queue.hours:
        open_rows |= within(wall.day[rows], wall.minute[rows], window)
    outside = rows[~open_rows]
    if not len(outside):
        return []
    zone = zone_of(history.timezone)
    place = f"{history.starts[outside[0]].tz_convert(zone):%Y-%m-%d %H:%M}"
    message = (
        f"{queue.id} has {offered[outside].sum():g} contacts in {len(outside)} intervals outside "
        f"of its hours, the first at {place}."
    )
    return [Finding("outside hours", queue.id, place, message)]


def within(day: NDArray[np.int64], minute: NDArray[np.int64], window: Window) -> NDArray[np.bool_]:
    """Whether times of the wall clock lie in the window, started today or yesterday.

    Parameters
    ----------
    day, minute : numpy.ndarray
        Days since 1970-01-01 and minutes after midnight, shape ``(times,)``.
    window : Window
        That recurs.
    """
    if not len(day):
        return np.zeros(0, dtype=bool)
    first = int(day.min()) - 1
    held = [window.holds(EPOCH + timedelta(days=d)) for d in range(first, int(day.max()) + 1)]
    holds = np.array(held, dtype=bool)
    start, end = clock(window.start), clock(window.end)
    end += DAY if end <= start else 0
    today = holds[day - first] & (start <= minute) & (minute < end)
    yesterday = holds[day - first - 1] & (minute + DAY < end)
    return np.asarray(today | yesterday)
