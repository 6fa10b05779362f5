"""A forecaster that is asked once for each day from which it forecasts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from wfm.forecast import Forecaster, History, Volume
from wfm.horizon import Horizon


@dataclass(frozen=True, eq=False)
class Remembered:
    """Keeps the forecasts of another, so that its profiles can be lent without making them anew.

    Parameters
    ----------
    forecaster : Forecaster
        Who forecasts; asked about one history only.
    """

    forecaster: Forecaster
    known: dict[tuple[date, int], Volume] = field(default_factory=dict)

    def forecast(self, history: History, horizon: Horizon) -> Volume:
        """Forecast, or recall."""
        key = (horizon.start, horizon.days)
        if key not in self.known:
            self.known[key] = self.forecaster.forecast(history, horizon)
        return self.known[key]
