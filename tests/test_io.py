"""Files written whole or not at all, JSON read with clear errors, and tables."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest
from matplotlib.figure import Figure

from tests.judge.small import demand_of, mail, with_mail
from wfm.errors import InputError
from wfm.io import (
    demand_frame,
    files,
    read_problem,
    read_schedule,
    roster_frame,
    save_figure,
    schedule_frame,
    write_bytes,
    write_text,
)
from wfm.rules.example import example
from wfm.rules.min_rest import MinRest

KEPT = example("kept", MinRest(hours=11), {"anna": "EL--N--", "ben": "-S-----"})


def test_writes_text_and_makes_folders(tmp_path):
    """Text is written in UTF-8, into folders that are made on the way."""
    path = write_text(tmp_path / "a" / "b" / "names.txt", "Yıldız\n")
    assert path.read_bytes() == "Yıldız\n".encode()
    assert [found.name for found in path.parent.iterdir()] == ["names.txt"]


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch, error):
    """When writing stops half-way, the old file stands, and the temporary one is gone."""
    path = write_text(tmp_path / "plan.csv", "old")

    def fail(_: int) -> None:
        raise error

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises((InputError, KeyboardInterrupt)):
        write_text(path, "new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_files_that_belong_together(tmp_path, monkeypatch, error):
    """When writing the second of two stops half-way, the first is as it was, too."""
    paths = [tmp_path / name for name in ("v.csv", "q.csv")]
    assert files.write_files(dict.fromkeys(paths, "old")) == paths
    sync, calls = os.fsync, []

    def fail(number: int) -> None:
        sync(number)
        calls.append(number)
        if len(calls) == 2:
            raise error

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises((InputError, KeyboardInterrupt)):
        files.write_files(dict.fromkeys(paths, b"new"))
    assert [path.read_text() for path in paths] == ["old", "old"]
    assert sorted(tmp_path.iterdir()) == sorted(paths)


def test_a_full_disk_is_named(tmp_path, monkeypatch):
    """The system's own words are part of the message."""

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(InputError, match=r"plan.csv must be writable, got 'No space left"):
        write_bytes(tmp_path / "plan.csv", b"new")


def test_refuses_what_is_no_file(tmp_path):
    """Folders and devices are not replaced, nor is a file taken for a folder."""
    write_text(tmp_path / "file", "")
    for path in (tmp_path, "/dev/null"):
        with pytest.raises(InputError, match="must be a file"):
            write_text(path, "text")
    with pytest.raises(InputError, match="must be a folder that can be written"):
        write_text(tmp_path / "file" / "inside.txt", "text")
    with pytest.raises(InputError, match="must be a folder that can be written"):
        files.check_folder(tmp_path / "file")
    assert Path("/dev/null").is_char_device()


def test_a_link_keeps_pointing(tmp_path):
    """Writing through a link replaces the file that it points to, not the link."""
    target = write_text(tmp_path / "target.txt", "old")
    link = tmp_path / "link.txt"
    link.symlink_to(target)
    write_text(link, "new")
    assert link.is_symlink()
    assert target.read_text() == "new"


def test_pictures_are_reproducible(tmp_path):
    """The same picture gives the same bytes; a huge one is drawn with fewer pixels."""
    one, other = (save_figure(tmp_path / name, Figure()).read_bytes() for name in ("a", "b"))
    assert one == other
    tall = save_figure(tmp_path / "tall.png", Figure(figsize=(1, 1000))).read_bytes()
    assert int.from_bytes(tall[20:24], "big") == files.MOST_PIXELS


def test_problem_and_schedule_come_back_equal(tmp_path):
    """What is written as JSON is read as an equal value."""
    problem = write_text(tmp_path / "problem.json", KEPT.problem.to_json())
    schedule = write_text(tmp_path / "schedule.json", KEPT.schedule.to_json())
    assert read_problem(problem) == KEPT.problem
    assert read_schedule(schedule) == KEPT.schedule


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (None, "schedule.json must be an existing file"),
        (b"", "schedule.json must be valid JSON, got 'Expecting value: line 1"),
        (b'{"shifts": [}', "schedule.json must be valid JSON, got 'Expecting value: line 1"),
        (b"\xff\xfe", "schedule.json must be text in UTF-8"),
        (b'{"shifts": 3}', "schedule.json: Schedule.shifts must be"),
        (b'{"shift": []}', "schedule.json: Schedule.shift must be left out"),
        (b'{"schema_version": 99}', "schedule.json: Schedule.schema_version must be"),
        (
            b'{"shifts": [{"agent": "a"}]}',
            "schedule.json: Schedule.shifts[0]: Shift.day must be given",
        ),
    ],
)
def test_faults_of_json(tmp_path, content, expected):
    """Each fault of a JSON file is one sentence that names the file."""
    path = tmp_path / "schedule.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_schedule(path)
    assert expected in str(caught.value)


