"""One queue's history as weeks × weekdays × times of day on the wall clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wfm.forecast.clock import EPOCH, wall_clock
from wfm.forecast.history import History
from wfm.horizon import DAY, Horizon, zone_of


@dataclass(frozen=True, eq=False)
class DayGrid:
    """A queue's past, folded by the wall clock; weeks run from Monday to Sunday.

    On a day on which the clocks change, the doubled hour holds the mean of its two passes, and
    the missing hour is unknown.

    Parameters
    ----------
    monday : datetime.date
        First day.
    offered : numpy.ndarray
        Contacts, NaN where unknown, shape ``(weeks, 7, times)``.
    aht : numpy.ndarray
        Seconds, NaN where unknown, same shape.
    age : numpy.ndarray
        Days from each day to the first forecast day, shape ``(weeks, 7)``.
    """

    monday: date
    offered: NDArray[np.float64]
    aht: NDArray[np.float64]
    age: NDArray[np.float64]

    @property
    def known(self) -> NDArray[np.bool_]:
        """Which cells are known, shape ``(weeks, 7, times)``."""
        return ~np.isnan(self.offered)

    def date_of(self, index: int) -> date:
        """Date of a day, counted over all weeks."""
        return self.monday + timedelta(days=index)


def day_grid(history: History, queue: str, start: date) -> DayGrid:
    """Fold a queue's history.

    Parameters
    ----------
    history : History
        Of the time before `start`.
    queue : str
        Its name.
    start : datetime.date
        First forecast day, from which ages count.
    """
    # Rows are sorted by queue.
    code = history.queues.index(queue)
    rows = slice(*np.searchsorted(history.codes, [code, code + 1]))
    day = history.wall_clock.day[rows]
    times = DAY // history.interval
    first = int(day.min()) - int(history.wall_clock.weekday[rows][day.argmin()])
    weeks = (int(day.max()) - first) // 7 + 1
    cells = (day - first) * times + history.wall_clock.minute[rows] // history.interval
    offered = history.frame["offered"].to_numpy()[rows]
    aht = history.frame["aht"].to_numpy()[rows]
    handled = np.where(np.isnan(aht), 0.0, offered)
    shape = (weeks, 7, times)
    ages = (start - EPOCH).days - first - np.arange(weeks * 7, dtype=np.float64)
    return DayGrid(
        EPOCH + timedelta(days=first),
        _mean(cells, offered, np.ones(len(cells)), shape),
        _mean(cells, np.nan_to_num(aht), handled, shape),
        ages.reshape(weeks, 7),
    )


def _mean(
    cells: NDArray[np.int64],
    values: NDArray[np.float64],
    weights: NDArray[np.float64],
    shape: tuple[int, int, int],
) -> NDArray[np.float64]:
    """Weighted mean of the values that fall into each cell, NaN where there are none."""
    size = int(np.prod(shape))
    sums = np.bincount(cells, values * weights, minlength=size)
    totals = np.bincount(cells, weights, minlength=size)
    means = np.full(size, np.nan)
    np.divide(sums, totals, out=means, where=totals > 0)
    return means.reshape(shape)


def to_slots(values: NDArray[np.float64], horizon: Horizon) -> NDArray[np.float64]:
    """Unfold days by the wall clock: the skipped hour is left out, the doubled one comes twice.

    Parameters
    ----------
    values : numpy.ndarray
        By day of the horizon and time of day, shape ``(..., days, times)``.
    horizon : Horizon
        Whose slots.

    Returns
    -------
    numpy.ndarray
        Shape ``(..., slots)``.
    """
    starts = pd.DatetimeIndex(horizon.slot_starts, tz="UTC")
    wall = wall_clock(starts, zone_of(horizon.timezone))
    return np.asarray(values[..., horizon.slot_days, wall.minute // horizon.interval])
