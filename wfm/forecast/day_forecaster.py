"""Forecasts of day totals by a model, times the shape of days, with their chance."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field

import joblib
import numpy as np
from numpy.typing import NDArray

from wfm.errors import InputError
from wfm.forecast.argument import able, above, instance, share, whole
from wfm.forecast.calendar.calendar import Calendar
from wfm.forecast.chance.together import together
from wfm.forecast.days.model import DayModel
from wfm.forecast.history import History
from wfm.forecast.newcomer.borrowing import borrow, told
from wfm.forecast.newcomer.choosing import newcomers
from wfm.forecast.newcomer.new_queue import Borrowed, NewQueue
from wfm.forecast.outlook import OutlookOptions, QueueOutlook, queue_outlook
from wfm.forecast.profile.daygrid import to_slots
from wfm.forecast.queue_past import past_of, queue_pasts
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
        own = type(self).__name__
        able(f"{own}.model", self.model, "predict", "past, effects")
        instance(f"{own}.calendar", self.calendar, Calendar, "be a Calendar")
        above(f"{own}.half_life", self.half_life)
        share(f"{own}.coverage", self.coverage)
        above(f"{own}.aht_contacts", self.aht_contacts)
        whole(f"{own}.band_samples", self.band_samples, least=20)
        instance(f"{own}.new", self.new, Mapping, "map queues to what is known of them")
        for queue, about in self.new.items():
            instance(f"{own}.new[{queue!r}]", about, NewQueue, "be a NewQueue")

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
        whole("samples", samples, least=1)
        whole("seed", seed, least=0)
        known = self._outlooks(history, horizon)
        outlooks = list(known.values())
        own, *streams = np.random.default_rng(seed).spawn(1 + len(outlooks))
        shared = together([outlook.residual for outlook in outlooks])
        normals = own.standard_normal((len(outlooks), samples * horizon.days))
        normals = (shared @ normals).reshape(len(outlooks), samples, horizon.days)
        contacts = [
            outlook.counts(horizon, normal, random)
            for outlook, normal, random in zip(outlooks, normals, streams, strict=True)
        ]
        aht = np.stack([to_slots(outlook.aht, horizon) for outlook in outlooks])
        return Scenarios(horizon, tuple(known), np.stack(contacts, axis=1), aht)

    def borrowed(self, history: History, horizon: Horizon) -> tuple[Borrowed, ...]:
        """Tell which queues have too little past of their own, and what they took from others.

        Parameters
        ----------
        history, horizon
            As for `forecast`.
        """
        past = past_of(history, horizon, self.new)
        borrowing = newcomers(past, self.new)
        return tuple(told(past, queue, about) for queue, about in borrowing.items())

    def _outlooks(self, history: History, horizon: Horizon) -> dict[str, QueueOutlook]:
        past = past_of(history, horizon, self.new)
        borrowing = newcomers(past, self.new)
        found = self._settled(past, horizon, borrowing)
        weekday = np.array([horizon.weekday(day) for day in range(horizon.days)])
        lent = {
            queue: borrow(past, queue, about, found, weekday) for queue, about in borrowing.items()
        }
        found |= lent
        known = {queue: found[queue] for queue in (*past.queues, *lent)}
        for queue, outlook in known.items():
            if np.isnan(outlook.aht).any():
                must = f"hold contacts with a handle time before {horizon.start}"
                raise InputError(f"history of {queue}", must)
        return known

    def _settled(
        self, past: History, horizon: Horizon, borrowing: Container[str]
    ) -> dict[str, QueueOutlook]:
        options = OutlookOptions(self.model, self.half_life, self.aht_contacts)
        queues = [queue for queue in past.queues if queue not in borrowing]
        found = joblib.Parallel()(
            joblib.delayed(queue_outlook)(own, options)
            for own in queue_pasts(past, queues, horizon, self.calendar)
        )
        return dict(zip(queues, found, strict=True))


def _row(
    outlook: QueueOutlook, horizon: Horizon, normals: Floats, coverage: float, number: int
) -> dict[str, Floats]:
    counts = outlook.counts(horizon, normals, np.random.default_rng([0, number]))
    lower, upper = np.quantile(counts, [(1 - coverage) / 2, (1 + coverage) / 2], axis=0)
    rows = {"contacts": to_slots(outlook.contacts, horizon), "aht": to_slots(outlook.aht, horizon)}
    return rows | {"lower": lower, "upper": upper}
