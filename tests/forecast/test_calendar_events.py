"""What events do to the days on and around them."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wfm.forecast import Calendar, Event
from wfm.forecast.calendar.effects import Effects, effects

START = date(2026, 1, 1)


def of(*events: Event, countries: tuple[str, ...] = ()) -> Effects:
    """Effects of events alone on the days of 2026."""
    calendar = Calendar(countries=countries, events=events, days_of_month=False, around=0)
    return effects(calendar, START, 365, "voice")


def dates(found: Effects, name: str) -> list[date]:
    """Days on which an effect acts."""
    column = found.matrix[:, found.names.index(name)]
    return [START + timedelta(days=day) for day in np.flatnonzero(column).tolist()]


def factor(found: Effects, month: int, day: int) -> float:
    return float(np.exp(found.stated[(date(2026, month, day) - START).days]))


def test_days_before_and_after_have_their_own_effects():
    """A learnt event has one effect for its days, and one for each day of its lead and tail."""
    found = of(
        Event(
            name="sale",
            kind="campaign",
            dates=({"start": "2026-03-10", "end": "2026-03-12"},),
            lead=2,
            tail=1,
        )
    )
    assert found.names == (
        "campaign: sale",
        "day before campaign: sale",
        "2 days before campaign: sale",
        "day after campaign: sale",
    )
    assert dates(found, "campaign: sale") == [date(2026, 3, day) for day in (10, 11, 12)]
    assert dates(found, "day before campaign: sale") == [date(2026, 3, 9)]
    assert dates(found, "2 days before campaign: sale") == [date(2026, 3, 8)]
    assert dates(found, "day after campaign: sale") == [date(2026, 3, 13)]
    assert not found.stated.any()


def test_stated_effect_rises_and_falls_in_equal_steps():
    """A stated event is an offset: a third and two thirds of it before, half of it after."""
    found = of(Event(name="sale", dates=(date(2026, 3, 10),), effect=1.6, lead=2, tail=1))
    assert found.names == ()
    factors = [factor(found, 3, day) for day in range(7, 13)]
    assert factors == pytest.approx([1.0, 1.2, 1.4, 1.6, 1.3, 1.0])
    assert not found.unknown.any()


def test_closed():
    """An effect of 0 closes the day, which so teaches nothing; its lead falls towards it."""
    found = of(Event(name="stocktaking", dates=(date(2026, 3, 10),), effect=0, lead=1))
    assert factor(found, 3, 10) == 0
    assert factor(found, 3, 9) == pytest.approx(0.5)
    assert np.flatnonzero(found.unknown).tolist() == [(date(2026, 3, 10) - START).days]


def test_stated_effects_multiply():
    """Two stated events on a day act together, and one that closes it wins."""
    day = (date(2026, 3, 10),)
    two = (Event(name="a", dates=day, effect=2), Event(name="b", dates=day, effect=0.8))
    assert factor(of(*two), 3, 10) == pytest.approx(1.6)
    assert factor(of(*two, Event(name="c", dates=day, effect=0)), 3, 10) == 0


def test_outage_teaches_nothing():
    """An outage without a stated effect is left out with its lead and tail, and has no effect."""
    found = of(Event(name="storm", kind="outage", dates=(date(2026, 3, 10),), lead=1, tail=2))
    assert found.names == ()
    day = (date(2026, 3, 10) - START).days
    assert np.flatnonzero(found.unknown).tolist() == [day - 1, day, day + 1, day + 2]
    assert not found.stated.any()


def test_outage_with_a_stated_effect():
    """An outage whose effect is stated teaches like any other day."""
    found = of(Event(name="storm", kind="outage", dates=(date(2026, 3, 10),), effect=1.8))
    assert factor(found, 3, 10) == pytest.approx(1.8)
    assert not found.unknown.any()


def test_yearly():
    """A yearly event comes every year, 29 February in leap years only."""
    event = Event(name="x", yearly=("12-06", "02-29"))
    calendar = Calendar(events=(event,), days_of_month=False)
    found = effects(calendar, date(2027, 1, 1), 731, "voice")
    days = [
        found.first + timedelta(days=day) for day in np.flatnonzero(found.matrix[:, 0]).tolist()
    ]
    assert days == [date(2027, 12, 6), date(2028, 2, 29), date(2028, 12, 6)]


def test_paydays():
    """Paydays on the 15th and the 31st: a shorter month pays on its last day."""
    found = of(Event(name="wages", kind="payday", days_of_month=(15, 31)))
    days = dates(found, "payday: wages")
    assert len(days) == 24
    assert days[2:4] == [date(2026, 2, 15), date(2026, 2, 28)]


def test_paydays_move_to_business_days():
    """A payday on a day off is paid on the business day before or after, over holidays too."""
    before = of(
        Event(name="x", kind="payday", days_of_month=(1,), off_days="before"), countries=("DE",)
    )
    days = dates(before, "payday: x")
    assert date(2026, 4, 30) in days  # 1 May is Labour Day
    assert date(2026, 10, 30) in days  # 1 November is a Sunday
    assert date(2026, 12, 31) in days  # of 1 January, outside the days
    after = of(
        Event(name="x", kind="payday", days_of_month=(1,), off_days="after"), countries=("DE",)
    )
    assert dates(after, "payday: x")[:5] == [
        date(2026, 1, 2),
        date(2026, 2, 2),
        date(2026, 3, 2),
        date(2026, 4, 1),
        date(2026, 5, 4),
    ]


@pytest.mark.parametrize(
    ("day", "december", "may"),
    [("last", 31, 31), ("first business day", 1, 4), ("last business day", 31, 29)],
)
def test_days_of_month_in_words(day, december, may):
    """Days of the month in words are those of a printed calendar of Germany."""
    days = dates(of(Event(name="x", days_of_month=(day,)), countries=("DE",)), "event: x")
    assert len(days) == 12
    assert days[11] == date(2026, 12, december)
    assert days[4] == date(2026, 5, may)


def test_school_terms():
    """School holidays are stretches of days with one effect, begun before the days asked for."""
    terms = (
        {"start": "2025-12-22", "end": "2026-01-05"},
        {"start": "2026-08-03", "end": "2026-09-14"},
    )
    found = of(Event(name="school holidays", kind="school", dates=terms))
    assert found.names == ("school: school holidays",)
    assert len(dates(found, found.names[0])) == 5 + 43


def test_lead_of_an_event_after_the_days():
    """An event that begins after the last day reaches back into the days."""
    found = of(Event(name="sale", dates=(date(2027, 1, 2),), lead=3))
    assert found.names == ("2 days before event: sale", "3 days before event: sale")
    assert dates(found, found.names[0]) == [date(2026, 12, 31)]


@given(
    days=st.lists(st.dates(date(2026, 2, 1), date(2026, 11, 30)), min_size=1, max_size=6),
    lead=st.integers(0, 31),
    tail=st.integers(0, 31),
    effect=st.floats(0.01, 10),
)
def test_stated_and_learnt_reach_alike(days, lead, tail, effect):
    """A stated event differs from 1 exactly where a learnt one of the same days has an effect."""
    learnt = of(Event(name="x", dates=days, lead=lead, tail=tail))
    stated = of(Event(name="x", dates=days, lead=lead, tail=tail, effect=effect))
    if abs(effect - 1) > 1e-6:
        assert np.array_equal(learnt.matrix.any(axis=1), np.abs(stated.stated) > 1e-9)
    factors = np.exp(stated.stated)
    assert factors.min() >= min(effect, 1) * (1 - 1e-9)
    assert factors.max() <= max(effect, 1) * (1 + 1e-9)
