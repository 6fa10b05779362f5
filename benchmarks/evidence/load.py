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
    simulate,
    staff,
)
from benchmarks.harness import Figures, percent, show_table
from benchmarks.truth.contacts import Floats

AHTS = (180.0, 360.0, 600.0, 900.0, 1800.0)
PATIENCE = (math.inf, 180.0)
COLUMNS = ("patience", "AHT", "load", "hours", "service", "+/-", "worst half-hour", "", "RMS")


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


def modified_load(arrivals: Floats, aht: float) -> tuple[Floats, Floats]:
    """Mean number in service without limits, m' = rate - m/AHT, from an empty start.

    Parameters
    ----------
    arrivals : ndarray of float
        Contacts in each interval.
    aht : float
        Seconds.

    Returns
    -------
    tuple of ndarray of float
        Its mean and its greatest value in each interval, in erlangs.
    """
    steady = arrivals * aht / INTERVAL
    stays = math.exp(-INTERVAL / aht)
    at = np.zeros(arrivals.size + 1)
    for part, load in enumerate(steady):
        at[part + 1] = load + (at[part] - load) * stays
    mean = steady + (at[:-1] - steady) * (1 - stays) * aht / INTERVAL
    return mean, np.maximum(at[:-1], at[1:])


def _rows(aht: float, patience: float, days: int) -> list[Figures]:
    mean, most = modified_load(ARRIVALS, aht)
    as_contacts = INTERVAL / aht
    loads = {
        "stationary": ARRIVALS,
        "modified, mean": mean * as_contacts,
        "modified, greatest": most * as_contacts,
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
