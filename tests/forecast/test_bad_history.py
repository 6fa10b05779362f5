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

TIME = "column start must be a date and time in whole seconds, such as 2026-12-07 08:15"

ROWS = {
    "unreadable time": ("calls,yesterday,5,200", TIME, "'yesterday'"),
    "impossible date": ("calls,2026-02-30 08:00,5,200", TIME, "'2026-02-30 08:00'"),
    "day first": ("calls,02/03/2026 08:30,5,200", TIME, "'02/03/2026 08:30'"),
    "month and year in dots": ("calls,02.03.2026 08:30,5,200", TIME, "'02.03.2026 08:30'"),
    "date without time": ("calls,2026-03-02,5,200", TIME, "'2026-03-02'"),
    "hour 24": ("calls,2026-03-02 24:00,5,200", TIME, "'2026-03-02 24:00'"),
    "twelve-hour clock": ("calls,2026-03-02 08:30 PM,5,200", TIME, "'2026-03-02 08:30 PM'"),
    "spreadsheet's number for a date": ("calls,46083.354,5,200", TIME, "'46083.354'"),
    "fraction of a second": ("calls,2026-03-02 08:30:00.5,5,200", TIME, "'2026-03-02 08:30:00.5'"),
    "blank time": ("calls,,5,200", TIME, "''"),
    "row of totals": ("Total,,22,200", TIME, "''"),
    "one offset": (
        "calls,2026-03-02T08:30Z,5,200",
        "column start must have no offset from UTC, as the first row has",
        "'2026-03-02T08:30Z'",
    ),
    "skipped hour": (
        "calls,2026-03-29 02:30,5,200",
        "column start must exist, but the clocks of Europe/Berlin skip it",
        "'2026-03-29 02:30'",
    ),
    "off the marks": (
        "calls,2026-03-02 09:07,5,200",
        "column start must be on a 15-minute mark of the clock",
        "'2026-03-02 09:07'",
    ),
    "odd seconds": (
        "calls,2026-03-02 09:00:30,5,200",
        "column start must be on a 15-minute mark of the clock",
        "'2026-03-02 09:00:30'",
    ),
    "repeated row": (
        "calls,2026-03-02 08:15,9,200",
        "column start must occur once in its queue",
        "'2026-03-02 08:15'",
    ),
    "clock's zero": (
        "calls,1970-01-01 00:00,5,200",
        "column start must lie between 1990 and 2100",
        "'1970-01-01 00:00'",
    ),
    "spreadsheet's zero": (
        "calls,1899-12-30 08:30,5,200",
        "column start must lie between 1990 and 2100",
        "'1899-12-30 08:30'",
    ),
    "far future": (
        "calls,2262-03-02 08:30,5,200",
        "column start must lie between 1990 and 2100",
        "'2262-03-02 08:30'",
    ),
    "negative contacts": (
        "calls,2026-03-02 08:30,-1,200",
        "column offered must be a number from 0 up",
        "'-1'",
    ),
    "blank contacts": (
        "calls,2026-03-02 08:30,,200",
        "column offered must be a number from 0 up",
        "''",
    ),
    "words for contacts": (
        "calls,2026-03-02 08:30,ten,200",
        "column offered must be a number",
        "'ten'",
    ),
    "broken formula": (
        "calls,2026-03-02 08:30,#REF!,200",
        "column offered must be a number",
        "'#REF!'",
    ),
    "unit in the cell": (
        "calls,2026-03-02 08:30,12 calls,200",
        "column offered must be a number",
        "'12 calls'",
    ),
    "decimal comma": (
        'calls,2026-03-02 08:30,"12,5",200',
        "column offered must be a number with a decimal point, without commas",
        "'12,5'",
    ),
    "comma between thousands": (
        'calls,2026-03-02 08:30,"1,234",200',
        "column offered must be a number with a decimal point, without commas",
        "'1,234'",
    ),
    "blank between thousands": (
        "calls,2026-03-02 08:30,1 234,200",
        "column offered must be a number",
        "'1 234'",
    ),
    "missing contacts": (
        "calls,2026-03-02 08:30,nan,200",
        "column offered must be a number",
        "'nan'",
    ),
    "infinite contacts": (
        "calls,2026-03-02 08:30,inf,200",
        "column offered must be a number",
        "'inf'",
    ),
    "absurd contacts": (
        "calls,2026-03-02 08:30,1e300,200",
        "column offered must be at most 1000000000000",
        "'1e300'",
    ),
    "truth for contacts": (
        "calls,2026-03-02 08:30,True,200",
        "column offered must be a number",
        "'True'",
    ),
    "negative AHT": (
        "calls,2026-03-02 08:30,5,-3",
        "column aht must be a number of seconds from 0 up",
        "'-3'",
    ),
    "AHT above a day": (
        "calls,2026-03-02 08:30,5,90000",
        "column aht must be at most a day (86400 s) per contact",
        "'90000'",
    ),
    "clock time as AHT": (
        "calls,2026-03-02 08:30,5,00:03:20",
        "column aht must be a number",
        "'00:03:20'",
    ),
    "missing AHT": (
        "calls,2026-03-02 08:30,5,",
        "column aht must be above 0 where contacts were offered",
        "''",
    ),
    "zero AHT": (
        "calls,2026-03-02 08:30,5,0",
        "column aht must be above 0 where contacts were offered",
        "'0'",
    ),
    "blank queue": (" ,2026-03-02 08:30,5,200", "column queue must name a queue", "''"),
    "short row": ("calls,2026-03-02 08:30,5", "must have 4 cells", "3"),
    "long row": ("calls,2026-03-02 08:30,1,500,200", "must have 4 cells", "5"),
    "quote that is not closed": ('"calls,2026-03-02 08:30,5,200', "must have 4 cells", "1"),
    "header again": ("queue,start,offered,aht", TIME, "'start'"),
}

