"""Ctrl-C at every phase of the command: one line, never a traceback, and nothing lost."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from tests.small_center import START, write_small_center
from wfm.cli import _outputs, app
from wfm.io import write_text
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
