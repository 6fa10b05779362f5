"""Days that are busier or calmer than forecast as a whole."""

from __future__ import annotations

import numpy as np
from rich.console import Console
from scipy.special import gammaincinv

from benchmarks.evidence.sample import (
    ARRIVALS,
    TARGET,
    THRESHOLD,
    hours,
    per_hour,
    simulate,
)
from benchmarks.harness import Figures, percent, show_table
from benchmarks.truth.contacts import Floats
from wfm.forecast.erlang import performance

AHT, PATIENCE = 180.0, 180.0
SPREADS = (0.0, 0.05, 0.10, 0.15)
NODES = 100
MORE_DAYS = 5  # times as many: the share of days that meet a target is slow to settle
COLUMNS = ("staffed on", "CV of days", "hours", "service", "s.e.", "mean of days")
COLUMNS = (*COLUMNS, "one day in ten below", "days that meet 80 %", "s.e.")


def measure(console: Console, days: int) -> Figures:
    """Let the days vary, and staff for their mean or for all of them together."""
    rows = [
        _row(on, spread, MORE_DAYS * days)
        for on in ("the mean day", "all days")
        for spread in (SPREADS if on == "the mean day" else SPREADS[1:])
    ]
    cells = [
        (
            row["on"],
            percent(row["cv"], 0),
            f"{row['hours']:.1f}",
            percent(row["service"]),
            percent(row["error"]),
            percent(row["mean_of_days"]),
            percent(row["tenth"]),
            percent(row["meets"]),
            percent(row["meets_error"]),
        )
        for row in rows
    ]
    show_table(console, "Busy days (gamma), staffed for 80/20", COLUMNS, cells)
    return {"aht": AHT, "patience": PATIENCE, "rows": rows}


def busy_factors(spread: float, size: int) -> Floats:
    """Gamma quantiles with mean 1, which add next to no noise of their own."""
    if spread == 0:
        return np.ones(size)
    shape = 1 / spread**2
    return np.asarray(gammaincinv(shape, (np.arange(size) + 0.5) / size) / shape)


def exact(factors: Floats) -> Floats:
    """Agents of each interval, not whole, whose expected service over the factors is the target."""
    rates = per_hour(ARRIVALS)
    low, high = np.zeros(rates.size), 10 + 3 * rates * AHT / 3600
    for _ in range(40):
        middle = (low + high) / 2
        found = performance(np.outer(factors, rates), AHT, middle, THRESHOLD, patience=PATIENCE)
        enough = factors @ found.service_level / factors.sum() >= TARGET
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    return high


def rounded(agents: Floats) -> Floats:
    """Round so that the running sum stays true, which keeps the day's service where it was."""
    return np.diff(np.round(np.cumsum(agents)), prepend=0.0)


def _row(on: str, spread: float, days: int) -> Figures:
    known = busy_factors(spread, NODES) if on == "all days" else np.ones(1)
    plan = rounded(exact(known))
    told = simulate(plan, AHT, PATIENCE, days, factors=busy_factors(spread, days))
    by_day = told.in_time.sum(axis=1) / told.offered.sum(axis=1)
    meets = float((by_day >= TARGET).mean())
    return {
        "on": on,
        "cv": spread,
        "hours": hours(plan),
        "service": float(told.share().value),
        "error": float(told.share().error),
        "mean_of_days": float(by_day.mean()),
        "tenth": float(np.quantile(by_day, 0.1)),
        "meets": meets,
        "meets_error": float(np.sqrt(meets * (1 - meets) / days)),
    }
