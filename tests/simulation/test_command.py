"""`wfm simulate` prints, writes and refuses."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from typer.testing import CliRunner

from tests.simulation.centres import always, centre
from wfm.cli import app
from wfm.queue import Queue
from wfm.simulation import Assumptions, QueueAssumptions, Redial, simulate


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    home = tmp_path_factory.mktemp("simulate")
    mail = Queue(id="mail", channel="deferred", deadline=4)
    queues = [Queue(id="calls", patience=60), mail]
    problem = centre(queues, [20, 2], [180, 300], [(2, ("calls", "mail"))])
    (home / "problem.json").write_text(problem.to_json())
    (home / "schedule.json").write_text(always(problem).to_json())
    told = QueueAssumptions(queue="calls", redial=Redial(probability=0.5))
    (home / "assumptions.json").write_text(Assumptions(queues=(told,)).to_json())
    return home, problem


def run(home, *more):
    given = ["simulate", str(home / "problem.json"), str(home / "schedule.json"), *map(str, more)]
    return CliRunner().invoke(app, given)


def test_simulate(files, tmp_path):
    """What is printed and written is what the library gives with the same seed."""
    home, problem = files
    out, calls = tmp_path / "out.csv", tmp_path / "calls.csv"
    told = ["--assumptions", home / "assumptions.json", "--replications", 5, "--seed", 3]
    done = run(home, *told, "--by", "interval", "-o", out, "--trace", calls)
    assert done.exit_code == 0, done.output
    assumptions = Assumptions.from_json((home / "assumptions.json").read_text())
    found = simulate(problem, always(problem), replications=5, seed=3, assumptions=assumptions)
    assert done.stdout.startswith(str(found))
    written = pd.read_csv(out)
    assert len(written) == 2 * 24
    assert written["offered"].tolist() == pytest.approx(found.service("interval")["offered"])
    assert len(pd.read_csv(calls)) > 300


def test_what_is_printed(files):
    """Each queue has its level, with bounds, and how sure its target is; groups are busy."""
    home, _ = files
    printed = run(home, "--replications", 20).stdout
    assert re.search(r"2026-W50: \d+\.\d% \[.*\] in time; 80% is reached with", printed)
    assert re.search(r"2026-12-07/2026-12-07: \d+\.\d% \[.*\] done by the deadline", printed)
    assert re.search(r"calls\+mail: \d+\.\d% \[.*\] of 48\.\d h", printed)


def test_one_replication_has_no_intervals(files):
    """From a single run nothing is claimed of its precision."""
    home, _ = files
    printed = run(home, "--replications", 1).stdout
    assert printed.startswith("1 replication;")
    assert re.search(r"2026-W50: \d+\.\d% in time", printed)


def test_faults(files, tmp_path):
    """Files that are read are not written to, and what is wrong in one is named."""
    home, _ = files
    done = run(home, "-o", home / "problem.json")
    assert done.exit_code == 2
    assert "--out must be another file" in done.output
    bad = tmp_path / "bad.json"
    bad.write_text('{"absence": 2}')
    done = run(home, "--assumptions", bad)
    assert done.exit_code == 2
    assert "absence must be less than 1" in done.output
