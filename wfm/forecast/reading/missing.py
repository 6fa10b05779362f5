"""Sparse exports, in which a missing row means that there was no contact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wfm.forecast.clock import WallClock, epoch_seconds, wall_clock
from wfm.forecast.finding import Finding
from wfm.forecast.history import History
from wfm.forecast.reading.gaps import times_of_week
from wfm.forecast.reading.hours import within
from wfm.horizon import zone_of
from wfm.queue import Queue


def zero_filled(history: History, queues: Sequence[Queue] | None) -> tuple[History, list[Finding]]:
    """Give each queue a row of no contacts wherever it lacks one while it is open.

    From the queue's first row to the last row of all queues. Open are the hours of a queue given;
    without them, each weekday from the earliest to the latest time at which it ever has a row.

    Parameters
    ----------
    history : History
        As read.
    queues : sequence of Queue, optional
        Queues with their hours.

    Returns
    -------
    tuple of History and list of Finding
        The history, and a finding for each queue that gained rows.
    """
    zone, step = zone_of(history.timezone), history.interval * 60
    seconds = epoch_seconds(history.starts)
    grid = np.arange(seconds.min(), seconds.max() + 1, step)
    clock = pd.to_datetime(grid, unit="s", utc=True).as_unit("s")
    wall = wall_clock(clock, zone)
    ever = _spans(times_of_week(history, np.ones(len(seconds), dtype=bool)))
    hours = {queue.id: queue for queue in queues or () if queue.hours}
    added, found = [], []
    for code, name in enumerate(history.queues):
        lacking = _open(wall, hours.get(name), ever[code], history.interval)
        own = (seconds[history.codes == code] - grid[0]) // step
        lacking[own] = False
        lacking[: own.min()] = False
        if not lacking.any():
            continue
        added.append(_rows(history.frame, name, clock[lacking]))
        place = f"{clock[lacking][0].tz_convert(zone):%Y-%m-%d %H:%M}"
        message = (
            f"{name} has no row in {lacking.sum()} intervals while it is open, the first at "
            f"{place}; they are taken as zero, as was asked for."
        )
        found.append(Finding("filled", name, place, message))
    if not added:
        return history, []
    frame = pd.concat([history.frame, *added], ignore_index=True)
    codes = frame["queue"].map({name: code for code, name in enumerate(history.queues)})
    order = np.lexsort((epoch_seconds(pd.DatetimeIndex(frame["start"])), codes))
    return replace(history, frame=frame.take(order).reset_index(drop=True)), found


def _spans(ever: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """From the first to the last chosen time of each day, along the last axis."""
    after = np.logical_or.accumulate(ever, axis=-1)
    before = np.logical_or.accumulate(ever[..., ::-1], axis=-1)[..., ::-1]
    return np.asarray(after & before)


def _open(
    wall: WallClock, queue: Queue | None, ever: NDArray[np.bool_], interval: int
) -> NDArray[np.bool_]:
    if queue is None:
        return np.asarray(ever[wall.weekday, wall.minute // interval])
    inside = [within(wall.day, wall.minute, window) for window in queue.hours]
    return np.asarray(np.logical_or.reduce(inside))


def _rows(frame: pd.DataFrame, name: str, start: pd.DatetimeIndex) -> pd.DataFrame:
    rows = pd.DataFrame({"queue": name, "start": start, "offered": 0.0})
    if "abandoned" in frame:
        rows["abandoned"] = 0.0
    rows = rows.reindex(columns=frame.columns)
    return rows.astype(frame.dtypes.to_dict())
