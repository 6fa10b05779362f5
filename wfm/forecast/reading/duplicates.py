"""Rows of the same queue and start: refused, or made one as the caller says."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, NamedTuple, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wfm.errors import InputError
from wfm.forecast.clock import Instants
from wfm.forecast.finding import Finding
from wfm.forecast.reading.cells import in_sequence
from wfm.forecast.reading.keys import repeated, row_keys
from wfm.forecast.reading.table import Table

Duplicates = Literal["refuse", "first", "last", "sum"]
ONCE = "occur once in its queue"


class Chosen(NamedTuple):
    """Rows that are left, with what was noticed."""

    table: Table
    names: pd.Categorical[str]
    times: Instants
    findings: list[Finding]


def refuse_repeats(table: Table, queue: pd.Categorical[str], start: pd.DatetimeIndex) -> None:
    """Raise for a row that repeats another's queue and start."""
    table.refuse(repeated(row_keys(queue.codes, start)), "start", ONCE)


def chosen(table: Table, names: pd.Categorical[str], times: Instants, how: Duplicates) -> Chosen:
    """Leave one row for each queue and start, or all of them if they are to be summed.

    Parameters
    ----------
    table, names, times
        Rows, with the queue and start of each.
    how : {"refuse", "first", "last", "sum"}
        ``first`` and ``last`` go by the order of the rows: a row that is delivered again later,
        with final figures, is the last. ``sum`` is for parts, such as media or teams.

    Raises
    ------
    InputError
        For a repeated row, if they are refused, and for one at a local time that the clocks show
        twice, where two rows are the two passes and more cannot be told apart.
    """
    if how not in get_args(Duplicates):
        raise InputError("duplicates", f"be one of {', '.join(get_args(Duplicates))}", how)
    keys = row_keys(names.codes, times.start)
    repeats = repeated(keys)
    if how == "refuse":
        table.refuse(repeats, "start", ONCE)
    if not repeats.any():
        return Chosen(table, names, times, [])
    must = "have an offset from UTC, as the clocks show it twice and more than two rows share it"
    table.refuse(repeats & times.twice, "start", must)
    findings = _findings(table, names, keys, repeats, how)
    if how == "sum":
        return Chosen(table, names, times, findings)
    kept = ~repeated(keys, "first" if how == "first" else "last")
    frame = table.frame[kept].reset_index(drop=True)
    left = replace(table, frame=frame, rows=table.rows[kept])
    instants = Instants(times.start[kept], times.once[kept], times.twice[kept])
    return Chosen(left, in_sequence(names[kept]), instants, findings)


def summed(
    frame: pd.DataFrame, keys: NDArray[np.int64], weight: NDArray[np.float64]
) -> pd.DataFrame:
    """Make rows of the same queue and start one: counts are summed, means are weighted.

    Parameters
    ----------
    frame : pandas.DataFrame
        As of a history, sorted by queue and start.
    keys : numpy.ndarray
        One number for each queue and start, shape ``(rows,)``.
    weight : numpy.ndarray
        Contacts that each AHT is the mean of, shape ``(rows,)``.
    """
    new = np.ones(len(frame), dtype=bool)
    new[1:] = keys[1:] != keys[:-1]
    if new.all():
        return frame
    group = np.cumsum(new) - 1
    found = frame[new].reset_index(drop=True)
    offered = np.array(frame["offered"])
    found["offered"] = np.bincount(group, offered)
    found["aht"] = _mean(group, np.array(frame["aht"]), weight)
    if "abandoned" in frame:
        found["abandoned"] = np.bincount(group, np.array(frame["abandoned"]))
    if "wait" in frame:
        wait = np.array(frame["wait"])
        unknown = np.bincount(group, np.isnan(wait) & (offered > 0)) > 0
        found["wait"] = np.where(unknown, np.nan, _mean(group, wait, offered))
    return found


def _mean(
    group: NDArray[np.int64], values: NDArray[np.float64], weight: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Weighted mean of each group's known values, NaN where there are none."""
    counted = np.where(np.isnan(values), 0.0, weight)
    total = np.bincount(group, counted)
    sums = np.bincount(group, counted * np.nan_to_num(values))
    return np.asarray(np.divide(sums, total, out=np.full(len(total), np.nan), where=total > 0))


def _findings(
    table: Table,
    names: pd.Categorical[str],
    keys: NDArray[np.int64],
    repeats: NDArray[np.bool_],
    how: Duplicates,
) -> list[Finding]:
    done = "they were summed" if how == "sum" else f"the {how} of each was taken"
    same = repeats & np.array(_figures(table).assign(queue_and_start=keys).duplicated())
    found = []
    for name in dict.fromkeys(names[repeats]):
        own = repeats & (names == name)
        place = table.place(int(own.argmax()), "start")
        message = (
            f"{name}: {own.sum()} rows, the first in {place}, have the start of a row before, "
            f"{(own & same).sum()} of them with the same figures; {done}."
        )
        found.append(Finding("repeated", str(name), place, message))
    return found


def _figures(table: Table) -> pd.DataFrame:
    figures: pd.DataFrame = table.frame.drop(columns=["queue", "start"], errors="ignore")
    return figures
