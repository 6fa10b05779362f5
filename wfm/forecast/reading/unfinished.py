"""A last day that lacks its end, because the export was made while it ran."""

from __future__ import annotations

import numpy as np

from wfm.forecast.finding import Finding
from wfm.forecast.history import History
from wfm.horizon import zone_of

WEEKS = 5
"""Same weekdays before the last day that it is compared with."""


def unfinished(history: History) -> list[Finding]:
    """One finding per queue that ends on the last day earlier than it usually does.

    A queue does so if it had contacts later in the day on most of the last five such weekdays.
    """
    wall, offered = history.wall_clock, np.array(history.frame["offered"])
    last_day = int(wall.day.max())
    found = []
    ends = np.searchsorted(history.codes, np.arange(len(history.queues) + 1))
    for name, first, end in zip(history.queues, ends[:-1], ends[1:], strict=True):
        day, minute = wall.day[first:end], wall.minute[first:end]
        if day[-1] != last_day:
            continue
        back = last_day - day
        before = (back > 0) & (back % 7 == 0) & (back <= 7 * WEEKS)
        days = np.unique(day[before])
        later = np.unique(day[before & (minute > minute[-1]) & (offered[first:end] > 0)])
        if len(later) <= len(days) / 2:
            continue
        place = f"{history.starts[end - 1].tz_convert(zone_of(history.timezone)):%Y-%m-%d %H:%M}"
        message = (
            f"{name} ends with the interval of {place}, earlier than is usual on that weekday: "
            "its last day, and perhaps its last interval, is not complete."
        )
        found.append(Finding("unfinished", name, place, message))
    return found
