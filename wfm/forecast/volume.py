"""The forecast: expected contacts and handle time by queue and interval, with a band."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pydantic import BeforeValidator, Field, model_validator

from wfm.errors import InputError
from wfm.forecast.argument import whole
from wfm.horizon import Horizon
from wfm.value import Value

Measure = Literal["contacts", "aht", "lower", "upper"]
MEASURES: tuple[Measure, ...] = ("contacts", "aht", "lower", "upper")


def _as_rows(values: Any) -> Any:
    return values.tolist() if isinstance(values, np.ndarray) else values


# Infinite and missing values pass the type, so that the error can name queue and slot.
_Number = Annotated[float, Field(allow_inf_nan=True)]
Rows = Annotated[tuple[tuple[_Number, ...], ...], BeforeValidator(_as_rows)]


class Volume(Value):
    """What is expected of each queue in each slot of a horizon.

    Parameters
    ----------
    horizon : Horizon
        The days and the interval.
    queues : tuple of str
        Names of the queues.
    contacts : tuple of tuple of float, or numpy.ndarray
        Expected contacts offered, shape ``(queues, slots)``.
    aht : tuple of tuple of float, or numpy.ndarray
        Average handle time in seconds, above 0 also where no contact is expected, same shape.
    lower, upper : tuple of tuple of float, or numpy.ndarray
        Band of the contacts, same shape.
    coverage : float
        Share of intervals whose contacts the band is to hold; 0 if it is no band at all.
    """

    horizon: Horizon
    queues: tuple[str, ...] = Field(min_length=1)
    contacts: Rows
    aht: Rows
    lower: Rows
    upper: Rows
    coverage: float = Field(default=0.8, ge=0, lt=1)

    @model_validator(mode="after")
    def _sound(self) -> Volume:
        if len(set(self.queues)) < len(self.queues):
            raise InputError("Volume.queues", "name each queue once", self.queues)
        for name in MEASURES:
            self._check_shape(name)
            values = self.array(name)
            positive = values > 0 if name == "aht" else values >= 0
            must = "be a finite number " + ("above 0" if name == "aht" else "from 0 up")
            self._refuse(name, ~(positive & np.isfinite(values)), must)
        crossed = self.array("lower") > self.array("upper")
        self._refuse("lower", crossed, "be at most upper")
        return self

    def _check_shape(self, name: Measure) -> None:
        rows = getattr(self, name)
        if len(rows) != len(self.queues):
            must = f"have a row for each of the {len(self.queues)} queues"
            raise InputError(f"Volume.{name}", must, len(rows))
        for queue, row in zip(self.queues, rows, strict=True):
            if len(row) != self.horizon.slots:
                must = f"have a value for each of the {self.horizon.slots} slots"
                raise InputError(f"Volume.{name} of {queue}", must, len(row))

    def _refuse(self, name: Measure, faulty: NDArray[np.bool_], must: str) -> None:
        if faulty.any():
            row, slot = np.argwhere(faulty)[0].tolist()
            when = self.horizon.label(slot * self.horizon.interval)
            place = f"Volume.{name} of {self.queues[row]}, slot {slot} ({when}),"
            raise InputError(place, must, getattr(self, name)[row][slot])

    def array(self, name: Measure) -> NDArray[np.float64]:
        """One measure as a new array of shape ``(queues, slots)``."""
        if name not in MEASURES:
            raise InputError("name", f"be one of {', '.join(MEASURES)}", name)
        return np.array(getattr(self, name), dtype=np.float64)

    def of(self, queue: str) -> int:
        """Row of a queue in every array."""
        if queue not in self.queues:
            raise InputError("queue", f"be one of {', '.join(self.queues)}", queue)
        return self.queues.index(queue)

    def regrid(self, interval: int) -> Volume:
        """Put the forecast on another interval.

        Parameters
        ----------
        interval : {5, 10, 15, 30, 60}
            Minutes. Finer: contacts and band are split evenly, AHT is repeated. Coarser: contacts
            and band are summed (which makes the band too wide, not too narrow), AHT is weighted
            by contacts, plain where there are none.
        """
        whole("interval", interval, least=1)
        own = self.horizon.interval
        if max(interval, own) % max(1, min(interval, own)):
            raise InputError("interval", f"be a multiple or a part of {own} minutes", interval)
        horizon = Horizon(**{**self.horizon.model_dump(), "interval": interval})
        change = _finer if interval < own else _coarser
        factor = max(interval, own) // min(interval, own)
        arrays = change({name: self.array(name) for name in MEASURES}, factor)
        return Volume(horizon=horizon, queues=self.queues, coverage=self.coverage, **arrays)

    def frame(self) -> pd.DataFrame:
        """Long table, a row for each queue and slot.

        Returns
        -------
        pandas.DataFrame
            ``queue``, ``start`` (local, ISO 8601 with its offset), ``contacts``, ``aht``,
            ``lower``, ``upper``; `read_volume` reads it back.
        """
        minutes = range(0, self.horizon.minutes, self.horizon.interval)
        starts = [self.horizon.local(minute).isoformat() for minute in minutes]
        columns: dict[str, Any] = {
            "queue": np.repeat(self.queues, len(starts)),
            "start": starts * len(self.queues),
        }
        return pd.DataFrame(columns | {name: self.array(name).ravel() for name in MEASURES})


def _finer(arrays: dict[Measure, NDArray[np.float64]], factor: int) -> dict[str, Any]:
    shares = {name: 1 if name == "aht" else factor for name in arrays}
    return {name: np.repeat(rows, factor, axis=1) / shares[name] for name, rows in arrays.items()}


def _coarser(arrays: dict[Measure, NDArray[np.float64]], factor: int) -> dict[str, Any]:
    parts = {name: rows.reshape(len(rows), -1, factor) for name, rows in arrays.items()}
    sums: dict[str, Any] = {name: rows.sum(axis=-1) for name, rows in parts.items()}
    contacts = sums["contacts"]
    handled = (parts["contacts"] * parts["aht"]).sum(axis=-1)
    plain = parts["aht"].mean(axis=-1)
    return sums | {"aht": np.divide(handled, contacts, out=plain, where=contacts > 0)}
