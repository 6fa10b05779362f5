"""Load that follows the arrivals at once, against load that follows them as work lasts."""

from __future__ import annotations

import math

import numpy as np
from rich.console import Console

from benchmarks.evidence.sample import (
    ARRIVALS,
    INTERVAL,
    STARTS,
    TARGET,
    clock,
    finite,
    hours,
    leaving,
    minutes,
    per_hour,
    simulate,
    staff,
)
from benchmarks.harness import Figures, percent, show_table
from benchmarks.truth.contacts import Floats
from wfm.forecast.erlang import modified_load

AHTS = (180.0, 360.0, 600.0, 900.0, 1800.0)
PATIENCE = (math.inf, 180.0)
COLUMNS = ("patience", "AHT", "load", "hours", "service", "s.e.", "worst half-hour", "", "RMS")


def measure(console: Console, days: int) -> Figures:
    """Staff a day by each kind of load and simulate it."""
    rows = [row for patience in PATIENCE for aht in AHTS for row in _rows(aht, patience, days)]
    cells = [
        (
            leaving(row["patience"]),
            minutes(row["aht"]),
            row["load"],
            f"{row['hours']:.1f}",
            percent(row["service"]),
            percent(row["error"]),
            percent(row["worst"]),
            row["worst_at"],
            percent(row["rms"]),
        )
        for row in rows
    ]
    show_table(console, "Stationary against modified offered load, 80/20", COLUMNS, cells, left=3)
    return {"rows": rows}


def greatest_load(arrivals: Floats, aht: float) -> Floats:
    """Greatest mean number in service in each interval, in erlangs, from an empty start."""
    steady = arrivals * aht / INTERVAL
    stays = math.exp(-INTERVAL / aht)
    at = np.zeros(arrivals.size + 1)
    for part, load in enumerate(steady):
        at[part + 1] = load + (at[part] - load) * stays
    return np.maximum(at[:-1], at[1:])


def _rows(aht: float, patience: float, days: int) -> list[Figures]:
    before = np.r_[0.0, per_hour(ARRIVALS)]  # nobody, so that the day starts empty
    mean = modified_load(before, aht, INTERVAL / 60)[1:]
    as_contacts = INTERVAL / aht
    loads = {
        "stationary": ARRIVALS,
        "modified, mean": mean * as_contacts,
        "modified, greatest": greatest_load(ARRIVALS, aht) * as_contacts,
    }
    rows = []
    for name, contacts in loads.items():
        plan = staff(contacts, aht, patience)
        told = simulate(plan, aht, patience, days)
        levels = told.shares().value
        worst = int(np.argmin(levels))
        rows.append(
            {
                "patience": finite(patience),
                "aht": aht,
                "load": name,
                "hours": hours(plan),
                "service": float(told.share().value),
                "error": float(told.share().error),
                "worst": float(levels[worst]),
                "worst_at": clock(STARTS[worst]),
                "rms": float(np.sqrt(np.mean((levels - TARGET) ** 2))),
            }
        )
    return rows
