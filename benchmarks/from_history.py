"""From a file of past contacts to a verified schedule, everything within a minute.

The folder of a made-up centre is written first: its people and rules, and a year of history drawn
around its demand. All is done once in a hurry, so that what is compiled once on a machine is
compiled. Then the clock starts: a new Python process reads the folder, forecasts the week, staffs
it, loads the compiled kernels, solves for the time that is left, and judges the schedule.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from benchmarks.harness import (
    Figures,
    arguments,
    in_a_process_of_its_own,
    percent,
    run,
    schedule_of,
    show_facts,
    show_table,
    warm_up,
)
from benchmarks.instances import build, family
from benchmarks.instances.folder import write_folder
from benchmarks.sample_week import level
from wfm.errors import InputError
from wfm.forecast import staff, with_patience
from wfm.io import read_center
from wfm.judge.verify import verify
from wfm.prepare import prepare
from wfm.solver.solve import solve

TO_JUDGE = 3.0
"""Seconds kept back for what comes after the search."""
LEAST = 0.5
"""Seconds to search at least."""


def main(argv: Sequence[str] | None = None) -> int:
    """Read the arguments and run the benchmark."""
    parser = arguments(__doc__)
    add = parser.add_argument
    add("--agents", type=int, help="people; default 100, quick: 20")
    add("--seconds", type=float, help="for everything; default 60, quick: 12")
    add("--load", type=float, default=1.0, help="hours needed over capacity")
    add("--seed", type=int, default=1, help="of the centre, its history and the solver")
    options = parser.parse_args(argv)
    quick, whole = {"agents": 20, "seconds": 12.0}, {"agents": 100, "seconds": 60.0}
    for name, value in (quick if options.quick else whole).items():
        if getattr(options, name) is None:
            setattr(options, name, value)
    return run("from_history", measure, options)


def measure(options: argparse.Namespace, console: Console) -> Figures:
    """Write the folder, plan it by the clock, and print what came of it."""
    changes = {"load": options.load, "seed": options.seed}
    specification = family(options.agents).model_copy(update=changes)
    with TemporaryDirectory() as folder:
        write_folder(Path(folder), build(specification), options.seed)
        planned_alone(folder, specification.start, None, options.seed)
        found = planned_alone(folder, specification.start, options.seconds, options.seed)
    show(console, found, options.seconds)
    return found


def planned_alone(folder: str, start: date, within: float | None, seed: int) -> Figures:
    """Plan in a new process; arguments as those of `planned`."""
    return in_a_process_of_its_own(planned, folder, start, time.monotonic(), within, seed)


def planned(folder: str, start: date, began: float, within: float | None, seed: int) -> Figures:
    """Plan a week of a folder; meant to run in a process of its own.

    Parameters
    ----------
    folder : str
        As `wfm.plan_folder` takes it.
    start : datetime.date
        Monday of the week.
    began : float
        When the clock was started, as `time.monotonic` of the machine tells it.
    within : float, optional
        Seconds for everything; None for as little as may be.
    seed : int
        Of the solver.
    """
    stages = {"start Python": time.monotonic() - began}
    with _timed(stages, "read"):
        center = read_center(folder)
        prepared = prepare(center, start)
    with _timed(stages, "forecast"):
        volume = prepared.forecaster().forecast(prepared.past, prepared.horizon(start, 7))
    with _timed(stages, "staff"):
        queues = with_patience(center.queues, prepared.past)
        problem = center.problem(staff(volume, queues, interval=center.interval))
    with _timed(stages, "load kernels"):
        warm_up(build(family(20)), 0.1)
    spent = time.monotonic() - began
    left = LEAST if within is None else within - spent - TO_JUDGE
    if left < LEAST:
        sys.exit(str(InputError("--seconds", f"leave at least {LEAST} s to search", within)))
    with _timed(stages, "solve"):
        result = solve(problem, seconds=left, seed=seed)
        schedule = schedule_of(result)
    with _timed(stages, "judge"):
        report = verify(problem, schedule)
    return {
        "agents": len(problem.agents),
        "intervals": sum(len(prepared.read.series(queue)) for queue in prepared.read.queues),
        "stages": stages,
        "seconds": sum(stages.values()),
        "search_seconds": left,
        "cost": report.costs.total,
        "cost_by_solver": result.objective,
        "bound": result.bound,
        "gap": result.gap,
        "strict_gap": getattr(result, "strict_gap", None),
        "hard_violations": len(report.hard),
        "promises": report.promises,
        "promises_kept": report.promises_kept,
        "service": {queue.id: level(report, queue.id) for queue in problem.demand.queues},
    }


def show(console: Console, found: Figures, within: float) -> None:
    """Print seconds by stage, and what became of the week."""
    rows = [[name, f"{seconds:.2f}"] for name, seconds in found["stages"].items()]
    rows.append(["all", f"{found['seconds']:.2f}"])
    intervals, agents = found["intervals"], found["agents"]
    title = f"From {intervals:,} intervals of history to a schedule of {agents} people"
    show_table(console, title, ["stage", "seconds"], rows)
    facts = {
        "time": f"{found['seconds']:.1f} s of {within:g} s",
        "cost": f"{found['cost']:,.0f}, bound {found['bound']:,.0f}",
        "gap": f"{percent(found['gap'], 2)} of the cost, "
        f"{percent(found['strict_gap'], 2)} of what can be avoided",
        "hard rules": f"{found['hard_violations']} violations",
        "promises": f"{found['promises_kept']} of {found['promises']} kept",
        "service": ", ".join(
            f"{queue} {percent(each['level'])}" for queue, each in found["service"].items()
        ),
    }
    show_facts(console, facts)


@contextmanager
def _timed(stages: dict[str, float], name: str) -> Iterator[None]:
    began = time.monotonic()
    yield
    stages[name] = time.monotonic() - began


if __name__ == "__main__":
    sys.exit(main())
