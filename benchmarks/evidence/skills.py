"""Two queues and three groups of agents: what is required together."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from rich.console import Console

from benchmarks.evidence.sample import TARGET, THRESHOLD
from benchmarks.harness import Figures, percent, show_table
from benchmarks.truth import simulate_groups
from wfm.forecast.erlang import required_agents

Groups = Mapping[tuple[int, ...], int]
CENTERS = (  # contacts per hour of two queues, their handle times in seconds
    ((60.0, 40.0), (240.0, 360.0)),
    ((200.0, 100.0), (240.0, 360.0)),
    ((800.0, 500.0), (240.0, 360.0)),
)
PATIENCE = 180.0
COLUMNS = ("contacts/h", "plan", "first only", "both", "second only", "agents", "first", "+/-")
COLUMNS = (*COLUMNS, "second", "+/-")


def measure(console: Console, days: int) -> Figures:
    """Simulate each centre with queues apart, and with the plans that pool them."""
    rows = []
    for rates, times in CENTERS:
        for name, groups in plans(rates, times).items():
            rows.append(_row(name, rates, times, groups, max(days // 10, 2)))
    cells = [
        (
            " + ".join(f"{rate:.0f}" for rate in row["rates"]),
            row["plan"],
            *(str(number) for number in row["groups"]),
            str(sum(row["groups"])),
            *(
                percent(figure)
                for pair in zip(row["service"], row["error"], strict=True)
                for figure in pair
            ),
        )
        for row in rows
    ]
    show_table(console, "Two queues, three groups, 80/20 for each", COLUMNS, cells, left=2)
    return {"patience": PATIENCE, "rows": rows}


def plans(rates: tuple[float, ...], times: tuple[float, ...]) -> dict[str, Groups]:
    """Agents of each group: the queues apart, and one pool for both."""
    apart = required_agents(np.array(rates), np.array(times), TARGET, THRESHOLD, patience=PATIENCE)
    mean = float(np.average(times, weights=rates))
    pool = required_agents(sum(rates), mean, TARGET, THRESHOLD, patience=PATIENCE)
    return {
        "apart": {(0,): int(apart[0]), (1,): int(apart[1])},
        "one pool": {(0, 1): int(pool)},
    }


def _row(
    name: str, rates: tuple[float, ...], times: tuple[float, ...], groups: Groups, runs: int
) -> Figures:
    told = simulate_groups(
        rates, groups, aht=times, patience=PATIENCE, threshold=THRESHOLD, replications=runs
    )
    by_queue = told.shares()
    return {
        "plan": name,
        "rates": list(rates),
        "times": list(times),
        "groups": [groups.get(group, 0) for group in ((0,), (0, 1), (1,))],
        "service": [float(level) for level in by_queue.value],
        "error": [float(error) for error in by_queue.error],
    }
