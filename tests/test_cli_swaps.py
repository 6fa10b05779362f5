"""`wfm swaps` and `wfm explain`: what they print and write, and how they end."""

from __future__ import annotations

import json
from datetime import date

import pytest
from typer.testing import CliRunner

import wfm
from wfm import rules
from wfm.cli import app
from wfm.io import write_text
from wfm.rules.example import example

PLAN = example("", rules.MinRest(hours=11), {"anna": "E--", "ben": "-LN", "cleo": "D--"})


@pytest.fixture
def files(tmp_path):
    """Paths of a problem and of a schedule for it."""
    return [
        write_text(tmp_path / "problem.json", PLAN.problem.to_json()),
        write_text(tmp_path / "schedule.json", PLAN.schedule.to_json()),
    ]


def run(*args: object):
    return CliRunner().invoke(app, [str(arg) for arg in args], prog_name="wfm")


def test_swaps_are_printed_and_written(files, tmp_path):
    """The best come first in a table, and as values in a file."""
    out = tmp_path / "swaps.json"
    asked = ["swaps", *files, "--agent", "anna", "--day", "2026-12-07"]
    found = run(*asked, "--json", out)
    assert found.exit_code == 0, found.output
    lines = found.stdout.splitlines()
    assert lines[0] == "Anna has 'early' Mon 7 Dec 06:00–14:30"
    assert lines[3].split()[:3] == ["1", "Ben", "nothing"]
    day = PLAN.problem.horizon.start
    options = wfm.swap_options(PLAN.problem, PLAN.schedule, "anna", day)
    assert [wfm.SwapOption(**each) for each in json.loads(out.read_text())] == [*options]
    assert len(options) == 4
    best = run(*asked, "--most", 1).stdout
    assert best.splitlines()[3].split() == lines[3].split()
    assert "Cleo" in found.stdout
    assert "Cleo" not in best


def test_a_day_is_explained(files, tmp_path):
    """The sentences of `why` are printed, and the value is written."""
    out = tmp_path / "why.json"
    found = run("explain", *files, "--agent", "ben", "--day", "2026-12-08", "--json", out)
    assert found.exit_code == 0, found.output
    reasons = wfm.why(PLAN.problem, PLAN.schedule, "ben", date(2026, 12, 8))
    assert found.stdout.splitlines() == reasons.sentences(PLAN.problem)
    assert found.stdout.startswith("Ben has 'late' Tue 8 Dec 14:00–22:30.\n")
    assert wfm.Reasons.from_json(out.read_text()) == reasons


@pytest.mark.parametrize("day", ["2026-12-01", "soon"])
def test_a_day_that_is_not_planned_is_not_explained(files, day):
    """Bad input of the other command ends as well."""
    found = run("explain", *files, "--agent", "ben", "--day", day)
    assert (found.exit_code, found.stdout, found.stderr.count("\n")) == (2, "", 1)


def test_a_problem_without_a_schedule_is_explained(tmp_path):
    """Without a schedule the conflicts are printed and written, and the answer is "no"."""
    problem = PLAN.problem.with_rules(
        rules.Hours(agents=("ben",), most=40), rules.Hours(agents=("ben",), least=45, per="horizon")
    )
    file, out = write_text(tmp_path / "ill.json", problem.to_json()), tmp_path / "why.json"
    found = run("explain", file, "--json", out)
    assert found.exit_code == 1, found.output
    assert found.stdout == f"{wfm.conflicts(problem)}\n"
    assert found.stdout.startswith(
        "For Ben this rule cannot hold with the shifts that are on offer"
    )
    assert "if Ben has at least 24 paid hours over the horizon, instead of 45" in found.stdout
    assert wfm.Conflicts.from_json(out.read_text()) == wfm.conflicts(problem)


def test_a_problem_that_can_be_scheduled_is_fine(files):
    """With nothing in the way it says so."""
    found = run("explain", files[0])
    assert (found.exit_code, found.stdout) == (0, "The hard rules can all be kept together.\n")


@pytest.mark.parametrize(
    ("schedule", "args", "missing"),
    [
        (False, ["--agent", "ben", "--day", "2026-12-08"], "SCHEDULE.json"),
        (True, ["--agent", "ben"], "--day"),
        (True, [], "--agent and --day"),
    ],
)
def test_a_day_is_asked_for_in_full(files, schedule, args, missing):
    """Part of what a day needs is bad input, not a question about the problem."""
    found = run("explain", *files[: 1 + schedule], *args)
    assert (found.exit_code, found.stdout) == (2, "")
    assert f"a day is explained with {missing} too" in found.stderr
    assert found.stderr.count("\n") == 1


BAD = {
    "unknown agent": (["--agent", "dora", "--day", "2026-12-07"], "agent must be one of"),
    "off": (["--agent", "anna", "--day", "2026-12-08"], "be one on which 'anna' starts a shift"),
    "outside": (["--agent", "anna", "--day", "2026-12-17"], "be one of the horizon"),
    "no date": (["--agent", "anna", "--day", "Monday"], "--day must be a date such as"),
    "no day": (["--agent", "anna"], "Missing option '--day'"),
    "none": (["--agent", "anna", "--day", "2026-12-07", "--most", "0"], "--most"),
}


@pytest.mark.parametrize(("args", "message"), BAD.values(), ids=BAD.keys())
def test_bad_input_is_one_line(files, args, message):
    """Bad input ends with 2 and one line."""
    found = run("swaps", *files, *args)
    assert (found.exit_code, found.stdout) == (2, "")
    assert message in found.stderr
    assert found.stderr.count("\n") == 1


def test_what_is_read_is_not_overwritten(files):
    """The file of the swaps is none of those that are read."""
    asked = ["--agent", "anna", "--day", "2026-12-07", "--json", files[0]]
    assert run("swaps", *files, *asked).exit_code == 2
    assert files[0].read_text() == PLAN.problem.to_json()
