"""Shrinkage learned from minutes that were scheduled and lost."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wfm.errors import InputError
from wfm.forecast import learn_shrinkage, scheduled
from wfm.forecast.shrinkage.credibility import credibility
from wfm.forecast.shrinkage.levels import windows
from wfm.horizon import Horizon
from wfm.queue import Queue, Shrinkage
from wfm.window import Window


def hours(weeks, first=8, last=20, days=6):
    """Local starts of the hours of some weeks from a Monday on."""
    clock = pd.date_range("2026-03-02", periods=weeks * 7 * 24, freq="h")
    return clock[(clock.hour >= first) & (clock.hour < last) & (clock.day_of_week < days)]


def table(activity, clock, lost, minutes=1800.0, **columns):
    frame = pd.DataFrame({"start": clock, "scheduled": minutes, "lost": lost})
    return frame.assign(activity=activity, **columns)


def learn(frame, **options):
    return learn_shrinkage(frame, timezone="Europe/Berlin", **options)


def sickness(clock, random):
    """Minutes of 1,800 that are lost to whole days of more or less sickness, 5 % on average."""
    share = pd.Series(random.beta(3, 57, len(clock))).groupby(clock.day_of_year).transform("first")
    return 1800 * share.to_numpy()


def coaching(clock, random):
    """Minutes of 30 people lost to coaching: 2 %, on Tuesday and Thursday afternoons 20 %."""
    often = clock.day_of_week.isin([1, 3]) & (clock.hour >= 14) & (clock.hour < 16)
    return 60 * random.binomial(30, np.where(often, 0.2, 0.02))


def test_a_constant_share():
    """What always takes a twentieth is one part of a twentieth."""
    clock = hours(4)
    frame = table("meeting", clock, 90.0)
    assert learn(frame) == (Shrinkage(activity="meeting", share=0.05),)


def test_a_share_by_amount():
    """The overall share counts minutes, not rows."""
    clock = hours(1)
    minutes = np.where(np.arange(len(clock)) == 0, 60.0, 1800.0)
    lost = np.where(np.arange(len(clock)) == 0, 60.0, 90.0)
    (part,) = learn(table("meeting", clock, lost, minutes))
    assert part.share == round(lost.sum() / minutes.sum(), 4)


def test_an_exact_pattern():
    """What recurs to the minute is learned to the minute, the windows of like days together."""
    clock = hours(3)
    busy = (clock.day_of_week < 2) & (clock.hour == 9)
    parts = learn(table("meeting", clock, np.where(busy, 540.0, 36.0)))
    nine = Window(days=("Mon", "Tue"), start="09:00", end="10:00")
    assert parts == (
        Shrinkage(activity="meeting", share=0.02),
        Shrinkage(activity="meeting", share=0.28, windows=(nine,)),
    )


def test_only_at_times():
    """An activity that never occurs elsewhere has no part for the rest of the week."""
    clock = hours(3)
    parts = learn(table("meeting", clock, np.where(clock.hour == 9, 360.0, 0.0)))
    nine = Window(start="09:00", end="10:00")
    assert parts == (Shrinkage(activity="meeting", share=0.2, windows=(nine,)),)


def test_nothing_lost_is_no_part():
    """An activity to which nothing was lost does not come back."""
    assert learn(table("meeting", hours(2), 0.0)) == ()


def test_luck_is_no_pattern():
    """Sick days, which last all day, are one part: of 40 samples hardly one shows a pattern."""
    random = np.random.default_rng(3)
    clock = hours(8)
    found = [learn(table("sickness", clock, sickness(clock, random))) for _ in range(40)]
    assert sum(len(parts) > 1 for parts in found) <= 2
    assert np.mean([parts[0].share for parts in found]) == pytest.approx(0.05, abs=0.003)


def test_a_pattern_in_noise():
    """Coaching on two afternoons is found in eight weeks, as a level above the rest."""
    random = np.random.default_rng(4)
    clock = hours(8)
    parts = learn(table("coaching", clock, coaching(clock, random)))
    assert parts[0].windows == ()
    assert parts[0].share == pytest.approx(0.02, abs=0.004)
    available = Queue(id="a", shrinkage=parts).available(
        Horizon(start="2026-06-01", days=7, timezone="Europe/Berlin", interval=60)
    )
    lost = 1 - available.reshape(7, 24)
    assert lost[[1, 1, 3, 3], [14, 15, 14, 15]] == pytest.approx(0.2, abs=0.06)
    assert lost[[0, 2, 4], 14] == pytest.approx(0.02, abs=0.004)


def test_as_much_is_lost_as_was():
    """On the hours that were seen, the parts lose what the table lost."""
    random = np.random.default_rng(5)
    clock = hours(8)
    lost = coaching(clock, random)
    parts = learn(table("coaching", clock, lost))
    assert len(parts) > 1
    horizon = Horizon(start="2026-06-01", days=7, timezone="Europe/Berlin", interval=60)
    share = 1 - Queue(id="a", shrinkage=parts).available(horizon).reshape(7, 24)
    taken = 1800 * share[clock.day_of_week, clock.hour]
    assert taken.sum() == pytest.approx(lost.sum(), rel=0.005)


def test_what_patterns_may_depend_on():
    """By weekday alone or by hour alone, windows are whole days or the same on all days."""
    clock = hours(4)
    mondays = table("meeting", clock, np.where(clock.day_of_week == 0, 900, 0))
    (by_day,) = learn(mondays, by=("weekday",))
    assert (by_day.windows, by_day.share) == ((Window(days=("Mon",)),), 0.5)
    nines = table("meeting", clock, np.where(clock.hour == 9, 900, 0))
    (by_hour,) = learn(nines, by=("hour",))
    assert (by_hour.windows, by_hour.share) == ((Window(start="09:00", end="10:00"),), 0.5)
    for frame, by in ((mondays, ("hour",)), (nines, ("weekday",)), (nines, ())):
        (at_all,) = learn(frame, by=by)
        assert at_all.windows == ()
        assert at_all.share == pytest.approx(frame["lost"].mean() / 1800, abs=1e-4)


def test_whole_days():
    """A table of whole days teaches a pattern by weekday, whose windows are whole days."""
    days = pd.date_range("2026-03-02", periods=28, freq="D")
    frame = table("training", days, np.where(days.day_of_week == 2, 1440.0, 0.0), 14400.0)
    (part,) = learn(frame, by=("weekday",))
    assert part == Shrinkage(activity="training", share=0.1, windows=(Window(days=("Wed",)),))


def test_one_week_teaches_no_pattern():
    """A pattern is one only if another week has it too."""
    clock = hours(1)
    (part,) = learn(table("meeting", clock, np.where(clock.hour == 9, 360.0, 0.0)))
    assert part.windows == ()


def test_a_row_left_out_lost_nothing():
    """Where others have rows and an activity has none, it lost nothing."""
    clock = hours(3)
    always = table("breaks", clock, 90.0)
    meetings = table("meeting", clock[clock.hour == 9], 360.0, planned=True)
    parts = learn(pd.concat([always.assign(planned=False), meetings]))
    nine = Window(start="09:00", end="10:00")
    assert parts == (
        Shrinkage(activity="breaks", share=0.05, planned=False),
        Shrinkage(activity="meeting", share=0.2, windows=(nine,)),
    )


def test_quarters_of_an_hour():
    """Shorter intervals are added up to hours, on the local clock of the zone."""
    clock = pd.date_range("2026-03-02", periods=3 * 7 * 96, freq="15min")
    frame = table("meeting", clock, np.where(clock.hour == 9, 90.0, 0.0), 450.0)
    (part,) = learn(frame, utc=True)
    assert part.windows == (Window(start="10:00", end="11:00"),)


def test_a_file(tmp_path):
    """A file is read by the source's own names of its columns."""
    clock = hours(1)
    frame = table("Pause", clock, 90.0, planned="no").rename(columns={"start": "Zeit"})
    frame.to_csv(tmp_path / "lost.csv", index=False)
    (part,) = learn(tmp_path / "lost.csv", columns={"start": "Zeit"})
    assert part == Shrinkage(activity="Pause", share=0.05, planned=False)


