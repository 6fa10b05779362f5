"""Country codes to holidays."""

from datetime import date

import pytest

from wfm.errors import InputError
from wfm.forecast.calendar.public import holiday_dates


def test_country_and_subdivision():
    """A subdivision has its own holidays beside the country's."""
    country, part = holiday_dates("DE", [2026]), holiday_dates("DE-BY", [2026])
    assert date(2026, 12, 25) in country
    assert date(2026, 1, 6) in part
    assert date(2026, 1, 6) not in country


def test_years():
    """Only the years asked for are given."""
    assert {day.year for day in holiday_dates("US", [2024, 2026])} == {2024, 2026}
    assert holiday_dates("CN", []) == {}


@pytest.mark.parametrize("code", ["", "XX", "DE-", "DE-XX", "Germany", "de"])
def test_unknown_code(code):
    """A code that is none is refused."""
    with pytest.raises(InputError, match="holidays must be a country code such as CN"):
        holiday_dates(code, [2026])


def test_names_do_not_depend_on_the_machine(monkeypatch):
    """Holidays have their English names whatever language the machine speaks."""
    monkeypatch.setenv("LANGUAGE", "de")
    assert holiday_dates("DE", [2026])[date(2026, 12, 25)] == "Christmas Day"
