"""Day rosters in the format of Curtois and Qu: read, stated, counted anew and solved."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from benchmarks.day_rosters import SMALL, best_known
from benchmarks.rosters.reading import read_roster_file
from benchmarks.rosters.recount import cost, faults, read_rows
from benchmarks.rosters.stating import problem_of, rows_of
from wfm import InputError, solve, verify
from wfm.schedule import Schedule, Shift

DATA = Path(__file__).parents[2] / "shared" / "data" / "curtois_nrp"
REAL = sorted(DATA.glob("Instance*.txt")) or [DATA / "Instance1.txt"]
SHORT = 28
"""Days of the real files whose random rosters are judged."""


def schedule_of(problem, rows):
    """A schedule of rows; every shift starts at midnight."""
    minutes = {template.id: template.lengths[0] for template in problem.shifts}
    return Schedule.of_shifts(
        [
            Shift(
                agent=name,
                day=day,
                template=shift,
                start=1440 * day,
                end=1440 * day + minutes[shift],
            )
            for name, day, shift in rows
        ]
    )


def random_rows(file, random):
    """Runs of some days of work and off for each employee, with shifts at random."""
    rows = []
    for name in file.staff:
        day = int(random.integers(3))
        while day < file.days:
            length = int(random.integers(1, 7))
            days = range(day, min(day + length, file.days))
            rows += [(name, d, str(random.choice(list(file.minutes)))) for d in days]
            day += length + int(random.integers(1, 4))
    return rows


@pytest.mark.parametrize("path", [SMALL, *REAL], ids=lambda path: path.stem)
def test_judge_and_recount_agree(path):
    """On random rosters the rules cost what the format says, and the same people break them."""
    if not path.is_file():
        pytest.skip("instances of Curtois and Qu are not in shared/data/curtois_nrp")
    file = read_roster_file(path)
    if file.days > SHORT:
        pytest.skip(f"of more than {SHORT} days: the shorter ones hold every section")
    problem = problem_of(file)
    random = np.random.default_rng(file.days)
    for _ in range(2):
        rows = random_rows(file, random)
        report = verify(problem, schedule_of(problem, rows))
        assert report.costs.total == cost(file, rows)
        judged = {agent for violation in report.hard for agent in violation.agents}
        assert judged == {told.split()[0] for told in faults(file, rows)}


TEXT = SMALL.read_text(encoding="utf-8")
FULL = [("A", day, "E") for day in (0, 1, 4, 5, 8, 9, 10)]


def test_cost_of_a_roster_counted_by_hand():
    """Nobody there costs 100 for each of the 27 heads, and 6 for the shifts that are wanted."""
    file = read_roster_file(SMALL)
    assert cost(file, []) == 2706
    assert cost(file, [("A", 5, "L")]) == 2604
    assert cost(file, [("D", 3, "E")]) == 2707
    assert cost(file, [("D", 4, "L")]) == 2608


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ([], ""),
        ([("A", 12, "E")], "is off only 1 days in a row"),
        ([("A", 3, "E")], "day 3, a day off"),
        ([("A", 0, "L")], "two shifts on day 0"),
        ([("A", 11, "L"), ("A", 12, "E")], "works shift E on the day after shift L of day 11"),
        ([("A", 11, "E"), ("A", 12, "E"), ("A", 13, "E")], "6 days in a row from day 8"),
        ([("A", 12, "L"), ("A", 13, "L")], "2 weekends"),
        ([("Z", 1, "E")], "is not of the file"),
    ],
)
def test_faults_are_told(change, told):
    """Each way to break the format's rules is found, and a roster that keeps them has none."""
    file = read_roster_file(SMALL)
    found = [fault for fault in faults(file, FULL + change) if fault[0] in "AZ"]
    assert any(told in fault for fault in found) if told else not found


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("L,480,E", "L,480,X", "line 9 in SHIFTS: shift that may not follow must be one that"),
        ("L,480,E", "L,-5,E", "line 9 in SHIFTS: minutes must be a number from 1 to 1440"),
        ("A,3\n", "A,14\n", "in DAYS_OFF: day off must be a number from 0 to 13, got '14'"),
        ("A,5,L,2", "A,5,L", "in SHIFT_ON_REQUESTS must have 4 fields, got 3"),
        ("0,L,1,100,1", "0,E,1,100,1", "shift of a day must be given once"),
        ("SECTION_COVER", "SECTION_COVERS", "must begin one of the sections"),
        ("D,4,L,2", "Q,4,L,2", "employee must be one that the file names, got 'Q'"),
        ("4320,3360", "3360,4320", "least minutes must be at most the most minutes (3360)"),
        ("E=3|L=14", "E=3|L=x", "most shifts 'L' must be a number"),
        ("SECTION_HORIZON\n14", "SECTION_HORIZON\n", "SECTION_HORIZON must hold one number"),
    ],
)
def test_bad_files_are_refused_in_one_sentence(tmp_path, old, new, told):
    """It names the file, and the line or the section."""
    assert old in TEXT
    path = tmp_path / "bad.txt"
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_roster_file(path)
    assert str(caught.value).startswith(str(path))
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_small_roster_is_solved_to_its_optimum():
    """Its cost is known by hand, the proof meets it, and the rows cost the same."""
    file = read_roster_file(SMALL)
    problem = problem_of(file)
    result = solve(problem, seconds=30)
    rows = rows_of(file, result.schedule)
    assert (result.status, result.objective, cost(file, rows)) == ("optimal", 3, 3)
    assert not list(faults(file, rows))


@pytest.mark.skipif(
    not REAL[0].is_file(), reason="instances of Curtois and Qu are not in shared/data/curtois_nrp"
)
def test_a_real_roster_costs_what_is_known():
    """None costs less than the best known, no bound is above it, and cost is counted truly."""
    path = DATA / "Instance1.txt"
    file = read_roster_file(path)
    result = solve(problem_of(file), seconds=10)
    rows = rows_of(file, result.schedule)
    assert best_known(path) == 607
    assert result.bound <= 607 <= result.objective == cost(file, rows)
    assert not list(faults(file, rows))


def test_the_command_writes_roster_and_figures(tmp_path):
    """The rows that it writes cost what it says."""
    out, record = tmp_path / "roster.csv", tmp_path / "figures.json"
    command = [sys.executable, "-m", "benchmarks.day_rosters", SMALL, "--quick"]
    subprocess.run([*command, "--out", out, "--json", record], check=True, capture_output=True)
    rows = read_rows(out.read_text(encoding="utf-8"), "roster.csv")
    figures = json.loads(record.read_text(encoding="utf-8"))["figures"]
    assert figures["cost"] == cost(read_roster_file(SMALL), rows)


def test_the_command_refuses_bad_input(tmp_path):
    """A file that is missing ends with 2 and one sentence."""
    command = [sys.executable, "-m", "benchmarks.day_rosters", tmp_path / "none.txt"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "none.txt must be readable" in done.stderr
