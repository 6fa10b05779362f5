"""Ctrl-C at every phase of the command: one line, never a traceback, and nothing lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading

import pytest
from typer.testing import CliRunner

from tests.calibration.small import problem_of as calibrated
from tests.small_center import START, write_small_center
from tests.solver.problems import problem_of
from wfm import calibrate, frontier, price, solve
from wfm.cli import _outputs, app
from wfm.io import write_text
from wfm.rules.day_off_request import DayOffRequest
from wfm.rules.example import example
from wfm.rules.min_rest import MinRest

KEPT = example("kept", MinRest(hours=11), {"anna": "EL--N--"})
PRESSED = """
import signal, sys

class Press:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            signal.raise_signal(signal.SIGINT)

from wfm.cli import main
sys.meta_path.insert(0, Press())
main()
"""


@pytest.mark.parametrize("module", ["pydantic", "ortools.sat.python.cp_model_helper"])
def test_while_packages_load(tmp_path, module):
    """It ends with 130 and one line, whatever the package would make of an exception."""
    problem = write_text(tmp_path / "problem.json", KEPT.problem.to_json())
    out = tmp_path / "schedule.json"
    done = subprocess.run(
        [sys.executable, "-c", PRESSED.format(module=module), "solve", problem, "-o", out],
        check=False,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "error: interrupted\n")
    assert list(tmp_path.iterdir()) == [problem]


@pytest.mark.parametrize("times", [1, 2])
def test_while_pictures_are_drawn(tmp_path, monkeypatch, times):
    """All else is written, and pictures of an earlier plan, which show another one, go."""
    folder, out = write_small_center(tmp_path / "center"), tmp_path / "plan"
    command = ["plan", str(folder), "--start", START, "--seconds", "1", "--out", str(out)]
    assert CliRunner().invoke(app, command).exit_code == 0
    assert {path.name for path in out.iterdir()} == set(_outputs.FILES)
    draw = _outputs.picture_bytes

    def pressed(figure):
        for _ in range(times):
            signal.raise_signal(signal.SIGINT)
        return draw(figure)

    monkeypatch.setattr(_outputs, "picture_bytes", pressed)
    (out / "schedule.json").write_text("old")
    found = CliRunner().invoke(app, command)
    assert (found.exit_code, found.stderr) == (130, "error: interrupted\n")
    left = {path.name for path in out.iterdir()}
    drawn = {"forecast.png"} if times == 1 else set()
    assert left == {name for name in _outputs.FILES if not name.endswith(".png")} | drawn
    assert (out / "schedule.json").read_text() != "old"


def test_a_loop_of_solves_keeps_its_rounds():
    """Ctrl-C in a round ends the loop with it, and what is kept says so."""
    found = calibrate(
        calibrated(people=3),
        work=100,
        replications=5,
        on_round=lambda _: signal.raise_signal(signal.SIGINT),
    )
    assert (found.status, len(found.rounds), found.kept) == ("interrupted", 1, 1)
    assert found.reasons[0].endswith("the loop was interrupted")
    assert found.schedule is not None
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.parametrize("way", [price, frontier])
def test_several_solves_are_given_up_together(way):
    """Ctrl-C in the first of several solves, which it would end alone, goes through."""
    promise = DayOffRequest(agents=("a0",), days=("Tue",), weight=9.0)
    problem = problem_of(40, 14, 100, given=(promise,))
    known = solve(problem, work=200)
    asked = {"promise": promise, "result": known} if way is price else {"start_from": known}
    pressed = threading.Timer(1.0, os.kill, (os.getpid(), signal.SIGINT))
    pressed.start()
    with pytest.raises(KeyboardInterrupt):
        way(problem, seconds=600, jobs=1, **asked)
    pressed.join()