FILES = {
    "empty file": (
        "",
        {},
        "history.csv row 1 must be a header of column names.",
    ),
    "only a byte order mark": (
        "\ufeff",
        {},
        "history.csv row 1 must be a header of column names.",
    ),
    "no rows": (
        HEADER,
        {},
        "history.csv row 1 must have rows below it.",
    ),
    "blank rows only": (
        HEADER + ("\n,,,\n"),
        {},
        "history.csv row 1 must have rows below it.",
    ),
    "no header": (
        ("calls,2026-03-02 08:00,10,200\ncalls,2026-03-02 08:15,12,200\n"),
        {},
        "history.csv row 1 must have a column 'start', or columns={'start': ...} that "
        "names it, got ['calls', '2026-03-02 08:00', '10', '200'].",
    ),
    "title above the header": (
        (
            "Report of March\n"
            "queue,start,offered,aht\n"
            "calls,2026-03-02 08:00,10,200\n"
            "calls,2026-03-02 08:15,12,200\n"
        ),
        {},
        "history.csv row 1 must be a header of column names, got 'Report of March'.",
    ),
    "wide title above the header": (
        (
            "Report of March,,,\n"
            "queue,start,offered,aht\n"
            "calls,2026-03-02 08:00,10,200\n"
            "calls,2026-03-02 08:15,12,200\n"
        ),
        {},
        "history.csv row 1 must have a column 'start', or columns={'start': ...} that "
        "names it, got ['Report of March', '', '', ''].",
    ),
    "semicolons": (
        ("queue;start;offered;aht\ncalls;2026-03-02 08:00;10;200\ncalls;2026-03-02 08:15;12;200\n"),
        {},
        "history.csv row 1 must be separated by commas, not semicolons, got "
        "'queue;start;offered;aht'.",
    ),
    "tabs": (
        (
            "queue\tstart\toffered\taht\n"
            "calls\t2026-03-02 08:00\t10\t200\n"
            "calls\t2026-03-02 08:15\t12\t200\n"
        ),
        {},
        "history.csv row 1 must be separated by commas, not tabs, got "
        "'queue\\tstart\\toffered\\taht'.",
    ),
    "bars": (
        ("queue|start|offered|aht\ncalls|2026-03-02 08:00|10|200\ncalls|2026-03-02 08:15|12|200\n"),
        {},
        "history.csv row 1 must be separated by commas, not bars, got 'queue|start|offered|aht'.",
    ),
    "no offered": (
        ("queue,start,aht\na,2026-03-02 08:00,9\n"),
        {},
        "history.csv row 1 must have a column 'offered', or columns={'offered': ...} that"
        " names it, got ['queue', 'start', 'aht'].",
    ),
    "no start": (
        ("queue,offered,aht\na,5,9\n"),
        {},
        "history.csv row 1 must have a column 'start', or columns={'start': ...} that "
        "names it, got ['queue', 'offered', 'aht'].",
    ),
    "no queue": (
        ("start,offered,aht\n2026-03-02 08:00,5,9\n"),
        {},
        "history.csv row 1 must have a column 'queue', or columns={'queue': ...} that "
        "names it, or be read with queue='NAME' of its only queue, got ['start', "
        "'offered', 'aht'].",
    ),
    "no handle time": (
        ("queue,start,offered\na,2026-03-02 08:00,5\na,2026-03-02 08:15,5\n"),
        {},
        "history.csv row 1 must have a column 'aht', or columns={'aht': ...} that names "
        "it, or a column 'handle_time' of total seconds, or be read with aht=SECONDS, got"
        " ['queue', 'start', 'offered'].",
    ),
    "column twice": (
        ("queue,start,offered,offered,aht\na,2026-03-02 08:00,5,5,9\n"),
        {},
        "history.csv row 1 must have one column 'offered', got 2.",
    ),
    "one interval": (
        HEADER + FIRST,
        {},
        "history.csv must hold two intervals of a queue, so that their length shows.",
    ),
    "unsupported interval": (
        HEADER + FIRST + "calls,2026-03-02 08:20,1,9\n",
        {},
        "history.csv row 3 column start must be 5, 10, 15, 30 or 60 minutes after the row"
        " before it in its queue, got '20 minutes'.",
    ),
    "one row a day": (
        HEADER + FIRST + "calls,2026-03-03 08:00,1,9\n",
        {},
        "history.csv row 3 column start must be 5, 10, 15, 30 or 60 minutes after the row"
        " before it in its queue, got '1440 minutes'.",
    ),
    "another interval in another queue": (
        GOOD + ("chat,2026-03-02 08:00,5,200\nchat,2026-03-02 08:30,5,200\n"),
        {},
        "history.csv row 5 column start must be 15 minutes after the row before it, as in"
        " another queue, got '30 minutes'.",
    ),
    "offset in the first row only": (
        HEADER + ("calls,2026-03-02T08:00+01:00,5,9\ncalls,2026-03-02 08:15,12,200\n"),
        {},
        "history.csv row 3 column start must have an offset from UTC, as the first row "
        "has, got '2026-03-02 08:15'.",
    ),
    "doubled hour three times": (
        HEADER
        + (
            "calls,2026-10-25 02:00,5,9\n"
            "calls,2026-10-25 02:30,5,9\n"
            "calls,2026-10-25 02:00,5,9\n"
            "calls,2026-10-25 02:30,5,9\n"
            "calls,2026-10-25 02:00,5,9\n"
        ),
        {},
        "history.csv row 6 column start must occur once in its queue, got '2026-10-25 02:00'.",
    ),
    "doubled hour three times, sums wanted": (
        HEADER
        + (
            "calls,2026-10-25 02:00,5,9\n"
            "calls,2026-10-25 02:30,5,9\n"
            "calls,2026-10-25 02:00,5,9\n"
            "calls,2026-10-25 02:30,5,9\n"
            "calls,2026-10-25 02:00,5,9\n"
        ),
        {"duplicates": "sum"},
        "history.csv row 6 column start must have an offset from UTC, as the clocks show "
        "it twice and more than two rows share it, got '2026-10-25 02:00'.",
    ),
    "half-hour clock change": (
        HEADER + ("a,2026-04-01 08:00,5,9\na,2026-04-01 09:00,5,9\na,2026-05-01 08:00,5,9\n"),
        {"timezone": "Australia/Lord_Howe"},
        "interval must divide the clock changes of Australia/Lord_Howe, got 60.",
    ),
    "off every mark in a sparse file": (
        HEADER + FIRST + "calls,2026-03-02 08:07,1,9\n",
        {"missing": "zero"},
        "history.csv row 3 column start must be on a 5-minute mark of the clock, got "
        "'2026-03-02 08:07'.",
    ),
    "unknown zone": (
        GOOD,
        {"timezone": "Mars/Base"},
        "timezone must be an IANA time zone, got 'Mars/Base'.",
    ),
    "mapped to nothing": (
        GOOD,
        {"columns": {"start": "Time"}},
        "columns['start'] must name one of the columns ['queue', 'start', 'offered', "
        "'aht'], got 'Time'.",
    ),
    "unknown name mapped": (
        GOOD,
        {"columns": {"calls": "aht"}},
        "columns must map only queue, start, offered, aht, handle_time, handled, "
        "abandoned, wait, wait_time, got 'calls'.",
    ),
    "queue stated twice": (
        GOOD,
        {"queue": "calls"},
        "queue must be left out, as history.csv has a column of queues, got 'calls'.",
    ),
    "AHT stated twice": (
        GOOD,
        {"aht": 240},
        "aht must be left out, as history.csv has a column 'aht', got 240.",
    ),
    "blank name of the only queue": (
        ("start,offered,aht\n2026-03-02 08:00,5,9\n"),
        {"queue": " "},
        "queue must name a queue, got ' '.",
    ),
    "no such interval": (
        GOOD,
        {"interval": 20},
        "interval must be 5, 10, 15, 30 or 60 minutes, got 20.",
    ),
    "no common interval": (
        GOOD,
        {"interval": 10},
        "interval must be a multiple or a part of 15 minutes, got 10.",
    ),
    "no such way with duplicates": (
        GOOD,
        {"duplicates": "drop"},
        "duplicates must be one of refuse, first, last, sum, got 'drop'.",
    ),
    "no such meaning of missing rows": (
        GOOD,
        {"missing": "none"},
        "missing must be unknown or zero, got 'none'.",
    ),
    "negative total": (
        ("queue,start,offered,handle_time\na,2026-03-02 08:00,5,-9\na,2026-03-02 08:15,5,900\n"),
        {},
        "history.csv row 2 column handle_time must be a number of seconds from 0 up, got '-9'.",
    ),
    "absurd total": (
        ("queue,start,offered,handle_time\na,2026-03-02 08:00,5,9e9\na,2026-03-02 08:15,5,900\n"),
        {},
        "history.csv row 2 column handle_time must be at most a day (86400 s) per "
        "contact, got '9e9'.",
    ),
    "total of nobody handled": (
        (
            "queue,start,offered,handled,handle_time\n"
            "a,2026-03-02 08:00,5,5,0\n"
            "a,2026-03-02 08:15,5,5,900\n"
        ),
        {},
        "history.csv row 2 column handle_time must be above 0 where contacts were "
        "handled, got '0'.",
    ),
    "next to nobody handled": (
        (
            "queue,start,offered,handled,handle_time\n"
            "a,2026-03-02 08:00,5,1e-320,900\n"
            "a,2026-03-02 08:15,5,5,900\n"
        ),
        {},
        "history.csv row 2 column handle_time must be at most a day (86400 s) per "
        "contact, got '900'.",
    ),
    "negative handled": (
        ("queue,start,offered,handled,aht\na,2026-03-02 08:00,5,-1,9\na,2026-03-02 08:15,5,5,9\n"),
        {},
        "history.csv row 2 column handled must be a number from 0 up, got '-1'.",
    ),
    "blank handled": (
        ("queue,start,offered,handled,aht\na,2026-03-02 08:00,5,,9\na,2026-03-02 08:15,5,5,9\n"),
        {},
        "history.csv row 2 column handled must be a number from 0 up, got ''.",
    ),
    "more abandoned than offered": (
        ("queue,start,offered,aht,abandoned\na,2026-03-02 08:00,5,9,6\na,2026-03-02 08:15,5,9,0\n"),
        {},
        "history.csv row 2 column abandoned must be at most the contacts offered, got '6'.",
    ),
    "negative abandoned": (
        (
            "queue,start,offered,aht,abandoned\n"
            "a,2026-03-02 08:00,5,9,-1\n"
            "a,2026-03-02 08:15,5,9,0\n"
        ),
        {},
        "history.csv row 2 column abandoned must be a number from 0 up, got '-1'.",
    ),
    "negative wait": (
        ("queue,start,offered,aht,wait\na,2026-03-02 08:00,5,9,-1\na,2026-03-02 08:15,5,9,0\n"),
        {},
        "history.csv row 2 column wait must be a number of seconds from 0 up, got '-1'.",
    ),
    "wait of nobody": (
        ("queue,start,offered,aht,wait\na,2026-03-02 08:00,0,,8\na,2026-03-02 08:15,5,9,0\n"),
        {},
        "history.csv row 2 column wait must be 0 or blank where no contact was offered, got '8'.",
    ),
    "wait above a day": (
        ("queue,start,offered,aht,wait\na,2026-03-02 08:00,5,9,90000\na,2026-03-02 08:15,5,9,0\n"),
        {},
        "history.csv row 2 column wait must be at most a day (86400 s) per contact, got '90000'.",
    ),
}


