"""The mean of the last same weekdays: what most planners forecast by."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wfm.forecast.argument import above, share, whole
from wfm.forecast.baseline.drawing import day_factors, draws, interval_contacts
from wfm.forecast.baseline.fitting import fitting_past
from wfm.forecast.baseline.hindcast import Hindcasts, hindcasts
from wfm.forecast.baseline.same_weekdays import mean_contacts, mean_handle_time
from wfm.forecast.chance.deviations import deviations
from wfm.forecast.clock import WallClock, wall_clock
from wfm.forecast.history import History
from wfm.forecast.profile.daygrid import DayGrid, day_grid
from wfm.forecast.scenarios import Scenarios
from wfm.forecast.volume import Volume
from wfm.horizon import Horizon, zone_of

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class WeekdayMean:
    """Mean of the last known contacts on the same weekday at the same wall-clock time.

    The hour that the clocks skip gets no contacts, the doubled hour gets them twice; times of the
    week that were never known are closed. AHT is that of the same days, weighted by contacts. The
    band and the scenarios come from the errors that the same mean made in past weeks.

    Parameters
    ----------
    weeks : int
        How many weeks the mean is taken over.
    coverage : float
        Share of intervals whose contacts the band is to hold.
    aht_contacts : float
        How many contacts of a weekday and time weigh as much as the queue's mean AHT.
    """

    weeks: int = 4
    coverage: float = 0.8
    aht_contacts: float = 50.0

    def __post_init__(self) -> None:
        whole("WeekdayMean.weeks", self.weeks, least=1)
        check_options("WeekdayMean", self.coverage, self.aht_contacts)

    def forecast(self, history: History, horizon: Horizon) -> Volume:
        """Forecast every queue from the time before the horizon.

        Parameters
        ----------
        history : History
            At least one full week of each queue; what is on or after the horizon's start is not
            looked at.
        horizon : Horizon
            In the history's zone and interval.

        Raises
        ------
        InputError
            If the history is too short or the horizon does not fit it.
        """
        past = fitting_past(history, horizon)
        learned = [self._learn(past, queue, horizon) for queue in past.queues]
        contacts = np.stack([each.contacts for each in learned])
        spread = np.stack([each.past.spread(each.lead, self.coverage) for each in learned])
        scatter = np.array([each.past.dispersion for each in learned])[:, None] * contacts
        half = np.sqrt(scatter + (spread[:, horizon.slot_days] * contacts) ** 2)
        half *= deviations(self.coverage)
        return Volume(
            horizon=horizon,
            queues=past.queues,
            contacts=contacts,
            aht=np.stack([each.aht for each in learned]),
            lower=np.maximum(contacts - half, 0.0),
            upper=contacts + half,
            coverage=self.coverage,
        )

    def scenarios(
        self, history: History, horizon: Horizon, samples: int = 500, seed: int = 1
    ) -> Scenarios:
        """Draw futures: errors of whole past weeks, and the scatter of intervals around their day.

        Parameters
        ----------
        history, horizon
            As for `forecast`.
        samples : int
            How many.
        seed : int
            The same seed draws the same.

        Raises
        ------
        InputError
            As `forecast` does, or if there are to be no samples.
        """
        whole("samples", samples, least=1)
        whole("seed", seed, least=0)
        past = fitting_past(history, horizon)
        rng = np.random.default_rng(seed)
        shared = draws(rng, samples, horizon.days)
        contacts = np.empty((samples, len(past.queues), horizon.slots), dtype=np.int32)
        learned = [self._learn(past, queue, horizon) for queue in past.queues]
        for row, each in enumerate(learned):
            factors = day_factors(each.past, shared, each.lead)
            scatter = each.past.dispersion
            contacts[:, row] = interval_contacts(rng, each.contacts, factors, scatter, horizon)
        return Scenarios(horizon, past.queues, contacts, np.stack([each.aht for each in learned]))

    def _learn(self, past: History, queue: str, horizon: Horizon) -> _Learned:
        return _Learned(day_grid(past, queue, horizon.start), horizon, self)


@dataclass(frozen=True, eq=False)
class _Learned:
    """What a queue's past says of the slots of a horizon."""

    grid: DayGrid
    horizon: Horizon
    options: WeekdayMean

    @cached_property
    def _wall(self) -> WallClock:
        starts = pd.DatetimeIndex(self.horizon.slot_starts, tz="UTC")
        return wall_clock(starts, zone_of(self.horizon.timezone))

    def _at_slots(self, profile: Floats) -> Floats:
        wall = self._wall
        return np.asarray(profile[wall.weekday, wall.minute // self.horizon.interval])

    @cached_property
    def contacts(self) -> Floats:
        """Expected contacts, shape ``(slots,)``."""
        mean = mean_contacts(self.grid.offered, self.options.weeks)
        return self._at_slots(np.nan_to_num(mean))

    @cached_property
    def aht(self) -> Floats:
        """Seconds, shape ``(slots,)``."""
        options = self.options
        return self._at_slots(mean_handle_time(self.grid, options.weeks, options.aht_contacts))

    @cached_property
    def lead(self) -> NDArray[np.int64]:
        """Weeks from the last known day to each day of the horizon, from 1 up, ``(days,)``."""
        ages = self.grid.age[self.grid.known.any(axis=-1)]
        return (np.arange(self.horizon.days) + int(ages.min()) + 6) // 7

    @cached_property
    def past(self) -> Hindcasts:
        """Errors in past weeks."""
        return hindcasts(self.grid.offered, self.options.weeks, int(self.lead.max()))


def check_options(name: str, coverage: float, aht_contacts: float) -> None:
    """Refuse what no band and no handle time can be made of."""
    share(f"{name}.coverage", coverage)
    above(f"{name}.aht_contacts", aht_contacts)
