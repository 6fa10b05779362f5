"""Festivals of the Chinese lunar calendar, by the `lunar_python` package."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

NEW_YEAR = "Lunar New Year"

FESTIVALS = {
    NEW_YEAR: (1, 1),
    "Lantern Festival": (1, 15),
    "Dragon Boat Festival": (5, 5),
    "Qixi Festival": (7, 7),
    "Ghost Festival": (7, 15),
    "Mid-Autumn Festival": (8, 15),
    "Double Ninth Festival": (9, 9),
    "Laba Festival": (12, 8),
}
"""Lunar month and day of each. New Year's Eve is the day before New Year, whatever its number."""


def lunar_dates(years: Iterable[int]) -> dict[str, tuple[date, ...]]:
    """Dates of each festival, one for each lunar year.

    Those of Korea and Vietnam, whose calendars follow other meridians, may once in some years lie
    a day or a month apart; their public holidays do not come from here.

    Parameters
    ----------
    years : iterable of int
        Years in which the lunar years begin; the Laba Festival falls into the next one mostly.
    """
    wanted = tuple(years)
    return {
        name: tuple(_date(year, *month_day) for year in wanted)
        for name, month_day in FESTIVALS.items()
    }


@lru_cache(maxsize=4096)
def _date(year: int, month: int, day: int) -> date:
    from lunar_python import Lunar  # noqa: PLC0415 (needed where lunar festivals are kept)

    solar = Lunar.fromYmd(year, month, day).getSolar()
    return date(solar.getYear(), solar.getMonth(), solar.getDay())
