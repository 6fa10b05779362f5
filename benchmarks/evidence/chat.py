"""The formula for chats against agents whose sessions slow each other down."""

from __future__ import annotations

import math

from rich.console import Console

from benchmarks.evidence.sample import finite, leaving
from benchmarks.harness import Figures, percent, show_table
from benchmarks.truth import simulate_chat
from wfm.forecast.erlang import queue_level
from wfm.queue import Queue, ServiceTarget

ALONE = 300.0  # seconds of a chat whose agent has no other
SESSIONS = (1, 2, 3, 4)
GROWTH = (0.15, 0.40)  # of the handle time, for each other session
AGENTS = (3, 10, 40)
SPARE = 0.6  # places for chats that are free, in square roots of all places
WARM_UP = 10
THRESHOLD = 30.0
PATIENCE = (math.inf, 180.0)
COLUMNS = ("sessions", "growth", "agents", "chats/h", "patience")
COLUMNS = (*COLUMNS, "service", "simulated", "s.e.", "off", "P(wait)", "simulated", "s.e.", "off")


def measure(console: Console, days: int) -> Figures:
    """Simulate the grid; with `days` / 4 runs of 28 to 120 hours."""
    rows = [
        _row(sessions, growth, agents, patience, max(days // 4, 2))
        for sessions in SESSIONS
        for growth in (GROWTH if sessions > 1 else (0.0,))
        for agents in AGENTS
        for patience in PATIENCE
    ]
    cells = [_cells(row) for row in rows]
    show_table(console, "Chats, answered within 30 s", COLUMNS, cells, left=0)
    off = [abs(row["service"] - row["service_simulated"]) for row in rows]
    return {"alone": ALONE, "rows": rows, "largest_error": max(off)}


def by_formula(
    rate: float, times: list[float], agents: int, patience: float, threshold: float
) -> float:
    """Share answered within the threshold; within 0 s it is those who do not wait."""
    queue = Queue(
        id="chat",
        channel="chat",
        target=ServiceTarget(threshold=threshold),
        concurrency=len(times),
        handle_time_growth=tuple(times),
        patience=finite(patience),
    )
    return float(queue_level(queue, rate * times[-1] / 3600, times[-1], agents))


def _row(sessions: int, growth: float, agents: int, patience: float, runs: int) -> Figures:
    times = [ALONE * (1 + growth * others) for others in range(sessions)]
    places = agents * sessions
    rate = (places - SPARE * math.sqrt(places)) * 3600 / times[-1]
    told = simulate_chat(
        rate,
        times,
        agents,
        threshold=THRESHOLD,
        patience=patience,
        hours=math.ceil(20 + 300 / agents),
        warm_up=WARM_UP,
        replications=runs,
    )
    return {
        "sessions": sessions,
        "growth": growth,
        "agents": agents,
        "rate": rate,
        "patience": finite(patience),
        "service": by_formula(rate, times, agents, patience, THRESHOLD),
        "service_simulated": float(told.share().value),
        "service_error": float(told.share().error),
        "wait": 1 - by_formula(rate, times, agents, patience, 0.0),
        "wait_simulated": float(told.share("delayed").value),
        "wait_error": float(told.share("delayed").error),
    }


def _cells(row: Figures) -> tuple[str, ...]:
    def four(name: str) -> tuple[str, ...]:
        by, true = row[name], row[f"{name}_simulated"]
        return (
            percent(by),
            percent(true),
            percent(row[f"{name}_error"]),
            f"{100 * (by - true):+.1f}",
        )

    size = (str(row["sessions"]), percent(row["growth"], 0), str(row["agents"]))
    stream = (f"{row['rate']:.0f}", leaving(row["patience"]))
    return (*size, *stream, *four("service"), *four("wait"))
