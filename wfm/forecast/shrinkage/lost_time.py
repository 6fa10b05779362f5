"""Scheduled and lost minutes of a table: every fault named, nothing guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wfm.errors import InputError
from wfm.forecast.clock import instants, wall_clock
from wfm.forecast.reading.table import Table, open_table
from wfm.forecast.shrinkage.credibility import sums
from wfm.horizon import zone_of

Floats = NDArray[np.float64]
NEEDED = ("start", "activity", "scheduled", "lost")
TRUTH = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


@dataclass(frozen=True, eq=False)
class LostTime:
    """Minutes of each hour of the past, of all agents together.

    Parameters
    ----------
    activities : tuple of str
        Names, in the order in which they first appeared.
    planned : tuple of bool
        Whether each is known beforehand.
    day : numpy.ndarray
        Local date of each hour as days since 1970-01-01, shape ``(hours,)``.
    hour : numpy.ndarray
        Hour of the day, same shape.
    scheduled : numpy.ndarray
        Minutes scheduled, above 0, same shape.
    lost : numpy.ndarray
        Minutes lost to each activity, shape ``(activities, hours)``.
    """

    activities: tuple[str, ...]
    planned: tuple[bool, ...]
    day: NDArray[np.int64]
    hour: NDArray[np.int64]
    scheduled: Floats
    lost: Floats


def read_lost_time(
    source: str | Path | pd.DataFrame,
    timezone: str,
    columns: Mapping[str, str] | None = None,
    utc: bool = False,
) -> LostTime:
    """Read scheduled and lost minutes, as :func:`wfm.forecast.learn_shrinkage` takes them."""
    zone = zone_of(timezone)
    table = open_table(source, (*NEEDED, "planned"), columns)
    for column in NEEDED:
        table.require(column)
    names = table.names("activity", "name an activity")
    start = instants(table, names, zone, utc).start
    rows = pd.DataFrame({"activity": names, "start": start})
    table.refuse(np.array(rows.duplicated()), "start", "occur once in its activity")
    scheduled, minutes = _minutes(table, start)
    codes, activities = names.codes.astype(np.int64), names.categories
    wall = wall_clock(start, zone)
    # A start is an hour's part; its scheduled minutes stand in the row of each of its activities.
    _, hours = np.unique(wall.day * 24 + wall.minute // 60, return_inverse=True)
    single = np.array(~rows["start"].duplicated())
    total = sums(hours[single], scheduled[single])
    if not total.any():
        raise InputError(table.name, "hold minutes that were scheduled")
    lost = np.zeros((len(activities), len(total)))
    np.add.at(lost, (codes, hours), minutes)
    first = np.unique(hours, return_index=True)[1][total > 0]
    return LostTime(
        activities=tuple(map(str, activities)),
        planned=_planned(table, codes),
        day=wall.day[first],
        hour=wall.minute[first] // 60,
        scheduled=total[total > 0],
        lost=lost[:, total > 0],
    )


def _minutes(table: Table, start: pd.DatetimeIndex) -> tuple[Floats, Floats]:
    scheduled, lost = table.numbers("scheduled"), table.numbers("lost")
    for column, minutes in (("scheduled", scheduled), ("lost", lost)):
        table.refuse(~(minutes >= 0), column, "be a number of minutes from 0 up")
    _, which = np.unique(start, return_inverse=True)
    same = np.isclose(scheduled, pd.Series(scheduled).groupby(which).transform("first"))
    table.refuse(~same, "scheduled", "be the same for every activity of its start")
    table.refuse(lost > scheduled, "lost", "be at most the minutes scheduled")
    crowded = sums(which, lost)[which] > scheduled * (1 + 1e-9)
    table.refuse(crowded, "lost", "add up to at most the minutes scheduled at its start")
    return scheduled, lost


def _planned(table: Table, codes: NDArray[np.int64]) -> tuple[bool, ...]:
    if "planned" not in table:
        return (True,) * (int(codes.max()) + 1)
    said = table.frame["planned"].astype(str).str.strip().str.lower().map(TRUTH)
    table.refuse(np.array(said.isna()), "planned", "be true or false")
    first = said.groupby(codes).transform("first")
    table.refuse(np.array(said != first), "planned", "be the same in all rows of its activity")
    return tuple(bool(value) for value in said.groupby(codes).first())
