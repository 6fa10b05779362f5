"""A history's rows in whole weeks of the wall clock, queue by queue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wfm.forecast.clock import EPOCH, epoch_seconds, wall_clock
from wfm.forecast.history import History
from wfm.horizon import DAY, zone_of


@dataclass(frozen=True, eq=False)
class Clock:
    """Every interval from a history's first to its last, on the wall clock.

    Parameters
    ----------
    start : numpy.ndarray
        Seconds since 1970-01-01 in UTC, shape ``(grid,)``.
    cell : numpy.ndarray
        Day since the first Monday × times of a day + time, same shape.
    passes : numpy.ndarray
        How often the clocks show this time: once or twice, same shape.
    times : int
        Intervals of a day.
    monday : datetime.date
        First day.
    """

    start: NDArray[np.int64]
    cell: NDArray[np.int64]
    passes: NDArray[np.int64]
    times: int
    monday: date

    def dates(self, first: int, days: int) -> list[date]:
        """Dates of some days, from a day since the first Monday on."""
        return [self.monday + timedelta(days=first + day) for day in range(days)]


@dataclass(frozen=True, eq=False)
class Fold:
    """One queue's rows in whole weeks.

    Parameters
    ----------
    rows : slice
        Of the history's frame.
    first : int
        Day since the clock's first Monday at which the first week begins.
    cell : numpy.ndarray
        Cell of each row, shape ``(rows,)``.
    index : numpy.ndarray
        Index of each row in the clock, same shape.
    offered : numpy.ndarray
        Contacts, NaN where unknown, the mean of both passes of a doubled hour, shape
        ``(days, times)``.
    count : numpy.ndarray
        Rows of each cell, same shape.
    """

    rows: slice
    first: int
    cell: NDArray[np.int64]
    index: NDArray[np.int64]
    offered: NDArray[np.float64]
    count: NDArray[np.int64]


def clock_of(history: History) -> Clock:
    """Lay out the wall clock of a history, from its first row to its last."""
    seconds = epoch_seconds(history.starts)
    step = history.interval * 60
    start = np.arange(seconds.min(), seconds.max() + 1, step)
    wall = wall_clock(pd.to_datetime(start, unit="s", utc=True), zone_of(history.timezone))
    times = DAY // history.interval
    monday = int(wall.day[0] - wall.weekday[0])
    cell = (wall.day - monday) * times + wall.minute // history.interval
    shown = np.bincount(cell)
    return Clock(start, cell, shown[cell], times, EPOCH + timedelta(days=monday))


def folds(history: History, clock: Clock) -> Iterator[Fold]:
    """Fold each queue in turn; the rows of a queue follow each other, sorted by start."""
    seconds = epoch_seconds(history.starts)
    offered = np.array(history.frame["offered"])
    ends = np.searchsorted(history.codes, np.arange(len(history.queues) + 1))
    for first_row, end_row in zip(ends[:-1].tolist(), ends[1:].tolist(), strict=True):
        rows = slice(first_row, end_row)
        index = (seconds[rows] - clock.start[0]) // (history.interval * 60)
        cell = clock.cell[index]
        first = int(cell.min()) // clock.times // 7 * 7
        days = (int(cell.max()) // clock.times - first) // 7 * 7 + 7
        own = cell - first * clock.times
        count = np.bincount(own, minlength=days * clock.times)
        total = np.bincount(own, offered[rows], minlength=days * clock.times)
        mean = np.divide(total, count, out=np.full(len(total), np.nan), where=count > 0)
        shape = (days, clock.times)
        yield Fold(rows, first, own, index, mean.reshape(shape), count.reshape(shape))
