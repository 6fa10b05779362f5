"""Hang-ups and waits in histories: read, checked, regridded and kept."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wfm.errors import InputError
from wfm.forecast import read_history

QUARTERS = pd.date_range("2026-03-02 08:00", periods=4, freq="15min").astype(str)


def read(**columns):
    interval = columns.pop("interval", None)
    frame = pd.DataFrame({"queue": "calls", "start": QUARTERS, "aht": 60.0, **columns})
    return read_history(frame, timezone="UTC", interval=interval)


def test_columns_are_there_if_the_source_has_them():
    """A history has hang-ups and waits exactly where its source does."""
    plain = ["queue", "start", "offered", "aht"]
    assert list(read(offered=2).frame) == plain
    assert list(read(offered=2, abandoned=1).frame) == [*plain, "abandoned"]
    assert list(read(offered=2, abandoned=1, wait=9).frame) == [*plain, "abandoned", "wait"]


def test_total_and_mean():
    """A total of seconds becomes the mean over all contacts offered."""
    mean = read(offered=[1, 2, 0, 4], wait=[30, 15, None, 0])
    total = read(offered=[1, 2, 0, 4], wait_time=[30, 30, 0, 0])
    assert mean == total
    assert list(mean.frame["wait"].fillna(-1)) == [30, 15, -1, 0]


def test_blank_is_unknown():
    """A blank cell is unknown, but where no contact was offered none hung up."""
    frame = read(offered=[1, 2, 0, 4], abandoned=[None, 1, None, 0], wait=[None, 5, None, 5]).frame
    assert list(frame["abandoned"].fillna(-1)) == [-1, 1, 0, 0]
    assert list(frame["wait"].fillna(-1)) == [-1, 5, -1, 5]


def test_by_other_names():
    """The source's own headings are mapped as those of other columns are."""
    frame = pd.DataFrame({"queue": "a", "start": QUARTERS, "offered": 2, "aht": 9, "Lost": 1})
    history = read_history(frame, timezone="UTC", columns={"abandoned": "Lost"})
    assert list(history.frame["abandoned"]) == [1] * 4


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"abandoned": [0, -1, 0, 0]}, "row 1 column abandoned must be a number from 0 up, got -1"),
        (
            {"abandoned": [0, 0, 3, 4]},
            r"row 2 column abandoned must be at most the contacts offere",
        ),
        ({"abandoned": ["x", 0, 0, 0]}, "row 0 column abandoned must be a number, got 'x'"),
        (
            {"wait": [0, 0, 0, -5]},
            "row 3 column wait must be a number of seconds from 0 up, got -5",
        ),
        (
            {"wait": [0, 9e4, 0, 0]},
            r"row 1 column wait must be at most a day \(86400 s\) per contac",
        ),
        ({"wait_time": [0, 9e5, 0, 0]}, "row 1 column wait_time must be at most a day"),
        (
            {"offered": [2, 0, 2, 2], "wait": 5},
            "row 1 column wait must be 0 or blank where no cont",
        ),
    ],
)
def test_faults_are_named(columns, expected):
    """Each impossible cell is named with its row and column."""
    with pytest.raises(InputError, match=expected):
        read(**{"offered": 2, **columns})


def test_coarser_sums_and_weights():
    """On a coarser interval hang-ups are summed and waits weighted by all contacts offered."""
    columns = {"offered": [1, 3, 0, 4], "abandoned": [1, 1, 0, 2], "wait": [40, 20, None, 10]}
    frame = read(**columns, interval=30).frame
    assert list(frame) == ["queue", "start", "offered", "aht", "abandoned", "wait"]
    assert list(frame["abandoned"]) == [2, 2]
    assert list(frame["wait"]) == [25, 10]


def test_coarser_is_unknown_where_a_part_is():
    """An interval of which a part's hang-ups or waits are unknown has unknown ones."""
    columns = {"offered": 2, "abandoned": [None, 1, 1, 1], "wait": [5, 5, None, 5]}
    frame = read(**columns, interval=30).frame
    assert list(frame["abandoned"].fillna(-1)) == [-1, 2]
    assert list(frame["wait"].fillna(-1)) == [5, -1]


def test_finer_splits_and_repeats():
    """On a finer interval hang-ups are split evenly and the mean wait is repeated."""
    frame = read(offered=3, abandoned=[3, 0, 0, 0], wait=[10, 20, 30, 40], interval=5).frame
    assert list(frame["abandoned"][:4]) == [1, 1, 1, 0]
    assert list(frame["wait"][:4]) == [10, 10, 10, 20]


def test_parts_of_a_history_keep_them():
    """The time before a day and the time since it keep hang-ups and waits."""
    history = read(offered=2, abandoned=1, wait=9)
    assert history.until("2026-03-03").frame.equals(history.frame)
    assert history.since("2026-03-02").frame.equals(history.frame)


def test_written_and_read_again(tmp_path):
    """A history that is written as a table is read back equal."""
    history = read(offered=[1, 2, 0, 4], abandoned=[0, 1, 0, 0], wait=[30, 15, None, 0.5])
    history.frame.to_csv(tmp_path / "history.csv", index=False)
    again = read_history(tmp_path / "history.csv", timezone="UTC")
    pd.testing.assert_frame_equal(again.frame, history.frame, check_dtype=False)


@given(
    offered=st.lists(st.integers(0, 50), min_size=4, max_size=4),
    wait=st.lists(st.floats(0, 900), min_size=4, max_size=4),
    interval=st.sampled_from([5, 30, 60]),
)
def test_regridding_keeps_hang_ups_and_time(offered, wait, interval):
    """On any interval as many hang up, after as many seconds in all."""
    abandoned = [contacts // 2 for contacts in offered]
    wait = np.where(np.array(offered) > 0, wait, np.nan)
    frame = read(offered=offered, abandoned=abandoned, wait=wait, interval=interval).frame
    assert frame["abandoned"].sum() == pytest.approx(sum(abandoned))
    waited = (frame["offered"] * frame["wait"]).sum()
    assert waited == pytest.approx(np.nansum(np.array(offered) * wait))
