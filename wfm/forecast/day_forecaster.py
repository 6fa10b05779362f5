"""The forecaster by default: day totals by a model, times the shape of days, with their chance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal

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
from wfm.forecast.newcomer.borrowing import borrow
from wfm.forecast.newcomer.choosing import newcomers
from wfm.forecast.newcomer.new_queue import Borrowed, NewQueue
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
    new : Mapping of str to NewQueue
        What is known of queues with little past or none. Of those with fewer than 14 days of which
        nothing is said, each takes after the queue whose times of day are most like its own;
        `borrowed` tells which did.
    """

    model: DayModel
    calendar: Calendar = field(default_factory=Calendar)
    half_life: float = 56.0
    coverage: float = 0.8
    aht_contacts: float = 50.0
    band_samples: int = 400
    new: Mapping[str, NewQueue] = field(default_factory=dict)

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
            Contacts expected if days are as busy as not, that is of a day's middle total; AHT;
            and the band that holds a share `coverage` of the intervals.

        Raises
        ------
        InputError
            If a queue has no past, or the horizon does not fit it.
        """
        known = self._outlooks(history, horizon)
        outlooks = list(known.values())
        normals = np.random.default_rng(0).standard_normal((self.band_samples, horizon.days))
        drawn = joblib.Parallel()(
            joblib.delayed(_row)(outlook, horizon, normals, self.coverage, number)
            for number, outlook in enumerate(outlooks)
        )
        arrays = {name: np.stack([row[name] for row in drawn]) for name in drawn[0]}
        return Volume(horizon=horizon, queues=tuple(known), coverage=self.coverage, **arrays)

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
        known = self._outlooks(history, horizon)
        outlooks = list(known.values())
        own, *streams = np.random.default_rng(seed).spawn(1 + len(outlooks))
        shared = together([outlook.residual for outlook in outlooks])
        normals = own.standard_normal((len(outlooks), samples * horizon.days))
        normals = (shared @ normals).reshape(len(outlooks), samples, horizon.days)
        contacts = [
            _counts(outlook, horizon, normal, random)
            for outlook, normal, random in zip(outlooks, normals, streams, strict=True)
        ]
        aht = np.stack([_on_slots(outlook.aht, horizon) for outlook in outlooks])
        return Scenarios(horizon, tuple(known), np.stack(contacts, axis=1), aht)

    def borrowed(self, history: History, horizon: Horizon) -> tuple[Borrowed, ...]:
        """Tell which queues have too little past of their own, and what they took from others.

        Parameters
        ----------
        history, horizon
            As for `forecast`.
        """
        past = _past(history, horizon, self.new)
        settled = self._settled(past, horizon)
        return tuple(borrowed for _, borrowed in self._newcomers(past, horizon, settled).values())

    def _outlooks(self, history: History, horizon: Horizon) -> dict[str, QueueOutlook]:
        past = _past(history, horizon, self.new)
        found = self._settled(past, horizon)
        borrowed = self._newcomers(past, horizon, found)
        found |= {queue: outlook for queue, (outlook, _) in borrowed.items()}
        known = {queue: found[queue] for queue in (*past.queues, *borrowed)}
        for queue, outlook in known.items():
            if np.isnan(outlook.aht).any():
                must = f"hold contacts with a handle time before {horizon.start}"
                raise InputError(f"history of {queue}", must)
        return known

    def _settled(self, past: History, horizon: Horizon) -> dict[str, QueueOutlook]:
        options = OutlookOptions(self.model, self.half_life, self.aht_contacts)
        borrowing = newcomers(past, self.new)
        queues = [queue for queue in past.queues if queue not in borrowing]
        found = joblib.Parallel()(
            joblib.delayed(queue_outlook)(*known, options)
            for known in _known(past, queues, horizon, self.calendar)
        )
        return dict(zip(queues, found, strict=True))

    def _newcomers(
        self, past: History, horizon: Horizon, settled: Mapping[str, QueueOutlook]
    ) -> dict[str, tuple[QueueOutlook, Borrowed]]:
        weekday = np.array([horizon.weekday(day) for day in range(horizon.days)])
        return {
            queue: borrow(past, queue, about, settled, weekday)
            for queue, about in newcomers(past, self.new).items()
        }


@dataclass(frozen=True)
class StructuralForecaster(DayForecaster):
    """The forecaster by default: :class:`DayForecaster` with the model :class:`Structural`."""

    model: DayModel = field(default_factory=Structural)

    def effects(
        self, history: History, horizon: Horizon, by: Literal["effect", "day"] = "effect"
    ) -> pd.DataFrame:
        """Tell what was learned of the calendar.

        Parameters
        ----------
        history, horizon
            As for `forecast`.
        by : {"effect", "day"}
            Whether each effect has a row, or each day of the past and of the horizon, with all
            that is learned of it together. Effects that often meet, such as that of any holiday
            and that of one by its name, are known better together than each by itself.

        Returns
        -------
        pandas.DataFrame
            ``queue``, ``effect`` (its name) or ``day`` (datetime.date), ``factor`` on a day's
            contacts, and the ``lower`` and ``upper`` end of its 95 % interval.
        """
        past = _past(history, horizon, self.new)
        tables = []
        model = Structural()
        known = _known(past, past.queues, horizon, self.calendar)
        for queue, (grid, effects, behind, ahead) in zip(past.queues, known, strict=True):
            totals = day_shape(grid, effects, behind, self.half_life).totals
            own = effects.until(behind + ahead)
            sums = own.matrix if by == "day" else None
            days = [own.first + timedelta(days=day) for day in range(own.days)]
            mean, deviation = model.effects(totals, own, sums)
            columns: dict[str, Any] = {"queue": queue, by: days if by == "day" else own.names}
            columns["factor"] = np.exp(mean)
            columns["lower"] = np.exp(mean - 1.96 * deviation)
            columns["upper"] = np.exp(mean + 1.96 * deviation)
            tables.append(pd.DataFrame(columns))
        return pd.concat(tables, ignore_index=True)


def _past(history: History, horizon: Horizon, new: Mapping[str, NewQueue]) -> History:
    for name in ("timezone", "interval"):
        if getattr(history, name) != getattr(horizon, name):
            must = f"be that of the history, {getattr(history, name)}"
            raise InputError(f"horizon.{name}", must, getattr(horizon, name))
    past = history.until(horizon.start)
    if not past.queues and not new:
        raise InputError("history", f"hold a day or more before {horizon.start}", "none")
    contacts = np.bincount(past.codes, past.frame["offered"], minlength=len(past.queues))
    silent = [q for q, sum_ in zip(past.queues, contacts, strict=True) if not sum_ and q not in new]
    if silent:
        raise InputError(f"history of {silent[0]}", f"hold contacts before {horizon.start}")
    return past


def _known(
    past: History, queues: Sequence[str], horizon: Horizon, calendar: Calendar
) -> Iterator[tuple[DayGrid, Effects, int, int]]:
    """Grid, calendar, and number of days behind and ahead, queue by queue."""
    for queue in queues:
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
