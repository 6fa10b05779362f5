"""Two queues and three groups of agents: what is required together."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from rich.console import Console

from benchmarks.evidence.sample import TARGET, THRESHOLD
from benchmarks.harness import Figures, percent, show_table
from benchmarks.truth import Tally, simulate_groups
from wfm.forecast import pooled_requirement
from wfm.forecast.erlang import required_agents
from wfm.queue import Queue, ServiceTarget

Groups = Mapping[tuple[int, ...], int]
Center = tuple[tuple[float, float], tuple[float, float]]
FIRST, SECOND, BOTH = (0,), (1,), (0, 1)
CENTERS: tuple[Center, ...] = (  # contacts per hour of two queues, their handle times in seconds
    ((60.0, 40.0), (240.0, 360.0)),
    ((200.0, 100.0), (240.0, 360.0)),
    ((800.0, 500.0), (240.0, 360.0)),
)
PATIENCE = 180.0
SPECIALISTS = 0.7  # of those whom the queues need apart
COLUMNS = ("contacts/h", "plan", "first only", "both", "second only", "agents", "first", "s.e.")
COLUMNS = (*COLUMNS, "second", "s.e.")


def measure(console: Console, days: int) -> Figures:
    """Simulate each centre: queues apart, some who answer both, one pool."""
    runs = max(days // 10, 2)
    rows = [
        row(name, center, groups, runs)
        for center in CENTERS
        for name, groups in plans(center, runs).items()
    ]
    cells = [
        (
            " + ".join(f"{rate:.0f}" for rate in row["rates"]),
            row["plan"],
            *(str(number) for number in row["groups"]),
            str(sum(row["groups"])),
            *(percent(figure) for pair in row["service"] for figure in pair),
        )
        for row in rows
    ]
    show_table(console, "Two queues, three groups, 80/20 for each", COLUMNS, cells, left=2)
    return {"patience": PATIENCE, "rows": rows}


def plans(center: Center, runs: int) -> dict[str, Groups]:
    """Agents of each group: the queues apart, the fewest beside given specialists, one pool."""
    rates, times = center
    apart = required_agents(np.array(rates), np.array(times), TARGET, THRESHOLD, patience=PATIENCE)
    first, second = (int(number) for number in np.asarray(apart))
    mean = float(np.average(times, weights=rates))
    pool = required_agents(sum(rates), mean, TARGET, THRESHOLD, patience=PATIENCE)
    fixed = (int(SPECIALISTS * first), int(SPECIALISTS * second))
    return {
        "apart": {FIRST: first, SECOND: second},
        "70 % apart, fewest": fewest(center, fixed, runs),
        "required together": together(center),
        "one pool": {BOTH: int(pool)},
    }


def together(center: Center) -> Groups:
    """What the library asks for, with people of both skills a tenth dearer."""
    target = ServiceTarget(level=TARGET, threshold=THRESHOLD)
    queues = [Queue(id=name, patience=PATIENCE, target=target) for name in ("first", "second")]
    groups = {"first": ("first",), "both": ("first", "second"), "second": ("second",)}
    costs = {"first": 1.0, "both": 1.1, "second": 1.0}
    found = pooled_requirement(queues, center[0], center[1], groups, costs)
    return {
        FIRST: int(found.of("first")[0]),
        BOTH: int(found.of("both")[0]),
        SECOND: int(found.of("second")[0]),
    }


def fewest(center: Center, specialists: tuple[int, int], runs: int) -> Groups:
    """Fewest who answer both queues and, by simulation, bring both to their targets."""

    def groups(both: int) -> Groups:
        return {FIRST: specialists[0], SECOND: specialists[1], BOTH: both}

    low, high = -1, sum(specialists) + 10
    while high - low > 1:
        middle = (low + high) // 2
        enough = simulated(center, groups(middle), runs).shares().value.min() >= TARGET
        low, high = (low, middle) if enough else (middle, high)
    return groups(high)


def simulated(center: Center, groups: Groups, runs: int) -> Tally:
    """Simulate a centre with its agents."""
    options = {"patience": PATIENCE, "threshold": THRESHOLD, "replications": runs}
    return simulate_groups(center[0], groups, aht=center[1], **options)


def row(name: str, center: Center, groups: Groups, runs: int) -> Figures:
    """Simulate a plan and put down its figures."""
    by_queue = simulated(center, groups, runs).shares()
    return {
        "plan": name,
        "rates": list(center[0]),
        "times": list(center[1]),
        "groups": [groups.get(group, 0) for group in (FIRST, BOTH, SECOND)],
        "service": [[float(x) for x in pair] for pair in zip(*by_queue, strict=True)],
    }
