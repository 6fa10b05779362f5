"""What a forecaster is, and the forecast of a history."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from wfm.errors import InputError
from wfm.forecast.argument import able
from wfm.forecast.calendar.calendar import Calendar
from wfm.forecast.clock import to_date
from wfm.forecast.fitting import check_history
from wfm.forecast.history import History
from wfm.forecast.structural_forecaster import StructuralForecaster
from wfm.forecast.volume import Volume
from wfm.horizon import Horizon


class Forecaster(Protocol):
    """Anything that turns a history into expected contacts and handle times."""

    def forecast(self, history: History, horizon: Horizon) -> Volume:
        """Forecast every queue of the history.

        Parameters
        ----------
        history : History
            The past; `forecast_volume` hands over the time before the horizon only.
        horizon : Horizon
            In the history's zone and interval.
        """
        ...


def forecast_volume(
    history: History,
    *,
    start: date | str,
    days: int,
    forecaster: Forecaster | None = None,
    holidays: str | Calendar | None = None,
) -> Volume:
    """Forecast contacts and handle times of coming days from the time before them.

    Parameters
    ----------
    history : History
        The past; what it holds on or after `start` is not looked at.
    start : datetime.date or str
        First day of the forecast.
    days : int
        Number of days.
    forecaster : Forecaster, optional
        How; :class:`StructuralForecaster` by default.
    holidays : str or Calendar, optional
        Country code such as ``"CN"`` or ``"DE-BY"``, or a whole calendar, for the default
        forecaster; any other is told its calendar when it is made.

    Returns
    -------
    Volume
        In the history's zone and interval.
    """
    if forecaster is not None and holidays is not None:
        must = "be left out where a forecaster is given, which has its own"
        raise InputError("holidays", must, holidays)
    check_history(history)
    if forecaster is not None:
        able("forecaster", forecaster, "forecast", "history, horizon")
    horizon = Horizon(
        start=to_date(start, "start"),
        days=days,
        timezone=history.timezone,
        interval=history.interval,
    )
    chosen = forecaster or StructuralForecaster(calendar=Calendar.of(holidays))
    return chosen.forecast(history.until(horizon.start), horizon)
