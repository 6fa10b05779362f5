"""A new forecast of the rest of today."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wfm.errors import InputError
from wfm.forecast.argument import instance, number
from wfm.forecast.history import History
from wfm.forecast.intraday.conditional import by_scenarios
from wfm.forecast.intraday.day_factor import by_day_factor
from wfm.forecast.intraday.handling import aht_ratio
from wfm.forecast.intraday.seen import seen
from wfm.forecast.intraday.update import Update, narrowed
from wfm.forecast.scenarios import Scenarios
from wfm.forecast.volume import Volume

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

MOST: Final = 100
"""Largest spread: such a day is as good as unforeseen."""


def reforecast(
    volume: Volume,
    so_far: History,
    now: datetime | str,
    *,
    scenarios: Scenarios | None = None,
    spread: float = 0.05,
    hour_spread: float = 0.08,
    aht_spread: float = 0.05,
) -> Volume:
    """Forecast the rest of today anew, from what has come.

    Parameters
    ----------
    volume : Volume
        A forecast that holds today.
    so_far : History
        Of the forecast's zone and interval. Only today's intervals that are over by `now` are
        looked at; one without a row is unknown, not zero.
    now : datetime.datetime or str
        Local if it has no offset.
    scenarios : Scenarios, optional
        Samples around the forecast, at least some hundreds: how the rest of the day follows from
        the morning is learned from their covariance.
    spread : float
        Without scenarios: standard deviation of the factor by which days are busier than expected.
        0 changes no contacts.
    hour_spread : float
        That of an hour's own factor beside it: how far off the shape of the day is. It keeps a
        busy first hour from being taken for a busy day; 0 trusts the morning as far as counts may.
        With scenarios it adds to what they show.
    aht_spread : float
        Standard deviation over days of the ratio of handle times to the forecast. 0 changes none.

    Returns
    -------
    Volume
        Of the same horizon. Known intervals of today hold what came, with no band around it; the
        others of today are updated, their band narrower by what the morning told. Other days, and
        queues of which nothing is known, stay.

    Raises
    ------
    InputError
        If `now` is not in the forecast, nothing of its day is known, or history or scenarios do
        not fit it.
    """
    _check(volume, scenarios, spread=spread, hour_spread=hour_spread, aht_spread=aht_spread)
    today = seen(volume, so_far, now)
    if today.today[: today.over].any() and not today.known.any():
        must = f"hold an interval of the forecast's queues on the day of {now} that is over"
        raise InputError("so_far", must)
    arrays = {name: volume.array(name) for name in ("contacts", "aht", "lower", "upper")}
    interval, coverage = volume.horizon.interval, volume.coverage
    hour = np.arange(volume.horizon.slots) * interval // 60
    for row in np.flatnonzero(today.known.any(axis=1)):
        came, expected = today.contacts[row], arrays["contacts"][row]
        if scenarios is None:
            found = by_day_factor(expected, came, hour, spread, hour_spread)
        else:
            samples = scenarios.contacts[:, row]
            found = by_scenarios(expected, came, samples, today.open[row], interval, hour_spread)
        one = {name: rows[row] for name, rows in arrays.items()}
        _put(one, came, today.open[row], found, coverage)
        ratio = aht_ratio(one["aht"], today.aht[row], came, aht_spread)
        one["aht"][today.open[row]] *= ratio
        took = today.aht[row] > 0
        one["aht"][took] = today.aht[row][took]
    return volume.model_copy(update=arrays)


def _put(
    one: dict[str, Floats], came: Floats, wanted: Bools, found: Update, coverage: float
) -> None:
    """Write contacts and band of a queue's day in place."""
    expected, lower, upper = one["contacts"].copy(), one["lower"].copy(), one["upper"].copy()
    width = narrowed(expected, upper - lower, coverage, found)
    contacts = expected * found.factor
    one["contacts"][wanted] = contacts[wanted]
    one["lower"][wanted] = np.maximum(contacts - width * (expected - lower), 0.0)[wanted]
    one["upper"][wanted] = np.maximum(contacts + width * (upper - expected), 0.0)[wanted]
    known = ~np.isnan(came)
    for name in ("contacts", "lower", "upper"):
        one[name][known] = came[known]


def _check(volume: Volume, scenarios: Scenarios | None, **spreads: float) -> None:
    for name, value in spreads.items():
        number(name, value, f"be from 0 to {MOST}", lambda spread: 0 <= spread <= MOST)
    instance("volume", volume, Volume, "be a Volume")
    if scenarios is None:
        return
    instance("scenarios", scenarios, Scenarios, "be Scenarios")
    for name in ("horizon", "queues"):
        if getattr(scenarios, name) != getattr(volume, name):
            must = f"be that of the forecast, {getattr(volume, name)}"
            raise InputError(f"scenarios.{name}", must, getattr(scenarios, name))
    if scenarios.samples < 2:
        raise InputError("scenarios", "hold at least 2 samples", scenarios.samples)
