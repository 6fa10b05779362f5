"""Day rosters in the format of Curtois and Qu: what is found in the time, and what is proven.

``python -m benchmarks.day_rosters INSTANCE.txt --seconds 600 --seed 1 --out ROSTER.csv`` solves a
file and writes its roster as rows ``employee,day,shift``, days from 0; each better one replaces the
one before. The cost is counted anew from those rows alone, by the format's own definition, and must
be that of the solver and of the judge. Without a file it takes a small one of its own.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
import time
from pathlib import Path

from rich.console import Console

from benchmarks.harness import Figures, arguments, percent, run, schedule_of, show_table
from benchmarks.rosters.reading import RosterFile, read_roster_file
from benchmarks.rosters.recount import Row, cost, faults, written
from benchmarks.rosters.stating import problem_of, rows_of
from wfm import InputError, solve, verify
from wfm.io.files import check_file, write_text
from wfm.problem import Problem
from wfm.result import Progress
from wfm.schedule import Schedule

SMALL = Path(__file__).parent / "rosters" / "small.txt"
KNOWN = "best_known.csv"
"""File beside the instances: `instance` is its number, `best_known_ub` the least cost known."""
QUICK = 2.0


def measure(options: argparse.Namespace, console: Console) -> Figures:
    """Solve one file; write the roster, count it anew, and print how good it is."""
    began = time.monotonic()
    path: Path = options.instance or SMALL
    if options.out is not None:
        check_file(options.out)
    file = read_roster_file(path)
    try:
        problem = problem_of(file)
    except InputError as error:
        raise error.within(str(path)) from None
    left = (QUICK if options.quick else options.seconds) - (time.monotonic() - began)

    def keep(schedule: Schedule) -> None:
        if options.out is not None:
            write_text(options.out, written(rows_of(file, schedule)))

    def tell(seen: Progress) -> None:
        print(seen, file=sys.stderr)

    told = tell if options.progress else None
    result = solve(
        problem, seconds=max(1.0, left), seed=options.seed, on_best=keep, on_progress=told
    )
    schedule = schedule_of(result)
    keep(schedule)
    rows = rows_of(file, schedule)
    figures = {
        "instance": path.stem,
        "people": len(file.staff),
        "days": file.days,
        "shifts": len(file.minutes),
        "cost": counted(file, problem, rows, schedule, result.objective or 0.0),
        "bound": result.bound,
        "bound_by": result.bound_by,
        "gap": result.gap,
        "best_known": best_known(path),
        "seconds": round(time.monotonic() - began, 1),
    }
    show(console, figures)
    return figures


def counted(
    file: RosterFile, problem: Problem, rows: list[Row], schedule: Schedule, claimed: float
) -> int:
    """Count a roster's cost by the format's definition; end with 1 if anybody finds another."""
    broken = list(faults(file, rows))
    report = verify(problem, schedule)
    broken += [violation.sentence for violation in report.hard]
    found = cost(file, rows)
    for who, other in (("solver", claimed), ("judge", report.costs.total)):
        if abs(other - found) > 1e-6:
            broken.append(f"the {who} says {other:g}, the rows cost {found}")
    if broken:
        sys.exit("\n".join(["the roster is not what it should be:", *broken]))
    return found


def best_known(path: Path) -> int | None:
    """Least cost known of an instance, if a table beside its file tells it."""
    table = path.parent / KNOWN
    number = re.search(r"(\d+)$", path.stem)
    if number is None or not table.is_file():
        return None
    for row in csv.DictReader(table.read_text(encoding="utf-8").splitlines()):
        if row.get("instance") == number[1]:
            return int(row["best_known_ub"])
    return None


def show(console: Console, figures: Figures) -> None:
    """Print what was found as a table."""
    known = figures["best_known"]
    above = None if not known else figures["cost"] / known - 1
    columns = ("instance", "people x days x shifts", "cost", "bound", "gap", "best known")
    row = [
        str(figures["instance"]),
        "{people} x {days} x {shifts}".format(**figures),
        str(figures["cost"]),
        f"{figures['bound']:.6g}",
        percent(figures["gap"], 2),
        "-" if known is None else str(known),
        percent(above, 2),
        f"{figures['seconds']:.1f}",
        str(figures["bound_by"]),
    ]
    title = "Day roster: cost by the format's own count, and what no roster costs less than"
    show_table(console, title, (*columns, "above it", "seconds", "bound by"), [row])


def main() -> int:
    """Read the arguments and run."""
    parser = arguments(__doc__)
    parser.add_argument("instance", nargs="?", type=Path, help="file of the format")
    parser.add_argument("--seconds", type=float, default=600.0, help="for everything")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the roster to this file")
    parser.add_argument("--progress", action="store_true", help="say on stderr how it goes")
    return run("day_rosters", measure, parser.parse_args())


if __name__ == "__main__":
    sys.exit(main())
