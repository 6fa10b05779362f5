"""Contacts as a driver times contacts per unit of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wfm.errors import InputError
from wfm.forecast.argument import able, instance
from wfm.forecast.driver.ahead import Ahead
from wfm.forecast.driver.driver import Driver
from wfm.forecast.forecaster import Forecaster
from wfm.forecast.history import History
from wfm.forecast.scenarios import Scenarios
from wfm.forecast.volume import Volume
from wfm.forecast.wrapping import (
    Draw,
    altered,
    draw_of,
    known_queues,
    scaled,
    scaled_scenarios,
)
from wfm.horizon import Horizon

Floats = NDArray[np.float64]


LEAST: Final = 0.5
"""Share of the days of a history on which a driver must be known."""


@dataclass(frozen=True)
class DriverForecaster:
    """Orders times contacts per order, customers times contact rate.

    Contacts of the past are divided by the driver of their day, after its lag; the rate that is
    left is forecast by another forecaster and multiplied by the driver of the days ahead. Where
    that is not given, it is forecast from the driver's own past, by the same forecaster. So what
    moves contacts because it moves orders needs no history of contacts to be known, and the rate is
    steadier than either.

    Days on which the driver is unknown or 0 teach nothing of the rate.

    Parameters
    ----------
    drivers : mapping of str to Driver
        Queue -> its driver; queues without one are forecast as they are.
    forecaster : Forecaster
        For the rate, and for drivers that are not given. If it draws scenarios, so does this.
    known_ahead : bool
        Whether a driver's values on and after the horizon's first day are looked at: yes if they
        were known or planned beforehand, no if the past is forecast again with what came later.

    Notes
    -----
    The band of the contacts is that of the rate times the driver; where the driver is forecast,
    the relative half-widths of both are added in quadrature, as those of independent factors.
    """

    drivers: Mapping[str, Driver]
    forecaster: Forecaster
    known_ahead: bool = True

    def __post_init__(self) -> None:
        instance("DriverForecaster.drivers", self.drivers, Mapping, "map queues to drivers")
        for queue, driver in self.drivers.items():
            instance(f"DriverForecaster.drivers[{queue!r}]", driver, Driver, "be a Driver")
        able("DriverForecaster.forecaster", self.forecaster, "forecast", "history, horizon")

    def forecast(self, history: History, horizon: Horizon) -> Volume:
        """Forecast every queue of the history."""
        rates, scale = self._rates(history.until(horizon.start), horizon)
        made = self.forecaster.forecast(rates, horizon)

        def predict(past: History, when: Horizon) -> Floats:
            own = self.forecaster.forecast(past, when)
            return np.stack([own.array(name) for name in ("contacts", "lower", "upper")])

        values = Ahead(self.drivers, horizon, self.known_ahead).values(predict)
        ahead = np.ones((3, len(made.queues), horizon.slots))
        for queue, value in values.items():
            ahead[:, made.of(queue)] = value / scale[queue]
        return _with_band(made, ahead)

    @property
    def scenarios(self) -> Draw:
        """Draw courses as the inner forecaster does; not there if it does not draw."""
        draw = draw_of(self.forecaster)

        def drawn(
            history: History, horizon: Horizon, samples: int = 500, seed: int = 1
        ) -> Scenarios:
            rates, scale = self._rates(history.until(horizon.start), horizon)
            made = draw(rates, horizon, samples, seed)

            def predict(past: History, when: Horizon) -> Floats:
                # Another seed, as the driver's chance is not the rate's.
                return draw(past, when, samples, seed + 1).contacts.astype(np.float64)

            values = Ahead(self.drivers, horizon, self.known_ahead).values(predict)
            factors = {queue: value / scale[queue] for queue, value in values.items()}
            return scaled_scenarios(made, factors, seed)

        return drawn

    def _rates(self, past: History, horizon: Horizon) -> tuple[History, dict[str, float]]:
        """History of contacts by driver, and the mean driver of each queue, which has rate 1."""
        known_queues(self.drivers, past, "DriverForecaster.drivers")
        factor, scale = np.ones(len(past.frame)), {}
        for queue, driver in self.drivers.items():
            rows = past.codes == past.queues.index(queue)
            cells = Ahead(self.drivers, horizon, self.known_ahead).cells(queue)
            lagged = cells.lagged(driver.shares)
            value = lagged.at(past.wall_clock.day[rows], past.wall_clock.minute[rows])
            known = value > 0
            if not known.any():
                must = f"hold values above 0 on days of its history before {horizon.start}"
                raise InputError(f"driver of {queue}", must)
            held = len(np.unique(past.wall_clock.day[rows][known]))
            days = len(np.unique(past.wall_clock.day[rows]))
            if held < LEAST * days:
                must = f"hold values on at least half of the {days} days of its history"
                raise InputError(f"driver of {queue}", must, f"{held} days")
            scale[queue] = float(value[known].mean())
            factor[rows] = scale[queue] / np.where(known, value, np.nan)
        return altered(past, factor), scale


def _with_band(made: Volume, ahead: Floats) -> Volume:
    """A forecast times its drivers: mean, lower and upper, shape ``(3, queues, slots)``."""
    mean, low, high = ahead
    plain = scaled(made, mean)
    contacts = plain.array("contacts")
    below = np.hypot(contacts - plain.array("lower"), made.array("contacts") * (mean - low))
    above = np.hypot(plain.array("upper") - contacts, made.array("contacts") * (high - mean))
    lower = np.maximum(contacts - below, 0.0)
    return plain.model_copy(update={"lower": lower, "upper": contacts + above})