def test_a_folder_is_no_file(tmp_path):
    """A folder in place of a file is refused by name."""
    with pytest.raises(InputError, match="must be a file, not a folder"):
        read_problem(tmp_path)


def test_a_problem_with_an_unknown_rule(tmp_path):
    """A rule that nobody knows is named with its number."""
    data = json.loads(KEPT.problem.to_json())
    data["rules"][0]["rule"] = "min_sleep"
    path = write_text(tmp_path / "problem.json", json.dumps(data))
    with pytest.raises(InputError, match=r"rules\[0\] rule must be one of"):
        read_problem(path)


def test_the_long_table_of_a_schedule():
    """Shifts and breaks have rows of their own; paid minutes sum up over all rows."""
    table = schedule_frame(KEPT.problem, KEPT.schedule)
    assert list(table.columns) == [
        *("agent", "name", "date", "day", "start", "end"),
        *("activity", "template", "paid_minutes"),
    ]
    assert table["paid_minutes"].sum() == sum(s.paid_minutes for s in KEPT.schedule.shifts)
    first, lunch = table.iloc[0], table.iloc[1]
    assert (first["name"], first["activity"], first["date"]) == ("Anna", "shift", "2026-12-07")
    assert first["start"] == "2026-12-07T06:00:00+01:00"
    assert (lunch["activity"], lunch["paid_minutes"]) == ("lunch", 0)
    night = table[table["template"] == "night"].iloc[0]
    assert night["end"] == "2026-12-12T06:00:00+01:00"


def test_the_tables_over_a_clock_change():
    """A night over the end of summer time shows the clock's times with their offsets."""
    night = example("", MinRest(hours=11), {"anna": "N-"}, start=date(2026, 10, 24))
    row = schedule_frame(night.problem, night.schedule).iloc[0]
    assert row["start"] == "2026-10-24T22:00:00+02:00"
    assert row["end"] == "2026-10-25T05:00:00+01:00"
    demand = demand_frame(night.problem.demand)
    assert len(demand) == 2 * 49
    assert demand["start"].is_unique


def test_deferred_work_has_what_is_due():
    """With mail there is a column of what is due by the end of each interval."""
    demand = with_mail(demand_of({9: (10, (0, 8))}), (mail(24, (0, 9, 2.0)), 3.0))
    table = demand_frame(demand).set_index("queue")
    assert table.loc["a", "due"].isna().all()
    assert table.loc["m", "due"].tolist() == [0.0] * 9 + [2.0] + [0.0] * 14
    assert "due" not in demand_frame(demand_of({}))


def test_the_wide_table_of_a_schedule():
    """Everyone has a row, also without a shift; a day has a column, also without one."""
    table = roster_frame(KEPT.problem, KEPT.schedule)
    assert list(table.index) == ["anna", "ben", "cleo"]
    assert table.loc["anna", "Mon 2026-12-07"] == "06:00–14:30 early"
    assert table.loc["anna", "Fri 2026-12-11"] == "22:00–06:00 night"
    assert table.loc["anna", "paid_hours"] == 24
    assert (table.loc["cleo"].iloc[3:] == "").all()
    assert list(table.columns[-2:]) == ["Sat 2026-12-12", "Sun 2026-12-13"]


def test_tables_of_an_empty_schedule():
    """A schedule without shifts gives a table with its columns and no rows."""
    empty = type(KEPT.schedule)()
    assert schedule_frame(KEPT.problem, empty).empty
    assert "paid_minutes" in schedule_frame(KEPT.problem, empty)
    assert len(roster_frame(KEPT.problem, empty)) == 3


def test_what_killed_processes_left_goes_in_time(tmp_path):
    """Files half-written long ago go with the next write; those that are being written stay."""
    names = [".plan.csv.0123abcd.part", ".plan.csv.89abcdef.part", ".other.csv.0123abcd.part"]
    old, new, other = (write_text(tmp_path / name, "half") for name in names)
    for path in (old, other):
        os.utime(path, (0, 0))
    path = write_text(tmp_path / "plan.csv", "whole")
    assert sorted(tmp_path.iterdir()) == sorted([path, new, other])
