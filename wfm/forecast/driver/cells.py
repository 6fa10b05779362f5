"""A driver's values by local date and time of day."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wfm.errors import InputError
from wfm.forecast.argument import instance
from wfm.forecast.clock import epoch_seconds
from wfm.horizon import DAY, zone_of

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Source = Mapping[Any, float] | pd.Series | pd.DataFrame


@dataclass(frozen=True, eq=False)
class Cells:
    """Values of days in a row, each cut into parts.

    Parameters
    ----------
    first : int
        First day, as days since 1970-01-01.
    grid : numpy.ndarray
        Shape ``(days, parts)``; NaN throughout a day of which nothing is known.
    """

    first: int
    grid: Floats

    @property
    def step(self) -> int:
        """Minutes of a part."""
        return DAY // int(self.grid.shape[1])

    @property
    def days(self) -> Ints:
        """Each day as days since 1970-01-01."""
        return self.first + np.arange(len(self.grid))

    def coarser(self, step: int) -> Cells:
        """Sum the parts to a multiple of their minutes that divides the day."""
        return replace(self, grid=self.grid.reshape(len(self.grid), DAY // step, -1).sum(axis=-1))

    def window(self, first: int, days: int) -> Cells:
        """Some days in a row, unknown where these cells do not reach."""
        grid = np.full((days, self.grid.shape[1]), np.nan)
        inside = (self.days >= first) & (self.days < first + days)
        grid[self.days[inside] - first] = self.grid[inside]
        return Cells(first, grid)

    def until(self, day: int) -> Cells:
        """Days before another one."""
        return replace(self, grid=self.grid[: max(day - self.first, 0)])

    def lagged(self, lag: Floats, *, loose: bool = False) -> Cells:
        """Spread each day over itself and those after it, by shares that sum to 1.

        A day with an unknown one among those that it depends on is unknown; if `loose`, the known
        ones stand for it.
        """
        longest = len(lag) - 1
        padded = np.pad(self.grid, ((longest, 0), (0, 0)), constant_values=np.nan)
        shifted = np.stack(
            [padded[longest - k : len(padded) - k] for k in range(longest + 1) if lag[k]]
        )
        shares = lag[lag > 0][:, None, None] * ~np.isnan(shifted)
        total = shares.sum(axis=0)
        sums = (shares * np.nan_to_num(shifted)).sum(axis=0)
        known = total > (0 if loose else 1 - 1e-9)
        grid = np.full(sums.shape, np.nan)
        np.divide(sums, total, out=grid, where=known)
        return replace(self, grid=grid)

    def at(self, day: Ints, minute: Ints) -> Floats:
        """Values at local dates and minutes of the day, NaN outside."""
        index = day - self.first
        inside = (index >= 0) & (index < len(self.grid))
        found = np.full(len(day), np.nan)
        found[inside] = self.grid[index[inside], minute[inside] // self.step]
        return found


def read_cells(source: Source, timezone: str | None) -> Cells:
    """Put values by date, or by date and time, on the grid; arguments as of `Driver`."""
    pairs = list(_pairs(source))
    if not pairs:
        raise InputError("Driver.values", "hold at least one date", 0)
    times = _wall(pairs, timezone)
    values = np.array([_value(key, value) for key, value in pairs])
    seconds = epoch_seconds(times)
    day, minute = seconds // 86400, seconds % 86400 // 60
    step = math.gcd(DAY, *np.unique(minute).tolist())
    first = int(day.min())
    shape = int(day.max()) - first + 1, DAY // step
    cell = (day - first) * shape[1] + minute // step
    # The two passes of an hour that the clocks show twice are one cell, which holds their mean.
    count = np.bincount(cell, minlength=shape[0] * shape[1]).reshape(shape)
    sums = np.bincount(cell, values, minlength=shape[0] * shape[1]).reshape(shape)
    grid: Floats = sums / np.maximum(count, 1)
    return Cells(first, np.where(count.sum(axis=1, keepdims=True) > 0, grid, np.nan))


def _pairs(source: Source) -> Iterable[tuple[Hashable, Any]]:
    """Keys and values of a mapping, a series by its index, or a data frame with two columns."""
    if not isinstance(source, pd.DataFrame):
        must = "be a mapping, a series or a data frame"
        instance("Driver.values", source, Mapping | pd.Series, must)
        return source.items()
    when = [name for name in ("date", "start") if name in source]
    rest = [name for name in source if name not in when]
    if len(when) != 1 or len(rest) != 1:
        must = "have a column 'date' or 'start' and one other with the values"
        raise InputError("Driver.values", must, list(source))
    return zip(source[when[0]], source[rest[0]], strict=True)


def _wall(pairs: list[tuple[Hashable, Any]], timezone: str | None) -> pd.DatetimeIndex:
    """Keys as times on the wall clock."""
    stamps = [_stamp(key) for key, _ in pairs]
    aware = stamps[0].tz is not None
    for stamp in stamps:
        if (stamp.tz is not None) != aware:
            like = "have an offset" if aware else "have no offset"
            raise InputError(f"Driver on {stamp}", f"{like}, as {stamps[0]} has")
    if aware and timezone is None:
        raise InputError("Driver.timezone", "be given for times with an offset")
    index = pd.DatetimeIndex([stamp.tz_convert("UTC") if aware else stamp for stamp in stamps])
    if index.has_duplicates:
        twice = stamps[int(np.flatnonzero(np.array(index.duplicated()))[0])]
        raise InputError(f"Driver on {_named(twice)}", "have one value, not two")
    if not aware:
        return index
    return index.tz_convert(zone_of(str(timezone))).tz_localize(None)


def _stamp(key: Hashable) -> pd.Timestamp:
    try:
        stamp = pd.Timestamp(key) if isinstance(key, str | date | np.datetime64) else None
    except ValueError:
        stamp = None
    if not isinstance(stamp, pd.Timestamp) or stamp.value % 60_000_000_000:
        raise InputError("Driver.values", "be by date, or by date and time in whole minutes", key)
    return stamp


def _value(key: Hashable, value: Any) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = np.nan
    if not 0 <= number < np.inf:
        raise InputError(f"Driver on {_named(key)}", "be a finite number from 0 up", value)
    return number


def _named(key: Hashable) -> str:
    """A key for people: a date without its midnight."""
    return str(key).removesuffix(" 00:00:00")
