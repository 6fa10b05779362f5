"""What is common to the queues of a synthetic history: its times, its level, its outages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wfm.horizon import zone_of
from wfm.sample.happenings import Busy, Outage
from wfm.sample.patterns import Pattern

Floats = NDArray[np.float64]

YEAR = 365.25
COLDEST = 20
"""Day of the year on which the yearly season is at its height."""


@dataclass(frozen=True, eq=False)
class World:
    """The times of a history and what moves all queues.

    Parameters
    ----------
    first : datetime.date
        First day.
    days : int
        Number of days.
    times : pandas.DatetimeIndex
        Local starts of all intervals.
    interval : int
        Minutes.
    growth, yearly_swing : float
        Growth in a year, and amplitude of the year's season, as shares.
    level_drift : float
        Standard deviation of a day's step of the level, on the log scale.
    busy : Busy
        How busy factors scatter.
    outages : tuple of Outage
        What breaks down.
    """

    first: date
    days: int
    times: pd.DatetimeIndex
    interval: int
    growth: float
    yearly_swing: float
    level_drift: float
    busy: Busy
    outages: tuple[Outage, ...]

    @property
    def dates(self) -> tuple[date, ...]:
        """Its days."""
        return tuple(self.first + timedelta(days=day) for day in range(self.days))

    @cached_property
    def day(self) -> NDArray[np.int64]:
        """Day of each interval, counted from 0."""
        wall = self.times.tz_localize(None).normalize()
        return np.asarray((wall - pd.Timestamp(self.first)).days, dtype=np.int64)

    @cached_property
    def slot(self) -> NDArray[np.int64]:
        """Time of day at which each interval starts, in intervals."""
        minute = self.times.hour * 60 + self.times.minute
        return np.asarray(minute // self.interval, dtype=np.int64)

    def level(self, random: np.random.Generator) -> Floats:
        """Growth, the year's season and the walk, as a factor of each day; the first has 1."""
        years = np.arange(self.days) / YEAR
        turn = 2 * np.pi * (years + (self.first.timetuple().tm_yday - COLDEST) / YEAR)
        season = 1 + self.yearly_swing * np.cos(turn)
        steps = self.level_drift * random.standard_normal(self.days)
        walk = np.exp(np.cumsum(steps) - steps[0])
        return np.asarray((1 + self.growth) ** years * season / season[0] * walk)

    def product(self, effects: pd.DataFrame) -> Floats:
        """Multiply the factors (``day``, ``factor``) of each day, shape ``(days,)``."""
        factors = np.ones(self.days)
        day = np.array([(when - self.first).days for when in effects["day"]], dtype=int)
        np.multiply.at(factors, day, np.array(effects["factor"], dtype=float))
        return factors

    def outage(self, pattern: Pattern) -> Floats:
        """Factor of each interval by what breaks down for a queue."""
        wall = self.times.tz_localize(None)
        factors = np.ones(len(wall))
        for outage in self.outages:
            if not outage.queues or pattern.queue in outage.queues:
                start = pd.Timestamp(outage.start)
                end = start + pd.Timedelta(hours=outage.hours)
                factors[np.asarray((wall >= start) & (wall < end))] *= outage.factor
        return factors


def local_times(first: date, days: int, timezone: str, interval: int) -> pd.DatetimeIndex:
    """Starts of all intervals of some days on the wall clock of a zone.

    Raises
    ------
    InputError
        For an unknown zone.
    """
    zone = zone_of(timezone)
    after = first + timedelta(days=days)
    return pd.date_range(
        str(first), str(after), freq=f"{interval}min", tz=zone, inclusive="left", unit="s"
    )
