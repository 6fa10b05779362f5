"""A solve that is killed at any moment leaves a schedule that the judge accepts, or none.

`wfm solve --as-found` is killed, as by a loss of power to the process, at random moments: a part
before the first schedule is there, a part after it, and a part while a new one is being written.
What is left is given to `wfm verify`.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from rich.console import Console

from benchmarks.harness import Figures, arguments, run, show_table
from benchmarks.instances import build, family
from wfm.errors import InputError
from wfm.io.files import read_problem, read_schedule, write_text
from wfm.judge.verify import verify

WFM = (sys.executable, "-c", "from wfm.cli import main; main()")
WHEN = ("before", "after", "writing")
COLUMNS = ("moment", "of", "cost", "parts left", "verdict")
BETWEEN_LOOKS = 0.0005
PATIENCE = 600.0


def main(argv: Sequence[str] | None = None) -> int:
    """Read the arguments and run the benchmark."""
    parser = arguments(__doc__)
    add = parser.add_argument
    add("--kills", type=int, help="how many; default 20, quick: 3")
    add("--agents", type=int, help="people; default 50, quick: 10")
    add("--within", type=float, default=6.0, help="seconds after the first schedule; default 6")
    add("--seed", type=int, default=1, help="of the instance and of the moments")
    options = parser.parse_args(argv)
    options.kills = options.kills or (3 if options.quick else 20)
    options.agents = options.agents or (10 if options.quick else 50)
    return run("killed", measure, options)


def measure(options: argparse.Namespace, console: Console) -> Figures:
    """Kill solves, and judge what they leave."""
    random = np.random.default_rng(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        problem = Path(folder) / "problem.json"
        specification = family(options.agents).model_copy(update={"seed": options.seed})
        write_text(problem, build(specification).to_json())
        first = _killed(problem, "after", 0.0, 0)["seconds"]
        kills = []
        for number in range(options.kills):
            when = WHEN[number % len(WHEN)]
            most = first if when == "before" else options.within
            kills.append(_killed(problem, when, float(random.uniform(0, most)), number + 1))
    rows = [
        [
            f"{found['seconds']:.2f} s",
            found["when"],
            "-" if found["cost"] is None else f"{found['cost']:,.0f}",
            str(found["parts"]),
            found["verdict"],
        ]
        for found in kills
    ]
    show_table(console, "What killed solves leave", COLUMNS, rows, left=2)
    written = [found for found in kills if found["verdict"] != "no file"]
    accepted = sum(found["verdict"] == "accepted" for found in written)
    console.print(f"{accepted} of {len(written)} schedules were accepted; of {len(kills)} kills")
    return {"kills": kills, "schedules": len(written), "accepted": accepted}


def _killed(problem: Path, when: str, wait: float, number: int) -> Figures:
    """Start a solve, kill it, and judge what is left; times from its start."""
    home = problem.parent / f"{number}"
    home.mkdir()
    out = home / "schedule.json"
    began = time.monotonic()
    command = [*WFM, "solve", str(problem), "-o", str(out), "--seconds", "600", "--as-found"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        if when != "before":
            _await(began, out.exists)
        time.sleep(wait)
        if when == "writing":
            _await(time.monotonic(), lambda: any(home.glob(".*.part")), most=30.0)
    finally:
        process.kill()
        process.wait()
    seconds = time.monotonic() - began
    parts = len(list(home.glob(".*.part")))
    verdict, cost = _judged(problem, out)
    return {"seconds": seconds, "when": when, "cost": cost, "parts": parts, "verdict": verdict}


def _await(began: float, there: Callable[[], bool], most: float = PATIENCE) -> None:
    """Wait until something is there, or for so many seconds."""
    while not there() and time.monotonic() - began < most:
        time.sleep(BETWEEN_LOOKS)


def _judged(problem: Path, out: Path) -> tuple[str, float | None]:
    """What `wfm verify` says of a schedule, and its cost."""
    if not out.exists():
        return "no file", None
    done = subprocess.run(
        [*WFM, "verify", str(problem), str(out)], check=False, capture_output=True, text=True
    )
    if done.returncode:
        return f"refused: {(done.stderr or done.stdout).splitlines()[0]}", None
    try:
        return "accepted", verify(read_problem(problem), read_schedule(out)).costs.total
    except InputError as error:
        return f"refused: {error}", None


if __name__ == "__main__":
    sys.exit(main())
