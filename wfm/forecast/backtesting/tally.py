"""One forecast against what came: sums that add up over origins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wfm.forecast.actual import Actual
from wfm.forecast.backtesting.spread import Spread
from wfm.forecast.volume import Volume

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Outcome:
    """A forecast and what came, by queue.

    Parameters
    ----------
    volume : Volume
        The forecast.
    actual : Actual
        What came.
    spread : Spread
        How the forecast's quantiles held.
    agents : numpy.ndarray
        Agents required of the forecast and of what came, shape ``(2, queues, slots)``, NaN for
        queues that are not staffed.
    """

    volume: Volume
    actual: Actual
    spread: Spread
    agents: Floats

    def sums(self, days: int) -> dict[str, Any]:
        """Sums over the first days, an array of shape ``(queues,)`` each."""
        slots = self.volume.horizon.slot_days < days
        known = ~np.isnan(self.actual.contacts) & slots
        error = np.where(known, self.volume.array("contacts") - self.actual.contacts, 0.0)
        required, needed = np.where(known, self.agents, 0.0)
        staffed = (required > 0) | (needed > 0)
        return {
            "actual": np.where(known, self.actual.contacts, 0.0).sum(axis=1),
            "error": error.sum(axis=1),
            "interval_error": np.abs(error).sum(axis=1),
            "day_error": np.abs(self._days(error)[:, :days]).sum(axis=1),
            "agents_error": np.abs(required - needed).sum(axis=1),
            "agents": needed.sum(axis=1),
            "staffed": staffed.sum(axis=1),
        } | self.spread.sums(days)

    def days(self) -> pd.DataFrame:
        """Contacts forecast and come of each day over its known intervals, those with some."""
        horizon, queues = self.volume.horizon, self.volume.queues
        known = ~np.isnan(self.actual.contacts)
        rows, days = np.nonzero(self._days(known.astype(np.float64)))
        forecast = self._days(np.where(known, self.volume.array("contacts"), 0.0))
        actual = self._days(np.where(known, self.actual.contacts, 0.0))
        return pd.DataFrame(
            {
                "queue": np.array(queues, dtype=object)[rows],
                "date": [horizon.date_of(day) for day in days.tolist()],
                "days_ahead": days + 1,
                "forecast": forecast[rows, days],
                "actual": actual[rows, days],
            }
        )

    def _days(self, values: Floats) -> Floats:
        first = np.flatnonzero(np.diff(self.volume.horizon.slot_days, prepend=-1))
        return np.asarray(np.add.reduceat(values, first, axis=1))
