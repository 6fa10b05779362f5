"""How fast, and how small, the conflicts of twenty problems without a schedule are found.

Each is looked at for what cannot hold together, with its days and what could give way; then every
set of its rules is tried, smaller ones first, until one cannot hold.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence

from rich.console import Console

from benchmarks.harness import Figures, arguments, run, show_facts, show_table
from benchmarks.infeasible import CASES, Case, smallest_by_force
from wfm.solver.conflicts.find import conflicts

QUICK = 4
COLUMNS = ("problem", "rules", "smallest", "by force", "give way", "seconds", "by force, s")


def main(given: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    return run("conflicts", _measure, arguments(__doc__).parse_args(given))


def _measure(options: argparse.Namespace, console: Console) -> Figures:
    rows = [_look_at(case) for case in CASES[: QUICK if options.quick else None]]
    cells = [
        (
            str(row["name"]),
            str(row["rules"]),
            str(row["size"]),
            str(row["size_by_force"]),
            str(row["relaxations"]),
            f"{row['seconds']:.2f}",
            f"{row['seconds_by_force']:.2f}",
        )
        for row in rows
    ]
    show_table(console, "Rules that cannot hold together", COLUMNS, cells)
    right = sum(row["size"] == row["size_by_force"] for row in rows)
    slowest = max(row["seconds"] for row in rows)
    facts = {
        "as small as by force": f"{right} of {len(rows)}",
        "slowest": f"{slowest:.2f} s",
    }
    show_facts(console, facts)
    return {"rows": rows, "as_small_as_by_force": right, "slowest": slowest}


def _look_at(case: Case) -> Figures:
    problem = case.problem
    began = time.perf_counter()
    found = conflicts(problem)
    took = time.perf_counter() - began
    began = time.perf_counter()
    forced = smallest_by_force(problem)
    return {
        "name": case.name,
        "rules": len(problem.rules),
        "conflicts": len(found.found),
        "size": min((len(each.rules) for each in found.found), default=0),
        "size_by_force": len(forced),
        "relaxations": sum(len(each.relaxations) for each in found.found),
        "seconds": took,
        "seconds_by_force": time.perf_counter() - began,
    }


if __name__ == "__main__":
    sys.exit(main())
