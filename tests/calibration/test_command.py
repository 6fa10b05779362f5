"""`wfm calibrate`: what it prints and writes, and how it ends."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

import wfm
from tests.calibration.small import problem_of
from wfm.cli import app
from wfm.io import write_text


@pytest.fixture
def problem(tmp_path):
    """A problem that too few people have."""
    return write_text(tmp_path / "problem.json", problem_of(people=3).to_json())


def run(*args: object):
    return CliRunner().invoke(app, ["calibrate", *map(str, args)], prog_name="wfm")


def test_the_answer_is_no(problem, tmp_path):
    """Rounds are printed, all files are written, and a promise that cannot be kept exits with 1."""
    out, new, whole = (tmp_path / name for name in ("schedule.json", "new.json", "all.json"))
    limits = ["--work", 200, "--replications", 5, "--rounds", 3]
    found = run(problem, "-o", out, "--new-problem", new, "--json", whole, *limits)
    assert found.exit_code == 1, found.output
    calibration = wfm.Calibration.from_json(whole.read_text())
    assert calibration.status == "cannot be met"
    assert found.stdout.startswith(str(calibration.rounds[0]))
    assert calibration.reasons[0] in found.stdout
    assert wfm.Schedule.from_json(out.read_text()) == calibration.schedule
    assert wfm.Problem.from_json(new.read_text()) == calibration.problem


def test_faults(problem, tmp_path):
    """A file that is read is not written to, and assumptions that cannot be are named."""
    assert "--out must be another file" in run(problem, "-o", problem).output
    bad = write_text(tmp_path / "bad.json", '{"absence": 2}')
    found = run(problem, "-o", tmp_path / "out.json", "--assumptions", bad)
    assert found.exit_code == 2
    assert "absence must be less than 1" in found.output
