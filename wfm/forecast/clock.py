"""Times in files to points in time, and points in time to the wall clock."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wfm.errors import InputError
from wfm.forecast.reading.cells import distinct
from wfm.forecast.reading.table import Table

ISO_TIME = r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.0+)?)?"
EPOCH = date(1970, 1, 1)
OFFSET = r" ?(?:Z|[+-]\d{2}:?\d{2})"
MUST = "be a date and time in whole seconds, such as 2026-12-07 08:15"


class WallClock(NamedTuple):
    """What the wall clock shows at points in time, each of shape ``(times,)``."""

    day: NDArray[np.int64]
    """Local date as days since 1970-01-01."""
    weekday: NDArray[np.int64]
    """Monday is 0."""
    minute: NDArray[np.int64]
    """Minutes after midnight."""


class Instants(NamedTuple):
    """Starts of the rows of a table as points in time."""

    start: pd.DatetimeIndex
    """In UTC, to the second."""
    once: NDArray[np.bool_]
    """Rows at a time that the clocks show twice and the table holds once."""
    twice: NDArray[np.bool_]
    """Rows at a local time that the clocks show twice."""


def to_date(when: date | str, place: str) -> date:
    """Date of a date, datetime or ISO text; raises InputError for anything else."""
    if isinstance(when, datetime):
        return when.date()
    if isinstance(when, date):
        return when
    try:
        return date.fromisoformat(when)
    except (TypeError, ValueError):
        raise InputError(place, "be a date such as 2026-12-07", when) from None


def to_dates(days: Iterable[date | str], place: str) -> list[date]:
    """Dates of several; raises InputError for anything else."""
    if isinstance(days, str) or not isinstance(days, Iterable):
        raise InputError(place, "be a list of dates", days)
    return [to_date(day, place) for day in days]


def wall_clock(starts: pd.DatetimeIndex, zone: ZoneInfo) -> WallClock:
    """Local date, weekday and minute of points in time."""
    seconds = epoch_seconds(starts.tz_convert(zone).tz_localize(None))
    day = seconds // 86400
    return WallClock(day, (day + 3) % 7, seconds % 86400 // 60)


def epoch_seconds(times: pd.DatetimeIndex) -> NDArray[np.int64]:
    """Seconds since 1970-01-01, on the wall clock for naive times, in UTC for others."""
    return np.asarray(times.as_unit("s").asi8)


def instants(table: Table, queue: pd.Categorical[str], zone: ZoneInfo, utc: bool) -> Instants:
    """Points in time of the column ``start``.

    A time with an offset (or ``Z``) is what it says; all rows must have one or none. A naive time
    is UTC if `utc`, else local. Of a local time that the clocks show twice, a queue's first row
    is the earlier hour and its second row the later one (in a table that runs backwards in time
    the other way round); a single row is taken as the earlier hour.
    """
    times, codes = _parse(table)
    if times.tz is None and not utc:
        return _from_local(table, queue, times, codes, zone)
    start = times.tz_localize("UTC") if times.tz is None else times.tz_convert("UTC")
    none = np.zeros(len(codes), dtype=bool)
    return Instants(start.take(codes), none, none)


def _parse(table: Table) -> tuple[pd.DatetimeIndex, NDArray[np.integer]]:
    """Read times to the second, naive or not as the table has them: each once, and each row's."""
    column = table.frame["start"]
    if pd.api.types.is_datetime64_any_dtype(column):
        return _from_dates(table)
    cells, codes = distinct(column)
    text = cells.astype(str).str.strip()
    like_iso = np.array(text.str.fullmatch(f"{ISO_TIME}(?:{OFFSET})?"))
    table.refuse(~like_iso[codes], "start", MUST)
    offset = np.array(text.str.fullmatch(ISO_TIME + OFFSET))
    aware = bool(offset[codes[0]])
    like = "have an offset from UTC" if aware else "have no offset from UTC"
    table.refuse((offset != aware)[codes], "start", f"{like}, as the first row has")
    times = pd.to_datetime(text, format="ISO8601", errors="coerce", utc=aware)
    table.refuse(np.array(times.isna())[codes], "start", MUST)
    return pd.DatetimeIndex(times).as_unit("s"), codes


def _from_dates(table: Table) -> tuple[pd.DatetimeIndex, NDArray[np.integer]]:
    codes, cells = pd.factorize(table.frame["start"], use_na_sentinel=False)
    exact = pd.DatetimeIndex(cells)
    times = exact.as_unit("s")
    table.refuse(np.array(exact.isna() | (exact != times))[codes], "start", MUST)
    return times, codes


def _from_local(
    table: Table,
    queue: pd.Categorical[str],
    naive: pd.DatetimeIndex,
    codes: NDArray[np.integer],
    zone: ZoneInfo,
) -> Instants:
    first, second = (
        naive.tz_localize(zone, ambiguous=np.full(len(naive), early), nonexistent="NaT")
        for early in (True, False)
    )
    must = f"exist, but the clocks of {zone.key} skip it"
    table.refuse(np.array(first.isna())[codes], "start", must)
    early, late = (epoch_seconds(times) for times in (first, second))
    twice = (early != late)[codes]
    rows = np.flatnonzero(twice)
    once, later = _passes(queue.codes, epoch_seconds(naive)[codes], rows)
    seconds = early[codes]
    seconds[rows[later]] = late[codes[rows[later]]]
    single = np.zeros(len(codes), dtype=bool)
    single[rows[once]] = True
    start = pd.DatetimeIndex(seconds.view("datetime64[s]")).tz_localize("UTC")
    return Instants(start, single, twice)


def _passes(
    queue: NDArray[np.integer], wall: NDArray[np.int64], rows: NDArray[np.int64]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Of the rows at a time that the clocks show twice: which occur once, which are the later."""
    first, last = np.zeros((2, int(queue.max()) + 1), dtype=np.int64)
    first[queue[::-1]] = wall[::-1]
    last[queue] = wall
    same = pd.DataFrame({"queue": queue[rows], "wall": wall[rows]}).groupby(["queue", "wall"])
    count = np.array(same["wall"].transform("size"))
    seen = np.array(same.cumcount())
    backwards = (first > last)[queue[rows]]
    return count == 1, (count > 1) & (np.where(backwards, count - 1 - seen, seen) > 0)