def refused(path, text, **options):
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_history(path, **{"timezone": "Europe/Berlin", **options})
    return str(caught.value)


@pytest.mark.parametrize("case", ROWS)
def test_bad_row(tmp_path, case):
    """A bad row below good ones is refused with the file, the row, the column and the cell."""
    row, must, got = ROWS[case]
    message = refused(tmp_path / "history.csv", GOOD + row + "\n")
    assert message == f"history.csv row 4 {must}, got {got}."


@pytest.mark.parametrize("case", FILES)
def test_bad_file(tmp_path, case):
    """A file that is wrong as a whole is refused with what would do instead."""
    text, options, message = FILES[case]
    assert refused(tmp_path / "history.csv", text, **options) == message


BYTES = {
    "another encoding": (
        GOOD.replace("calls", "réclamations").encode("latin-1"),
        r"history.csv row 2 must be a readable CSV file in UTF-8, got b'\xe9'.",
    ),
    "UTF-16": (
        GOOD.encode("utf-16"),
        "history.csv row 1 must be a readable CSV file in UTF-8, got 'UTF-16'.",
    ),
    "a workbook": (
        b"PK\x03\x04\x14\x00\x06\x00\x08\x00\xff",
        r"history.csv row 1 must be a readable CSV file in UTF-8, got b'\xff'.",
    ),
    "a cell without end": (
        (HEADER + "a" * 140_000 + "\n").encode(),
        "history.csv row 2 must be readable as comma-separated cells, "
        "got 'field larger than field limit (131072)'.",
    ),
}


