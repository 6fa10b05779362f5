"""A run of dates with what is known of each: month, weekend, holidays, swaps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wfm.forecast.calendar.public import holidays_of
from wfm.forecast.calendar.swaps import names_by_day, swapped_days

FAR = 1_000_000
"""Days to what never happens."""

_MARGIN = 62
"""Days on either side that decide what a day is: leads, tails, and the month that it lies in."""


class Column(NamedTuple):
    """One effect: what it is called, where it acts, and how large it may be."""

    name: str
    values: NDArray[np.float64]
    """Of shape ``(days,)``; mostly 1 where it acts and 0 elsewhere."""
    scale: float
    """Standard deviation that it has before anything is learnt, on the log scale."""


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
        Weekday of each day, Monday is 0; of a worked day of a weekend, that of the day it replaces.
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
    def holiday(self) -> NDArray[np.bool_]:
        """Public holidays of any name."""
        none = np.zeros(self.count, dtype=bool)
        found: NDArray[np.bool_] = np.any([none, *self.named.values()], axis=0)
        return found

    @cached_property
    def business(self) -> NDArray[np.bool_]:
        """Business days: neither weekend nor holiday, or worked in place of another day."""
        return self.worked | ~(self.weekend | self.holiday)

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
        return _years(self.first, self.count)


def around(first: date, days: int) -> tuple[date, int]:
    """Whole months that hold some days with all that decides what they are.

    Returns
    -------
    start : datetime.date
        The first of some month.
    count : int
        Number of days, up to the last of some month.
    """
    start = (first - timedelta(days=_MARGIN)).replace(day=1)
    end = first + timedelta(days=days + _MARGIN)
    after = (end.replace(day=1) + timedelta(days=31)).replace(day=1)
    return start, (after - start).days


@lru_cache(maxsize=64)
def days_of(first: date, count: int, countries: tuple[str, ...], swaps: bool) -> Days:
    """Look up the holidays of some days in all of the countries.

    Parameters
    ----------
    first : datetime.date
        First day.
    count : int
        Number of days.
    countries : tuple of str
        Codes that are known.
    swaps : bool
        Whether days that make up for a swapped holiday are worked.
    """
    index = np.arange(count)
    weekday = (first.weekday() + index) % 7
    follows, worked = weekday.copy(), np.zeros(count, dtype=bool)
    weekend: frozenset[int] = frozenset({5, 6})
    found: dict[str, dict[str, frozenset[int]]] = {}
    for position, code in enumerate(countries):
        known = holidays_of(code, _years(first, count))
        if position == 0 and len(known.weekend) > 1:
            # Where only Sunday is a day of rest, offices and banks still keep Monday to Friday.
            weekend = frozenset(known.weekend)
        for name, where in _where(names_by_day(known), first, count).items():
            found.setdefault(name, {})[code] = where
        if swaps:
            for day, off in swapped_days(known).items():
                place = (day - first).days
                if 0 <= place < count:
                    follows[place], worked[place] = off.weekday(), True
    named = {name: np.isin(index, list(where)) for name, where in _told_apart(found).items()}
    return Days(
        first, count, MappingProxyType(named), np.isin(weekday, list(weekend)), worked, follows
    )


def _years(first: date, count: int) -> range:
    return range(first.year, (first + timedelta(days=count - 1)).year + 1)


def _where(
    names: dict[date, tuple[str, ...]], first: date, count: int
) -> dict[str, frozenset[int]]:
    """Places of each name among the days."""
    found: dict[str, set[int]] = {}
    for day, said in names.items():
        place = (day - first).days
        if 0 <= place < count:
            for name in said:
                found.setdefault(name, set()).add(place)
    return {name: frozenset(places) for name, places in found.items()}


def _told_apart(found: dict[str, dict[str, frozenset[int]]]) -> dict[str, frozenset[int]]:
    """Holidays of one name in several countries: one if their days are the same, else several."""
    named = {}
    for name, by_country in sorted(found.items()):
        if len(set(by_country.values())) == 1:
            named[name] = next(iter(by_country.values()))
        else:
            named |= {f"{name} ({code})": where for code, where in by_country.items()}
    return named


def since(flags: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Days since the last flagged day, 0 on one, :data:`FAR` or more before the first."""
    index = np.arange(len(flags))
    return index - np.maximum.accumulate(np.where(flags, index, -FAR))


def until(flags: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Days until the next flagged day, 0 on one, :data:`FAR` or more after the last."""
    return since(flags[::-1])[::-1]
