"""Days that a calendar explains, and what is said of holidays that were never seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest

from wfm.forecast import Calendar, Event, History, known_days, read_history
from wfm.forecast.notes import notes_on


def past(first: str, days: int, queues: tuple[str, ...] = ("calls",)) -> History:
    starts = pd.date_range(f"{first} 08:00", periods=days * 24, freq="h")
    starts = starts[(starts.hour >= 8) & (starts.hour < 12)]
    tables = [
        pd.DataFrame({"queue": queue, "start": starts, "offered": 20, "aht": 180})
        for queue in queues
    ]
    return read_history(pd.concat(tables), timezone="Europe/Berlin")


def dates(first: str, count: int) -> set[date]:
    begin = date.fromisoformat(first)
    return {begin + timedelta(days=day) for day in range(count)}


def test_a_holiday_and_the_days_around():
    """Two working days on either side of a holiday are known, and those of the weekend between."""
    found = known_days(Calendar.of("DE"), past("2026-04-20", 28))
    assert date(2026, 5, 1) in found
    assert {date(2026, 4, 30), date(2026, 4, 29), date(2026, 5, 4), date(2026, 5, 5)} <= found
    assert date(2026, 4, 28) not in found
    only = known_days(Calendar(countries=("DE",), around=0), past("2026-04-20", 14))
    assert only == {date(2026, 5, 1)}


def test_only_days_of_the_history():
    """Nothing before or after the history is named; a history without rows has no days."""
    history = past("2026-12-26", 7)
    found = known_days(Calendar.of("DE"), history)
    assert found
    assert found <= dates("2026-12-26", 7)
    assert known_days(Calendar.of("DE"), history.until("2026-01-01")) == frozenset()


@pytest.mark.parametrize("effect", [None, 1.5])
def test_events_with_lead_and_tail(effect):
    """The days of an event, and those that it reaches before and after."""
    event = Event(name="sale", dates=("2026-03-11",), lead=1, tail=2, effect=effect)
    found = known_days(Calendar(events=(event,)), past("2026-03-02", 21))
    assert found == dates("2026-03-10", 4)


def test_a_day_of_one_queue_is_known():
    """An event of one queue counts if the history has that queue."""
    event = Event(name="sale", dates=("2026-03-11",), queues=("chat",))
    calendar = Calendar(events=(event,))
    assert known_days(calendar, past("2026-03-02", 21)) == frozenset()
    assert known_days(calendar, past("2026-03-02", 21, ("calls", "chat"))) == dates("2026-03-11", 1)


def test_what_lasts_is_no_single_day():
    """School holidays of six weeks are a level of their own; a fortnight is still known."""
    term = {"start": "2026-07-01", "end": "2026-08-14"}
    event = Event(name="summer", kind="school", dates=(term, "2026-09-01"))
    found = known_days(Calendar(events=(event,)), past("2026-06-01", 120))
    assert found == {date(2026, 9, 1)}
    fortnight = Event(name="autumn", dates=({"start": "2026-07-01", "end": "2026-07-14"},))
    found = known_days(Calendar(events=(fortnight,)), past("2026-06-01", 120))
    assert found == dates("2026-07-01", 14)


def test_days_of_the_month_are_judged():
    """First and last days of months are compared like any others."""
    assert known_days(Calendar(), past("2026-03-02", 60)) == frozenset()


def test_lunar_weeks_are_judged_but_festivals_are_known():
    """The Lantern Festival is known; the weeks around New Year are followed as levels."""
    calendar = Calendar(countries=("CN",), around=0)
    found = known_days(calendar, past("2026-01-26", 60))
    assert date(2026, 3, 3) in found
    assert date(2026, 2, 5) not in found


def test_a_holiday_never_seen():
    """It is planned as an ordinary day with a wide band, and that is said; not so once seen."""
    start = date(2026, 5, 1)
    (note,) = notes_on(past("2026-04-08", 21), start, 1, Calendar.of("DE"))[1:]
    assert note == (
        "holiday: Labor Day on 2026-05-01 is planned as an ordinary day, with a wide band; the "
        "history holds no holiday."
    )
    assert len(notes_on(past("2026-04-02", 28), start, 1, Calendar.of("DE"))) == 1
    assert len(notes_on(past("2026-04-08", 21), start, 1, Calendar())) == 1


def test_holidays_of_every_country():
    """A holiday of a single queue's country is told, too."""
    calendar = Calendar(countries=("DE",), queues={"calls": ("FR",)})
    notes = notes_on(past("2026-06-22", 14), date(2026, 7, 14), 1, calendar)
    assert any("National Day on 2026-07-14" in note for note in notes)


@pytest.mark.parametrize("rows", [True, False])
def test_a_queue_that_fell_silent(rows):
    """A queue without contacts for more than a week is told of, with rows of zeros or without."""
    both = past("2026-03-02", 28, ("calls", "mail"))
    ended = (both.frame["queue"] == "mail") & (both.starts >= pd.Timestamp("2026-03-18", tz="UTC"))
    frame = both.frame.assign(offered=both.frame["offered"].where(~ended, 0.0))
    silent = replace(both, frame=frame if rows else both.frame[~ended].reset_index(drop=True))
    told = [n for n in notes_on(silent, date(2026, 3, 30), 7, Calendar()) if "silent" in n]
    assert len(told) == 1
    assert "mail has had no contacts since 2026-03-17, for 13 days" in told[0]
    assert not [n for n in notes_on(both, date(2026, 3, 30), 7, Calendar()) if "silent" in n]
