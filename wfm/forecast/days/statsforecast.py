"""Day totals by the models of the package statsforecast."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from wfm.errors import InputError, MissingExtraError
from wfm.forecast.calendar.effects import Effects
from wfm.forecast.days.model import DayForecast, DayTotals
from wfm.forecast.days.plain import plain_days
from wfm.forecast.days.structural import Structural

Floats = NDArray[np.float64]

LEAST: Final = 28
"""Days of history below which the structural model forecasts."""
LEVEL: Final = 80
"""Coverage, in per cent, of the band from which the variance is taken."""


@dataclass(frozen=True)
class StatsforecastModel:
    """A model of statsforecast on the logs of day totals; needs the extra ``statsforecast``.

    The calendar's effects are taken out first by ridge regression, and put back. The variance grows
    over the days ahead as the width of the model's own band does, and not where it has none; what
    it grows by is common to a day and those after it, as in a random walk.
    Histories of less than four weeks are left to :class:`Structural`.

    Parameters
    ----------
    name : str
        Class in ``statsforecast.models``, such as ``"AutoETS"``, ``"AutoTheta"``, ``"MSTL"``,
        ``"AutoCES"`` or ``"MFLES"``.
    options : mapping of str to object
        What its constructor is given; a ``season_length`` of 7 by default.
    """

    name: str = "AutoETS"
    options: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._made()

    def predict(self, past: DayTotals, effects: Effects) -> DayForecast:
        """Forecast the days after the past ones; see :class:`DayModel`."""
        days = plain_days(past, effects)
        if len(days.logs) < LEAST:
            return Structural().predict(past, effects)
        model, asked = self._made(), {"y": days.logs, "h": days.ahead, "fitted": True}
        try:
            made = model.forecast(**asked, level=[LEVEL])
        except Exception:
            made = model.forecast(**asked)
        mean, fitted = np.asarray(made["mean"]), _centred(np.asarray(made["fitted"]), days.logs)
        upper = made.get(f"hi-{LEVEL}")
        width = np.ones(days.ahead) if upper is None else np.asarray(upper) - mean
        return days.answer(mean, _growth(width), fitted)

    def _made(self) -> Any:
        """The model; raises InputError for an unknown one, or for options that it lacks."""
        found = getattr(_models(), self.name, None)
        if not inspect.isclass(found) or not hasattr(found, "forecast"):
            must = "be a model of statsforecast.models, such as AutoETS"
            raise InputError("StatsforecastModel.name", must, self.name)
        known = inspect.signature(found).parameters
        options = {"season_length": 7} if "season_length" in known else {}
        options |= self.options
        unknown = next((option for option in options if option not in known), None)
        if unknown is not None:
            must = f"be among those of {self.name} ({', '.join(known)})"
            raise InputError("StatsforecastModel.options", must, unknown)
        return found(**options)


def _models() -> ModuleType:
    try:
        from statsforecast import models  # noqa: PLC0415
    except ImportError:
        raise MissingExtraError("a model of statsforecast", "statsforecast") from None
    return models  # type: ignore[no-any-return]


def _centred(fitted: Floats, logs: Floats) -> Floats:
    """What a model took for the past days, without a mean error of any weekday.

    AutoTheta with an additive season leaves the season out of it (statsforecast 2.1.1).
    """
    away = logs - fitted
    weekday = np.arange(len(logs)) % 7
    known = ~np.isnan(away)
    sums = np.bincount(weekday[known], away[known], minlength=7)
    return np.asarray(fitted + (sums / np.bincount(weekday[known], minlength=7))[weekday])


def _growth(width: Floats) -> Floats:
    """Covariance of days, 1 for the first, whose variance grows along a line through the widths.

    A line, since some models draw their bands by chance.
    """
    later = np.arange(len(width), dtype=np.float64)
    begin, slope = width[0] ** 2, 0.0
    if len(width) > 1:
        slope, begin = np.polyfit(later, width**2, 1).tolist()
    grown = later * max(slope, 0.0) / max(begin, 0.1 * float(width[0]) ** 2)
    return np.asarray(np.minimum.outer(grown, grown) + np.eye(len(grown)))
