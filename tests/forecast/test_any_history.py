"""Whatever a file holds, it is read as a history or refused in a sentence."""

import csv
import io
from datetime import datetime

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wfm.errors import InputError
from wfm.forecast import clean, read_history
from wfm.forecast.reading.csv_file import read_closely
from wfm.forecast.reading.plain_csv import read_plain

NUMBERS = ["", "5", "0", "-1", "2.5", "1e400", "1e-320", "nan", "inf", "1,5", "0x1", "1_0", "9e11"]
CELL = st.sampled_from(NUMBERS) | st.text(max_size=6)
ODD_TIMES = [
    "2026-03-02 08:00",
    "2026-03-02 08:15",
    "2026-03-02T08:30Z",
    "2026-03-02 08:45+25:00",
    "2026-03-02 08:00:30",
    "2026-03-29 02:30",
    "2026-10-25 02:30",
    "0000-00-00 00:00",
    "9999-12-31 23:59",
]
YEAR = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31))
TIME = st.sampled_from(ODD_TIMES) | YEAR.map(lambda at: at.isoformat(" ", "minutes"))
REQUIRED = ["queue", "start", "offered", "aht"]
OTHERS = ["handled", "handle_time", "abandoned", "wait", "wait_time"]
OPTIONS = st.fixed_dictionaries(
    {
        "duplicates": st.sampled_from(["refuse", "first", "last", "sum"]),
        "missing": st.sampled_from(["unknown", "zero"]),
        "interval": st.sampled_from([None, 5, 60]),
        "utc": st.booleans(),
    }
)


def read_or_refused(folder, lines, options):
    """Write lines of cells as CSV and read them: a sound history, or None where refused."""
    path = folder / "history.csv"
    text = io.StringIO()
    csv.writer(text).writerows(lines)
    path.write_text(text.getvalue(), encoding="utf-8", errors="replace", newline="")
    try:
        history = read_history(path, timezone="Europe/Berlin", **options)
    except InputError as error:
        return str(error)
    assert not history.frame.duplicated(["queue", "start"]).any()
    assert (history.frame["offered"] >= 0).all()
    clean(history)
    return history


@settings(max_examples=200, deadline=None)
@given(data=st.data(), others=st.lists(st.sampled_from(OTHERS), unique=True), options=OPTIONS)
def test_any_table_is_read_or_refused(tmp_path_factory, data, others, options):
    """Whatever stands in the cells, a table becomes a history or is refused in one sentence."""
    heads = [*REQUIRED, *others]
    cells = [TIME if head == "start" else CELL for head in heads]
    lines = data.draw(st.lists(st.tuples(*cells), min_size=1, max_size=6))
    found = read_or_refused(tmp_path_factory.mktemp("any"), [heads, *lines], options)
    assert not isinstance(found, str) or " must " in found


@settings(max_examples=200, deadline=None)
@given(
    rows=st.lists(
        st.tuples(st.sampled_from("ab"), st.integers(0, 200), st.integers(0, 9), st.integers(0, 9)),
        min_size=2,
    ),
    first=st.sampled_from(["2026-03-28 20:00", "2026-10-24 20:00", "2026-06-01 00:00"]),
    options=OPTIONS,
)
def test_nearly_good_tables_are_read_or_refused(tmp_path_factory, rows, first, options):
    """So is a table of sound cells whose rows repeat, lack, and stand in any order."""
    begin = pd.Timestamp(first)
    lines = [
        (queue, str(begin + pd.Timedelta(minutes=15 * at)), offered, 60, handled)
        for queue, at, offered, handled in rows
    ]
    lines = [[*REQUIRED, "handled"], *lines]
    found = read_or_refused(tmp_path_factory.mktemp("any"), lines, options)
    assert not isinstance(found, str) or " must " in found


@settings(max_examples=100, deadline=None)
@given(data=st.text(max_size=80).map(str.encode) | st.binary(max_size=80))
def test_any_bytes_are_refused(tmp_path_factory, data):
    """A few bytes of any kind are no history, and are refused in a sentence."""
    path = tmp_path_factory.mktemp("any") / "history.csv"
    path.write_bytes(data)
    with pytest.raises(InputError, match=" must "):
        read_history(path, timezone="UTC")


PLAIN = st.text(st.sampled_from('ab ,;\n\r\t"\0é5'), max_size=40)


@settings(max_examples=500, deadline=None)
@given(
    PLAIN
    | st.lists(st.lists(st.text("ab 5é", max_size=3), min_size=2, max_size=2)).map(
        lambda lines: "\r\n".join(",".join(line) for line in lines)
    )
)
def test_plain_files_are_read_as_closely(text):
    """What is read at once has the very cells that reading them one by one gives."""
    plain = read_plain(text)
    if plain is not None:
        closely, rows = read_closely(text, "history.csv")
        assert plain.to_numpy().tolist() == closely.to_numpy().tolist()
        assert list(plain.columns) == list(closely.columns)
        assert list(rows) == list(range(2, len(plain) + 2))


def test_a_plain_file_is_seen_as_one():
    """A file without quotes or blank rows is plain, with either end of line and spaces around."""
    for end in ("\n", "\r\n"):
        plain = read_plain(end.join(["queue, start", " a,b ", "c,"]))
        assert list(plain.columns) == ["queue", "start"]
        assert plain.to_numpy().tolist() == [["a", "b"], ["c", ""]]
    assert read_plain("queue,start\n\na,b\n") is None
    assert read_plain('queue,start\n"a",b\n') is None
    assert read_plain("queue,start\na\n") is None
