"""What a good history is read as."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from wfm.errors import InputError
from wfm.forecast import History, read_history
from wfm.queue import Queue
from wfm.window import Window

GENESYS = """\
Interval Start UTC Date,Queue,Media Type,Offered,Interactions Handled,Total Handle Time (Seconds)
2026-03-02T08:00:00.000Z,calls,Voice,10,8,1600
2026-03-02T08:30:00.000Z,calls,Voice,4,0,0
2026-03-02T09:00:00.000Z,calls,Voice,0,0,0
2026-03-02T08:00:00.000Z,chat,Chat,5,5,1500
2026-03-02T08:30:00.000Z,chat,Chat,6,6,1800
2026-03-02T09:00:00.000Z,chat,Chat,7,7,2100
"""


def write(path, text):
    path.write_text(text, encoding="utf-8")
    return path


def quarters(day, offered, first=8 * 60, queue="calls"):
    """Rows of one day, a quarter of an hour apart."""
    starts = [pd.Timestamp(day) + pd.Timedelta(minutes=first + 15 * n) for n in range(len(offered))]
    columns = {"queue": queue, "start": [str(start) for start in starts], "offered": offered}
    return pd.DataFrame(columns | {"aht": 200.0})


def test_plain_file(tmp_path):
    """Rows in any order come back by queue, as first seen, and start, in UTC."""
    text = (
        "queue,start,offered,aht\n"
        "sales,2026-03-02 08:15,3,240\ncare,2026-03-02 08:00,0,\n"
        "sales,2026-03-02 08:00,2,180\ncare,2026-03-02 08:15,7,300\n"
    )
    history = read_history(write(tmp_path / "h.csv", text), timezone="Asia/Shanghai")
    assert history.interval == 15
    assert history.queues == ("sales", "care")
    assert list(history.frame["queue"]) == ["sales", "sales", "care", "care"]
    assert list(history.frame["offered"]) == [2.0, 3.0, 0.0, 7.0]
    assert list(history.frame["aht"].fillna(-1)) == [180.0, 240.0, -1.0, 300.0]
    starts = list(history.frame["start"].dt.strftime("%H:%M %Z"))
    assert starts == ["00:00 UTC", "00:15 UTC"] * 2


def test_export_with_other_headings(tmp_path):
    """Headings are mapped, Z is UTC, and a total handle time is divided by the contacts handled."""
    names = {
        "queue": "Queue",
        "start": "Interval Start UTC Date",
        "offered": "Offered",
        "handled": "Interactions Handled",
        "handle_time": "Total Handle Time (Seconds)",
    }
    path = write(tmp_path / "h.csv", GENESYS)
    history = read_history(path, timezone="Europe/Berlin", columns=names)
    assert history.interval == 30
    assert list(history.frame["aht"].fillna(-1)) == [200.0, -1.0, -1.0, 300.0, 300.0, 300.0]
    unanswered = next(found for found in history.findings if found.kind == "unanswered")
    assert unanswered.queue == "calls"
    assert unanswered.place == "h.csv row 3 column Interactions Handled"


def test_total_without_handled(tmp_path):
    """Without a column of contacts handled, a total handle time is divided by those offered."""
    text = "queue,start,offered,handle_time\na,2026-03-02 08:00,4,800\na,2026-03-02 08:15,0,0\n"
    history = read_history(write(tmp_path / "h.csv", text), timezone="UTC")
    assert history.frame["aht"][0] == 200
    assert np.isnan(history.frame["aht"][1])


def test_single_queue_and_constant_aht(tmp_path):
    """A file with neither queue nor handle time is read when the caller states both."""
    text = "DateTime,Calls\n2026-03-02 08:00,4\n2026-03-02 08:05,0\n"
    history = read_history(
        write(tmp_path / "h.csv", text),
        timezone="UTC",
        columns={"start": "DateTime", "offered": "Calls"},
        queue="calls",
        aht=240,
    )
    assert (history.queues, history.interval) == (("calls",), 5)
    assert history.frame["aht"][0] == 240
    assert np.isnan(history.frame["aht"][1])


@pytest.mark.parametrize(
    ("starts", "utc"),
    [
        (["2026-07-01 08:00", "2026-07-01 08:30"], False),
        (["2026-07-01 06:00", "2026-07-01 06:30"], True),
        (["2026-07-01T06:00Z", "2026-07-01T06:30Z"], False),
        (["2026-07-01T06:00Z", "2026-07-01T06:30Z"], True),
        (["2026-07-01T08:00:00+02:00", "2026-07-01T01:30:00-0500"], False),
        (pd.to_datetime(["2026-07-01 08:00", "2026-07-01 08:30"]), False),
        (pd.to_datetime(["2026-07-01 06:00", "2026-07-01 06:30"]).tz_localize("UTC"), False),
        (pd.to_datetime(["2026-07-01 15:00", "2026-07-01 15:30"]).tz_localize("Asia/Tokyo"), True),
    ],
)
def test_times_in_every_form(starts, utc):
    """The same times as local, UTC, with an offset, and as dates of pandas are read alike."""
    frame = pd.DataFrame({"queue": "a", "start": starts, "offered": [1, 2], "aht": 60})
    history = read_history(frame, timezone="Europe/Berlin", utc=utc)
    assert list(history.frame["start"].dt.strftime("%H:%M")) == ["06:00", "06:30"]


def test_file_and_frame_agree(tmp_path):
    """A file, also with a byte order mark, and the data frame in it give equal histories."""
    frame = quarters("2026-03-02", [3.0, 4.0, 5.0])
    frame.to_csv(tmp_path / "h.csv", index=False, encoding="utf-8-sig")
    history = read_history(tmp_path / "h.csv", timezone="Europe/Berlin")
    assert history == read_history(frame, timezone="Europe/Berlin")
    assert history != read_history(frame, timezone="Europe/Paris")
    assert history != "a history"


def three_mondays():
    """Three Mondays of three quarters each, as one data frame."""
    days = ("2026-03-02", "2026-03-09", "2026-03-16")
    return pd.concat([quarters(day, [1.0, 2.0, 3.0]) for day in days], ignore_index=True)


def kinds(history):
    return [finding.kind for finding in history.findings]


def test_gap_is_unknown():
    """A missing row is a finding that names the time, and NaN in the series."""
    history = read_history(three_mondays().drop(index=4), timezone="Europe/Berlin")
    gap = next(found for found in history.findings if found.kind == "gap")
    assert (gap.queue, gap.place) == ("calls", "2026-03-09 08:15")
    assert "no row in 1 interval, in 1 stretch from" in gap.message
    series = history.series("calls")
    assert np.isnan(series.loc["2026-03-09 07:15+00:00", "offered"])
    assert len(series) == 14 * 96 + 3


def test_silence_outside_opening_is_no_gap():
    """Times of the week that never have a row are closed hours, not gaps."""
    history = read_history(three_mondays(), timezone="Europe/Berlin")
    assert kinds(history) == ["closed hours"]
    assert history.findings[0].place == "Mon 08:00–08:45"


def test_closed_hours_are_grouped():
    """Closed hours are told by what is open, weekdays alike together, breaks and zeros left out."""
    days = [quarters(f"2026-03-0{day}", [1, 1, 0, 1]) for day in (2, 3, 4, 6)]
    history = read_history(pd.concat(days), timezone="UTC")
    opening = "08:00–08:30 and 08:45–09:00"
    assert history.findings[0].place == f"Mon–Wed {opening}, Fri {opening}"


def test_never_any_contact():
    """A queue without contacts is said to have none at any time."""
    history = read_history(quarters("2026-03-02", [0, 0]), timezone="UTC")
    assert history.findings[0].place == "never"


def test_no_contacts_are_outside_no_hours():
    """A queue with hours but without a contact is read, and nothing is said of its hours."""
    rows = pd.DataFrame({"queue": "calls", "start": ["2026-12-05 08:00", "2026-12-05 08:30"]})
    queue = Queue(id="calls", hours=(Window(start="08:00", end="12:00"),))
    history = read_history(
        rows.assign(offered=0, aht=180), timezone="Europe/Berlin", queues=[queue]
    )
    assert "outside hours" not in {found.kind for found in history.findings}


def test_contacts_outside_hours():
    """Contacts before opening are found; those of a window that runs past midnight are inside."""
    early = quarters("2026-03-02", [1, 2, 3], first=7 * 60 + 30)
    late = quarters("2026-03-03", [4, 5, 6], first=0)
    hours = (Window(days=("Mon",), start="08:00", end="00:30"),)
    history = read_history(
        pd.concat([early, late]), timezone="Europe/Berlin", queues=[Queue(id="calls", hours=hours)]
    )
    found = next(found for found in history.findings if found.kind == "outside hours")
    assert found.place == "2026-03-02 07:30"
    assert "9 contacts in 3 intervals" in found.message


def test_contacts_within_hours():
    """Contacts within the hours, or of a queue that is always open, are no finding."""
    always = read_history(three_mondays(), timezone="UTC", queues=[Queue(id="calls")])
    hours = (Window(start="08:00", end="08:45"),)
    open_then = read_history(
        three_mondays(), timezone="UTC", queues=[Queue(id="calls", hours=hours)]
    )
    assert kinds(always) == kinds(open_then) == ["closed hours"]


def test_queues_that_one_side_lacks():
    """A queue only in the history, and one only among the queues given, are both found."""
    history = read_history(three_mondays(), timezone="UTC", queues=[Queue(id="chat")])
    unlisted = [found.queue for found in history.findings if found.kind == "unlisted"]
    assert unlisted == ["calls", "chat"]


def test_cut_by_local_date():
    """`until` ends before the local midnight at which `since` starts."""
    starts = ["2026-03-02 23:30", "2026-03-03 00:00", "2026-03-03 00:30"]
    frame = pd.DataFrame({"queue": "a", "start": starts, "offered": [1.0, 2.0, 3.0], "aht": 60.0})
    history = read_history(frame, timezone="Asia/Shanghai")
    assert list(history.until(date(2026, 3, 3)).frame["offered"]) == [1.0]
    assert list(history.since("2026-03-03").frame["offered"]) == [2.0, 3.0]
    assert history.until("2026-03-02").queues == ()
    with pytest.raises(InputError, match="day must be a date such as 2026-12-07, got 'soon'"):
        history.until("soon")


def test_summary():
    """The summary says queues, extent, contacts, AHT and the findings by kind."""
    text = str(read_history(three_mondays().drop(index=4), timezone="Europe/Berlin"))
    assert text.splitlines() == [
        "History of 1 queue, 15 minutes, Europe/Berlin",
        "  calls: 8 intervals from 2026-03-02 08:00 to 2026-03-16 08:30, 16 contacts, AHT 200 s",
        "  findings: 1 × gap, 1 × closed hours",
    ]
    empty = read_history(quarters("2026-03-02", [0, 0]), timezone="UTC")
    assert "AHT unknown" in str(empty)
    assert "findings: none" in str(History("UTC", 15, empty.frame))


def test_series_of_unknown_queue():
    """A series of a queue that is not there is refused with those that are."""
    with pytest.raises(InputError, match="queue must be one of calls, got 'chat'"):
        read_history(three_mondays(), timezone="UTC").series("chat")


def test_queue_that_starts_later_has_the_same_grid():
    """All series have one grid, NaN before a queue's first row."""
    other = quarters("2026-03-16", [5.0, 6.0], queue="chat")
    history = read_history(pd.concat([three_mondays(), other]), timezone="UTC")
    calls, chat = history.series("calls"), history.series("chat")
    assert calls.index.equals(chat.index)
    assert chat["offered"].notna().sum() == 2
