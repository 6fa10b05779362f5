"""Queues with little past or none: what they borrow, and from whom."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from tests.forecast.test_structural_forecaster import WEEK, past
from wfm.errors import InputError
from wfm.forecast import NewQueue, StructuralForecaster, read_history
from wfm.forecast.newcomer.choosing import newcomers
from wfm.horizon import Horizon

EVENING = np.roll(WEEK, 12, axis=1)
HORIZON = Horizon(start=date(2026, 3, 16), days=7, timezone="UTC", interval=30)


def history(*queues):
    """Ten weeks of calls and of an evening line, and of others what they have."""
    tables = [past(), past(week=EVENING, aht=400.0).assign(queue="evening"), *queues]
    return read_history(pd.concat(tables), timezone="UTC")


def young(days, week=WEEK, factor=0.5, aht=300.0, name="young"):
    """The last days before the horizon of a queue that began with them."""
    table = past(week=week * factor, aht=aht).assign(queue=name)
    return table[table["start"] >= pd.Timestamp("2026-03-16", tz="UTC") - pd.Timedelta(days=days)]


def row(volume, queue, name="contacts"):
    return volume.array(name)[volume.of(queue)]


@pytest.mark.parametrize(("days", "with_contacts"), [(2, 1), (7, 6), (13, 11)])
def test_a_young_queue_takes_after_the_most_similar(days, with_contacts):
    """A few days are enough to see whose hours a queue keeps, in which share, and how it takes."""
    past_ = history(young(days, EVENING))
    maker = StructuralForecaster()
    made = maker.forecast(past_, HORIZON)
    (borrowed,) = maker.borrowed(past_, HORIZON)
    assert (borrowed.queue, borrowed.like) == ("young", "evening")
    assert borrowed.days == with_contacts
    assert borrowed.share == pytest.approx(0.5, rel=0.05)
    np.testing.assert_allclose(row(made, "young"), EVENING.ravel() / 2, rtol=0.06)
    assert row(made, "young", "aht").mean() == pytest.approx(300, rel=0.06)
    width = row(made, "young", "upper") - row(made, "young", "lower")
    own = row(made, "evening", "upper") - row(made, "evening", "lower")
    assert width.sum() > 0.5 * own.sum()


def test_two_weeks_stand_on_their_own():
    """From 14 days with contacts on nothing is borrowed, whatever is said."""
    past_ = history(young(21, factor=0.5))
    maker = StructuralForecaster(new={"young": NewQueue(like="evening", share=9.0)})
    assert maker.borrowed(past_, HORIZON) == ()
    np.testing.assert_allclose(
        row(maker.forecast(past_, HORIZON), "young"), WEEK.ravel() / 2, rtol=0.03
    )


def test_a_queue_without_a_past():
    """It is forecast by the share that is stated, and known up to a third either way."""
    maker = StructuralForecaster(new={"new": NewQueue(like="calls", share=0.2)})
    made = maker.forecast(history(), HORIZON)
    assert made.queues == ("calls", "evening", "new")
    np.testing.assert_allclose(row(made, "new"), 0.2 * row(made, "calls"), rtol=1e-9)
    np.testing.assert_allclose(row(made, "new", "aht"), row(made, "calls", "aht"))
    drawn = maker.scenarios(history(), HORIZON, samples=400).totals("week")[:, 2, 0]
    assert 0.2 < drawn.std() / drawn.mean() < 0.5


def test_a_typical_week():
    """Without a queue to take after, a typical week will do."""
    week = tuple(map(tuple, (WEEK / 4).tolist()))
    maker = StructuralForecaster(new={"new": NewQueue(week=week, aht=250)})
    made = maker.forecast(history(), HORIZON)
    np.testing.assert_allclose(row(made, "new"), WEEK.ravel() / 4, rtol=1e-9)
    assert (row(made, "new", "aht") == 250).all()


def test_days_move_what_is_stated():
    """Own days soon outweigh a stated share and a typical week."""
    past_ = history(young(6, factor=0.5))
    by_share = StructuralForecaster(new={"young": NewQueue(like="calls", share=0.4)})
    week = tuple(map(tuple, WEEK.tolist()))
    by_week = StructuralForecaster(new={"young": NewQueue(week=week)})
    for maker in (by_share, by_week):
        made = maker.forecast(past_, HORIZON)
        assert row(made, "young").sum() / WEEK.sum() == pytest.approx(0.5, abs=0.03)
        assert row(made, "young", "aht").mean() == pytest.approx(300, rel=0.07)


def test_nobody_to_take_after():
    """Where no queue has two weeks, each stands on what it has."""
    table = past(weeks=1)
    both = read_history(pd.concat([table, table.assign(queue="chat")]), timezone="UTC")
    assert newcomers(both, {}) == {}


@pytest.mark.parametrize(
    ("about", "message"),
    [
        ({}, "NewQueue must have either like or week"),
        ({"like": "calls", "week": ((1.0,),) * 7}, "NewQueue must have either like or week"),
        ({"week": ((1.0,),) * 7, "share": 0.5}, "NewQueue.share must be left out"),
        ({"week": ((1.0,),) * 6}, "NewQueue.week must have 7 rows"),
        ({"week": ((1.0, 2.0),) * 6 + ((1.0,),)}, "NewQueue.week must have 7 rows"),
        ({"week": ((0.0,),) * 7}, "NewQueue.week must be numbers from 0 up, one of them above"),
        ({"week": ((-1.0,),) * 7}, "NewQueue.week must be numbers from 0 up"),
        ({"like": "calls", "share": 0}, "share"),
    ],
)
def test_bad_values(about, message):
    """What does not say enough, or too much, of a queue is refused."""
    with pytest.raises(InputError, match=message):
        NewQueue(**about)


@pytest.mark.parametrize(
    ("about", "message"),
    [
        (
            NewQueue(like="nobody"),
            r"new\['new'\].like must be a queue with 14 days of hist",
        ),
        (NewQueue(like="calls"), r"new\['new'\].share must be stated for a queue without a past"),
        (NewQueue(week=((1.0,),) * 7, aht=10), r"new\['new'\].week must have 48 intervals a day"),
        (NewQueue(week=((1.0,) * 48,) * 7), r"new\['new'\].aht must be stated for a queue without"),
    ],
)
def test_bad_newcomers(about, message):
    """What does not fit the history is refused by queue and field."""
    with pytest.raises(InputError, match=message):
        StructuralForecaster(new={"new": about}).forecast(history(), HORIZON)


def gone(name="gone"):
    """Six weeks of a queue that ended before any young one began."""
    table = past(weeks=6, week=EVENING).assign(queue=name)
    return table.assign(offered=table["offered"] * 3)


def test_a_queue_that_is_no_more_lends_nothing():
    """Its times of day may be the most alike, but in which share a young one follows is unseen."""
    maker = StructuralForecaster()
    past_ = read_history(pd.concat([past(), gone(), young(5, EVENING)]), timezone="UTC")
    (borrowed,) = maker.borrowed(past_, HORIZON)
    assert borrowed.like == "calls"
    alone = read_history(pd.concat([gone(), young(5, EVENING)]), timezone="UTC")
    assert maker.borrowed(alone, HORIZON) == ()
    found = row(maker.forecast(alone, HORIZON), "young").reshape(7, 48).sum(axis=1)
    np.testing.assert_allclose(found[2:5], EVENING[2:5].sum(axis=1) / 2, rtol=0.15)


def test_a_share_that_cannot_be_seen():
    """Where the queue it takes after had no contacts beside its own, the share has to be stated."""
    past_ = read_history(pd.concat([gone(), young(5)]), timezone="UTC")
    maker = StructuralForecaster(new={"young": NewQueue(like="gone")})
    with pytest.raises(InputError, match=r"new\['young'\].share must be stated, as it had no"):
        maker.forecast(past_, HORIZON)
    stated = StructuralForecaster(new={"young": NewQueue(like="gone", share=0.1)})
    assert row(stated.forecast(past_, HORIZON), "young").sum() > 0


def test_what_is_borrowed_has_no_effects_of_its_own():
    """Effects are told of the queues that learn some; where all borrow, of none."""
    maker = StructuralForecaster(new={"chat": NewQueue(like="calls", share=0.5)})
    found = maker.effects(history(young(5)), HORIZON, by="day")
    assert set(found["queue"]) == {"calls", "evening"}
    nothing = history().until("2020-01-01")
    typical = StructuralForecaster(new={"chat": NewQueue(week=[[1.0] * 48] * 7, aht=60)})
    assert list(typical.effects(nothing, HORIZON).columns) == [
        *("queue", "effect", "factor", "lower", "upper")
    ]
