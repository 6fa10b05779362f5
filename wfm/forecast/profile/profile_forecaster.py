"""The forecaster by default: profiles of weekday and time of day, times the present level."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wfm.errors import InputError
from wfm.forecast.calendar.public import holiday_dates
from wfm.forecast.clock import wall_clock, zone_of
from wfm.forecast.history import History
from wfm.forecast.profile.daygrid import day_grid
from wfm.forecast.profile.level import deviations
from wfm.forecast.profile.queue_profile import ProfileOptions, QueueProfile, queue_profile
from wfm.forecast.volume import Volume
from wfm.horizon import Horizon


@dataclass(frozen=True)
class ProfileForecaster:
    """Profile of weekday and local time of day × weekday factor × level.

    Profiles live on the wall clock: the hour that the clocks skip gets no contacts, the doubled
    hour gets them twice. Times of the week without past contacts are closed and get 0. One-off
    cells and days, such as outages and spikes, are left out of all that is learned.

    Holidays are left out of the training and forecast by a ratio to ordinary days: the median of
    the past ones of the same name, else of all past ones, and 1 (an ordinary day) if the history
    holds none. A holiday without rows is unknown, not closed, and teaches nothing.

    The band combines the relative errors of past forecasts of day totals one week ahead with the
    scatter of intervals around their day, which is at least Poisson's.

    Parameters
    ----------
    holidays : str, optional
        Country code such as ``"CN"``, or with a subdivision such as ``"DE-BY"``.
    half_life : float
        Days after which a day counts half, for profiles, weekday factors and AHT.
    level_half_life : float
        The same for the level.
    coverage : float
        Share of intervals whose contacts the band is to hold.
    aht_contacts : float
        The AHT of a weekday and time is shrunk to the queue's: this many contacts weigh as much
        as the queue's mean.
    """

    holidays: str | None = None
    half_life: float = 56.0
    level_half_life: float = 14.0
    coverage: float = 0.8
    aht_contacts: float = 50.0

    def __post_init__(self) -> None:
        for name in ("half_life", "level_half_life", "aht_contacts"):
            value = getattr(self, name)
            if not 0 < value < np.inf:
                raise InputError(f"ProfileForecaster.{name}", "be above 0", value)
        if not 0 < self.coverage < 1:
            raise InputError("ProfileForecaster.coverage", "be between 0 and 1", self.coverage)
        if self.holidays is not None:
            holiday_dates(self.holidays, [])

    def forecast(self, history: History, horizon: Horizon) -> Volume:
        """Forecast every queue from the time before the horizon.

        Parameters
        ----------
        history : History
            At least one full week of each queue; the rest is not looked at.
        horizon : Horizon
            In the history's zone and interval.

        Raises
        ------
        InputError
            If the history is too short or the horizon does not fit it.
        """
        past = history.until(horizon.start)
        _check(past, horizon)
        holidays = self._holidays(past, horizon)
        options = ProfileOptions(
            self.half_life, self.level_half_life, self.coverage, self.aht_contacts
        )
        rows = [
            self._queue(queue_profile(grid, holidays, options), holidays, horizon)
            for grid in (day_grid(past, queue, horizon.start) for queue in past.queues)
        ]
        arrays = {name: np.stack([row[name] for row in rows]) for name in rows[0]}
        return Volume(horizon=horizon, queues=past.queues, coverage=self.coverage, **arrays)

    def _holidays(self, past: History, horizon: Horizon) -> dict[date, str]:
        if self.holidays is None:
            return {}
        last = horizon.date_of(horizon.days - 1).year
        return holiday_dates(self.holidays, range(past.starts.min().year - 1, last + 1))

    def _queue(
        self, profile: QueueProfile, holidays: Mapping[date, str], horizon: Horizon
    ) -> dict[str, NDArray[np.float64]]:
        dates = [horizon.date_of(day) for day in range(horizon.days)]
        ratios = [profile.ratio(holidays[day]) if day in holidays else 1.0 for day in dates]
        starts = pd.DatetimeIndex(horizon.slot_starts, tz="UTC")
        wall = wall_clock(starts, zone_of(horizon.timezone))
        time = wall.minute // horizon.interval
        contacts = profile.contacts[wall.weekday, time] * np.array(ratios)[horizon.slot_days]
        variance = profile.dispersion * contacts + (profile.spread * contacts) ** 2
        half = deviations(self.coverage) * np.sqrt(variance)
        return {
            "contacts": contacts,
            "aht": profile.aht[wall.weekday, time],
            "lower": np.maximum(contacts - half, 0.0),
            "upper": contacts + half,
        }


def _check(past: History, horizon: Horizon) -> None:
    for name in ("timezone", "interval"):
        if getattr(past, name) != getattr(horizon, name):
            must = f"be that of the history, {getattr(past, name)}"
            raise InputError(f"horizon.{name}", must, getattr(horizon, name))
    must = f"hold at least one full week (7 days) before {horizon.start}"
    if not past.queues:
        raise InputError("history", must, "none")
    offered = np.array(past.frame["offered"])
    known = np.array(past.frame["aht"].notna())
    for code, queue in enumerate(past.queues):
        rows = past.codes == code
        days = np.ptp(past.wall_clock.day[rows]) + 1
        if days < 7:
            raise InputError(f"history of {queue}", must, f"{days} days")
        if not offered[rows & known].any():
            must = f"hold contacts with a handle time before {horizon.start}"
            raise InputError(f"history of {queue}", must)
