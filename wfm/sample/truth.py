"""What is true of a synthetic history and no forecaster is told."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from wfm.errors import InputError
from wfm.sample.happenings import Busy


@dataclass(frozen=True, eq=False)
class Truth:
    """The expectations behind a synthetic history.

    Parameters
    ----------
    expected : pandas.DataFrame
        A row for each of the history's rows: ``queue``, ``start`` (UTC), ``expected`` (contacts
        without any chance but the level's walk) and ``busy`` (the factor on it that chance drew;
        given both, contacts are Poisson).
    effects : pandas.DataFrame
        A row for each effect of a queue's day: ``queue``, ``day`` (datetime.date), ``effect``
        (its name) and ``factor``. Factors of the same day multiply.
    level : pandas.DataFrame
        A row for each queue and day: ``queue``, ``day``, ``level`` (growth, the year's season and
        the walk, as a factor on the pattern) and ``weekday`` (whose shape the day has).
    busy : Busy
        How the busy factors scatter.
    timezone : str
        Zone of the wall clock.
    interval : int
        Minutes.
    """

    expected: pd.DataFrame
    effects: pd.DataFrame
    level: pd.DataFrame
    busy: Busy
    timezone: str
    interval: int

    def factors(self) -> pd.DataFrame:
        """Each effect of each queue once: ``queue``, ``effect``, ``factor``, ``days``."""
        grouped = self.effects.groupby(["queue", "effect"], sort=False)["factor"]
        return grouped.agg(factor="first", days="size").reset_index()

    def expected_days(self, queue: str) -> pd.Series:
        """Expected contacts of a queue by local date; days on which it is closed are left out."""
        rows = self.expected[self.expected["queue"] == queue]
        if rows.empty:
            raise InputError("queue", "be one of the history's", queue)
        local = pd.DatetimeIndex(rows["start"]).tz_convert(self.timezone).tz_localize(None)
        days = pd.Index(local.normalize(), name="day")
        return rows["expected"].groupby(days).sum()

    def open_days(self) -> pd.DataFrame:
        """Days on which each queue is open: ``queue``, ``day`` (datetime.date), ``expected``."""
        local = pd.DatetimeIndex(self.expected["start"]).tz_convert(self.timezone)
        days = pd.Series(local.tz_localize(None).normalize(), name="day")
        grouped = self.expected["expected"].groupby([self.expected["queue"], days], sort=False)
        found = grouped.sum().reset_index()
        return found.assign(day=found["day"].dt.date)
