"""Holidays by date, the working weekends that pay for some of them, and the lunar New Year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import holidays

from wfm.errors import InputError

LUNAR_COUNTRIES = ("CN", "HK", "MO", "SG", "TW")
LUNAR_NEW_YEAR = "Chinese New Year"
MUST = "be a country code such as CN, or with a subdivision such as DE-BY"
_SWAPPED = re.compile(r"\(substituted from (\d\d/\d\d/\d{4})\)")


@dataclass(frozen=True)
class HolidayDays:
    """The special dates of a country or a part of it.

    Attributes
    ----------
    names : dict of datetime.date to str
        Holidays; one that is observed on another day goes by its own name, and a day off that a
        working weekend pays for by that of the nearest holiday.
    swaps : dict of datetime.date to int
        Working days of weekends, with the weekday (Monday is 0) on which people are off for it.
    lunar : tuple of datetime.date
        First day of each lunar year, where it is kept.
    """

    names: dict[date, str]
    swaps: dict[date, int]
    lunar: tuple[date, ...]

    def works(self, day: date) -> bool:
        """Whether a date is a business day."""
        return day in self.swaps or (day.weekday() < 5 and day not in self.names)

    def holiday_before(self, day: date) -> bool:
        """Whether a holiday lies before a date with no business day between them."""
        return self._holiday(day, -1)

    def holiday_after(self, day: date) -> bool:
        """Whether a holiday lies after a date with no business day between them."""
        return self._holiday(day, 1)

    def _holiday(self, day: date, step: int) -> bool:
        day += timedelta(days=step)
        while not self.works(day) and day not in self.names:
            day += timedelta(days=step)
        return day in self.names


def holiday_days(country: str, years: Sequence[int]) -> HolidayDays:
    """Look the special dates up.

    Parameters
    ----------
    country : str
        ``"CN"``, or with a subdivision ``"DE-BY"``.
    years : sequence of int
        Calendar years.

    Raises
    ------
    InputError
        For a code that the `holidays` package does not know.
    """
    # The package would also take a class's name for a code, such as "Germany".
    if not re.fullmatch(r"[A-Z]{2}(-.+)?", country):
        raise InputError("country", MUST, country)
    code, _, part = country.partition("-")
    found = _look_up(code, part, years)
    plain = {day: _plain(name) for day, name in found.items() if not _SWAPPED.search(name)}
    swaps = {}
    names = dict(plain)
    for day, name in found.items():
        swapped = _SWAPPED.search(name)
        if swapped:
            working = datetime.strptime(swapped[1], "%m/%d/%Y").date()
            swaps[working] = day.weekday()
            nearest = min(sorted(plain), key=lambda other: abs(other - day))
            names[day] = plain[nearest]
    return HolidayDays(names, swaps, _lunar(code, years))


def _look_up(code: str, part: str, years: Sequence[int]) -> dict[date, str]:
    try:
        found = holidays.country_holidays(
            code, subdiv=part or None, years=list(years), language="en_US"
        )
    # So the package says that it knows no such country, or no such part of it.
    except NotImplementedError:
        raise InputError("country", MUST, "-".join(filter(None, (code, part)))) from None
    return {day: str(name) for day, name in found.items()}


def _plain(name: str) -> str:
    """Name without what says that it is observed on another day."""
    return re.sub(r" \((observed|estimated|observed, estimated)\)", "", name)


def _lunar(code: str, years: Sequence[int]) -> tuple[date, ...]:
    if code not in LUNAR_COUNTRIES:
        return ()
    around = range(min(years) - 1, max(years) + 2)
    found = _look_up("CN", "", around)
    spring = [day for day, name in found.items() if "Spring Festival" in name]
    year_days = {min(day for day in spring if day.year == year) for year in around}
    return tuple(sorted(year_days))
