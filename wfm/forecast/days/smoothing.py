"""Day totals by exponential smoothing."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import toeplitz
from statsmodels.tools.sm_exceptions import ConvergenceWarning
from statsmodels.tsa.exponential_smoothing.ets import ETSModel

from wfm.forecast.calendar.effects import Effects
from wfm.forecast.days.model import DayForecast, DayTotals
from wfm.forecast.days.plain import plain_days
from wfm.forecast.days.structural import Structural

Floats = NDArray[np.float64]

LEAST: Final = 28
"""Days of history below which the structural model forecasts."""


@dataclass(frozen=True)
class ExponentialSmoothing:
    """Additive Holt-Winters smoothing of the logs of day totals, with a season of a week.

    The calendar's effects are taken out first by ridge regression, and put back. Level, trend and
    weekdays are those of statsmodels' ``ETSModel`` with additive errors; their variance ahead is
    that of Hyndman, Koehler, Ord & Snyder (2008), section 6.2, here for days together. Histories
    of less than four weeks are left to :class:`Structural`.

    Parameters
    ----------
    trend : bool
        Whether there is a damped trend, beside level and weekdays.
    """

    trend: bool = False

    def predict(self, past: DayTotals, effects: Effects) -> DayForecast:
        """Forecast the days after the past ones; see :class:`DayModel`."""
        days = plain_days(past, effects)
        if len(days.logs) < LEAST:
            return Structural().predict(past, effects)
        model = ETSModel(
            days.logs,
            error="add",
            trend="add" if self.trend else None,
            damped_trend=self.trend,
            seasonal="add",
            seasonal_periods=7,
        )
        with warnings.catch_warnings():
            # Where the optimum is flat, any of its points will do.
            warnings.simplefilter("ignore", ConvergenceWarning)
            fit = model.fit(disp=False)
        mean = np.asarray(fit.forecast(days.ahead))
        fitted = np.asarray(fit.fittedvalues)
        pull = _responses(dict(zip(fit.param_names, fit.params, strict=True)), days.ahead)
        moved = np.tril(toeplitz(pull))
        return days.answer(mean, moved @ moved.T, fitted)


def _responses(learned: dict[str, float], ahead: int) -> Floats:
    """What an error of 1 does to its own day and those after it, shape ``(ahead,)``."""
    later = np.arange(1, ahead)
    trend = np.cumsum(learned.get("damping_trend", 0.0) ** later)
    steps = learned["smoothing_level"] + learned.get("smoothing_trend", 0.0) * trend
    steps += learned["smoothing_seasonal"] * (later % 7 == 0)
    return np.concatenate([[1.0], steps])
