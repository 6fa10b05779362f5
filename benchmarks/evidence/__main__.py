"""Hold the staffing formulas against simulation: the tables of the documentation.

A realistic day of one queue, chats, busy days and skill groups, each in a few minutes at most.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from rich.console import Console

from benchmarks.evidence import backlog, busy_days, chat, load, patience, skills
from benchmarks.harness import Figures, arguments, run

TABLES: dict[str, Callable[[Console, int], Figures]] = {
    "patience": patience.measure,
    "load": load.measure,
    "backlog": backlog.measure,
    "chat": chat.measure,
    "busy_days": busy_days.measure,
    "skills": skills.measure,
}
DAYS, QUICK_DAYS = 400, 10


def measure(options: argparse.Namespace, console: Console) -> Figures:
    """Print the tables asked for and collect their figures."""
    days = QUICK_DAYS if options.quick else options.days
    return {name: TABLES[name](console, days) for name in options.tables or TABLES}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the benchmark; gives the exit code."""
    parser = arguments(__doc__)
    parser.add_argument("tables", nargs="*", metavar="TABLE", help=f"some of {', '.join(TABLES)}")
    parser.add_argument("--days", type=int, default=DAYS, help="days to simulate for each figure")
    options = parser.parse_args(argv)
    unknown = [name for name in options.tables if name not in TABLES]
    if unknown:
        parser.error(f"TABLE must be one of {', '.join(TABLES)}, got {unknown[0]!r}")
    return run("evidence", measure, options)


if __name__ == "__main__":
    sys.exit(main())
