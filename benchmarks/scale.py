"""The solver on centres of ten to ten thousand people, at several loads.

Each instance is built, solved and judged in a process of its own, so that its peak of memory is its
own. Compiled kernels are warm before the clock starts: a centre of twenty people is solved first.
The gap is that of the whole cost; the strict gap leaves out the wages which no schedule can avoid.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Sequence

from rich.console import Console

from benchmarks.harness import (
    Figures,
    arguments,
    in_a_process_of_its_own,
    numbers,
    percent,
    run,
    schedule_of,
    show_table,
    warm_up,
)
from benchmarks.instances import Specification, build, family
from benchmarks.instances.load import needed_hours
from benchmarks.instances.people import capacity
from benchmarks.sample_week import level
from wfm.errors import InputError
from wfm.judge.verify import verify
from wfm.problem import Problem
from wfm.result import Progress
from wfm.solver.solve import MOVES, solve

WARM_AGENTS = 20
COLUMNS = (
    "agents",
    "load",
    "cost",
    "bound",
    "gap",
    "strict gap",
    "hard",
    "promises",
    "wishes",
)
TIMES = {
    "first schedule": "first_schedule_after",
    "in all": "seconds",
    "by the clock": "wall_seconds",
    "compile": "seconds_to_warm_up",
    "compile and start": "seconds_before_search",
    "build": "seconds_to_build",
    "judge": "seconds_to_judge",
}
"""Columns of seconds, and the figures that they show."""


def main(argv: Sequence[str] | None = None) -> int:
    """Read the arguments and run the benchmark."""
    parser = arguments(__doc__)
    add = parser.add_argument
    add("--agents", help="people, or several numbers: 50,100; default 50, quick: 20")
    add("--seconds", type=float, help="to search, for each; default 60, quick: 2")
    add("--loads", help="hours needed over capacity; default 1.0,1.05,1.1, quick: 1.0")
    add("--days", type=int, default=7, help="whole weeks; from 28 on with rules of four weeks")
    add("--seed", type=int, default=1, help="of the instances and of the solver")
    options = parser.parse_args(argv)
    quick = {"agents": "20", "seconds": 2.0, "loads": "1.0"}
    whole = {"agents": "50", "seconds": 60.0, "loads": "1.0,1.05,1.1"}
    for name, value in (quick if options.quick else whole).items():
        if getattr(options, name) is None:
            setattr(options, name, value)
    return run("scale", measure, options)


def measure(options: argparse.Namespace, console: Console) -> Figures:
    """Solve each size at each load, and print what came of it."""
    specifications = [
        family(agents, options.days).model_copy(update={"seed": options.seed, "load": load})
        for agents in numbers("--agents", options.agents, int)
        for load in numbers("--loads", options.loads, float)
    ]
    runs = []
    for specification in specifications:
        found = in_a_process_of_its_own(solved, specification, options.seconds, options.seed)
        console.print(told(found))
        runs.append(found)
    show(console, runs)
    return {"runs": runs}


def solved(
    specification: Specification, seconds: float, seed: int, moves: tuple[str, ...] = MOVES
) -> Figures:
    """Build, solve and judge an instance; meant to run in a process of its own."""
    began = time.monotonic()
    try:
        problem = build(specification)
    except InputError as error:
        sys.exit(str(error))
    built = time.monotonic()
    warm_up(build(family(WARM_AGENTS)), seconds)
    warm = time.monotonic()
    found = searched(problem, seconds, seed, moves)
    given = capacity(specification, problem.agents).sum()
    return {
        "agents": specification.agents,
        "days": specification.days,
        "seed": specification.seed,
        "load": specification.load,
        "needed_hours": float(needed_hours(problem.demand).sum()),
        "capacity_hours": float(given),
        "rules": len(problem.rules),
        **found,
        "seconds_to_build": built - began,
        "seconds_to_warm_up": warm - built,
        "seconds_before_search": warm - built + found["first_schedule_after"],
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def searched(problem: Problem, seconds: float, seed: int, moves: tuple[str, ...]) -> Figures:
    """Solve a problem, and let the judge say what is kept."""
    trace: list[Progress] = []
    began = time.monotonic()
    result = solve(problem, seconds=seconds, seed=seed, on_progress=trace.append, moves=moves)
    wall = time.monotonic() - began
    judging = time.monotonic()
    report = verify(problem, schedule_of(result))
    return {
        "cost": report.costs.total,
        "cost_by_solver": result.objective,
        "costs": report.costs.model_dump(exclude={"total"}),
        "bound": result.bound,
        "unavoidable": getattr(result, "unavoidable", None),
        "gap": result.gap,
        "strict_gap": getattr(result, "strict_gap", None),
        "hard_violations": len(report.hard),
        "promises": report.promises,
        "promises_kept": report.promises_kept,
        "requests": report.requests,
        "requests_kept": report.requests_kept,
        "service": {queue.id: level(report, queue.id) for queue in problem.demand.queues},
        "first_cost": trace[0].objective,
        "first_schedule_after": trace[0].seconds,
        "trace": [(seen.seconds, seen.step, seen.objective, seen.bound) for seen in trace],
        "seconds": result.seconds,
        "wall_seconds": wall,
        "seconds_to_judge": time.monotonic() - judging,
    }


def told(found: Figures) -> str:
    """Say in a line what came of one instance."""
    return (
        f"  {found['agents']} people at load {found['load']:g}: cost {found['cost']:,.0f}, gap "
        f"{percent(found['gap'], 2)}, {found['hard_violations']} hard violations, "
        f"built in {found['seconds_to_build']:.1f} s, judged in {found['seconds_to_judge']:.1f} s"
    )


def show(console: Console, runs: Sequence[Figures]) -> None:
    """Print a row for each instance, and the service of its queues."""
    rows = [
        [
            str(found["agents"]),
            f"{found['load']:g}",
            f"{found['cost']:,.0f}",
            f"{found['bound']:,.0f}",
            percent(found["gap"], 2),
            percent(found["strict_gap"], 2),
            str(found["hard_violations"]),
            f"{found['promises_kept']}/{found['promises']}",
            f"{found['requests_kept']}/{found['requests']}",
        ]
        for found in runs
    ]
    show_table(console, "Cost, proof and rules", COLUMNS, rows)
    show_service(console, runs)
    times = [
        [
            str(found["agents"]),
            f"{found['load']:g}",
            *(f"{found[name]:.1f}" for name in TIMES.values()),
            f"{found['megabytes']:,.0f}",
        ]
        for found in runs
    ]
    title = "Seconds of the solver and around it, and the peak of memory of each process"
    show_table(console, title, ["agents", "load", *TIMES, "MB"], times)


def show_service(console: Console, runs: Sequence[Figures]) -> None:
    """Print the service of each queue, and what the cost is made of."""
    names = list(dict.fromkeys(queue for found in runs for queue in found["service"]))
    levels = [
        [
            str(found["agents"]),
            f"{found['load']:g}",
            *(percent(found["service"].get(name, {}).get("level")) for name in names),
            *(f"{found['costs'][name]:,.0f}" for name in found["costs"]),
        ]
        for found in runs
    ]
    parts = list(runs[0]["costs"])
    columns = ["agents", "load", *names, *(f"cost: {name}" for name in parts)]
    show_table(console, "Share answered in time by queue, and parts of the cost", columns, levels)


if __name__ == "__main__":
    sys.exit(main())
