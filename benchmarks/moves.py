"""Rows, columns, or both: which moves of the solver earn their time on the sample centre's week.

Each setting solves the same problem with the same seeds and seconds: rows alone (one agent's whole
week by the tour programme), columns alone (everyone's one day by CP-SAT), and both in turn. In
each, raising the bound takes its usual share beside the moves, which is why the time that the
moves themselves got is shown. What is compiled once on a machine is compiled before. Seconds
count from the call; the cost of the first roster, which CP-SAT helps to find, is shown too.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import fmean

from rich.console import Console

from benchmarks.harness import (
    Figures,
    arguments,
    percent,
    run,
    show_facts,
    show_table,
    warm_up,
)
from benchmarks.sample_week import judged, sample_problem
from wfm.problem import Problem
from wfm.result import Progress
from wfm.solver.solve import solve

SETTINGS = {"rows": ("rows",), "columns": ("columns",), "both": ("rows", "columns")}
STEPS = ("rows", "columns", "bound")
NEAR = 0.01
NOISE = 0.0025


def main(argv: Sequence[str] | None = None) -> int:
    """Read the arguments and run the benchmark."""
    parser = arguments(__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", help="default 1 2 3; quick: 1")
    parser.add_argument("--seconds", type=float, help="of each solve; default 30, quick: 3")
    options = parser.parse_args(argv)
    options.seeds = options.seeds or ([1] if options.quick else [1, 2, 3])
    if options.seconds is None:
        options.seconds = 3.0 if options.quick else 30.0
    return run("moves", measure, options)


def measure(options: argparse.Namespace, console: Console) -> Figures:
    """Solve with each setting and seed, and compare."""
    problem = sample_problem()
    warm_up(problem, options.seconds)
    pairs = [(seed, setting) for seed in options.seeds for setting in SETTINGS]
    solved = [one_run(problem, setting, seed, options.seconds) for seed, setting in pairs]
    runs = [figures for figures, _ in solved]
    best = min(figures["cost"] for figures in runs)
    for figures, trace in solved:
        figures["seconds_to_near_best"] = first_within(trace, best * (1 + NEAR))
    found = {
        "agents": len(problem.agents),
        "best_cost": best,
        "best_bound": max(figures["bound"] for figures in runs),
        "runs": runs,
        **compare(runs),
    }
    show(console, problem, found)
    return found


def one_run(
    problem: Problem, setting: str, seed: int, seconds: float
) -> tuple[Figures, list[Progress]]:
    """Solve once; the figures, and every step's progress."""
    trace: list[Progress] = []
    began = time.monotonic()
    moves = SETTINGS[setting]
    result = solve(problem, seconds=seconds, seed=seed, on_progress=trace.append, moves=moves)
    wall = time.monotonic() - began
    return {"moves": setting, "seed": seed, **judged(problem, result, wall), **told(trace)}, trace


def told(trace: list[Progress]) -> Figures:
    """Progress steps by kind, with the seconds that each kind took and the cost that it saved."""
    spent, saved = dict.fromkeys(STEPS, 0.0), dict.fromkeys(STEPS, 0.0)
    for before, after in pairwise(trace):
        spent[after.step] += after.seconds - before.seconds
        saved[after.step] += before.objective - after.objective
    steps = Counter(seen.step for seen in trace)
    return {
        "steps": {step: steps[step] for step in STEPS},
        "seconds_by_step": spent,
        "saved_by_step": saved,
        "start_cost": trace[0].objective,
    }


def first_within(trace: Iterable[Progress], cost: float) -> float | None:
    """Seconds until a search had come down to a cost; None if it never did."""
    return next((seen.seconds for seen in trace if seen.objective <= cost), None)


