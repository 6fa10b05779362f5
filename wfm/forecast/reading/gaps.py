"""Where a history is silent: missing rows, and times of the week at which a queue is closed."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wfm.forecast.clock import epoch_seconds, wall_clock
from wfm.forecast.finding import Finding
from wfm.forecast.history import History
from wfm.horizon import DAY, WEEKDAYS, zone_of


def times_of_week(history: History, chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether any of the chosen rows lies at a weekday and time of day.

    Parameters
    ----------
    history : History
        Whose rows.
    chosen : numpy.ndarray
        Which of them, shape ``(rows,)``.

    Returns
    -------
    numpy.ndarray
        Shape ``(queues, 7, intervals of a day)``.
    """
    wall, times = history.wall_clock, DAY // history.interval
    found = np.zeros(len(history.queues) * 7 * times, dtype=bool)
    place = wall.minute // history.interval
    place += wall.weekday * times
    place += history.codes * (7 * times)
    found[place[chosen]] = True
    return found.reshape(-1, 7, times)


def gaps(history: History) -> list[Finding]:
    """One finding per queue that lacks rows at times of the week at which it has some."""
    zone = zone_of(history.timezone)
    usual = times_of_week(history, np.ones(len(history.frame), dtype=bool))
    first_of_all, last_of_all = history.starts.min(), history.starts.max()
    step = pd.Timedelta(minutes=history.interval)
    whole = pd.date_range(first_of_all, last_of_all, freq=step)
    wall = wall_clock(whole, zone)
    time = wall.weekday * usual.shape[2] + wall.minute // history.interval
    slots = (epoch_seconds(history.starts) - epoch_seconds(whole)[0]) // (history.interval * 60)
    ends = np.searchsorted(history.codes, np.arange(len(history.queues) + 1))
    found = []
    for code, name in enumerate(history.queues):
        own = slots[ends[code] : ends[code + 1]]
        begin, end = int(own[0]), int(own[-1]) + 1
        grid = whole[begin:end]
        silent = np.ones(end - begin, dtype=bool)
        silent[own - begin] = False
        missing = silent & usual[code].ravel()[time[begin:end]]
        if not missing.any():
            continue
        # A stretch may run on over closed hours, which are silent too.
        first = np.flatnonzero(missing)
        breaks = np.cumsum(~silent)[first]
        place = f"{grid[first[0]].tz_convert(zone):%Y-%m-%d %H:%M}"
        stretches = len(np.unique(breaks))
        message = (
            f"{name} has no row in {len(first)} interval{'s' * (len(first) != 1)}, in {stretches} "
            f"stretch{'es' * (stretches != 1)} from {place} on; taken as unknown, not as zero."
        )
        found.append(Finding("gap", name, place, message))
    return found


def closed_hours(history: History) -> list[Finding]:
    """One finding per queue that at some times of the week never has contacts."""
    offered = np.array(history.frame["offered"])
    busy = times_of_week(history, offered > 0)
    found = []
    for code, name in enumerate(history.queues):
        if busy[code].all():
            continue
        place = "never" if not busy[code].any() else _spans(busy[code], history.interval)
        message = f"{name} has contacts at these times of the week only: {place}."
        found.append(Finding("closed hours", name, place, message))
    return found


def _spans(busy: NDArray[np.bool_], interval: int) -> str:
    """``Mon–Fri 07:00–21:00, Sat 09:00–12:00`` of a pattern of shape ``(7, times)``."""
    texts = [_day(times, interval) for times in busy]
    first = [day for day in range(7) if day == 0 or texts[day] != texts[day - 1]]
    spans = []
    for day, after in zip(first, [*first[1:], 7], strict=True):
        name = WEEKDAYS[day] if after == day + 1 else f"{WEEKDAYS[day]}–{WEEKDAYS[after - 1]}"
        if texts[day]:
            spans.append(f"{name} {texts[day]}")
    return ", ".join(spans)


def _day(busy: NDArray[np.bool_], interval: int) -> str:
    edges = np.flatnonzero(np.diff(busy, prepend=False, append=False)) * interval
    if len(edges) > 6:
        return f"{_clock(edges[0])}–{_clock(edges[-1])} with pauses"
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return " and ".join(f"{_clock(start)}–{_clock(end)}" for start, end in pairs)


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
