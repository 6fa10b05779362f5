"""Models of statsforecast as forecasters of a centre: on day totals × a profile, on intervals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.forecasting.open_days import OpenDays, open_days
from benchmarks.forecasting.remembered import Remembered
from benchmarks.forecasting.removal import calendar_factors
from wfm.forecast import Calendar, Forecaster, History, Volume
from wfm.forecast.calendar.effects import effects
from wfm.horizon import Horizon

Floats = NDArray[np.float64]
Model = Callable[[list[int]], Any]
"""From the lengths of its seasons to a model of statsforecast."""

MISSING = (
    "statsforecast is not installed: its models are left out (pip install 'wfm[statsforecast]')"
)


def models() -> dict[str, Model]:
    """Models by name; none where statsforecast is not installed."""
    try:
        from statsforecast import models as found  # noqa: PLC0415 (an extra)
    except ImportError:
        return {}
    return {
        "AutoETS": lambda seasons: found.AutoETS(season_length=seasons[0]),
        "AutoTheta": lambda seasons: found.AutoTheta(season_length=seasons[0]),
        "MSTL": lambda seasons: found.MSTL(season_length=seasons),
        "AutoCES": lambda seasons: found.AutoCES(season_length=seasons[0]),
        "MFLES": lambda seasons: found.MFLES(season_length=seasons),
    }


def peers(profile: Remembered, calendar: Calendar) -> Mapping[str, Forecaster]:
    """Every model on day totals, with and without the calendar's effects, and MSTL on intervals."""
    found: dict[str, Forecaster] = {}
    for name, model in models().items():
        found[name] = DaysByProfile(model, profile, None)
        found[f"{name}, calendar"] = DaysByProfile(model, profile, calendar)
    if found:
        found["MSTL on intervals"] = Intervals(models()["MSTL"], profile)
    return found


@dataclass(frozen=True, eq=False)
class DaysByProfile:
    """A model of day totals, spread over the day as another forecaster does.

    Parameters
    ----------
    model : callable
        The model; its season is the open days of a week.
    profile : Remembered
        Whose shares of a day's contacts, and handle times, are taken.
    calendar : Calendar or None
        Whose effects are removed before the model and put back after it.
    """

    model: Model
    profile: Remembered
    calendar: Calendar | None

    def forecast(self, history: History, horizon: Horizon) -> Volume:
        """Forecast every queue."""
        volume = self.profile.forecast(history, horizon)
        first = np.flatnonzero(np.diff(horizon.slot_days, prepend=-1))
        contacts = volume.array("contacts")
        for row, queue in enumerate(volume.queues):
            past = open_days(history, queue, horizon.start)
            own = np.add.reduceat(contacts[row], first)
            wanted = self._totals(past, queue, horizon)
            scale = np.divide(wanted, own, out=np.zeros_like(own), where=own > 0)
            contacts[row] *= scale[horizon.slot_days]
        return plain(volume, contacts)

    def _totals(self, past: OpenDays, queue: str, horizon: Horizon) -> Floats:
        days, ahead = _ahead(past, horizon.start, horizon.days)
        factors = np.ones(days[-1] + 1)
        if self.calendar is not None:
            found = effects(self.calendar, past.first, int(days[-1]) + 1, queue)
            factors = calendar_factors(past.totals, found)
        series = past.series(past.totals / factors[: len(past.totals)])
        open_ = past.is_open(ahead)
        values = np.zeros(len(ahead))
        model = self.model([past.season])
        values[open_] = model.forecast(series, h=int(open_.sum()))["mean"]
        return np.maximum(values[-horizon.days :] * factors[days], 0.0)


@dataclass(frozen=True, eq=False)
class Intervals:
    """A model of the open intervals in a row, with the seasons of a day and of a week.

    Parameters
    ----------
    model : callable
        The model.
    profile : Remembered
        Whose handle times are taken.
    """

    model: Model
    profile: Remembered

    def forecast(self, history: History, horizon: Horizon) -> Volume:
        """Forecast every queue; on days without a change of the clocks."""
        volume = self.profile.forecast(history, horizon)
        contacts = [
            self._contacts(open_days(history, queue, horizon.start), horizon)
            for queue in volume.queues
        ]
        return plain(volume, np.stack(contacts))

    def _contacts(self, past: OpenDays, horizon: Horizon) -> Floats:
        _, ahead = _ahead(past, horizon.start, horizon.days)
        open_, times = past.is_open(ahead), int(past.times.sum())
        series = past.series(past.cells)
        model = self.model([times, times * past.season])
        values = np.zeros((len(ahead), len(past.times)))
        mean = model.forecast(series, h=int(open_.sum()) * times)["mean"]
        values[np.ix_(open_, past.times)] = np.maximum(mean, 0.0).reshape(-1, times)
        minutes = [horizon.local(slot * horizon.interval) for slot in range(horizon.slots)]
        time = [(at.hour * 60 + at.minute) // horizon.interval for at in minutes]
        return np.asarray(values[-horizon.days :][horizon.slot_days, time])


def _ahead(past: OpenDays, start: date, days: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Days of a horizon, and all days after the last known one, both counted from the first."""
    begin = (start - past.first).days
    return np.arange(begin, begin + days), np.arange(len(past.totals), begin + days)


def plain(volume: Volume, contacts: Floats) -> Volume:
    """A volume with other contacts, and no band."""
    return volume.model_copy(
        update={"contacts": contacts, "lower": contacts, "upper": contacts, "coverage": 0.0}
    )
