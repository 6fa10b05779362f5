"""Public holidays of a country or a part of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

import holidays

from wfm.errors import InputError


def holiday_dates(code: str, years: Iterable[int]) -> dict[date, str]:
    """Holidays by date, with their names.

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
    must = "be a country code such as CN, or with a subdivision such as DE-BY"
    # The package would also take a class's name for a code, such as "Germany".
    if not re.fullmatch(r"[A-Z]{2}(-.+)?", code):
        raise InputError("holidays", must, code)
    country, _, subdivision = code.partition("-")
    try:
        found = holidays.country_holidays(country, subdiv=subdivision or None, years=list(years))
    except NotImplementedError:
        raise InputError("holidays", must, code) from None
    return {day: str(name) for day, name in found.items()}
