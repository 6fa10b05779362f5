"""Rows that repeat, come late, or are left out: what is done with them is the caller's word."""

import numpy as np
import pandas as pd
import pytest

from wfm.forecast import read_history
from wfm.queue import Queue
from wfm.window import Window

START = "2026-03-02 08:00"


def table(rows, **columns):
    """Rows of (start, offered, aht) of a queue of calls."""
    starts, offered, aht = zip(*rows, strict=True)
    frame = pd.DataFrame({"queue": "calls", "start": starts, "offered": offered, "aht": aht})
    return frame.assign(**columns)


def read(frame, **options):
    return read_history(frame, timezone="Europe/Berlin", **options)


def found(history, kind):
    return [finding for finding in history.findings if finding.kind == kind]


AGAIN = table(
    [
        ("2026-03-02 08:00", 10, 200),
        ("2026-03-02 08:15", 3, 100),
        ("2026-03-02 08:15", 12, 250),
        ("2026-03-02 08:00", 10, 200),
        ("2026-03-02 08:30", 5, 300),
    ]
)


@pytest.mark.parametrize(
    ("how", "offered", "aht"),
    [
        ("first", [10, 3, 5], [200, 100, 300]),
        ("last", [10, 12, 5], [200, 250, 300]),
        ("sum", [20, 15, 5], [200, (3 * 100 + 12 * 250) / 15, 300]),
    ],
)
def test_repeated_rows(how, offered, aht):
    """The first, the last or the sum of repeated rows is taken, and the first repeat is named."""
    history = read(AGAIN, duplicates=how)
    assert list(history.frame["offered"]) == offered
    assert list(history.frame["aht"]) == pytest.approx(aht)
    (repeated,) = found(history, "repeated")
    assert repeated.place == "data frame row 2 column start"
    assert "2 rows, the first in data frame row 2" in repeated.message
    assert "1 of them with the same figures" in repeated.message


def test_final_figures_replace_what_could_not_be_read():
    """Of a row that was delivered without figures and again with them, the last is read alone."""
    frame = table([(START, 10, 200), ("2026-03-02 08:15", np.nan, np.nan)])
    final = table([("2026-03-02 08:15", 12, 250)])
    history = read(pd.concat([frame, final]), duplicates="last")
    assert list(history.frame["offered"]) == [10, 12]


def test_sums_of_all_measures():
    """Counts are added up; AHT is weighted by those handled, waits by those offered."""
    frame = table(
        [(START, 10, 200), (START, 30, 400), ("2026-03-02 08:15", 1, 100)],
        handled=[10, 20, 1],
        abandoned=[0, 10, 0],
        wait=[5.0, 45.0, 1.0],
    )
    row = read(frame, duplicates="sum").frame.iloc[0]
    assert row["offered"] == 40
    assert row["aht"] == pytest.approx((10 * 200 + 20 * 400) / 30)
    assert row["abandoned"] == 10
    assert row["wait"] == pytest.approx((10 * 5 + 30 * 45) / 40)


def test_no_repeats_no_finding():
    """Where nothing repeats, each way reads the same and finds nothing."""
    frame = AGAIN.drop_duplicates("start")
    for how in ("first", "last", "sum"):
        assert read(frame, duplicates=how) == read(frame)


def test_two_rows_of_a_doubled_hour_are_no_repeats():
    """The two passes of the hour that the clocks show twice are kept apart in each way."""
    starts = ["2026-10-25 02:00", "2026-10-25 02:30"] * 2
    frame = table([(start, offered, 60) for offered, start in enumerate(starts, start=1)])
    for how in ("first", "last", "sum"):
        assert list(read(frame, duplicates=how).frame["offered"]) == [1, 2, 3, 4]


def test_rows_out_of_order():
    """Rows that come late are put in order, and the first place where the order breaks is named."""
    starts = [f"2026-03-02 0{hour}:00" for hour in (1, 2, 5, 3, 4, 6)]
    history = read(table([(start, 1, 60) for start in starts]))
    assert history.starts.is_monotonic_increasing
    (late,) = found(history, "out of order")
    assert late.place == "data frame row 3 column start"
    assert "breaks at 1 row, first" in late.message


def test_order_of_a_doubled_hour():
    """At the hour that the clocks show twice, the order of the clock is an order too."""
    walls = ["01:30", "02:00", "02:00", "02:30", "02:30", "03:00"]
    starts = [f"2026-10-25 {wall}" for wall in walls]
    history = read(table([(start, 1, 60) for start in starts]))
    assert history.starts.is_monotonic_increasing
    assert found(history, "out of order") == []


