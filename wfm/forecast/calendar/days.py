"""A run of dates with what is known of each: month, weekend, holidays, swaps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

FAR = 1_000_000
"""Days to what never happens."""


class Column(NamedTuple):
    """One effect: what it is called, where it acts, and how large it may be."""

    name: str
    values: NDArray[np.float64]
    """Of shape ``(days,)``; mostly 1 where it acts and 0 elsewhere."""
    scale: float
    """Standard deviation that it has before anything is learnt, on the log scale."""
    mean: float = 0.0
    """What is expected of it before anything is learnt, on the log scale."""


@dataclass(frozen=True, eq=False)
class Days:
    """Consecutive dates, arrays of shape ``(days,)`` throughout.

    Parameters
    ----------
    first : datetime.date
        The first of them.
    count : int
        Number of days.
    named : Mapping of str to numpy.ndarray of bool
        Where each public holiday is.
    weekend : numpy.ndarray of bool
        Days of the week on which the country rests, worked or not.
    worked : numpy.ndarray of bool
        Days of the weekend that are worked in place of another day.
    follows : numpy.ndarray of int
        Weekday of each day, Monday is 0; of a worked day of a weekend, that of the day it
        replaces, and of any other date that counts as another weekday, that one.
    """

    first: date
    count: int
    named: MappingProxyType[str, NDArray[np.bool_]]
    weekend: NDArray[np.bool_]
    worked: NDArray[np.bool_]
    follows: NDArray[np.int64]

    @cached_property
    def dates(self) -> NDArray[np.datetime64]:
        """The dates themselves."""
        found: NDArray[np.datetime64] = np.datetime64(self.first, "D") + np.arange(self.count)
        return found

    @cached_property
    def weekday(self) -> NDArray[np.int64]:
        """Weekday of each date by the week, Monday is 0."""
        found: NDArray[np.int64] = (self.first.weekday() + np.arange(self.count)) % 7
        return found

    @cached_property
    def holiday(self) -> NDArray[np.bool_]:
        """Public holidays of any name."""
        none = np.zeros(self.count, dtype=bool)
        found: NDArray[np.bool_] = np.any([none, *self.named.values()], axis=0)
        return found

    @cached_property
    def business(self) -> NDArray[np.bool_]:
        """Business days: no holidays, and outside the weekend or worked in place of another day."""
        return ~self.holiday & (self.worked | ~self.weekend)

    @cached_property
    def month(self) -> NDArray[np.int64]:
        """Months since 1970-01."""
        return self.dates.astype("datetime64[M]").astype(np.int64)

    @cached_property
    def day_of_month(self) -> NDArray[np.int64]:
        """Day of the month, from 1."""
        return self._after(self.dates.astype("datetime64[M]")) + 1

    @cached_property
    def month_length(self) -> NDArray[np.int64]:
        """Number of days of the month that a day lies in."""
        return self.day_of_month - 1 - self._after(self.dates.astype("datetime64[M]") + 1)

    def _after(self, months: NDArray[np.datetime64]) -> NDArray[np.int64]:
        """Days from the first of a month to each day."""
        passed: NDArray[np.int64] = (self.dates - months.astype("datetime64[D]")).astype(np.int64)
        return passed

    def at(self, dates: NDArray[np.datetime64]) -> NDArray[np.bool_]:
        """Where the days are among some dates; dates outside are left out."""
        return np.isin(self.dates, np.asarray(dates, dtype="datetime64[D]"))

    @property
    def years(self) -> range:
        """Years that the days touch."""
        return range(self.first.year, (self.first + timedelta(days=self.count - 1)).year + 1)


def since(flags: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Days since the last flagged day, 0 on one, :data:`FAR` or more before the first."""
    index = np.arange(len(flags))
    return index - np.maximum.accumulate(np.where(flags, index, -FAR))


def until(flags: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Days until the next flagged day, 0 on one, :data:`FAR` or more after the last."""
    return since(flags[::-1])[::-1]
