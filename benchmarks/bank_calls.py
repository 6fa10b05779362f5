"""The calls of a bank: their history, a forecast of an unseen week, and how far off it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.harness import Figures
from benchmarks.one_queue import LAST_END, QUEUE, ZONE
from wfm.demand import Demand
from wfm.errors import InputError
from wfm.forecast import (
    Forecaster,
    History,
    SeasonalNaive,
    Volume,
    WeekdayMean,
    forecast_volume,
    read_history,
    staff,
)
from wfm.horizon import DAY, Horizon
from wfm.queue import Queue
from wfm.window import clock

Floats = NDArray[np.float64]

AHT = 240.0
FORECAST_INTERVAL = 30
PLANNING_INTERVAL = 15
FINEST = 1e-4
SIMPLE: Mapping[str, Forecaster] = {
    "seasonal naive": SeasonalNaive(),
    "mean of 4 weeks": WeekdayMean(weeks=4),
}
COLUMNS = {"start": "DateTime", "offered": "Calls"}


@dataclass(frozen=True, eq=False)
class Week:
    """A week that the forecast has not seen.

    Attributes
    ----------
    volume : Volume
        The forecast, by 30 minutes.
    actual : ndarray, shape (slots,)
        Calls that came, by 30 minutes; NaN where there is no row.
    simple : dict
        Name of a simple forecast -> its calls, shape ``(slots,)``.
    planned : ndarray, shape (slots,)
        Calls that came, by 15 minutes; 0 where there is no row.
    """

    volume: Volume
    actual: Floats
    simple: Mapping[str, Floats]
    planned: Floats


def read_week(path: Path, start: date) -> Week:
    """Forecast a week from the calls before it, and read what came.

    Raises
    ------
    InputError
        If there is no such file, or it holds no call of that week or none before it.
    """
    if not path.is_file():
        must = "be the file of the bank's calls (R package fpp3); say where with --data"
        raise InputError(str(path), must)
    history = _history(path, FORECAST_INTERVAL)
    volume = forecast_volume(history, start=start, days=7, holidays="US")
    actual = _actual(history, volume.horizon)
    if np.isnan(actual).all():
        raise InputError("start", "be the Monday of a week that the data hold", start.isoformat())
    past = history.until(start)
    simple = {
        name: forecaster.forecast(past, volume.horizon).array("contacts")[0]
        for name, forecaster in SIMPLE.items()
    }
    fine = Horizon(start=start, days=7, timezone=ZONE, interval=PLANNING_INTERVAL)
    planned = np.nan_to_num(_actual(_history(path, PLANNING_INTERVAL), fine))
    return Week(volume, actual, simple, planned)


def wape(actual: Floats, forecast: Floats, horizon: Horizon) -> dict[str, float]:
    """Absolute error as a share of the calls that came, by interval and by day."""
    known = ~np.isnan(actual)
    error = np.where(known, forecast - actual, 0.0)
    total = float(actual[known].sum())
    days = np.bincount(horizon.slot_days, error)
    return {
        "interval": float(np.abs(error).sum()) / total,
        "day": float(np.abs(days).sum()) / total,
    }


def forecast_errors(week: Week) -> Figures:
    """WAPE of the forecast and of the simple ones, by interval and day, and their bias."""
    horizon, known = week.volume.horizon, ~np.isnan(week.actual)
    total = float(week.actual[known].sum())
    contacts, lower, upper = (week.volume.array(m)[0] for m in ("contacts", "lower", "upper"))
    errors = {}
    for name, calls in {"wfm": contacts, **week.simple}.items():
        bias = float((calls - week.actual)[known].sum()) / total
        errors[name] = {**wape(week.actual, calls, horizon), "bias": bias}
    inside = (lower <= week.actual) & (week.actual <= upper)
    return {"calls": total, "wape": errors, "inside_band": float(inside[known].mean())}


def thinned(volume: Volume, share: float) -> Volume:
    """A share of a forecast by planning intervals, with nothing after the last shift's end.

    The last half-hour's calls come in its first 5 minutes; splitting it evenly would move half of
    them behind 21:15, from where they are put back.
    """
    fine = volume.regrid(PLANNING_INTERVAL)
    minutes = np.arange(fine.horizon.slots) * PLANNING_INTERVAL % DAY
    late = np.flatnonzero(minutes == clock(LAST_END))
    arrays = {}
    for name in ("contacts", "lower", "upper"):
        rows = fine.array(name) * share
        rows[:, late - 1] += rows[:, late]
        rows[:, late] = 0.0
        arrays[name] = rows
    return fine.model_copy(update=arrays)


def required_hours(demand: Demand) -> float:
    """Agent hours that the slots require, each alone."""
    return float(demand.required_array.sum()) * demand.horizon.interval / 60


def fitting_share(volume: Volume, queues: Sequence[Queue], hours: float) -> float:
    """Largest share of the forecast, in steps of 0.01 %, that requires no more hours."""
    low, high = 0, round(1 / FINEST)
    while high - low > 1:
        middle = (low + high) // 2
        demand = staff(thinned(volume, middle * FINEST), queues, PLANNING_INTERVAL)
        low, high = (middle, high) if required_hours(demand) <= hours else (low, middle)
    return round(low * FINEST, 4)


def _history(path: Path, interval: int) -> History:
    return read_history(
        path, timezone=ZONE, columns=COLUMNS, queue=QUEUE, aht=AHT, interval=interval
    )


def _actual(history: History, horizon: Horizon) -> Floats:
    """Calls of each slot, NaN where there is no row."""
    starts = history.starts.as_unit("s").asi8.tolist()
    known = dict(zip(starts, history.frame["offered"].tolist(), strict=True))
    slots = horizon.slot_starts.astype(np.int64).tolist()
    return np.array([known.get(slot, np.nan) for slot in slots])
