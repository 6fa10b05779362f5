"""Holidays and swaps of consecutive dates, looked up country by country."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

import numpy as np

from wfm.forecast.calendar.days import Days
from wfm.forecast.calendar.public import holidays_of
from wfm.forecast.calendar.swaps import names_by_day, swapped_days
from wfm.horizon import WEEKDAYS, SwapDay

_MARGIN = 62
"""Days on either side that decide what a day is: leads, tails, and the month that it lies in."""


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
def days_of(
    first: date,
    count: int,
    countries: tuple[str, ...],
    swaps: bool,
    swapped: tuple[SwapDay, ...] = (),
) -> Days:
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
    swapped : tuple of SwapDay
        Dates that count as another weekday, whatever the countries say of them.
    """
    index = np.arange(count)
    weekday = (first.weekday() + index) % 7
    follows, worked = weekday.copy(), np.zeros(count, dtype=bool)
    weekend: frozenset[int] = frozenset({5, 6})
    found: dict[str, dict[str, frozenset[int]]] = {}
    years = range(first.year, (first + timedelta(days=count - 1)).year + 1)
    for position, code in enumerate(countries):
        known = holidays_of(code, years)
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
    for swap in swapped:
        place = (swap.day - first).days
        if 0 <= place < count:
            follows[place] = WEEKDAYS.index(swap.counts_as)
            worked[place] = weekday[place] in weekend and follows[place] not in weekend
    named = {name: np.isin(index, list(where)) for name, where in _told_apart(found).items()}
    return Days(
        first, count, MappingProxyType(named), np.isin(weekday, list(weekend)), worked, follows
    )


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