@pytest.mark.parametrize("case", BYTES)
def test_not_text(tmp_path, case):
    """What is no comma-separated text in UTF-8 is refused with the first row that is not."""
    data, message = BYTES[case]
    path = tmp_path / "history.csv"
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        read_history(path, timezone="UTC")
    assert str(caught.value) == message


def test_directory(tmp_path):
    """A folder in place of a file is refused with its path."""
    with pytest.raises(InputError, match=f"{re.escape(str(tmp_path))} must be a readable CSV file"):
        read_history(tmp_path, timezone="UTC")


def test_missing_file(tmp_path):
    """A path without a file is named in full."""
    path = tmp_path / "nothing.csv"
    with pytest.raises(InputError, match=re.escape(f"{path} must be an existing file")):
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


@pytest.mark.parametrize("year", [2006, 2062])
def test_year_that_is_a_slip(tmp_path, year):
    """One row years away from a long file is refused; long gaps between many rows are not."""
    minutes = range(0, 24 * 60, 15)
    rows = [f"calls,2026-03-02 {m // 60:02d}:{m % 60:02d},5,200\n" for m in minutes]
    slip = f"calls,{year}-03-02 08:30,5,200\n"
    assert refused(tmp_path / "history.csv", HEADER + "".join(rows) + slip) == (
        "history.csv row 98 column start must lie within 400 days of the other rows, "
        f"got '{year}-03-02 08:30'."
    )
    earlier = [row.replace("2026", str(year)) for row in rows]
    (tmp_path / "history.csv").write_text(HEADER + "".join(rows + earlier), encoding="utf-8")
    assert len(read_history(tmp_path / "history.csv", timezone="UTC").frame) == 192


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
