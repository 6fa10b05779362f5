"""Histories that cannot be used: each error names the file, and the row and column at fault."""

import re

import numpy as np
import pandas as pd
import pytest

from wfm.errors import InputError
from wfm.forecast import read_history

HEADER = "queue,start,offered,aht\n"
FIRST = "calls,2026-03-02 08:00,10,200\n"
SECOND = "calls,2026-03-02 08:15,12,200\n"
GOOD = HEADER + FIRST + SECOND

ROWS = {
    "unreadable time": ("calls,yesterday,5,200\n", "row 4 column start must be a date and time"),
    "impossible date": ("calls,2026-02-30 08:00,5,200\n", "row 4 column start must be a date and"),
    "day first": ("calls,02/03/2026 08:30,5,200\n", "row 4 column start must be a date and time"),
    "date without time": ("calls,2026-03-02,5,200\n", "row 4 column start must be a date and time"),
    "fraction of a second": ("calls,2026-03-02 08:30:00.5,5,200\n", "row 4 column start must be"),
    "blank time": ("calls,,5,200\n", "row 4 column start must be a date and time"),
    "one offset": ("calls,2026-03-02T08:30Z,5,200\n", "row 4 column start must have no offset"),
    "skipped hour": (
        "calls,2026-03-29 02:30,5,200\n",
        "row 4 column start must exist, but the clocks of Europe/Berlin skip it, got '2026-03-29",
    ),
    "off the marks": ("calls,2026-03-02 09:07,5,200\n", "row 4 column start must be on a 15-minut"),
    "odd seconds": ("calls,2026-03-02 09:00:30,5,200\n", "row 4 column start must be on a 15-minu"),
    "repeated row": ("calls,2026-03-02 08:15,9,200\n", "row 4 column start must occur once in its"),
    "other interval": (
        "chat,2026-03-02 08:00,5,200\nchat,2026-03-02 08:30,5,200\n",
        "queue chat must have intervals of 15 minutes, as another queue has, got '30 minutes'",
    ),
    "negative contacts": (
        "calls,2026-03-02 08:30,-1,200\n",
        "row 4 column offered must be a numbe",
    ),
    "blank contacts": ("calls,2026-03-02 08:30,,200\n", "row 4 column offered must be a number fr"),
    "words for contacts": ("calls,2026-03-02 08:30,ten,200\n", "row 4 column offered must be a nu"),
    "missing contacts": ("calls,2026-03-02 08:30,nan,200\n", "row 4 column offered must be a numb"),
    "infinite contacts": ("calls,2026-03-02 08:30,inf,200\n", "row 4 column offered must be a num"),
    "negative AHT": (
        "calls,2026-03-02 08:30,5,-3\n",
        "row 4 column aht must be a number of second",
    ),
    "AHT above a day": ("calls,2026-03-02 08:30,5,90000\n", "row 4 column aht must be at most a d"),
    "clock time as AHT": ("calls,2026-03-02 08:30,5,00:03:20\n", "row 4 column aht must be a numb"),
    "missing AHT": ("calls,2026-03-02 08:30,5,\n", "row 4 column aht must be above 0 where contac"),
    "zero AHT": ("calls,2026-03-02 08:30,5,0\n", "row 4 column aht must be above 0 where contacts"),
    "blank queue": (" ,2026-03-02 08:30,5,200\n", "row 4 column queue must name a queue"),
    "short row": ("calls,2026-03-02 08:30,5\n", "row 4 must have 4 cells, got 3"),
    "long row": ("calls,2026-03-02 08:30,1,500,200\n", "row 4 must have 4 cells, got 5"),
}

