"""What it costs to plan with Erlang C where callers lose patience."""

from __future__ import annotations

import math

from rich.console import Console

from benchmarks.evidence.sample import ARRIVALS as CONTACTS
from benchmarks.evidence.sample import finite, hours, leaving, minutes, simulate, staff
from benchmarks.harness import Figures, percent, show_table

AHTS = (180.0, 360.0, 900.0)
PATIENCE = (math.inf, 400.0, 180.0)
COLUMNS = ("AHT", "patience", "C hours", "A hours", "C over A", "service C", "service A", "s.e.")
COLUMNS = (*COLUMNS, "abandon C", "abandon A")


def measure(console: Console, days: int) -> Figures:
    """Staff a day by both formulas and simulate both."""
    rows = [_row(aht, patience, days) for aht in AHTS for patience in PATIENCE]
    cells = [
        (
            minutes(row["aht"]),
            leaving(row["patience"]),
            f"{row['hours_c']:.1f}",
            f"{row['hours_a']:.1f}",
            percent(row["extra"]),
            percent(row["service_c"]),
            percent(row["service_a"]),
            percent(row["error"]),
            percent(row["abandoned_c"]),
            percent(row["abandoned_a"]),
        )
        for row in rows
    ]
    title = f"Erlang C against Erlang A, 80/20: a day of {CONTACTS.sum():,.0f} contacts"
    show_table(console, title, COLUMNS, cells, left=2)
    return {"contacts": float(CONTACTS.sum()), "rows": rows}


def _row(aht: float, patience: float, days: int) -> Figures:
    plans = {"c": staff(CONTACTS, aht, math.inf), "a": staff(CONTACTS, aht, patience)}
    told = {name: simulate(plan, aht, patience, days) for name, plan in plans.items()}
    return {
        "aht": aht,
        "patience": finite(patience),
        "hours_c": hours(plans["c"]),
        "hours_a": hours(plans["a"]),
        "extra": hours(plans["c"]) / hours(plans["a"]) - 1,
        "service_c": float(told["c"].share().value),
        "service_a": float(told["a"].share().value),
        "error": float(told["a"].share().error),
        "abandoned_c": float(told["c"].share("abandoned").value),
        "abandoned_a": float(told["a"].share("abandoned").value),
    }
