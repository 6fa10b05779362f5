"""Last week again."""

from __future__ import annotations

from dataclasses import dataclass

from wfm.forecast.baseline.weekday_mean import WeekdayMean, check_options
from wfm.forecast.history import History
from wfm.forecast.scenarios import Scenarios
from wfm.forecast.volume import Volume
from wfm.horizon import Horizon


@dataclass(frozen=True)
class SeasonalNaive:
    """The last known contacts on the same weekday at the same wall-clock time.

    Parameters
    ----------
    coverage : float
        Share of intervals whose contacts the band is to hold.
    aht_contacts : float
        How many contacts of a weekday and time weigh as much as the queue's mean AHT.
    """

    coverage: float = 0.8
    aht_contacts: float = 50.0

    def __post_init__(self) -> None:
        check_options("SeasonalNaive", self.coverage, self.aht_contacts)

    def forecast(self, history: History, horizon: Horizon) -> Volume:
        """Forecast every queue, as :meth:`WeekdayMean.forecast` does with one week."""
        return self._mean.forecast(history, horizon)

    def scenarios(
        self, history: History, horizon: Horizon, samples: int = 500, seed: int = 1
    ) -> Scenarios:
        """Draw futures, as :meth:`WeekdayMean.scenarios` does with one week."""
        return self._mean.scenarios(history, horizon, samples, seed)

    @property
    def _mean(self) -> WeekdayMean:
        return WeekdayMean(1, self.coverage, self.aht_contacts)
