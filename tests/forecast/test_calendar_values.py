"""Calendars and events as values: what they take, what they refuse, and JSON."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wfm.errors import InputError
from wfm.forecast import Calendar, Event
from wfm.forecast.calendar.event import Span

DAY = date(2026, 12, 7)


def event(**fields: object) -> Event:
    """A sound event with some fields made unsound."""
    return Event(**{"name": "sale", "dates": (DAY,), **fields})


BAD = {
    "no name": (lambda: event(name=""), "Event.name must hold: string should have at least 1"),
    "no days": (
        lambda: event(dates=()),
        r"Event 'sale' must have days: dates, yearly or days_of_month, got 'none'",
    ),
    "dates no list": (lambda: event(dates=DAY), "Event.dates must be a list of dates and spans"),
    "no date": (
        lambda: event(dates=(DAY, "soon")),
        r"Event.dates\[1\] must be a date such as 2026-12-07, or a span of dates with start and "
        r"end, got 'soon'",
    ),
    "a number for a date": (lambda: event(dates=(5,)), r"Event.dates\[0\] must be a date"),
    "a time for a date": (
        lambda: event(dates=(datetime(2026, 12, 7, 8),)),
        r"Event.dates\[0\] must be a date",
    ),
    "span backwards": (
        lambda: event(dates=({"start": "2026-12-07", "end": "2026-12-01"},)),
        r"Event.dates\[0\].end must be 2026-12-07 or later, got '2026-12-01'",
    ),
    "span without end": (
        lambda: event(dates=({"start": "2026-12-07"},)),
        r"Event.dates\[0\].end must be given",
    ),
    "no month and day": (
        lambda: event(yearly=("12-06", "06.12.")),
        r"Event.yearly\[1\] must be a month and day such as 12-06, got '06.12.'",
    ),
    "no such day of a month": (
        lambda: event(yearly=("02-30",)),
        r"Event.yearly\[0\] must be a",
    ),
    "32nd of a month": (
        lambda: event(days_of_month=(15, 32)),
        r"Event.days_of_month\[1\] must be a day from 1 to 31, 'last', 'first business day' or "
        r"'last business day', got 32",
    ),
    "truth for a day": (lambda: event(days_of_month=(True,)), r"days_of_month\[0\] must be a day"),
    "day in words": (lambda: event(days_of_month=("ultimo",)), r"days_of_month\[0\] must be a day"),
    "days no list": (lambda: event(days_of_month=15), "Event.days_of_month must be a list of days"),
    "negative effect": (lambda: event(effect=-0.5), "Event.effect must be greater than or equal"),
    "effect no number": (lambda: event(effect="much"), "Event.effect must be a valid number"),
    "negative lead": (lambda: event(lead=-1), "Event.lead must be greater than or equal to 0"),
    "tail of months": (lambda: event(tail=60), "Event.tail must be less than or equal to 31"),
    "unknown kind": (lambda: event(kind="party"), "Event.kind must be 'campaign', 'outage'"),
    "unknown move": (lambda: event(off_days="never"), "Event.off_days must be 'stay', 'before'"),
    "unknown field": (lambda: event(colour="red"), "Event.colour must be left out"),
    "unknown country": (
        lambda: Calendar(countries=("DE", "XX")),
        r"Calendar.countries\[1\] must be a country code such as CN, or with a subdivision such as "
        r"DE-BY, got 'XX'",
    ),
    "unknown subdivision": (
        lambda: Calendar(queues={"voice": ("DE-XX",)}),
        r"Calendar.queues\['voice'\]\[0\] must be a country code such as CN",
    ),
    "country twice": (
        lambda: Calendar(countries=("DE", "DE")),
        "Calendar.countries must name each country once",
    ),
    "event twice": (
        lambda: Calendar(events=(event(), event(effect=2))),
        "Calendar.events must have names that differ, got 'sale'",
    ),
    "around too far": (lambda: Calendar(around=15), "Calendar.around must be less than or equal"),
    "event's fault": (
        lambda: Calendar(events=({"name": "sale", "dates": ["soon"]},)),
        r"Event.dates\[0\] must be a date",
    ),
    "code of no country": (lambda: Calendar.of("XX"), "holidays must be a country code such as CN"),
    "code no text": (
        lambda: Calendar.of(49),
        "holidays must be a Calendar or a country's code, got 49",
    ),
}


@pytest.mark.parametrize("fault", BAD)
def test_bad_values(fault):
    """Each bad value gives the one message that names its place."""
    make, message = BAD[fault]
    with pytest.raises(InputError, match=message):
        make()


spans = st.tuples(st.dates(), st.dates()).map(lambda two: Span(start=min(two), end=max(two)))
events = st.builds(
    Event,
    name=st.text(min_size=1),
    kind=st.sampled_from(["campaign", "outage", "school", "payday", "festival", "other"]),
    dates=st.lists(st.dates() | spans, min_size=1, max_size=3).map(tuple),
    yearly=st.lists(st.sampled_from(["12-06", "02-29"]), max_size=2).map(tuple),
    days_of_month=st.lists(
        st.integers(1, 31) | st.sampled_from(["last", "last business day"]), max_size=3
    ).map(tuple),
    effect=st.none() | st.floats(0, 1000),
    lead=st.integers(0, 31),
    tail=st.integers(0, 31),
    queues=st.lists(st.text(), max_size=2).map(tuple),
)
calendars = st.builds(
    Calendar,
    countries=st.sampled_from([(), ("DE-BY",), ("CN", "US")]),
    queues=st.dictionaries(st.text(), st.sampled_from([(), ("HK",)]), max_size=2),
    lunar=st.none() | st.booleans(),
    around=st.integers(0, 14),
    events=st.lists(events, max_size=2, unique_by=lambda event: event.name).map(tuple),
)


@given(calendars)
def test_json(calendar):
    """A calendar with all its events comes back equal from JSON, and hashes alike."""
    back = Calendar.from_json(calendar.to_json())
    assert back == calendar
    assert hash(back) == hash(calendar)


def test_dates_and_spans_as_text():
    """Dates and spans are taken as a file holds them."""
    taken = event(dates=["2026-12-07", {"start": "2026-12-24", "end": "2027-01-06"}])
    assert taken.dates == (DAY, Span(start=date(2026, 12, 24), end=date(2027, 1, 6)))


def test_of():
    """A calendar is itself, a code is a country, and nothing is no country."""
    calendar = Calendar(countries=("CN",), around=3)
    assert Calendar.of(calendar) is calendar
    assert Calendar.of("DE-BY") == Calendar(countries=("DE-BY",))
    assert Calendar.of(None) == Calendar()


def test_countries_of_queues():
    """A queue has its own countries where they are named, even none, and else the calendar's."""
    calendar = Calendar(countries=("DE",), queues={"asia": ("CN",), "mail": ()})
    assert calendar.countries_of("asia") == ("CN",)
    assert calendar.countries_of("mail") == ()
    assert calendar.countries_of("voice") == ("DE",)


def test_lunar_by_country():
    """Lunar festivals count where a country keeps them, unless it is said otherwise."""
    calendar = Calendar(countries=("DE",), queues={"asia": ("US", "HK")})
    assert calendar.keeps_lunar("asia")
    assert not calendar.keeps_lunar("voice")
    assert Calendar(countries=("DE",), lunar=True).keeps_lunar("voice")
    assert not Calendar(countries=("CN",), lunar=False).keeps_lunar("voice")


def test_hash_knows_no_order():
    """Equal calendars hash alike, in whatever order their queues were named."""
    one = Calendar(queues={"a": ("DE",), "b": ("CN",)})
    other = Calendar(queues={"b": ("CN",), "a": ("DE",)})
    assert one == other
    assert hash(one) == hash(other)