FILES = {
    "empty file": ("", {}, "history.csv must start with a header"),
    "no rows": (HEADER, {}, "history.csv must have rows below its header"),
    "blank rows only": (HEADER + "\n,,,\n", {}, "history.csv must have rows below its header"),
    "no offered": ("queue,start,aht\na,2026-03-02 08:00,9\n", {}, "must have a column 'offered'"),
    "no start": ("queue,offered,aht\na,5,9\n", {}, "history.csv must have a column 'start'"),
    "no queue": (
        "start,offered,aht\n2026-03-02 08:00,5,9\n",
        {},
        "must have a column 'queue', or columns={'queue': ...} that names it, or be read with queu",
    ),
    "no handle time": (
        "queue,start,offered\na,2026-03-02 08:00,5\na,2026-03-02 08:15,5\n",
        {},
        "must have a column 'aht', or columns={'aht': ...} that names it, or a column 'handle",
    ),
    "column twice": (
        "queue,start,offered,offered,aht\na,2026-03-02 08:00,5,5,9\n",
        {},
        "history.csv row 1 must have one column 'offered', got 2",
    ),
    "one interval": (HEADER + FIRST, {}, "history.csv must hold two intervals of a queue"),
    "unsupported interval": (
        HEADER + FIRST + "calls,2026-03-02 08:20,1,9\n",
        {},
        "history.csv row 3 column start must be 5, 10, 15, 30 or 60 minutes after the row before",
    ),
    "one row a day": (
        HEADER + FIRST + "calls,2026-03-03 08:00,1,9\n",
        {},
        "row 3 column start must be 5, 10, 15, 30 or 60 minutes after the row before it in its que",
    ),
    "unknown zone": (GOOD, {"timezone": "Mars/Base"}, "timezone must be an IANA time zone"),
    "mapped to nothing": (
        GOOD,
        {"columns": {"start": "Time"}},
        "columns['start'] must name one of",
    ),
    "unknown name mapped": (
        GOOD,
        {"columns": {"calls": "aht"}},
        "columns must map only queue, sta",
    ),
    "queue stated twice": (GOOD, {"queue": "calls"}, "queue must be left out, as history.csv has"),
    "AHT stated twice": (GOOD, {"aht": 240}, "aht must be left out, as history.csv has a column"),
    "no such interval": (GOOD, {"interval": 20}, "interval must be 5, 10, 15, 30 or 60 minutes"),
    "no common interval": (GOOD, {"interval": 10}, "interval must be a multiple or a part of 15"),
    "negative total": (
        "queue,start,offered,handle_time\na,2026-03-02 08:00,5,-9\na,2026-03-02 08:15,5,900\n",
        {},
        "history.csv row 2 column handle_time must be a number of seconds from 0 up",
    ),
    "absurd total": (
        "queue,start,offered,handle_time\na,2026-03-02 08:00,5,9e9\na,2026-03-02 08:15,5,900\n",
        {},
        "history.csv row 2 column handle_time must be at most a day",
    ),
    "negative handled": (
        "queue,start,offered,handled,aht\na,2026-03-02 08:00,5,-1,9\na,2026-03-02 08:15,5,5,9\n",
        {},
        "history.csv row 2 column handled must be a number from 0 up",
    ),
    "half-hour clock change": (
        HEADER + "a,2026-04-01 08:00,5,9\na,2026-04-01 09:00,5,9\na,2026-05-01 08:00,5,9\n",
        {"timezone": "Australia/Lord_Howe"},
        "interval must divide the clock changes of Australia/Lord_Howe, got 60",
    ),
}


def refused(path, text, **options):
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_history(path, **{"timezone": "Europe/Berlin", **options})
    return str(caught.value)


@pytest.mark.parametrize("case", ROWS)
def test_bad_row(tmp_path, case):
    """A bad row below good ones is refused with the file, the row and the column."""
    row, must = ROWS[case]
    message = refused(tmp_path / "history.csv", GOOD + row)
    assert message.startswith("history.csv ")
    assert must in message


