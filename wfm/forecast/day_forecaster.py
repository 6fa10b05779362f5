"""The forecaster by default: day totals by a model, times the shape of days, with their chance."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import joblib
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wfm.errors import InputError
from wfm.forecast.calendar.calendar import Calendar
from wfm.forecast.calendar.effects import Effects
from wfm.forecast.calendar.effects import effects as calendar_effects
from wfm.forecast.chance.together import together
from wfm.forecast.clock import wall_clock, zone_of
from wfm.forecast.days.model import DayModel
from wfm.forecast.days.structural import Structural
from wfm.forecast.history import History
from wfm.forecast.outlook import OutlookOptions, QueueOutlook, queue_outlook
from wfm.forecast.profile.day_shape import day_shape
from wfm.forecast.profile.daygrid import DayGrid, day_grid
from wfm.forecast.scenarios import Scenarios
from wfm.forecast.volume import Volume
from wfm.horizon import Horizon

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class DayForecaster:
    """Day totals by a model × shares of the day's times.

    Parameters
    ----------
    model : DayModel
        Carries the day totals forward.
    calendar : Calendar
        Holidays, events and whatever else makes days differ.
    half_life : float
        Days after which a day counts half for the shape of days and for handle times.
    coverage : float
        Share of intervals whose contacts the band is to hold.
    aht_contacts : float
        How many contacts of a time of day weigh as much as the handle time that it is shrunk to.
    band_samples : int
        Samples from which the band is taken.
    """

    model: DayModel
    calendar: Calendar = field(default_factory=Calendar)
    half_life: float = 56.0
    coverage: float = 0.8
    aht_contacts: float = 50.0
    band_samples: int = 400

    def __post_init__(self) -> None:
        for name in ("half_life", "aht_contacts"):
            value = getattr(self, name)
            if not 0 < value < np.inf:
                raise InputError(f"{type(self).__name__}.{name}", "be above 0", value)
        if not 0 < self.coverage < 1:
            place = f"{type(self).__name__}.coverage"
            raise InputError(place, "be between 0 and 1", self.coverage)
        if self.band_samples < 20:
            place = f"{type(self).__name__}.band_samples"
            raise InputError(place, "be at least 20", self.band_samples)

    def forecast(self, history: History, horizon: Horizon) -> Volume:
        """Forecast every queue from the time before the horizon.

        Parameters
        ----------
        history : History
            A day or more of each queue; what it holds in the horizon is not looked at.
        horizon : Horizon
            In the history's zone and interval.

        Returns
        -------
        Volume
            Expected contacts, AHT, and the band that holds a share `coverage` of the intervals.

        Raises
        ------
        InputError
            If a queue has no past, or the horizon does not fit it.
        """
        past = _past(history, horizon)
        outlooks = self._outlooks(past, horizon)
        normals = np.random.default_rng(0).standard_normal((self.band_samples, horizon.days))
        drawn = joblib.Parallel()(
            joblib.delayed(_row)(outlook, horizon, normals, self.coverage, number)
            for number, outlook in enumerate(outlooks)
        )
        arrays = {name: np.stack([row[name] for row in drawn]) for name in drawn[0]}
        return Volume(horizon=horizon, queues=past.queues, coverage=self.coverage, **arrays)

    def scenarios(
        self, history: History, horizon: Horizon, samples: int = 500, seed: int = 1
    ) -> Scenarios:
        """Draw samples of what may come.

        Parameters
        ----------
        history, horizon
            As for `forecast`.
        samples : int
            How many.
        seed : int
            Equal seeds draw equal samples.
        """
        if samples < 1:
            raise InputError("samples", "be at least 1", samples)
        past = _past(history, horizon)
        outlooks = self._outlooks(past, horizon)
        own, *streams = np.random.default_rng(seed).spawn(1 + len(outlooks))
        shared = together([outlook.residual for outlook in outlooks])
        normals = own.standard_normal((len(outlooks), samples * horizon.days))
        normals = (shared @ normals).reshape(len(outlooks), samples, horizon.days)
        contacts = [
            _counts(outlook, horizon, normal, random)
            for outlook, normal, random in zip(outlooks, normals, streams, strict=True)
        ]
        aht = np.stack([_on_slots(outlook.aht, horizon) for outlook in outlooks])
        return Scenarios(horizon, past.queues, np.stack(contacts, axis=1), aht)

    def _outlooks(self, past: History, horizon: Horizon) -> list[QueueOutlook]:
        options = OutlookOptions(self.model, self.half_life, self.aht_contacts)
        found: list[QueueOutlook] = joblib.Parallel()(
            joblib.delayed(queue_outlook)(*known, options)
            for known in _known(past, horizon, self.calendar)
        )
        return found


@dataclass(frozen=True)
class StructuralForecaster(DayForecaster):
    """The forecaster by default: :class:`DayForecaster` with the model :class:`Structural`."""

    model: DayModel = field(default_factory=Structural)

    def effects(self, history: History, horizon: Horizon) -> pd.DataFrame:
        """Tell what was learned of the calendar.

        Parameters
        ----------
        history, horizon
            As for `forecast`.

        Returns
        -------
        pandas.DataFrame
            ``queue``, ``effect`` (its name), ``factor`` on a day's contacts, and the ``lower`` and
            ``upper`` end of its 95 % interval.
        """
        past = _past(history, horizon)
        tables = []
        model = Structural()
        known = _known(past, horizon, self.calendar)
        for queue, (grid, effects, behind, _) in zip(past.queues, known, strict=True):
            totals = day_shape(grid, effects, behind, self.half_life).totals
            mean, deviation = model.effects(totals, effects)
            columns = {"queue": queue, "effect": effects.names, "factor": np.exp(mean)}
            columns["lower"] = np.exp(mean - 1.96 * deviation)
            columns["upper"] = np.exp(mean + 1.96 * deviation)
            tables.append(pd.DataFrame(columns))
        return pd.concat(tables, ignore_index=True)


def _past(history: History, horizon: Horizon) -> History:
    for name in ("timezone", "interval"):
        if getattr(history, name) != getattr(horizon, name):
            must = f"be that of the history, {getattr(history, name)}"
            raise InputError(f"horizon.{name}", must, getattr(horizon, name))
    past = history.until(horizon.start)
    must = f"hold a day or more before {horizon.start}"
    if not past.queues:
        raise InputError("history", must, "none")
    offered = np.array(past.frame["offered"])
    known = np.array(past.frame["aht"].notna())
    handled = np.bincount(past.codes, offered * known, minlength=len(past.queues))
    for queue, contacts in zip(past.queues, handled, strict=True):
        if not contacts:
            must = f"hold contacts with a handle time before {horizon.start}"
            raise InputError(f"history of {queue}", must)
    return past


def _known(
    past: History, horizon: Horizon, calendar: Calendar
) -> Iterable[tuple[DayGrid, Effects, int, int]]:
    """Grid, calendar, and number of days behind and ahead, queue by queue."""
    for queue in past.queues:
        grid = day_grid(past, queue, horizon.start)
        behind = (horizon.start - grid.monday).days
        count = max(grid.age.size, behind + horizon.days)
        yield grid, calendar_effects(calendar, grid.monday, count, queue), behind, horizon.days


def _row(
    outlook: QueueOutlook, horizon: Horizon, normals: Floats, coverage: float, number: int
) -> dict[str, Floats]:
    counts = _counts(outlook, horizon, normals, np.random.default_rng([0, number]))
    ends = [(1 - coverage) / 2, (1 + coverage) / 2]
    lower, upper = np.quantile(counts, ends, axis=0)
    contacts = _on_slots(outlook.contacts, horizon)
    return {
        "contacts": contacts,
        "aht": _on_slots(outlook.aht, horizon),
        "lower": lower,
        "upper": upper,
    }


def _counts(
    outlook: QueueOutlook, horizon: Horizon, normals: Floats, random: np.random.Generator
) -> NDArray[np.int32]:
    rates = _on_slots(outlook.draw(normals, random), horizon)
    return random.poisson(rates).astype(np.int32)


def _on_slots(values: Floats, horizon: Horizon) -> Floats:
    """From days × times on the wall clock to slots; a doubled hour has its values twice."""
    starts = pd.DatetimeIndex(horizon.slot_starts, tz="UTC")
    wall = wall_clock(starts, zone_of(horizon.timezone))
    return np.asarray(values[..., horizon.slot_days, wall.minute // horizon.interval])
