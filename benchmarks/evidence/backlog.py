"""Two half-hours with too few agents, and the waits that they hand on."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from rich.console import Console

from benchmarks.evidence.later import function
from benchmarks.evidence.sample import (
    ARRIVALS,
    INTERVAL,
    STARTS,
    THRESHOLD,
    clock,
    finite,
    leaving,
    minutes,
    per_hour,
    simulate,
    staff,
)
from benchmarks.harness import Figures, percent, show_table
from benchmarks.truth.contacts import Floats
from wfm.forecast.erlang import performance

AHT = 360.0
PATIENCE = (math.inf, 180.0)
SHORT = (6, 7)  # from 10:00 to 11:00
SHARE = 0.85  # of the load that is staffed there
SHOWN = slice(4, 14)
MODELS = ("stationary", "carried")


def measure(console: Console, days: int) -> Figures:
    """Predict each half-hour of a day with a gap, and simulate it."""
    return {
        "aht": AHT,
        "days": [_measure(console, patience, days) for patience in PATIENCE],
    }


def _measure(console: Console, patience: float, days: int) -> Figures:
    plan = staff(ARRIVALS, AHT, patience).astype(float)
    plan[list(SHORT)] = np.floor(SHARE * ARRIVALS[list(SHORT)] * AHT / INTERVAL)
    told = simulate(plan, AHT, patience, days)
    true = told.shares()
    by_model = {"stationary": _stationary(plan, patience), "carried": _carried(plan, patience)}
    rows = [
        {
            "starts": clock(STARTS[part]),
            "load": float(ARRIVALS[part] * AHT / INTERVAL),
            "agents": int(plan[part]),
            "simulated": float(true.value[part]),
            "error": float(true.error[part]),
            **{name: None if by is None else float(by[part]) for name, by in by_model.items()},
        }
        for part in range(STARTS.size)
    ]
    cells = [
        (
            row["starts"],
            f"{row['load']:.1f}",
            str(row["agents"]),
            percent(row["simulated"]),
            percent(row["error"]),
            *(percent(row[name]) for name in MODELS),
        )
        for row in rows[SHOWN]
    ]
    title = f"Two short half-hours, AHT {minutes(AHT)}, patience {leaving(patience)}: service"
    columns = ("from", "load", "agents", "simulated", "s.e.", *MODELS)
    summary = {name: _summary(by, true.value) for name, by in by_model.items() if by is not None}
    true_day = float(told.share().value)
    foot = ("day", "", "", percent(true_day), percent(float(told.share().error)))
    whole = (percent(summary[name]["day"]) if name in summary else "-" for name in MODELS)
    rms = (percent(summary[name]["rms"]) if name in summary else "-" for name in MODELS)
    last = ("RMS of half-hours", "", "", "", "", *rms)
    show_table(console, title, columns, [*cells, (*foot, *whole), last])
    return {"patience": finite(patience), "day": true_day, "models": summary, "rows": rows}


def _summary(by: Floats, true: Floats) -> Figures:
    return {
        "day": float(by @ ARRIVALS / ARRIVALS.sum()),
        "rms": float(np.sqrt(np.mean((by - true) ** 2))),
    }


def _stationary(plan: Floats, patience: float) -> Floats:
    """Each half-hour as if it lasted for ever."""
    found = performance(per_hour(ARRIVALS), AHT, plan, THRESHOLD, patience=patience)
    return np.asarray(found.service_level)


def _carried(plan: Floats, patience: float) -> Floats | None:
    """Each half-hour with the backlog of those before it."""
    method: Any = function("wfm.forecast.erlang", "course")
    if method is None:
        return None
    width = INTERVAL / 60
    found = method(per_hour(ARRIVALS), AHT, plan, width, threshold=THRESHOLD, patience=patience)
    return np.asarray(found.service_level)
