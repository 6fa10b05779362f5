"""Samples of what may come, for those who plan for more than the mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wfm.demand import BusyFactor
from wfm.errors import InputError
from wfm.forecast.argument import numbers, share, whole
from wfm.forecast.volume import Volume
from wfm.horizon import Horizon

Stretch = Literal["interval", "day", "week"]
STRETCHES: tuple[Stretch, ...] = ("interval", "day", "week")


@dataclass(frozen=True, eq=False)
class Scenarios:
    """Contacts that may come, as samples of the forecast's distribution.

    Every sample is a whole course of the horizon: what makes a day busy moves all of its intervals
    and, as far as the past shows it, the days and queues around. So quantiles of intervals, days
    and weeks all come from the same samples, and agree.

    Parameters
    ----------
    horizon : Horizon
        The days and the interval.
    queues : tuple of str
        Names of the queues.
    contacts : numpy.ndarray
        Contacts offered, shape ``(samples, queues, slots)``.
    aht : numpy.ndarray
        Average handle time expected, in seconds, shape ``(queues, slots)``.
    """

    horizon: Horizon
    queues: tuple[str, ...]
    contacts: NDArray[np.int32]
    aht: NDArray[np.float64]

    def __post_init__(self) -> None:
        shape = (len(self.queues), self.horizon.slots)
        if self.contacts.ndim != 3 or self.contacts.shape[1:] != shape or not len(self.contacts):
            must = f"be of the shape (samples, {shape[0]}, {shape[1]}) with a sample or more"
            raise InputError("Scenarios.contacts", must, self.contacts.shape)
        if self.aht.shape != shape:
            raise InputError("Scenarios.aht", f"be of the shape {shape}", self.aht.shape)

    @property
    def samples(self) -> int:
        """Number of samples."""
        return len(self.contacts)

    def totals(self, by: Stretch = "day") -> NDArray[np.int64]:
        """Contacts of each interval, local day or ISO week of the horizon.

        Parameters
        ----------
        by : {"interval", "day", "week"}
            What is summed over; weeks are cut at the horizon's ends.

        Returns
        -------
        numpy.ndarray
            Shape ``(samples, queues, stretches)``.
        """
        if by not in STRETCHES:
            raise InputError("by", f"be one of {', '.join(STRETCHES)}", by)
        if by == "interval":
            return self.contacts.astype(np.int64)
        _, first = np.unique(stretches(self.horizon, by), return_index=True)
        return np.asarray(np.add.reduceat(self.contacts, first, axis=2, dtype=np.int64))

    def quantiles(self, levels: Sequence[float], by: Stretch = "interval") -> NDArray[np.float64]:
        """Quantiles of the contacts of intervals, days or weeks.

        Parameters
        ----------
        levels : sequence of float
            From 0 to 1.
        by : {"interval", "day", "week"}
            As for `totals`.

        Returns
        -------
        numpy.ndarray
            Shape ``(levels, queues, stretches)``.
        """
        return np.quantile(self.totals(by), _sound(levels), axis=0)

    def volume(self, coverage: float = 0.8) -> Volume:
        """Mean of the samples as a forecast, with the band that holds a share of them.

        Parameters
        ----------
        coverage : float
            Share of the samples of each interval that the band holds.
        """
        share("coverage", coverage)
        lower, upper = self.quantiles([(1 - coverage) / 2, (1 + coverage) / 2])
        return self._as_volume(self.contacts.mean(axis=0), lower, upper, coverage)

    def busy(self, probability: float | None = None) -> BusyFactor | None:
        """How much busier or quieter than expected whole days turn out, for :func:`staff`.

        Parameters
        ----------
        probability : float, optional
            As in :class:`wfm.BusyFactor`.

        Returns
        -------
        BusyFactor or None
            With the variation of day totals beyond the chance of single contacts, and with what
            days of one week have in common, over the queues as their contacts weigh; None if there
            is none.
        """
        days = self.totals("day").astype(np.float64)
        mean = days.mean(axis=0)
        beyond = float((days.var(axis=0) - mean).sum())
        squares = float((mean**2).sum())
        if squares <= 0 or beyond <= 0:
            return None
        together = self._of_pairs(days - mean).mean(axis=0).sum() / (
            self._of_pairs(mean).sum() or 1
        )
        return BusyFactor(
            cv=min(2.0, float(np.sqrt(beyond / squares))),
            probability=probability,
            day_to_day=float(np.clip(together * squares / beyond, 0.0, 1.0)),
        )

    def _of_pairs(self, days: NDArray[np.float64]) -> NDArray[np.float64]:
        """Products of two days of a week, the last axis, added up over its weeks."""
        weeks = (np.arange(self.horizon.days) + self.horizon.weekday(0)) // 7
        first = np.flatnonzero(np.diff(weeks, prepend=-1))
        sums = np.add.reduceat(days, first, axis=-1)
        return np.asarray((sums**2).sum(axis=-1) - (days**2).sum(axis=-1))

    def sample(self, number: int) -> Volume:
        """One of the samples as a forecast without a band, to be staffed or simulated."""
        if whole("number", number, least=0) >= self.samples:
            raise InputError("number", f"be from 0 to {self.samples - 1}", number)
        contacts = self.contacts[number].astype(np.float64)
        return self._as_volume(contacts, contacts, contacts, 0.0)

    def frame(self, levels: Sequence[float], by: Stretch = "day") -> pd.DataFrame:
        """Quantiles as a long table.

        Returns
        -------
        pandas.DataFrame
            ``queue``, ``start`` (local, ISO 8601 with offset), ``mean``, and a column for each
            level such as ``q10``.
        """
        found = self.quantiles(_sound(levels), by)
        marks = stretches(self.horizon, by)
        _, first = np.unique(marks, return_index=True)
        starts = [self.horizon.local(int(slot) * self.horizon.interval) for slot in first]
        columns = {
            f"q{100 * level:g}": rows.ravel() for level, rows in zip(levels, found, strict=True)
        }
        return pd.DataFrame(
            {
                "queue": np.repeat(self.queues, len(first)),
                "start": [start.isoformat() for start in starts] * len(self.queues),
                "mean": self.totals(by).mean(axis=0).ravel(),
                **columns,
            }
        )

    def _as_volume(
        self,
        contacts: NDArray[np.float64],
        lower: NDArray[np.float64],
        upper: NDArray[np.float64],
        coverage: float,
    ) -> Volume:
        return Volume(
            horizon=self.horizon,
            queues=self.queues,
            contacts=contacts,
            aht=self.aht,
            lower=lower,
            upper=upper,
            coverage=coverage,
        )


def _sound(levels: Sequence[float]) -> list[float]:
    must = "be numbers from 0 to 1"
    found = numbers("levels", levels, must, lambda level: 0 <= level <= 1)
    if not found:
        raise InputError("levels", must, levels)
    return list(found)


def stretches(horizon: Horizon, by: Stretch) -> NDArray[np.int64]:
    """Ascending number of the interval, day or ISO week in which each slot lies."""
    if by == "interval":
        return np.arange(horizon.slots)
    if by == "day":
        return horizon.slot_days
    return (horizon.slot_days + horizon.weekday(0)) // 7