def compare(runs: Sequence[Figures]) -> Figures:
    """Mean cost and gap of each setting, and which is best by how much.

    A setting is level with the best if it is not dearer in every seed, or by less than 0.25 % in
    the mean (1 % with a single seed): the same command repeated has moved means by 0.15 %.
    """
    groups = {name: [r for r in runs if r["moves"] == name] for name in SETTINGS}
    mean = {name: fmean(r["cost"] for r in group) for name, group in groups.items()}
    moved = {name: fmean(map(_moved, group)) for name, group in groups.items()}
    best = min(mean, key=lambda name: mean[name])
    behind: dict[str, float] = {}
    level: list[str] = []
    texts: dict[bool, list[str]] = {True: [], False: []}
    for name in (name for name in SETTINGS if name != best):
        behind[name] = mean[name] / mean[best] - 1
        costs = [(o["cost"], r["cost"]) for o, r in zip(groups[best], groups[name], strict=True)]
        dearer = sum(own < other for own, other in costs)
        near = dearer < len(costs) or behind[name] < (NEAR if len(costs) == 1 else NOISE)
        level += [name] * near
        text = f"dearer in {dearer} of {len(costs)} seeds, {moved[name]:.0f} s of moves"
        texts[near].append(f"{name} {behind[name]:+.2%} ({text})")
    verdict = f"{best} wins" if not level else f"no clear winner: {best} is best"
    verdict += f" with a mean cost of {mean[best]:,.0f} ({moved[best]:.0f} s of moves)"
    verdict += "".join(f"; level with it: {text}" for text in texts[True])
    verdict += "".join(f"; beaten: {text}" for text in texts[False])
    return {
        "mean_cost": mean,
        "mean_gap": {name: fmean(r["gap"] for r in group) for name, group in groups.items()},
        "mean_seconds_of_moves": moved,
        "best": best,
        "level_with_best": level,
        "dearer_than_best": behind,
        "verdict": f"{verdict}.",
    }


def _moved(figures: Figures) -> float:
    """Seconds that the moves took, the bound's left out."""
    return float(sum(figures["seconds_by_step"][move] for move in SETTINGS["both"]))


def show(console: Console, problem: Problem, found: Figures) -> None:
    """Print the runs as a table, and the verdict."""
    queues = [queue.id for queue in problem.demand.queues]
    columns = ["moves", "seed", "cost", "bound", "gap", "hard", *queues, "to 1 %"]
    columns += ["steps r/c/b", "s r/c/b", "saved r/c"]
    rows = [_row(figures) for figures in found["runs"]]
    show_table(console, f"The sample centre's week, {found['agents']} agents", columns, rows)
    aims = found["runs"][0]["service"]
    targets = ", ".join(f"{name} {percent(aims[name]['target'], 0)}" for name in queues)
    facts = {
        "levels": f"of the week, by the formulas at the heads given; targets {targets}; "
        "!n: n target periods missed",
        "to 1 %": "seconds until within 1 % of the best cost of all runs",
        "r/c/b": "rows, columns, bound: progress steps, their seconds, the cost that they saved",
        "best cost": f"{found['best_cost']:,.0f}",
        "best bound": f"{found['best_bound']:,.0f}",
        "verdict": found["verdict"],
    }
    show_facts(console, facts)


def _row(figures: Figures) -> list[str]:
    near, services = figures["seconds_to_near_best"], figures["service"].values()
    return [
        figures["moves"],
        str(figures["seed"]),
        f"{figures['cost']:,.0f}",
        f"{figures['bound']:,.0f}",
        percent(figures["gap"], 2),
        str(figures["hard_violations"]),
        *map(_level, services),
        "never" if near is None else f"{near:.1f} s",
        "/".join(str(count) for count in figures["steps"].values()),
        "/".join(f"{spent:.0f}" for spent in figures["seconds_by_step"].values()),
        "/".join(f"{figures['saved_by_step'][move]:,.0f}" for move in STEPS[:2]),
    ]


def _level(service: Figures) -> str:
    missed = service["periods_missed"]
    return percent(service["level"]) + (f" !{missed}" if missed else "")


if __name__ == "__main__":
    sys.exit(main())
