"""Forecasts of times that have passed, each from what was known then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import pandas as pd
from joblib import Parallel, delayed
from numpy.typing import NDArray

from wfm.errors import InputError
from wfm.forecast.actual import Actual, actual_of
from wfm.forecast.argument import numbers
from wfm.forecast.backtesting.result import Backtest
from wfm.forecast.backtesting.setting import Setting, named, staffed
from wfm.forecast.backtesting.spread import Spread, spread_of_band, spread_of_scenarios
from wfm.forecast.backtesting.tally import Outcome
from wfm.forecast.forecaster import Forecaster
from wfm.forecast.history import History
from wfm.forecast.staffing import requirement
from wfm.forecast.volume import Volume
from wfm.horizon import Horizon
from wfm.queue import Queue


def backtest(
    history: History,
    forecasters: Mapping[str, Forecaster],
    horizons: Sequence[int] = (1, 7, 28),
    *,
    first: date | str | None = None,
    step: int = 7,
    queues: Sequence[Queue] | None = None,
    levels: Sequence[float] = (0.8, 0.95),
    samples: int = 500,
    seed: int = 1,
    n_jobs: int | None = None,
) -> Backtest:
    """Forecast from many past days, and hold each forecast against what came.

    Forecasters are given the rows before an origin only. Intervals without a row are not counted,
    nor is a horizon that reaches past the end of the history.

    Parameters
    ----------
    history : History
        What came.
    forecasters : mapping of str to Forecaster
        Who forecasts, by a name for the tables. Those with a method
        ``scenarios(history, horizon, samples, seed)`` are asked for their quantiles; of others
        nothing but the band of intervals is known.
    horizons : sequence of int
        Days ahead; all days up to each are counted.
    first : datetime.date or str, optional
        First origin, the first day of a forecast; ten weeks after the history's first day by
        default.
    step : int
        Days from one origin to the next.
    queues : sequence of Queue, optional
        Queues whose staffing is compared, each by its own targets; deferred ones are left out.
    levels : sequence of float
        Coverage of the bands that are looked at.
    samples : int
        Scenarios of each forecast; 0 for none.
    seed : int
        What scenarios are drawn by.
    n_jobs : int, optional
        Processes, as `joblib` counts them; by default one, or what a surrounding
        ``joblib.parallel_config`` says.

    Returns
    -------
    Backtest

    Raises
    ------
    InputError
        For an argument that cannot be used, or if a forecaster refuses; names it and the origin.
    """
    days = numbers("horizons", horizons, "be whole numbers", float.is_integer)
    between = numbers("levels", levels, "be between 0 and 1", lambda level: 0 < level < 1)
    if n_jobs == 0 or not isinstance(n_jobs, int | None):
        raise InputError("n_jobs", "be a whole number other than 0", n_jobs)
    ahead = tuple(map(int, days))
    setting = Setting(history, ahead, between, samples, seed, staffed(queues))
    given = named(forecasters)
    jobs = [
        (name, forecaster, origin)
        for name, forecaster in given.items()
        for origin in setting.origins(first, step)
    ]
    found = Parallel(n_jobs=n_jobs)(delayed(_one)(setting, *job) for job in jobs)
    sums, errors = zip(*found, strict=True)
    return Backtest(
        pd.concat(sums, ignore_index=True),
        pd.concat(errors, ignore_index=True),
        setting.horizons,
        setting.levels,
    )


def _one(
    setting: Setting, name: str, forecaster: Forecaster, origin: date
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Sums by horizon and queue, and the errors of days, of one forecast."""
    history, ahead = setting.history, setting.ahead(origin)
    horizon = Horizon(
        start=origin, days=max(ahead), timezone=history.timezone, interval=history.interval
    )
    past = history.until(origin)
    try:
        volume = forecaster.forecast(past, horizon)
        actual = actual_of(history, volume.queues, horizon)
        spread = _spread(setting, forecaster, past, volume, actual)
    except InputError as error:
        place = f"{error.place}, for {name!r} forecasting from {origin},"
        raise InputError(place, error.must, error.got) from error
    outcome = Outcome(volume, actual, spread, _agents(setting.queues, volume, actual))
    sums = [
        pd.DataFrame({"horizon": days, "queue": volume.queues} | outcome.sums(days))
        for days in ahead
    ]
    return _keyed(pd.concat(sums, ignore_index=True), name, origin), _keyed(
        outcome.days(), name, origin
    )


def _keyed(frame: pd.DataFrame, name: str, origin: date) -> pd.DataFrame:
    frame.insert(0, "forecaster", name)
    frame.insert(1, "origin", [origin] * len(frame))
    return frame


def _spread(
    setting: Setting, forecaster: Forecaster, past: History, volume: Volume, actual: Actual
) -> Spread:
    draw = getattr(forecaster, "scenarios", None)
    if draw is None or not setting.samples:
        return spread_of_band(volume, actual.contacts, setting.levels)
    seed = setting.seed + volume.horizon.start.toordinal()
    drawn = draw(past, volume.horizon, samples=setting.samples, seed=seed)
    return spread_of_scenarios(drawn, actual.contacts, setting.levels)


def _agents(queues: tuple[Queue, ...], volume: Volume, actual: Actual) -> NDArray[np.float64]:
    """Agents required of the forecast and of what came, NaN for queues that are not staffed.

    Where nothing is known to have come the forecast stands in, so that a load which lags behind
    its contacts has no breaks.
    """
    agents = np.full((2, len(volume.queues), volume.horizon.slots), np.nan)
    here = [queue for queue in queues if queue.id in volume.queues]
    if not here:
        return agents
    contacts, aht = volume.array("contacts"), volume.array("aht")
    came = {
        "contacts": np.where(np.isnan(actual.contacts), contacts, actual.contacts),
        "aht": np.where(actual.aht > 0, actual.aht, aht),
    }
    rows = [volume.of(queue.id) for queue in here]
    agents[0, rows] = requirement(volume, here)
    agents[1, rows] = requirement(volume.model_copy(update=came), here)
    return agents
