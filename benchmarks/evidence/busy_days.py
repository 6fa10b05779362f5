"""Days that are busier or calmer than forecast as a whole."""

from __future__ import annotations

import numpy as np
from rich.console import Console
from scipy.special import gammaincinv

from benchmarks.evidence.sample import ARRIVALS, TARGET, simulate, staff
from benchmarks.harness import Figures, percent, show_table
from benchmarks.truth.contacts import Floats

AHT, PATIENCE = 180.0, 180.0
SPREADS = (0.0, 0.05, 0.10, 0.15)
MORE_DAYS = 5  # times as many: the share of days that meet a target is slow to settle
COLUMNS = ("CV of days", "service", "+/-", "mean of days", "one day in ten below")
COLUMNS = (*COLUMNS, "days that meet 80 %", "+/-")


def measure(console: Console, days: int) -> Figures:
    """Staff on the mean and let the days vary."""
    exact = staff(ARRIVALS, AHT, PATIENCE, fractional=True)
    plan = rounded(exact)
    rows = [_row(spread, plan, MORE_DAYS * days) for spread in SPREADS]
    cells = [
        (
            percent(row["cv"], 0),
            percent(row["service"]),
            percent(row["error"]),
            percent(row["mean_of_days"]),
            percent(row["tenth"]),
            percent(row["meets"]),
            percent(row["meets_error"]),
        )
        for row in rows
    ]
    show_table(console, "Busy days (gamma), staffed on the mean for 80/20", COLUMNS, cells)
    return {"aht": AHT, "patience": PATIENCE, "rows": rows}


def rounded(exact: Floats) -> Floats:
    """Round so that the running sum stays true, which keeps the day's service where it was."""
    return np.diff(np.round(np.cumsum(exact)), prepend=0.0)


def _row(spread: float, plan: Floats, days: int) -> Figures:
    factors = np.ones(days)
    if spread > 0:
        # Quantiles instead of random numbers: the factors themselves add next to no noise.
        shape = 1 / spread**2
        factors = gammaincinv(shape, (np.arange(days) + 0.5) / days) / shape
    told = simulate(plan, AHT, PATIENCE, days, factors=factors)
    by_day = told.in_time.sum(axis=1) / told.offered.sum(axis=1)
    meets = float((by_day >= TARGET).mean())
    return {
        "cv": spread,
        "service": float(told.share().value),
        "error": float(told.share().error),
        "mean_of_days": float(by_day.mean()),
        "tenth": float(np.quantile(by_day, 0.1)),
        "meets": meets,
        "meets_error": float(np.sqrt(meets * (1 - meets) / days)),
    }
