"""A driver's own past as a history, so that whoever forecasts contacts forecasts it too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wfm.forecast.clock import wall_clock
from wfm.forecast.driver.cells import Cells
from wfm.forecast.history import History
from wfm.horizon import DAY, Horizon, zone_of

Floats = NDArray[np.float64]

SIZE: Final = 1e5
"""What a day's value is scaled to: as a count so large that its own chance is nothing."""


def driver_history(drivers: Mapping[str, Cells], horizon: Horizon) -> tuple[History, Floats]:
    """Past values of drivers as contacts of queues, each part of a day in its middle interval.

    Parameters
    ----------
    drivers : mapping of str to Cells
        Name -> the values before the horizon.
    horizon : Horizon
        Whose zone and interval the history has.

    Returns
    -------
    history : History
        With a queue for each driver.
    unit : numpy.ndarray
        Value of a driver by the contacts that stand for it, shape ``(drivers,)``.
    """
    frames, units = [], []
    for name, cells in drivers.items():
        known = ~np.isnan(cells.grid).all(axis=1)
        values = cells.grid[known]
        mean = float(values.sum(axis=1).mean()) if known.any() else 0.0
        units.append(mean / SIZE or 1.0)
        minutes = cells.days[known][:, None] * DAY + middles(cells.step, horizon.interval)
        naive = pd.DatetimeIndex(minutes.ravel().astype("datetime64[m]")).as_unit("s")
        local = naive.tz_localize(
            zone_of(horizon.timezone), ambiguous=np.ones(len(naive), bool), nonexistent="NaT"
        )
        columns = {"start": local.tz_convert("UTC"), "offered": values.ravel() / units[-1]}
        frames.append(pd.DataFrame({"queue": name, **columns, "aht": 1.0}).dropna())
    frame = pd.concat(frames, ignore_index=True).astype({"queue": str})
    return History(horizon.timezone, horizon.interval, frame), np.array(units)


def by_cell(rows: Floats, horizon: Horizon, step: int) -> Floats:
    """Read values of slots as `driver_history` writes them.

    Parameters
    ----------
    rows : numpy.ndarray
        Shape ``(..., slots)``.
    horizon : Horizon
        Of the slots.
    step : int
        Minutes of a part.

    Returns
    -------
    numpy.ndarray
        Shape ``(..., days, parts)``; 0 for a part that the clocks skip.
    """
    starts = pd.DatetimeIndex(horizon.slot_starts, tz="UTC")
    minute = wall_clock(starts, zone_of(horizon.timezone)).minute
    written = np.flatnonzero(np.isin(minute, middles(step, horizon.interval)))
    parts = DAY // step
    cell = horizon.slot_days[written] * parts + minute[written] // step
    # An hour that the clocks show twice has the same value in both passes.
    _, once = np.unique(cell, return_index=True)
    found = np.zeros((*rows.shape[:-1], horizon.days * parts))
    found[..., cell[once]] = rows[..., written[once]]
    return found.reshape(*rows.shape[:-1], horizon.days, parts)


def middles(step: int, interval: int) -> NDArray[np.int64]:
    """Minute of the interval in the middle of each part, shape ``(parts,)``."""
    return np.arange(0, DAY, step) + step // 2 // interval * interval
