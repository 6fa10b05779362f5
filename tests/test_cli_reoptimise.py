"""`wfm reoptimise`: what it prints and writes, and how it ends."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

import wfm
from tests.replan.small import at, problem_of, roster
from wfm.cli import app
from wfm.io import write_text

NOW = "2026-12-08 10:40"
CHANGES = {
    "changes": [
        {"kind": "absence", "agent": "a0", "start": NOW},
        {
            "kind": "overtime",
            "agent": "a2",
            "start": "2026-12-08 16:00",
            "end": "2026-12-08 18:00",
        },
    ],
    "prices": {"moved_shift": 1000},
}


@pytest.fixture
def files(tmp_path):
    """Paths of a problem, of a schedule for it, and of changes."""
    return [
        write_text(tmp_path / "problem.json", problem_of().to_json()),
        write_text(tmp_path / "schedule.json", roster().to_json()),
        write_text(tmp_path / "changes.json", json.dumps(CHANGES)),
    ]


def run(files, *args: object, now=NOW):
    problem, schedule, changes = files
    asked = ["reoptimise", problem, schedule, "--now", now, "--changes", changes, *args]
    return CliRunner().invoke(app, [str(arg) for arg in asked], prog_name="wfm")


def test_the_day_is_planned_anew_and_written(files, tmp_path):
    """The new schedule, its problem and the whole result are written, and the result printed."""
    out, problem, whole = (tmp_path / name for name in ("new.json", "now.json", "replan.json"))
    found = run(files, "-o", out, "--new-problem", problem, "--json", whole)
    assert found.exit_code == 0, found.output
    replan = wfm.reoptimise(
        problem_of(),
        roster(),
        at("10:40"),
        [
            wfm.Absence(agent="a0", start=at("10:40")),
            wfm.OvertimeOffer(agent="a2", start=at("16:00"), end=at("18:00")),
        ],
        prices=wfm.ChangePrices(moved_shift=1000),
    )
    assert wfm.Replan.from_json(whole.read_text()) == replan
    assert wfm.Schedule.from_json(out.read_text()) == replan.schedule
    assert wfm.Problem.from_json(problem.read_text()) == replan.problem
    assert found.stdout == f"{replan}\nwritten to {out}\n"


BAD = {
    "time": ({}, "soon", "--now must be a time such as 2026-12-08 10:40, got 'soon'."),
    "past": ({}, "2025-01-01", "now must lie in the horizon"),
    "kind": ({"changes": [{"kind": "sick", "agent": "a0"}]}, NOW, "changes[0]"),
    "agent": ({"changes": [{**CHANGES["changes"][0], "agent": "x"}]}, NOW, "changes[0].agent"),
    "price": ({"prices": {"moved_break": -1}}, NOW, "ChangePrices.moved_break must be greater"),
    "field": ({"reason": "flu"}, NOW, "reason must be left out"),
}


@pytest.mark.parametrize(("update", "now", "message"), BAD.values(), ids=BAD.keys())
def test_bad_input_is_one_line_and_nothing_is_written(files, tmp_path, update, now, message):
    """Bad input ends with 2 and one line, and no file is there that was not before."""
    files[2].write_text(json.dumps({**CHANGES, **update}))
    before = sorted(tmp_path.iterdir())
    found = run(files, "-o", tmp_path / "new.json", now=now)
    assert (found.exit_code, found.stdout) == (2, ""), found.output
    assert message in found.stderr
    assert found.stderr.count("\n") == 1
    assert sorted(tmp_path.iterdir()) == before


def test_what_is_read_is_not_overwritten(files):
    """The new schedule is none of the files that are read."""
    assert run(files, "-o", files[1]).exit_code == 2
    assert files[1].read_text() == roster().to_json()
