"""Dates of holidays, swapped days, lunar festivals and business days against known ones."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from wfm.forecast import Calendar
from wfm.forecast.calendar.days import FAR, since, until
from wfm.forecast.calendar.effects import effects
from wfm.forecast.calendar.lookup import days_of
from wfm.forecast.calendar.lunar import lunar_dates
from wfm.forecast.calendar.lunar_columns import lunar_columns
from wfm.forecast.calendar.month_columns import business_positions
from wfm.forecast.calendar.public import holidays_of
from wfm.forecast.calendar.swaps import names_by_day, swapped_days
from wfm.horizon import SwapDay

SPRING = "Chinese New Year (Spring Festival)"


def year(code: str, of: int = 2026, swaps: bool = True):
    """The days of a year in one country."""
    return days_of(date(of, 1, 1), 365, (code,), swaps)


def place(month: int, day: int, of: int = 2026) -> int:
    return (date(of, month, day) - date(of, 1, 1)).days


def test_chinese_swaps():
    """China's six working weekend days of 2026 make up for the weekdays that the state named."""
    assert swapped_days(holidays_of("CN", [2026])) == {
        date(2026, 1, 4): date(2026, 1, 2),
        date(2026, 2, 14): date(2026, 2, 20),
        date(2026, 2, 28): date(2026, 2, 23),
        date(2026, 5, 9): date(2026, 5, 5),
        date(2026, 9, 20): date(2026, 10, 6),
        date(2026, 10, 10): date(2026, 10, 7),
    }


def test_hungarian_swaps():
    """Swaps of other countries are found by the same marks: Hungary's Saturday for a Friday."""
    assert swapped_days(holidays_of("HU", [2026])) == {
        date(2026, 1, 10): date(2026, 1, 2),
        date(2026, 8, 8): date(2026, 8, 21),
    }


def test_moved_holidays_are_no_swaps():
    """Russia moves holidays from weekends to weekdays; only what people work makes up for them."""
    assert swapped_days(holidays_of("RU", [2025])) == {date(2025, 11, 1): date(2025, 11, 3)}


def test_no_swaps():
    """Most countries swap nothing."""
    assert swapped_days(holidays_of("DE-BY", [2026])) == {}


def test_working_sunday_follows_its_friday():
    """Sunday 4 January 2026 is worked in China as the Friday that it makes up for."""
    days = year("CN")
    assert days.follows[place(1, 4)] == 4
    assert days.business[place(1, 4)]
    assert not days.business[place(1, 2)]
    assert not days.holiday[place(1, 4)]


def test_a_working_saturday_of_ones_own():
    """A date follows the weekday that it is said to count as, whatever the country says of it."""
    swapped = (
        SwapDay(day=date(2026, 10, 17), counts_as="Fri"),
        SwapDay(day=date(2026, 10, 10), counts_as="Sat"),
        SwapDay(day=date(2026, 10, 16), counts_as="Sun"),
        SwapDay(day=date(2027, 10, 16), counts_as="Mon"),
    )
    days = days_of(date(2026, 1, 1), 365, ("CN",), True, swapped)
    plain = year("CN")
    told = {17: (4, True), 10: (5, False), 16: (6, False)}
    for day, (follows, worked) in told.items():
        at = place(10, day)
        assert (days.follows[at], days.worked[at]) == (follows, worked)
    assert [place(10, 10), place(10, 16), place(10, 17)] == np.flatnonzero(
        days.follows != plain.follows
    ).tolist()


def test_a_swapped_day_after_a_holiday_keeps_its_weekday():
    """What waited over a holiday comes as on a Monday, but not on a date said to be a Friday."""
    tuesday = date(2026, 4, 7)  # after Easter Monday
    swapped = (SwapDay(day=tuesday, counts_as="Fri"),)
    plain, said = (
        effects(Calendar(countries=("DE",), swapped=some), tuesday, 1, "voice").weekday.tolist()
        for some in ((), swapped)
    )
    assert (plain, said) == ([0], [4])


def test_swaps_left_out():
    """Without swaps, the Sunday is a Sunday; the day off stays one."""
    days = year("CN", swaps=False)
    assert days.follows[place(1, 4)] == 6
    assert not days.business[place(1, 4)]
    assert days.holiday[place(1, 2)]


@pytest.mark.parametrize(
    ("code", "day", "name"),
    [
        ("CN", date(2026, 1, 2), "New Year's Day"),  # by a swap
        ("CN", date(2026, 2, 23), SPRING),  # by a swap, after a weekend
        ("CN", date(2026, 4, 6), "Tomb-Sweeping Day"),  # observed
        ("US", date(2026, 7, 3), "Independence Day"),  # observed before
        ("GB", date(2026, 12, 28), "Boxing Day"),  # observed after
        ("KR", date(2026, 8, 17), "Liberation Day"),  # the name says "Alternative holiday for"
        ("SA", date(2027, 3, 9), "Eid al-Fitr Holiday"),  # estimated
        ("HU", date(2026, 8, 21), "State Foundation Day"),  # by a swap
        ("CN", date(2026, 10, 6), "National Day"),  # by a swap, after an observed one
    ],
)
def test_holidays_keep_their_names(code, day, name):
    """A day that is off for a holiday of another date goes by that holiday's name."""
    assert name in names_by_day(holidays_of(code, range(2025, 2029)))[day]


