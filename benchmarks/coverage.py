"""Whether the simulation's 95 % confidence intervals hold the truth 95 times in 100.

Small centres are simulated with many seeds, each with few replications. Of every figure of the
outcome it is counted how many seeds' intervals hold what all seeds together say, which is as good
as the truth beside them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from rich.console import Console

from benchmarks.harness import Figures, arguments, percent, run, show_table
from benchmarks.staffed import staffed
from wfm.demand import BusyFactor, Demand
from wfm.horizon import Horizon
from wfm.problem import Problem
from wfm.queue import Queue, ServiceTarget
from wfm.schedule import Schedule
from wfm.simulation import Outcome, simulate
from wfm.simulation.records import Floats

SEEDS, QUICK_SEEDS = 1000, 20
REPLICATIONS = (10, 50)
AHT = 180.0
OPEN = slice(8, 18)


@dataclass(frozen=True)
class Line:
    """A queue that is open for ten hours, and the agents who are there all the time."""

    name: str
    per_hour: float
    agents: int
    patience: float
    level: float
    busy: float | None


LINES = (
    Line("small", 20.0, 2, 120.0, 0.8, None),
    Line("with busy days", 60.0, 4, 180.0, 0.75, 0.15),
)
Table = Callable[[Outcome], pd.DataFrame]

TABLES: Mapping[str, Table] = {
    "day": lambda outcome: outcome.service("day"),
    "hours": lambda outcome: outcome.service("interval").iloc[OPEN],
    "group": lambda outcome: outcome.occupancy("group"),
    "agents": lambda outcome: outcome.occupancy("agent"),
}
FIGURES: Mapping[str, tuple[str, str]] = {
    "service level": ("day", "level"),
    "mean wait": ("day", "asa"),
    "abandonment": ("day", "abandonment"),
    "occupancy of all": ("group", "occupancy"),
    "occupancy of each": ("agents", "occupancy"),
    "P(target met)": ("day", "met"),
    "service level of an hour": ("hours", "level"),
    "mean wait of an hour": ("hours", "asa"),
}
"""In which table a figure stands, and in which column."""
COLUMNS = ("line", "replications", "figure", "truth", "held by", "±")


def main(given: Sequence[str] | None = None) -> int:
    """Run the benchmark; returns the exit code."""
    parser = arguments(__doc__)
    parser.add_argument("--seeds", type=int, default=SEEDS, help="of each line")
    options = parser.parse_args(given)
    if options.quick:
        options.seeds = QUICK_SEEDS
    return run("coverage", measure, options)


def measure(options: argparse.Namespace, console: Console) -> Figures:
    """Count, print and return the figures."""
    rows = [
        row
        for line in LINES
        for replications in REPLICATIONS
        for row in covered(line, replications, options.seeds)
    ]
    cells = [
        (
            row["line"],
            str(row["replications"]),
            row["figure"],
            f"{row['truth']:.3g}",
            percent(row["held"]),
            percent(row["error"]),
        )
        for row in rows
    ]
    show_table(console, f"95 % intervals of {options.seeds} seeds", COLUMNS, cells, left=3)
    return {"seeds": options.seeds, "rows": rows}


def covered(line: Line, replications: int, seeds: int) -> list[Figures]:
    """Of each figure, the share of the seeds whose interval holds it."""
    problem, schedule = _centre(line)
    found = [
        simulate(problem, schedule, replications=replications, seed=seed)
        for seed in range(1, seeds + 1)
    ]
    parts = ("counts", "busy", "there")
    whole = Outcome(problem, *(np.concatenate([getattr(o, part) for o in found]) for part in parts))
    tables = {
        name: (table(whole), [table(outcome) for outcome in found])
        for name, table in TABLES.items()
    }
    rows = []
    for name, (where, column) in FIGURES.items():
        truth, each = tables[where]
        held = np.array([_holds(one, column, truth[column].to_numpy()) for one in each])
        rows.append(
            {
                "line": line.name,
                "replications": replications,
                "figure": name,
                "truth": float(truth[column].mean()),
                "held": float(held.mean()),
                "error": float(1.96 * held.std() / np.sqrt(seeds)),
            }
        )
    return rows


def _holds(found: pd.DataFrame, column: str, truth: Floats) -> float:
    """Share of the rows whose interval holds the truth."""
    low, high = (found[f"{column}_{end}"].to_numpy() for end in ("low", "high"))
    return float(((low <= truth) & (truth <= high)).mean())


def _centre(line: Line) -> tuple[Problem, Schedule]:
    horizon = Horizon(start="2026-12-07", days=1, interval=60)
    open_hours, slots = np.zeros(24), horizon.slots
    open_hours[OPEN] = 1.0
    target = ServiceTarget(level=line.level, period="day")
    demand = Demand(
        horizon=horizon,
        queues=[Queue(id="calls", patience=line.patience, target=target)],
        contacts=[(line.per_hour * open_hours).tolist()],
        aht=[[AHT] * slots],
        required=[[0] * slots],
        service=[[((0, 0),)] * slots],
        busy=None if line.busy is None else BusyFactor(cv=line.busy),
    )
    return staffed(demand, line.agents * open_hours)


if __name__ == "__main__":
    sys.exit(main())
