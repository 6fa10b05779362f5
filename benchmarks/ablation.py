"""Which moves of the solver earn their time: rows alone, columns alone, both in turn, and all.

Rows are one agent's whole tour by the tour programme, columns everyone's one day by CP-SAT. All
are these and, where a problem is small, CP-SAT over the whole of it. Each setting solves the same
instances with the same seeds and seconds, as `python -m benchmarks.tune` does; in each, the bound
takes its usual share beside the moves, and CP-SAT helps to find the first roster. Every pair of
settings gets the verdict of `python -m benchmarks.compare`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import asdict
from itertools import combinations

from rich.console import Console

from benchmarks.harness import Figures, run
from benchmarks.tune import all_runs, chosen, protocol, told
from benchmarks.tuning.measures import MEASURES
from benchmarks.tuning.runs import SETTINGS
from benchmarks.tuning.tables import show_verdict
from benchmarks.tuning.verdicts import judge


def main(argv: Sequence[str] | None = None) -> int:
    """Read the arguments and run the benchmark."""
    parser = protocol(__doc__)
    parser.add_argument("--by", choices=MEASURES, default="cost", help="what decides; default cost")
    return run("ablation", measure, chosen(parser, argv))


def measure(options: argparse.Namespace, console: Console) -> Figures:
    """Solve with each setting, and compare each pair."""
    runs = all_runs(options, console, list(SETTINGS))
    found = told(runs, options.target, console)
    verdicts = {}
    for one, other in combinations(SETTINGS, 2):
        before, after = ([run for run in runs if run.moves == name] for name in (one, other))
        verdict = judge(before, after, options.target, options.by)
        show_verdict(console, f"{other} instead of {one}", verdict)
        verdicts[f"{other} instead of {one}"] = asdict(verdict)
    return {**found, "verdicts": verdicts}


if __name__ == "__main__":
    sys.exit(main())