FAULTS = {
    "negative": ({"lost": -1}, "row 1 column lost must be a number of minutes from 0 up, got -1"),
    "blank": ({"scheduled": None}, "row 1 column scheduled must be a number of minutes from 0 up"),
    "words": ({"lost": "many"}, "row 1 column lost must be a number, got 'many'"),
    "too many": ({"lost": 61}, "row 1 column lost must be at most the minutes scheduled, got 61"),
    "twice": ({"start": "2026-03-02 08:00"}, "row 1 column start must occur once in its activity"),
    "no time": ({"start": "Monday"}, "row 1 column start must be a date and time"),
    "no activity": ({"activity": " "}, "row 1 column activity must name an activity"),
    "neither": (
        {"planned": "perhaps"},
        "row 1 column planned must be true or false, got 'perhaps'",
    ),
    "both": (
        {"planned": "no"},
        "row 1 column planned must be the same in all rows of its activity",
    ),
    "uneven": (
        {"start": "2026-03-02 08:00", "activity": "b", "scheduled": 90},
        "row 1 column scheduled must be the same for every activity of its start",
    ),
    "crowded": (
        {"start": "2026-03-02 08:00", "activity": "b", "lost": 60},
        "row 0 column lost must add up to at most the minutes scheduled at its start",
    ),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_faults_are_named(fault):
    """Each impossible cell is named with its row and column."""
    changed, expected = fault
    first = {"start": "2026-03-02 08:00", "activity": "a", "scheduled": 60, "lost": 6}
    rows = [{**first, "planned": "yes"}, {**first, "start": "2026-03-02 09:00", "planned": "yes"}]
    with pytest.raises(InputError, match=expected):
        learn(pd.DataFrame([rows[0], rows[1] | changed]))


def test_columns_and_options_that_are_not_there():
    """A table without a column, or without minutes, and an unknown pattern are refused."""
    frame = table("meeting", hours(1), 0.0, 0.0)
    with pytest.raises(InputError, match="must have a column 'lost'"):
        learn(frame.drop(columns="lost"))
    with pytest.raises(InputError, match="must hold minutes that were scheduled"):
        learn(frame)
    for by in ("hour", ("hour", "month")):
        with pytest.raises(InputError, match="by must hold nothing but 'weekday' and 'hour'"):
            learn(frame, by=by)


def test_credibility_by_hand():
    """Two cells of two observations: variances and trust as worked out on paper.

    Shares 0.1, 0.3 and 0.5, 0.7 of 100 minutes each: within = 4 x 100 x 0.01 / 2 = 2; between =
    (2 x 200 x 0.04 - 2) / (400 - 200) = 0.07; trust of 200 minutes = 200 / (200 + 2/0.07) = 7/8.
    """
    lost = np.array([10.0, 30.0, 50.0, 70.0])
    found = credibility(np.array([0, 0, 1, 1]), np.full(4, 100.0), lost)
    assert found == pytest.approx((2.0, 0.07))
    assert found.trust(np.array([200.0, 0.0])) == pytest.approx([7 / 8, 0])
    assert found.doubt(np.array([200.0])) == pytest.approx([0.07 / 8])


@given(st.lists(st.booleans(), min_size=168, max_size=168))
def test_windows_hold_where_they_should(flags):
    """The windows of any hours of the week hold there and nowhere else."""
    held = np.array(flags).reshape(7, 24)
    part = Shrinkage(activity="a", share=0.5, windows=windows(held))
    if not held.any():
        assert part.windows == ()
        return
    horizon = Horizon(start="2026-06-01", days=7, timezone="Europe/Berlin", interval=60)
    available = Queue(id="a", shrinkage=(part,)).available(horizon)
    np.testing.assert_array_equal(available.reshape(7, 24) < 1, held)


def test_scheduled_is_no_surcharge():
    """Thirty per cent turn a hundred into 143, of whom a hundred are there, and not into 130."""
    assert scheduled(100, 0.3) == pytest.approx(142.857, abs=0.001)
    assert isinstance(scheduled(100, 0.3), float)
    found = scheduled([[10.0], [0.0]], [0.0, 0.5])
    np.testing.assert_allclose(found, [[10, 20], [0, 0]])


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((10, 1.0), "shrinkage must be from 0 up and below 1, got 1.0"),
        ((10, [0.1, -0.1]), r"shrinkage\[1\] must be from 0 up and below 1, got -0.1"),
        (([[1.0, np.nan]], 0), r"base\[0, 1\] must be a finite number from 0 up, got nan"),
    ],
)
def test_scheduled_refuses(arguments, expected):
    """Values that are no agents or no share are named."""
    with pytest.raises(InputError, match=expected):
        scheduled(*arguments)
