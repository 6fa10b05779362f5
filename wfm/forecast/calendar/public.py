"""Public holidays of a country or a part of it, from the `holidays` package."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

import holidays

from wfm.errors import InputError

MUST = "be a country code such as CN, or with a subdivision such as DE-BY"


def holiday_dates(code: str, years: Iterable[int]) -> dict[date, str]:
    """Holidays by date, with their names in English where the package knows them.

    Parameters
    ----------
    code : str
        Country code such as ``"CN"`` or ``"US"``, or country and subdivision such as ``"DE-BY"``.
    years : iterable of int
        Calendar years.

    Raises
    ------
    InputError
        For a code that the `holidays` package does not know.
    """
    return {day: str(name) for day, name in holidays_of(code, years).items()}


def holidays_of(code: str, years: Iterable[int], place: str = "holidays") -> holidays.HolidayBase:
    """What the package knows of a country's years; raises InputError for an unknown code.

    Parameters
    ----------
    code : str
        As :func:`holiday_dates` takes it.
    years : iterable of int
        Calendar years.
    place : str
        What to call the code in an error.
    """
    # The package would also take a class's name for a code, such as "Germany".
    if not re.fullmatch(r"[A-Z]{2}(-.+)?", code):
        raise InputError(place, MUST, code)
    country, _, subdivision = code.partition("-")
    try:
        known = holidays.country_holidays(country)
        # Left open, the language would be that of the machine.
        language = next(
            (name for name in known.supported_languages if name == "en_US"), known.default_language
        )
        return holidays.country_holidays(
            country, subdiv=subdivision or None, years=list(years), language=language
        )
    # So the package says that it knows no such country, or no such part of it.
    except NotImplementedError:
        raise InputError(place, MUST, code) from None
