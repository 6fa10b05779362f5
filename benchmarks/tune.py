"""The solver on stored families of instances: several seeds, each run with its whole trace.

Each instance and seed is solved in a process of its own, with what is compiled warm before the
clock starts. Of each run are shown the cost at the end, the proof, the time to a target, and the
primal and dual integrals; over all instances the shifted geometric means, with the spread over the
seeds. The figures, in a file, are what `python -m benchmarks.compare` takes.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import asdict

from rich.console import Console

from benchmarks.harness import Figures, arguments, numbers, percent, run
from benchmarks.tuning.measures import counted, known, means, measured
from benchmarks.tuning.runs import SETTINGS, Run, instances, solve_alone
from benchmarks.tuning.tables import show_means, show_runs
from wfm.errors import InputError


def main(argv: Sequence[str] | None = None) -> int:
    """Read the arguments and run the benchmark."""
    parser = protocol(__doc__)
    parser.add_argument("--moves", choices=SETTINGS, default="all", help="default all")
    return run("tune", measure, chosen(parser, argv))


def protocol(description: str | None) -> argparse.ArgumentParser:
    """Make a parser with the arguments of every benchmark that follows this protocol."""
    parser = arguments(description)
    add = parser.add_argument
    add("--families", help="default week_20,week_50,week_100; quick: week_10")
    add("--loads", default="1.05", help="hours needed over capacity; default 1.05")
    add("--draws", default="1", help="seeds of the instances; default 1")
    add("--seeds", help="of the solver; default 1,2,3, quick: 1")
    add("--seconds", type=float, help="of each run; default 30, quick: 1")
    add("--target", type=float, default=0.01, help="gap to the best bound; default 0.01")
    return parser


def chosen(parser: argparse.ArgumentParser, argv: Sequence[str] | None) -> argparse.Namespace:
    """Parse the arguments, and fill in what depends on whether it is to be quick."""
    options = parser.parse_args(argv)
    quick = {"families": "week_10", "seeds": "1", "seconds": 1.0}
    whole = {"families": "week_20,week_50,week_100", "seeds": "1,2,3", "seconds": 30.0}
    for name, value in (quick if options.quick else whole).items():
        if getattr(options, name) is None:
            setattr(options, name, value)
    return options


def measure(options: argparse.Namespace, console: Console) -> Figures:
    """Solve each instance with each seed, and print what came of it."""
    return told(all_runs(options, console, [options.moves]), options.target, console)


def all_runs(options: argparse.Namespace, console: Console, settings: Sequence[str]) -> list[Run]:
    """Solve each instance with each seed and setting.

    Settings take turns within each seed, so that a machine that slows down slows all of them.
    """
    seeds = numbers("--seeds", options.seeds, int)
    loads = numbers("--loads", options.loads, float)
    draws = numbers("--draws", options.draws, int)
    families = options.families.split(",")
    given = {"--families": families, "--seeds": seeds, "--loads": loads, "--draws": draws}
    for name, values in given.items():
        if len(set(values)) < len(values):
            raise InputError(name, "name each only once", values)
    for name, value in {"--seconds": options.seconds, "--target": options.target}.items():
        if not value > 0:
            raise InputError(name, "be above 0", value)
    drawn = list(instances(families, loads, draws))
    runs = []
    for name, specification in drawn:
        for seed in seeds:
            for moves in settings:
                found = solve_alone(name, specification, options.seconds, seed, moves)
                console.print(
                    f"  {found.instance}, {moves}, seed {seed}: cost {found.cost:,.0f}, "
                    f"gap {percent(found.gap, 2)}"
                )
                runs.append(found)
    return runs


def told(runs: Sequence[Run], target: float, console: Console) -> Figures:
    """Print runs and their means, and give the figures."""
    best = known(runs)
    by_moves = {
        moves: means(counted([run for run in runs if run.moves == moves], best, target))
        for moves in dict.fromkeys(run.moves for run in runs)
    }
    show_runs(console, runs, best, target)
    show_means(console, by_moves)
    return {
        "target": target,
        "known": {instance: asdict(values) for instance, values in best.items()},
        "measures": [measured(run, best[run.instance], target) for run in runs],
        "means": {
            moves: {name: asdict(mean) for name, mean in values.items()}
            for moves, values in by_moves.items()
        },
        "runs": [run.model_dump(mode="json") for run in runs],
    }


if __name__ == "__main__":
    sys.exit(main())
