"""What came against what was forecast, by cause."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.forecast.pasts import history, horizon, joined
from tests.forecast.test_backtest import Constant
from wfm.errors import InputError
from wfm.forecast import explain_variance

WEEK = horizon("2026-01-05")
CAUSES = ["level", "calendar", "profile", "handle_time"]


def expected(contacts=10.0, aht=360.0, past=None, window=WEEK):
    return Constant(contacts, aht=aht).forecast(past or history([1]), window)


def test_level_by_hand():
    """12 where 10 were forecast, of 360 s: 2 contacts and 0.2 hours more each hour, all level."""
    found = explain_variance(expected(), history([12], aht=360.0))
    assert found.table("contacts")["level"]["calls"] == pytest.approx(2 * 168)
    hours = found.table("hours").loc["calls"]
    assert hours[CAUSES].tolist() == pytest.approx([0.2 * 168, 0, 0, 0])
    assert hours["actual"] - hours["forecast"] == pytest.approx(0.2 * 168)


def test_handle_time_by_hand():
    """As many contacts as forecast that take 396 s instead of 360 are 10 % more work."""
    found = explain_variance(expected(), history([10], aht=396.0))
    hours = found.table("hours").loc["calls"]
    assert hours[CAUSES].tolist() == pytest.approx([0, 0, 0, 16.8])
    assert not found.contacts[CAUSES].to_numpy().any()


def test_profile_by_hand():
    """8 and 12 in turns where 10 were forecast move a tenth of the day, and no work."""
    turns = np.tile([8.0, 12.0], (7, 12))
    found = explain_variance(expected(), history([turns], aht=360.0))
    np.testing.assert_allclose(found.contacts["moved"], 24.0)
    np.testing.assert_allclose(found.hours[CAUSES], 0, atol=1e-12)
    volume = expected()
    seconds = np.tile([180.0, 360.0], 84)[None, :]
    longer = explain_variance(
        volume.model_copy(update={"aht": seconds}),
        history([turns], aht=np.tile([180.0, 360.0], (1, 7, 12))),
    )
    np.testing.assert_allclose(longer.hours["profile"], 12 * 2 * (360 - 180) / 3600)


def test_calendar_by_hand():
    """With a tenth more on other days, a holiday with half the contacts has 6 too few, not 5."""
    week = np.full((7, 24), 11.0)
    week[2] = 5.0
    found = explain_variance(expected(), history([week], aht=360.0), special=["2026-01-07"])
    each = found.contacts.set_index("date")
    assert each["calendar"].tolist() == pytest.approx([0, 0, -6 * 24, 0, 0, 0, 0])
    assert each["level"].tolist() == pytest.approx([24.0] * 7)


def test_days_of_which_nothing_was_forecast():
    """What comes on them is all level, or on a special day all calendar."""
    volume, came = expected(contacts=0.0), history([5], aht=360.0)
    found = explain_variance(volume, came, special=["2026-01-06"]).contacts
    assert found["level"].tolist() == pytest.approx([120, 0, *[120] * 5])
    assert found["calendar"].tolist() == pytest.approx([0, 120, *[0] * 5])


numbers = st.lists(st.integers(0, 40), min_size=28, max_size=28)


@given(
    forecast=numbers,
    came=numbers,
    aht=st.lists(st.integers(30, 900), min_size=28, max_size=28),
    special=st.sets(st.integers(5, 11)),
    hours=st.sets(st.integers(0, 23), min_size=1),
)
def test_parts_add_up(forecast, came, aht, special, hours):
    """Of any forecast and any past, the causes add up to the whole difference, in both units."""

    def spread(values):
        return np.repeat(np.array(values, dtype=float).reshape(7, 4), 6, axis=1)

    volume = expected(window=WEEK)
    rows = spread(forecast).reshape(1, -1)
    volume = volume.model_copy(update={"contacts": rows, "lower": rows, "upper": rows})
    past = history([spread(came)], aht=spread(aht)[None])
    open_rows = np.isin(past.wall_clock.minute // 60, sorted(hours))
    past = replace(past, frame=past.frame[open_rows].reset_index(drop=True))
    days = [f"2026-01-{day:02d}" for day in special]
    found = explain_variance(volume, past, special=days)
    for frame in (found.contacts, found.hours):
        whole = frame["actual"] - frame["forecast"]
        np.testing.assert_allclose(frame[CAUSES].sum(axis=1), whole, atol=1e-9)
    known = np.isin(np.arange(24), sorted(hours))
    total = spread(came)[:, known].sum(axis=1)
    np.testing.assert_allclose(found.contacts["actual"], total)
    worked = (spread(came) * spread(aht))[:, known].sum(axis=1) / 3600
    np.testing.assert_allclose(found.hours["actual"], worked)


def test_unknown_days_are_left_out():
    """A day without rows has no row in the tables, and is not an error."""
    came = history([12], aht=360.0)
    tuesday = (came.starts >= "2026-01-06") & (came.starts < "2026-01-07")
    gap = replace(came, frame=came.frame[~tuesday].reset_index(drop=True))
    found = explain_variance(expected(), gap)
    assert len(found.contacts) == len(found.hours) == 6
    assert found.table("contacts")["forecast"].tolist() == [240.0 * 6]


def test_tables_and_sentences():
    """Tables are by queue, date or both; each queue has its sentence, the largest cause first."""
    came = joined(history([12], aht=390.0), history([10], queue="chat", aht=360.0))
    found = explain_variance(expected(past=came), came)
    assert found.table(by="queue").index.tolist() == ["calls", "chat"]
    assert len(found.table(by="date")) == 7
    assert len(found.table("contacts", by="both")) == 14
    assert str(found).splitlines() == [
        "calls: 50.4 hours of handling more than the 168.0 forecast: +33.6 from the level of days, "
        "+16.8 from handle times; 2016 contacts for 1680, and 0 at another time of day.",
        "chat: 0.0 hours of handling less than the 168.0 forecast; 1680 contacts for 1680, and 0 "
        "at another time of day.",
    ]


def test_nothing_came():
    """Where no row falls into the forecast, there is nothing to explain, and it says so."""
    found = explain_variance(expected(), history([12], start="2026-03-02"))
    assert len(found.contacts) == 0
    assert found.sentences() == ("Nothing of what was forecast is known to have come.",)
    assert str(found) == found.sentences()[0]


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: explain_variance(expected(), history([1]), special=["2026-01-12"]), "special mus"),
        (lambda: explain_variance(expected(), history([1]), special=["?"]), "special must be a d"),
        (
            lambda: explain_variance(expected(), history([1], zone="Asia/Tokyo")),
            "history.timezone must be that of the forecast, UTC",
        ),
        (lambda: explain_variance(expected(), history([1])).table("days"), "unit must be contac"),
        (lambda: explain_variance(expected(), history([1])).table(by="week"), "by must be queue"),
    ],
)
def test_bad_questions(ask, message):
    """Days outside, other zones, and tables that are not there are refused."""
    with pytest.raises(InputError, match=message):
        ask()