def test_two_holidays_on_a_day():
    """A day on which two holidays fall has the names of both."""
    names = names_by_day(holidays_of("DE", [2008]))
    assert set(names[date(2008, 5, 1)]) == {"Labor Day", "Ascension Day"}


def test_laender():
    """Bavaria keeps Epiphany and no Reformation Day, Saxony the other way round."""
    bavaria, saxony = year("DE-BY"), year("DE-SN")
    assert bavaria.holiday[place(1, 6)]
    assert not saxony.holiday[place(1, 6)]
    assert saxony.holiday[place(10, 31)]
    assert not bavaria.holiday[place(10, 31)]


def test_countries_together():
    """A day is a holiday if it is one in any country; names of other dates are told apart."""
    both = days_of(date(2026, 1, 1), 365, ("DE", "US"), True)
    assert both.holiday[place(5, 1)]
    assert both.holiday[place(9, 7)]
    assert both.named["Labor Day (DE)"].nonzero()[0].tolist() == [place(5, 1)]
    assert both.named["Labor Day (US)"].nonzero()[0].tolist() == [place(9, 7)]
    assert both.named["Christmas Day"].nonzero()[0].tolist() == [place(12, 25)]


def test_a_worked_day_that_is_a_holiday_elsewhere():
    """Where China works on a holiday of Myanmar, a queue of both has a holiday."""
    both = days_of(date(2026, 1, 1), 365, ("CN", "MM"), True)
    assert both.worked[place(1, 4)]
    assert both.holiday[place(1, 4)]
    assert not both.business[place(1, 4)]


@pytest.mark.parametrize(("code", "rest"), [("DE", {5, 6}), ("IL", {4, 5}), ("HK", {5, 6})])
def test_weekends(code, rest):
    """The weekend is the country's own; one of Sunday alone still has no offices on Saturday."""
    days = year(code)
    assert set(((days.dates.astype(int) + 3) % 7)[days.weekend].tolist()) == rest


def test_lunar_festivals():
    """Lunar festivals fall on the dates that Chinese almanacs print."""
    found = lunar_dates([2025, 2026])
    assert found["Lunar New Year"] == (date(2025, 1, 29), date(2026, 2, 17))
    assert found["Lantern Festival"] == (date(2025, 2, 12), date(2026, 3, 3))
    assert found["Dragon Boat Festival"] == (date(2025, 5, 31), date(2026, 6, 19))
    assert found["Qixi Festival"] == (date(2025, 8, 29), date(2026, 8, 19))
    assert found["Ghost Festival"] == (date(2025, 9, 6), date(2026, 8, 27))
    assert found["Mid-Autumn Festival"] == (date(2025, 10, 6), date(2026, 9, 25))
    assert found["Double Ninth Festival"] == (date(2025, 10, 29), date(2026, 10, 18))
    assert found["Laba Festival"] == (date(2026, 1, 26), date(2027, 1, 15))


def test_festivals_of_the_lunar_year_before():
    """In January 2026 falls the Laba Festival of the lunar year that began in 2025."""
    columns = {column.name: column.values for column in lunar_columns(year("CN"))}
    assert columns["festival: Laba Festival"].nonzero()[0].tolist() == [place(1, 26)]
    assert columns["festival: Lantern Festival"].nonzero()[0].tolist() == [place(3, 3)]


@pytest.mark.parametrize("name", ["Dragon Boat Festival", "Mid-Autumn Festival"])
def test_lunar_agrees_with_public_holidays(name):
    """Two sources of the lunar calendar agree over the years that are published."""
    names = names_by_day(holidays_of("TW", range(2010, 2031)))
    assert all(name in names[day] for day in lunar_dates(range(2010, 2031))[name])


@pytest.mark.parametrize(
    ("month", "first", "last"),
    [(1, 2, 30), (5, 4, 29), (8, 3, 31), (10, 1, 30), (12, 1, 31)],
)
def test_business_days_of_the_month(month, first, last):
    """The first and last business days of months in Germany are those of a printed calendar."""
    days = year("DE")
    position, count = business_positions(days)
    inside = (days.month - days.month[0] == month - 1) & days.business
    found = days.day_of_month[inside & ((position == 0) | (position == count - 1))]
    assert found.tolist() == [first, last]


def test_a_worked_saturday_may_be_the_last_business_day():
    """China works Saturday 28 February 2026, which so is the month's last business day."""
    days = year("CN")
    position, count = business_positions(days)
    assert position[place(2, 28)] == count[place(2, 28)] - 1


def test_distances():
    """Days since and until a flag are 0 on it, and far where there is none."""
    flags = np.array([False, True, False, False, True, False])
    assert since(flags)[1:].tolist() == [0, 1, 2, 0, 1]
    assert until(flags)[:5].tolist() == [1, 0, 2, 1, 0]
    assert since(flags)[0] >= FAR
    assert until(flags)[5] >= FAR
