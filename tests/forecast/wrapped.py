"""A forecaster to be wrapped in tests: the last week again, with draws around it."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from wfm.forecast import History, Volume, read_history
from wfm.forecast.clock import wall_clock
from wfm.forecast.scenarios import Scenarios
from wfm.horizon import Horizon, zone_of


@dataclass(frozen=True)
class LastWeek:
    """Contacts and handle times of the newest known day of the same weekday, 20 % either way."""

    def forecast(self, history: History, horizon: Horizon) -> Volume:
        contacts, aht = self.rows(history, horizon)
        return Volume(
            horizon=horizon,
            queues=history.queues,
            contacts=contacts,
            aht=aht,
            lower=0.8 * contacts,
            upper=1.2 * contacts,
        )

    def rows(self, history, horizon):
        starts = pd.DatetimeIndex(horizon.slot_starts, tz="UTC")
        wanted = wall_clock(starts, zone_of(horizon.timezone))
        when = list(zip(wanted.weekday.tolist(), wanted.minute.tolist(), strict=True))
        contacts, aht = [], []
        for code in range(len(history.queues)):
            rows = history.codes == code
            wall = history.wall_clock
            at = zip(wall.weekday[rows].tolist(), wall.minute[rows].tolist(), strict=True)
            own = history.frame[rows]
            known = dict(zip(at, zip(own["offered"], own["aht"], strict=True), strict=True))
            pairs = np.array([known.get(time, (0.0, np.nan)) for time in when])
            contacts.append(pairs[:, 0])
            aht.append(np.nan_to_num(pairs[:, 1], nan=own["aht"].mean()))
        return np.array(contacts), np.array(aht)


@dataclass(frozen=True)
class DrawingLastWeek(LastWeek):
    """The same, which also draws a day factor for each sample."""

    def scenarios(self, history, horizon, samples=500, seed=1):
        contacts, aht = self.rows(history, horizon)
        rng = np.random.default_rng(seed)
        counts = rng.poisson(contacts * rng.gamma(100, 0.01, (samples, 1, 1)))
        return Scenarios(horizon, history.queues, counts.astype(np.int32), aht)


def past(start="2026-01-05", days=56, zone="UTC", level=None, aht=200.0, queue="calls"):
    """Hours from 8 to 20 o'clock, 10 contacts each, times a level for each day."""
    clock = pd.date_range(start, periods=days * 24, freq="h", tz="UTC").tz_localize(None)
    clock = clock[(clock.hour >= 8) & (clock.hour < 20)]
    day = (clock.normalize() - clock[0].normalize()).days.to_numpy()
    levels = np.ones(days) if level is None else np.asarray(level)
    frame = pd.DataFrame(
        {
            "queue": queue,
            "start": clock.tz_localize(zone),
            "offered": 10.0 * levels[day],
            "aht": np.broadcast_to(aht, days)[day],
        }
    )
    return read_history(frame, timezone=zone)


def totals(volume: Volume, row=0):
    """Contacts of each day."""
    return np.bincount(volume.horizon.slot_days, volume.array("contacts")[row])
