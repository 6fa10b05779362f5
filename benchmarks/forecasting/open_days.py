"""Day totals of a queue on the weekdays on which it is open, as models of series want them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from wfm.forecast import History
from wfm.forecast.profile.daygrid import day_grid

Floats = NDArray[np.float64]

OPEN = 0.2
"""A weekday is open if so many of its days are known, and so a time of day."""


@dataclass(frozen=True, eq=False)
class OpenDays:
    """A queue's past by days.

    Attributes
    ----------
    first : datetime.date
        A Monday.
    totals : ndarray, shape (days,)
        Contacts of each day, NaN where unknown, from the first to the last known day.
    weekdays : ndarray of bool, shape (7,)
        On which it is open.
    cells : ndarray, shape (days, times)
        Contacts by time of day, NaN where unknown; only times at which it is open.
    times : ndarray of bool
        Which times of day these are.
    """

    first: date
    totals: Floats
    weekdays: NDArray[np.bool_]
    cells: Floats
    times: NDArray[np.bool_]

    @property
    def season(self) -> int:
        """Open days of a week."""
        return int(self.weekdays.sum())

    def is_open(self, days: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which days, counted from the first, are open weekdays."""
        return np.asarray(self.weekdays[days % 7])

    def series(self, values: Floats) -> Floats:
        """Values of the open days in a row; what is unknown is as it was a week before.

        Parameters
        ----------
        values : numpy.ndarray
            Of each day, shape ``(days,)`` or ``(days, times)``.

        Returns
        -------
        numpy.ndarray
            Shape ``(open days,)`` or ``(open days * times,)``.
        """
        days = len(values)
        wide = values.reshape(days, -1)
        weeks = np.pad(wide, ((0, -days % 7), (0, 0)), constant_values=np.nan)
        full = filled(weeks.reshape(-1, 7 * wide.shape[1])).reshape(weeks.shape)
        return np.asarray(full[:days][self.is_open(np.arange(days))].ravel())


def open_days(history: History, queue: str, start: date) -> OpenDays:
    """Fold a queue's past, of the time before `start`."""
    grid = day_grid(history, queue, start)
    known = grid.known
    weekdays = known.any(axis=2).mean(axis=0) > OPEN
    times = known[:, weekdays].mean(axis=(0, 1)) > OPEN
    cells = grid.offered[..., times].reshape(-1, int(times.sum()))
    seen = ~np.isnan(cells).all(axis=1)
    last = int(np.flatnonzero(seen)[-1]) + 1
    totals = np.where(seen, np.nansum(cells, axis=1), np.nan)
    return OpenDays(grid.monday, totals[:last], weekdays, cells[:last], times)


def filled(rows: Floats) -> Floats:
    """Fill what is unknown with the row before, and at the start with the mean of its column."""
    rows = rows.copy()
    known = ~np.isnan(rows)
    means = np.nansum(rows, axis=0) / np.maximum(known.sum(axis=0), 1)
    rows[0] = np.where(known[0], rows[0], means)
    for row in range(1, len(rows)):
        rows[row] = np.where(known[row], rows[row], rows[row - 1])
    return rows
