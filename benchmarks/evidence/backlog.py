"""Two half-hours with too few agents, and the waits that they hand on."""

from __future__ import annotations

import math

import numpy as np
from rich.console import Console

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
from wfm.forecast.erlang import course, performance

AHTS = (180.0, 360.0, 900.0)
DETAILED = 360.0
PATIENCE = (math.inf, 180.0)
SHORT = [6, 7]  # from 10:00 to 11:00
SHARE = 0.85  # of the load that is staffed there
SHOWN = slice(4, 14)
MODELS = ("stationary", "carried")
COLUMNS = ("patience", "AHT", "day", "s.e.")
OF_MODEL = ("{}", "RMS", "most off", "at")


def measure(console: Console, days: int) -> Figures:
    """Predict each half-hour of a day with a gap, and simulate it."""
    found = [_day(aht, patience, days) for patience in PATIENCE for aht in AHTS]
    for day in found:
        if day["aht"] == DETAILED:
            _show(console, day)
    cells = [_summary_cells(day) for day in found]
    columns = (*COLUMNS, *(name.format(model) for model in MODELS for name in OF_MODEL))
    show_table(console, "Two short half-hours: service of the day", columns, cells, left=2)
    return {"days": found}


def _day(aht: float, patience: float, days: int) -> Figures:
    plan = staff(ARRIVALS, aht, patience).astype(float)
    load = ARRIVALS * aht / INTERVAL
    plan[SHORT] = np.floor(SHARE * load[SHORT])
    told = simulate(plan, aht, patience, days)
    true = told.shares()
    return {
        "aht": aht,
        "patience": finite(patience),
        "load": load.tolist(),
        "agents": plan.tolist(),
        "simulated": true.value.tolist(),
        "error": true.error.tolist(),
        "day": float(told.share().value),
        "day_error": float(told.share().error),
        "stationary": _compared(_stationary(plan, aht, patience), true.value),
        "carried": _compared(_carried(plan, aht, patience), true.value),
    }


def _stationary(plan: Floats, aht: float, patience: float) -> Floats:
    """Each half-hour as if it lasted for ever."""
    found = performance(per_hour(ARRIVALS), aht, plan, THRESHOLD, patience=patience)
    return np.asarray(found.service_level)


def _carried(plan: Floats, aht: float, patience: float) -> Floats:
    """Each half-hour with the backlog of those before it."""
    width = INTERVAL / 60
    found = course(per_hour(ARRIVALS), aht, plan, width, threshold=THRESHOLD, patience=patience)
    return np.asarray(found.service_level)


def _compared(levels: Floats, true: Floats) -> Figures:
    off = levels - true
    most = int(np.argmax(np.abs(off)))
    return {
        "levels": levels.tolist(),
        "day": float(levels @ ARRIVALS / ARRIVALS.sum()),
        "rms": float(np.sqrt(np.mean(off**2))),
        "most_off": float(off[most]),
        "most_off_at": clock(STARTS[most]),
    }


def _show(console: Console, day: Figures) -> None:
    cells = [
        (
            clock(STARTS[part]),
            f"{day['load'][part]:.1f}",
            f"{day['agents'][part]:.0f}",
            percent(day["simulated"][part]),
            percent(day["error"][part]),
            *(percent(day[model]["levels"][part]) for model in MODELS),
        )
        for part in range(STARTS.size)[SHOWN]
    ]
    words = f"AHT {minutes(day['aht'])}, patience {leaving(day['patience'])}"
    columns = ("from", "load", "agents", "simulated", "s.e.", *MODELS)
    show_table(console, f"Two short half-hours from 10:00, {words}: service", columns, cells)


def _summary_cells(day: Figures) -> tuple[str, ...]:
    cells = [leaving(day["patience"]), minutes(day["aht"])]
    cells += [percent(day["day"]), percent(day["day_error"])]
    for model in MODELS:
        found = day[model]
        cells += [percent(found["day"]), percent(found["rms"])]
        cells += [f"{100 * found['most_off']:+.1f}", found["most_off_at"]]
    return tuple(cells)
