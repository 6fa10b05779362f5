"""The interval of a table: its smallest gap, on whose marks every row must start."""

from __future__ import annotations

from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wfm.errors import InputError
from wfm.forecast.clock import epoch_seconds, wall_clock
from wfm.forecast.reading.keys import in_order, row_keys
from wfm.forecast.reading.table import Table

INTERVALS: Final = (5, 10, 15, 30, 60)
STRAY: Final = 0.05
"""Share of rows that may lie between the marks of the commonest gap and still be called stray."""


class _Gaps(NamedTuple):
    """Gaps between the rows of a queue, each of shape ``(gaps,)``."""

    minutes: NDArray[np.float64]
    row: NDArray[np.int64]
    """That ends it."""
    queue: NDArray[np.int64]
    """Place of its queue by name."""


def table_interval(
    table: Table, queue: pd.Categorical[str], start: pd.DatetimeIndex, zone: ZoneInfo
) -> int:
    """Interval of a table in minutes, found from the rows and checked against each.

    Parameters
    ----------
    table : Table
        Where the rows come from, for errors.
    queue : pandas.Categorical
        Queue of each row.
    start : pandas.DatetimeIndex
        Start of each row.
    zone : zoneinfo.ZoneInfo
        Whose wall clock the marks are on.

    Raises
    ------
    InputError
        For a smallest gap that is no interval, queues of different intervals, or a row off the
        marks.
    """
    gaps = _gaps(queue, start)
    if not len(gaps.minutes):
        raise InputError(table.name, "hold two intervals of a queue, so that their length shows")
    interval = float(gaps.minutes.min())
    common = float(pd.Series(gaps.minutes, copy=False).mode().iloc[0])
    minute = _minutes(start, zone)
    stray = common in INTERVALS and (minute % common != 0).mean() <= STRAY
    if stray or (interval not in INTERVALS and common in INTERVALS):
        _refuse_off_marks(table, minute, int(common))
    if interval not in INTERVALS:
        place = table.place(int(gaps.row[gaps.minutes.argmin()]), "start")
        must = "be 5, 10, 15, 30 or 60 minutes after the row before it in its queue"
        raise InputError(place, must, f"{interval:g} minutes")
    _refuse_mixture(table, gaps, interval)
    _refuse_off_marks(table, minute, int(interval))
    _refuse_odd_clock_change(start, zone, int(interval))
    return int(interval)


def sparse_interval(table: Table, start: pd.DatetimeIndex, zone: ZoneInfo) -> int:
    """Interval of a table whose rows need not follow each other: the longest with all their marks.

    Parameters
    ----------
    table : Table
        Where the rows come from, for errors.
    start : pandas.DatetimeIndex
        Start of each row.
    zone : zoneinfo.ZoneInfo
        Whose wall clock the marks are on.

    Raises
    ------
    InputError
        For a row off the marks of 5 minutes, or off those that nearly all others are on.
    """
    minute = _minutes(start, zone)
    off = [float((minute % interval != 0).mean()) for interval in INTERVALS]
    nearly = [share <= STRAY for share in off]
    interval = max((i for i, near in zip(INTERVALS, nearly, strict=True) if near), default=5)
    _refuse_off_marks(table, minute, interval)
    _refuse_odd_clock_change(start, zone, interval)
    return interval


def _gaps(queue: pd.Categorical[str], start: pd.DatetimeIndex) -> _Gaps:
    """Gaps by the name of the queue, then by time, without those of rows that repeat another."""
    place = np.argsort(np.argsort(np.array(queue.categories, dtype=object)))[queue.codes]
    keys = row_keys(place, start)
    row = np.arange(len(keys)) if in_order(keys) else np.argsort(keys, kind="stable")
    seconds = np.diff(epoch_seconds(start)[row])
    after = np.flatnonzero((place[row[1:]] == place[row[:-1]]) & (seconds > 0))
    row = row[1:][after]
    return _Gaps(seconds[after] / 60, row, place[row])


def _minutes(start: pd.DatetimeIndex, zone: ZoneInfo) -> NDArray[np.float64]:
    seconds = epoch_seconds(start) % 60
    return np.asarray(wall_clock(start, zone).minute + seconds / 60)


def _refuse_off_marks(table: Table, minute: NDArray[np.float64], interval: int) -> None:
    table.refuse(minute % interval != 0, "start", f"be on a {interval}-minute mark of the clock")


def _refuse_mixture(table: Table, gaps: _Gaps, interval: float) -> None:
    least = np.full(int(gaps.queue.max()) + 1, np.inf)
    np.minimum.at(least, gaps.queue, gaps.minutes)
    odd = np.isfinite(least) & (least != interval)
    if odd.any():
        queue = int(odd.argmax())
        first = int(((gaps.queue == queue) & (gaps.minutes == least[queue])).argmax())
        must = f"be {interval:g} minutes after the row before it, as in another queue"
        place = table.place(int(gaps.row[first]), "start")
        raise InputError(place, must, f"{least[queue]:g} minutes")


def _refuse_odd_clock_change(start: pd.DatetimeIndex, zone: ZoneInfo, interval: int) -> None:
    step = interval * 60
    phase = epoch_seconds(start) % step
    if (phase != phase[0]).any():
        raise InputError("interval", f"divide the clock changes of {zone.key}", interval)