def test_newest_first_is_in_order():
    """A file that runs backwards in time is in order; queues may alternate."""
    starts = [f"2026-03-02 0{hour}:00" for hour in (5, 4, 3, 2)]
    calls = table([(start, 1, 60) for start in starts])
    mixed = pd.concat([calls, calls.assign(queue="chat")]).sort_index(kind="stable")
    assert found(read(mixed), "out of order") == []


def days(end="2026-03-31 00:00"):
    """Half-hours from 8 to 20 of March, on working days."""
    clock = pd.date_range("2026-03-02", end, freq="30min", inclusive="left")
    clock = clock[(clock.hour >= 8) & (clock.hour < 20) & (clock.day_of_week < 5)]
    return table([(str(at), 5, 200) for at in clock])


def test_unfinished_day():
    """A last day that ends earlier than that weekday does is found, with its last interval."""
    (cut,) = found(read(days(end="2026-03-30 13:20")), "unfinished")
    assert cut.place == "2026-03-30 13:00"
    assert found(read(days()), "unfinished") == []


def test_unfinished_needs_an_earlier_week():
    """On a weekday that was never seen before, nothing is known to be missing."""
    assert found(read(days(end="2026-03-02 13:20")), "unfinished") == []


def test_queue_that_ended_long_ago_is_not_unfinished():
    """A queue whose last day is earlier than that of the others was not cut by the export."""
    ended = days(end="2026-03-26 13:20").assign(queue="fax")
    assert found(read(pd.concat([days(), ended])), "unfinished") == []


SPARSE = table(
    [
        ("2026-03-02 08:15", 1, 60),
        ("2026-03-02 09:45", 2, 60),
        ("2026-03-03 09:00", 1, 60),
        ("2026-03-09 08:30", 1, 60),
        ("2026-03-09 12:00", 1, 60),
    ]
)


def test_missing_rows_are_zero_if_so_said():
    """In a sparse export, each lacking row between a weekday's first and last time is zero."""
    history = read(SPARSE, missing="zero")
    assert history.interval == 15
    monday = history.until("2026-03-03").frame
    assert list(monday["offered"]) == [1, *[0] * 5, 2, *[0] * 9]
    assert monday["aht"].isna().sum() == 14
    assert list(history.since("2026-03-03").until("2026-03-04").frame["offered"]) == [1]
    assert len(history.since("2026-03-09").frame) == 16
    (filled,) = found(history, "filled")
    assert filled.place == "2026-03-02 08:30"
    assert "no row in 28 intervals while it is open" in filled.message
    assert found(history, "gap") == []


def test_missing_rows_within_the_hours_given():
    """With hours given, lacking rows are zero within them, on both sides of a clock change too."""
    hours = (Window(days=("Sun",), start="00:00", end="06:00"),)
    frame = table([("2026-03-22 05:45", 1, 60), ("2026-03-29 00:30", 1, 60)])
    frame = pd.concat([frame, table([("2026-10-25 05:30", 1, 60)])])
    queues = [Queue(id="calls", hours=hours)]
    history = read(frame, missing="zero", queues=queues)
    rows = history.frame["start"].dt.tz_convert("Europe/Berlin").dt.strftime("%m-%d").value_counts()
    assert rows["03-29"] == 5 * 4
    assert rows["04-05"] == 6 * 4
    assert rows["10-25"] == 7 * 4 - 1


def test_queue_starts_with_its_first_row_and_ends_with_the_file():
    """Before a queue's first row nothing is known; after its last one there were no contacts."""
    early = table([(f"2026-03-02 {hour:02d}:00", 1, 60) for hour in range(8, 18)])
    late = table([(f"2026-03-02 {hour}:00", 1, 60) for hour in (10, 11)]).assign(queue="chat")
    later = table([("2026-03-09 17:00", 1, 60)]).assign(queue="chat")
    history = read(pd.concat([early, late, later]), missing="zero")
    chat = history.series("chat")["offered"]
    assert chat.first_valid_index() == pd.Timestamp("2026-03-02 10:00", tz="Europe/Berlin")
    assert len(history.since("2026-03-09").frame) == 10 + 8
    assert history.since("2026-03-09").frame["offered"].sum() == 1


def test_filled_waits():
    """Where there was no contact nobody hung up, and the wait is of nobody."""
    frame = SPARSE.assign(abandoned=0, wait=3.0)
    filled = read(frame, missing="zero").frame
    filled = filled[filled["offered"] == 0]
    assert (filled["abandoned"] == 0).all()
    assert filled[["aht", "wait"]].isna().all(axis=None)


def test_more_handled_than_offered():
    """Contacts that wait from one interval to the next are found, not refused."""
    frame = table([(START, 5, 60), ("2026-03-02 08:15", 1, 60)], handled=[3, 3])
    (more,) = found(read(frame), "more handled")
    assert more.place == "data frame row 1 column handled"
