"""China: hours and overtime, holiday pay, and the weekends that are worked for days off."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Unpack

from wfm.errors import InputError
from wfm.horizon import WEEKDAYS, SwapDay
from wfm.rules.days_off import DaysOff
from wfm.rules.hours import Hours
from wfm.rules.law._kit import Hourly, Rules, Whom, Years, by_month, calendar_years, paid_more
from wfm.rules.priced_time import PricedTime
from wfm.window import DateRange, Window

LAW = "Labour Law (China) art. "
SWAPPED = re.compile(r"\(substituted from (\d\d/\d\d/\d{4})\)")


def china(
    years: Years, special: bool = False, hourly: Hourly = None, **whom: Unpack[Whom]
) -> Rules:
    """Eight hours a day and 40 a week, bounds on what is beyond, and a day of rest a week.

    What is beyond 8 and 40 is overtime: at most an hour a day, and in a month at most 36 more than
    eight hours on each working day, of which the year's swapped days are some. With `hourly`,
    overtime has a price, and so has work on holidays and, in a week of five days, on days of rest:
    weekends that are not worked for another day, and the weekdays off for them. Which weekends are
    worked the horizon has to know, by :func:`china_swaps`.

    Parameters
    ----------
    years : int or tuple of int
        Calendar years of the plan; their holidays must have been published.
    special : bool
        Whether there are special reasons for up to three hours of overtime a day.
    hourly : float, optional
        The wage of an hour, by which overtime is priced; without it, overtime is reported.
    **whom
        Whom it binds, such as ``sites=("chengdu",)``; everyone by default.

    Raises
    ------
    InputError
        For a year whose days off are not known yet.
    """
    known = _calendar(calendar_years(years))
    standard, article = "State Council 1995 art. 3", f"{LAW}41"
    half = paid_more(hourly, 0.5)
    found: Rules = (
        Hours(most=8, per="day", article=standard, **half, **whom),
        Hours(most=40, article=standard, **half, **whom),
        DaysOff(least=1, article=f"{LAW}38", **whom),
        Hours(most=11 if special else 9, per="day", article=article, **whom),
        *by_month(known.years, lambda days: 8 * known.working(days) + 36, article, whom),
    )
    if hourly is None:
        return found
    once, twice = paid_more(hourly, 1), paid_more(hourly, 2)
    return (
        *found,
        PricedTime(windows=known.rest_days, article=f"{LAW}44(2)", **once, **whom),
        PricedTime(windows=(Window(dates=known.holidays),), article=f"{LAW}44(3)", **twice, **whom),
    )


def china_swaps(years: int | Sequence[int]) -> tuple[SwapDay, ...]:
    """Weekend days that are worked in place of weekdays off, for `Horizon.swaps`.

    Each counts as the weekday that is off for it: in shift templates, opening hours, windows and
    rules of a plan, and in a forecast as `Calendar.swapped`.

    Parameters
    ----------
    years : int or sequence of int
        Calendar years.

    Raises
    ------
    InputError
        For a year whose days off are not known yet.
    """
    swaps = sorted(_calendar(calendar_years(years)).swaps.items())
    return tuple(SwapDay(day=day, counts_as=WEEKDAYS[off.weekday()]) for day, off in swaps)


@dataclass(frozen=True)
class _Calendar:
    """Public holidays, and days worked with the day off that each is worked for."""

    years: tuple[int, ...]
    holidays: tuple[date, ...]
    off: frozenset[date]
    swaps: dict[date, date]

    def working(self, days: Sequence[date]) -> int:
        return sum(day in self.swaps or (day.weekday() < 5 and day not in self.off) for day in days)

    @property
    def rest_days(self) -> tuple[Window, ...]:
        paid_as_such = tuple(DateRange(first=day, last=day) for day in self.holidays)
        weekdays = tuple(
            day for day in sorted(self.off.difference(self.holidays)) if day.weekday() < 5
        )
        return (Window(days=("Sat", "Sun"), outside=paid_as_such), Window(dates=weekdays))


@lru_cache(maxsize=8)
def _calendar(years: tuple[int, ...]) -> _Calendar:
    import holidays  # noqa: PLC0415 - no other rule needs it

    found = holidays.country_holidays("CN", years=list(years), language="en_US")
    swaps = {}
    for day, name in found.items():
        if swapped := SWAPPED.search(name):
            swaps[datetime.strptime(swapped[1], "%m/%d/%Y").date()] = day
    unknown = next((y for y in years if all(day.year != y for day in swaps.values())), None)
    if unknown is not None:
        must = "be years whose days off have been published, in the installed package holidays"
        raise InputError("years", must, unknown)
    own = [d for d, name in found.items() if not SWAPPED.search(name) and "(observed)" not in name]
    return _Calendar(years, tuple(sorted(own)), frozenset(found), swaps)
