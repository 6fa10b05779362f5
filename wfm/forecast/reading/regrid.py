"""A history on another interval."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from wfm.errors import InputError
from wfm.forecast.finding import Finding
from wfm.forecast.history import History
from wfm.forecast.reading.gaps import times_of_week


def regridded(history: History, interval: int) -> History:
    """Put a history on another interval, with a finding if it differs.

    Parameters
    ----------
    history : History
        What is regridded.
    interval : {5, 10, 15, 30, 60}
        Minutes. Coarser: contacts are summed, means are weighted by them; an interval of which a
        part is unknown is unknown, where a part at which the queue never has a row counts as
        closed. Finer: contacts are split evenly, means are repeated.
    """
    own = history.interval
    if interval == own:
        return history
    if max(interval, own) % min(interval, own):
        raise InputError("interval", f"be a multiple or a part of {own} minutes", interval)
    frame = _coarser(history, interval) if interval > own else _finer(history, interval)
    message = f"Intervals of {own} minutes were regridded to {interval}"
    lost = round(history.frame["offered"].sum() - frame["offered"].sum(), 6)
    if lost:
        message += f"; {lost:g} contacts in intervals known in part were left out"
    finding = Finding("regridded", "", "", f"{message}.")
    return replace(history, interval=interval, frame=frame, findings=(*history.findings, finding))


def _coarser(history: History, interval: int) -> pd.DataFrame:
    factor = interval // history.interval
    rows, wall = history.frame, history.wall_clock
    usual = times_of_week(history, np.ones(len(rows), dtype=bool))
    parts = usual.reshape(*usual.shape[:2], -1, factor).sum(axis=-1)
    part = wall.minute // history.interval % factor
    minutes = (part * history.interval).astype("timedelta64[m]")
    known = rows["aht"].notna()
    table = pd.DataFrame(
        {
            "code": history.codes,
            "start": history.starts - pd.TimedeltaIndex(minutes),
            "queue": rows["queue"],
            "offered": rows["offered"],
            "handled": rows["offered"].where(known, 0.0),
            "seconds": (rows["offered"] * rows["aht"]).where(known, 0.0),
            "missing": parts[history.codes, wall.weekday, wall.minute // interval],
        }
    )
    groups = table.groupby(["code", "start"])
    sums = groups[["offered", "handled", "seconds"]].sum()
    sums["queue"] = groups["queue"].first()
    sums["aht"] = sums["seconds"] / sums["handled"].where(sums["handled"] > 0)
    whole = groups["missing"].first() == groups.size()
    if "abandoned" in rows:
        sums["abandoned"] = _whole_sums(table, rows["abandoned"])
    if "wait" in rows:
        waited = (rows["offered"] * rows["wait"]).where(rows["offered"] > 0, 0.0)
        sums["wait"] = _whole_sums(table, waited) / sums["offered"].where(sums["offered"] > 0)
    kept = sums[whole].reset_index()
    return kept[[name for name in rows if name in kept]]


def _whole_sums(table: pd.DataFrame, parts: pd.Series[float]) -> pd.Series[float]:
    """Sums over coarser intervals, unknown where a part is unknown."""
    groups = parts.groupby([table["code"], table["start"]])
    return groups.sum().where(groups.count() == groups.size())


def _finer(history: History, interval: int) -> pd.DataFrame:
    factor = history.interval // interval
    rows = history.frame.loc[history.frame.index.repeat(factor)].reset_index(drop=True)
    steps = np.tile(np.arange(factor) * interval, len(history.frame))
    rows["start"] = rows["start"] + pd.to_timedelta(steps, unit="m").as_unit("s")
    for name in {"offered", "abandoned"}.intersection(rows):
        rows[name] = rows[name] / factor
    return rows