@pytest.mark.parametrize("case", FILES)
def test_bad_file(tmp_path, case):
    """A file that is wrong as a whole is refused with what would do instead."""
    text, options, must = FILES[case]
    assert must in refused(tmp_path / "history.csv", text, **options)


def test_missing_file(tmp_path):
    """A path without a file is named in full."""
    path = tmp_path / "nothing.csv"
    with pytest.raises(InputError, match=re.escape(f"{path} must be an existing file")):
        read_history(path, timezone="UTC")


def test_not_utf8(tmp_path):
    """A file in another encoding is refused as such."""
    path = tmp_path / "history.csv"
    path.write_bytes(GOOD.replace("calls", "réclamations").encode("latin-1"))
    with pytest.raises(InputError, match="must be a readable CSV file in UTF-8"):
        read_history(path, timezone="UTC")


def test_faulty_rows_are_counted(tmp_path):
    """Where several rows have the fault, the first is named and all are counted."""
    bad = "".join(f"calls,2026-03-02 {hour}:00,-{hour},200\n" for hour in (10, 11, 12))
    message = refused(tmp_path / "history.csv", GOOD + bad)
    assert message == (
        "history.csv row 4 column offered must be a number from 0 up (the first of 3 such rows), "
        "got '-10'."
    )


def test_rows_are_counted_as_in_a_spreadsheet(tmp_path):
    """Blank lines count, as they do in a spreadsheet."""
    message = refused(tmp_path / "history.csv", GOOD + "\n,,,\ncalls,2026-03-02 08:30,x,200\n")
    assert "history.csv row 6 column offered" in message


def test_stray_row_does_not_set_the_interval(tmp_path):
    """One row between the marks of a long quarter-hourly file does not make it 5-minutely."""
    minutes = [*range(0, 24 * 60, 15), 500]
    rows = [f"calls,2026-03-02 {m // 60:02d}:{m % 60:02d},5,200\n" for m in minutes]
    message = refused(tmp_path / "history.csv", HEADER + "".join(rows))
    assert "history.csv row 98 column start must be on a 15-minute mark of the clock" in message


def test_the_file_s_own_heading_is_named(tmp_path):
    """A mapped column is called by the file's heading."""
    text = "CT,Start,Offered Calls,AHT\na,2026-03-02 08:00,-5,9\na,2026-03-02 08:15,1,9\n"
    names = {"queue": "CT", "start": "Start", "offered": "Offered Calls", "aht": "AHT"}
    message = refused(tmp_path / "history.csv", text, columns=names)
    assert "history.csv row 2 column Offered Calls must" in message


@pytest.mark.parametrize("aht", [0, -1, 90_000, float("nan")])
def test_bad_constant_aht(tmp_path, aht):
    """A stated AHT must be seconds above zero and up to a day."""
    text = "queue,start,offered\na,2026-03-02 08:00,5\na,2026-03-02 08:15,5\n"
    assert "aht must be seconds above 0" in refused(tmp_path / "history.csv", text, aht=aht)


@pytest.mark.parametrize(
    ("column", "value", "place"),
    [
        ("queue", None, "data frame row 1 column queue"),
        ("start", pd.NaT, "data frame row 1 column start"),
        ("start", pd.Timestamp("2026-03-02 08:15:00.25"), "data frame row 1 column start"),
        ("offered", np.nan, "data frame row 1 column offered"),
        ("aht", -1.0, "data frame row 1 column aht"),
    ],
)
def test_bad_data_frame(column, value, place):
    """Rows of a data frame are counted by position from 0."""
    frame = pd.DataFrame(
        {
            "queue": ["a", "a"],
            "start": pd.to_datetime(["2026-03-02 08:00", "2026-03-02 08:15"]).as_unit("us"),
            "offered": [5.0, 6.0],
            "aht": [200.0, 210.0],
        },
        index=[7, 9],
    )
    frame.loc[9, column] = value
    with pytest.raises(InputError, match=place):
        read_history(frame, timezone="UTC")
