"""What drivers will be in the slots of a horizon: given, or else forecast from their own past."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wfm.errors import InputError
from wfm.forecast.clock import EPOCH, wall_clock
from wfm.forecast.driver.cells import Cells
from wfm.forecast.driver.driver import Driver
from wfm.forecast.driver.past import by_cell, driver_history
from wfm.forecast.history import History
from wfm.horizon import Horizon, zone_of

Floats = NDArray[np.float64]
Predict = Callable[[History, Horizon], Floats]
"""Turns a history into values of shape ``(kinds, queues, slots)``."""


@dataclass(frozen=True)
class Ahead:
    """Looks ahead with drivers.

    Parameters
    ----------
    drivers : mapping of str to Driver
        Queue -> its driver; queues may share one.
    horizon : Horizon
        Where to.
    known : bool
        Whether values of the horizon's days may be looked at.
    """

    drivers: Mapping[str, Driver]
    horizon: Horizon
    known: bool

    def cells(self, queue: str) -> Cells:
        """Values of a queue's driver in parts that are whole intervals of the horizon."""
        found = self.drivers[queue].cells
        return found.coarser(math.lcm(found.step, self.horizon.interval))

    def values(self, predict: Predict) -> dict[str, Floats]:
        """Look ahead for each queue.

        Parameters
        ----------
        predict : callable
            Asked at most once, with the past of all drivers that are not given to the horizon's
            end; each appears as the first queue that it drives.

        Returns
        -------
        dict of str to numpy.ndarray
            Shape ``(kinds, slots)``, or ``(1, slots)`` for one that is given.
        """
        given = {queue: self._given(queue) for queue in self.drivers}
        first: dict[int, str] = {}
        for queue, driver in self.drivers.items():
            if np.isnan(given[queue]).any():
                first.setdefault(id(driver), queue)
        predicted = self._predicted(list(first.values()), predict) if first else {}
        return {
            queue: self._by_slot(queue, given[queue], predicted.get(first.get(id(driver), "")))
            for queue, driver in self.drivers.items()
        }

    @property
    def _start(self) -> int:
        return (self.horizon.start - EPOCH).days

    def _given(self, queue: str) -> Floats:
        """Values of the horizon's days, shape ``(days, parts)``, NaN where not given."""
        cells = self.cells(queue).window(self._start, self.horizon.days).grid
        return cells if self.known else np.full_like(cells, np.nan)

    def _predicted(self, queues: list[str], predict: Predict) -> dict[str, Floats]:
        """Forecast of the horizon's days, each of shape ``(kinds, days, parts)``."""
        past = {queue: self.cells(queue).until(self._start) for queue in queues}
        for queue in queues:
            if not np.nan_to_num(past[queue].grid).any():
                must = f"hold values above 0 before {self.horizon.start}, or all of the days ahead"
                raise InputError(f"driver of {queue}", must)
        history, units = driver_history(past, self.horizon)
        try:
            made = predict(history, self.horizon)
        except InputError as error:
            place = f"driver, forecast from its past: {error.place}"
            raise InputError(place, error.must, error.got) from None
        return {
            queue: by_cell(made[:, row], self.horizon, past[queue].step) * units[row]
            for row, queue in enumerate(queues)
        }

    def _by_slot(self, queue: str, given: Floats, predicted: Floats | None) -> Floats:
        """Values of the slots after the lag, shape ``(kinds, slots)``."""
        shares = self.drivers[queue].shares
        before = self.cells(queue).window(self._start - len(shares) + 1, len(shares) - 1)
        whole = given[None] if predicted is None else np.where(np.isnan(given), predicted, given)
        starts = pd.DatetimeIndex(self.horizon.slot_starts, tz="UTC")
        wall = wall_clock(starts, zone_of(self.horizon.timezone))
        kinds = [
            Cells(before.first, np.concatenate([before.grid, kind]))
            .lagged(shares, loose=True)
            .at(wall.day, wall.minute)
            for kind in whole
        ]
        for slot in np.flatnonzero(np.isnan(kinds[0]))[:1]:
            day = self.horizon.date_of(int(self.horizon.slot_days[slot]))
            must = f"hold a value for one of the days whose contacts come on {day}"
            raise InputError(f"driver of {queue}", must)
        return np.stack(kinds)
