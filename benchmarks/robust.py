"""Staffing for busy weeks: what planning on the mean costs, and what planning on all days gives.

A week of one queue is staffed interval by interval for the same service level: for the contacts as
forecast, for the level expected over days of varying business, and for reaching it in 8 or 9 weeks
of 10. The level is the one at which the first plan, simulated with days as forecast, answers
exactly 80 % in time, so that the formula's own error does not count. Every plan is then simulated
over many weeks of such days. The least hours that would do are found by simulating plans of other
levels.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

import numpy as np
from rich.console import Console

from benchmarks.harness import Figures, arguments, percent, run, show_table
from benchmarks.staffed import rounded, staffed
from wfm.demand import BusyFactor, Demand
from wfm.forecast.erlang import queue_level, slot_factors
from wfm.horizon import Horizon
from wfm.queue import Queue, ServiceTarget
from wfm.simulation import Assumptions, Busyness, simulate
from wfm.simulation.records import Floats

TARGET = 0.8
AHT, PATIENCE = 240.0, 180.0
CONTACTS, QUICK_CONTACTS = 10_000, 1_000
WEEKS, QUICK_WEEKS = 1000, 20
DAYS = (1.2, 1.05, 1.0, 1.0, 1.05, 0.6, 0.4)
CASES = ((0.05, 0.0), (0.10, 0.0), (0.15, 0.0), (0.10, 0.5))
"""Coefficient of variation of days, and correlation of two days."""
GOALS: tuple[tuple[str, float | None], ...] = (
    ("level expected", None),
    ("8 weeks of 10", 0.8),
    ("9 weeks of 10", 0.9),
)
LEVELS = np.linspace(0.77, 0.97, 6)
"""Of the plans between which the least hours lie."""
HALVINGS = 30
SURE = Busyness(cv=1e-4)
COLUMNS = ("staffed for", "CV of days", "day to day", "hours", "more", "least", "level", "±")
COLUMNS = (*COLUMNS, "P(week ≥ 80 %)", "±")


def main(given: Sequence[str] | None = None) -> int:
    """Run the benchmark; returns the exit code."""
    parser = arguments(__doc__)
    parser.add_argument("--contacts", type=int, default=CONTACTS, help="in the week")
    parser.add_argument("--weeks", type=int, default=WEEKS, help="simulated for each figure")
    options = parser.parse_args(given)
    if options.quick:
        options.contacts, options.weeks = QUICK_CONTACTS, QUICK_WEEKS
    return run("robust", measure, options)


def measure(options: argparse.Namespace, console: Console) -> Figures:
    """Find the level, staff for it in each way, simulate, and print."""
    week = demand(options.contacts)
    level, hours = calibrated(week, options.weeks)
    rows = []
    for cv, day_to_day in CASES[:1] if options.quick else CASES:
        busy = BusyFactor(cv=cv, day_to_day=day_to_day)
        least = least_hours(week, busy, options.weeks)
        plans = [("the mean", level_of(week, level, None), None)]
        for name, probability in GOALS:
            asked = busy.model_copy(update={"probability": probability})
            plans.append((name, level_of(week, level, asked), least[name]))
        for name, agents, needed in plans:
            found = simulated(week, agents, busy, options.weeks)
            del found["levels"]
            about = {"staffed_for": name, "cv": cv, "day_to_day": day_to_day}
            more = {"more": found["hours"] / hours - 1}
            rows.append({**about, **found, **more, "least": needed and needed / hours - 1})
    title = f"Weeks of {options.contacts:,} contacts, handled in 4 minutes, patience 3 minutes"
    show_table(console, title, COLUMNS, [cells(row) for row in rows])
    return {"level_of_the_formula": level, "hours_of_the_mean": hours, "rows": rows}


def cells(row: Figures) -> list[str]:
    """A row for people."""
    return [
        row["staffed_for"],
        percent(row["cv"], 0),
        f"{row['day_to_day']:g}",
        f"{row['hours']:,.1f}",
        f"{row['more']:+.1%}",
        "" if row["least"] is None else f"{row['least']:+.1%}",
        percent(row["level"]),
        percent(row["level_error"]),
        percent(row["met"], 0),
        percent(row["met_error"], 0),
    ]


def demand(contacts: int) -> Demand:
    """A week of half-hours from 8 to 20, with a high late morning and quiet weekends."""
    horizon = Horizon(start="2026-12-07", days=7, interval=30)
    hour = (np.arange(48) + 0.5) / 2
    shape = 0.15 + np.exp(-(((hour - 10.5) / 2) ** 2)) + 0.75 * np.exp(-(((hour - 16) / 2.4) ** 2))
    cells = np.outer(DAYS, np.where((hour > 8) & (hour < 20), shape, 0.0)).ravel()
    slots = horizon.slots
    return Demand(
        horizon=horizon,
        queues=[Queue(id="calls", patience=PATIENCE, target=ServiceTarget(level=TARGET))],
        contacts=[(contacts * cells / cells.sum()).tolist()],
        aht=[[AHT] * slots],
        required=[[0] * slots],
        service=[[((0, 0),)] * slots],
    )


def level_of(week: Demand, level: float, busy: BusyFactor | None) -> Floats:
    """Agents of each slot, not whole, who give a level over the factors that are planned for."""
    queue, load = week.queues[0], week.load_array[0]
    factors = slot_factors(busy, queue, week.contacts_array[0], week.horizon)
    low, high = np.zeros(load.size), np.where(load > 0, 20 + 3 * load, 0.0)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        enough = queue_level(queue, load, AHT, middle, factors) >= level
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    return high


def simulated(week: Demand, agents: Floats, busy: BusyFactor | None, weeks: int) -> Figures:
    """Hours, level and share of weeks that reach the target, of a plan in whole agents."""
    heads = rounded(agents)
    problem, schedule = staffed(week, heads)
    days = SURE if busy is None else Busyness(cv=busy.cv, day_to_day=busy.day_to_day)
    told = Assumptions(busy=days)
    found = simulate(problem, schedule, replications=weeks, seed=1, assumptions=told)
    row = found.service("week").iloc[0]
    return {
        "hours": float(heads.sum()) * week.horizon.interval / 60,
        "level": float(row["level"]),
        "level_error": float(row["level_high"] - row["level_low"]) / 2,
        "met": float(row["met"]),
        "met_error": float(row["met_high"] - row["met_low"]) / 2,
        "levels": np.sort(found.levels("week")[1][:, 0, 0]).tolist(),
    }


def calibrated(week: Demand, weeks: int) -> tuple[float, float]:
    """Level of the formula, and hours, at which days as forecast give exactly the target."""
    around = np.array([TARGET - 0.03, TARGET, TARGET + 0.03])
    found = [simulated(week, level_of(week, level, None), None, weeks) for level in around]
    levels = [each["level"] for each in found]
    level = float(np.interp(TARGET, levels, around))
    return level, float(np.interp(TARGET, levels, [each["hours"] for each in found]))


def least_hours(week: Demand, busy: BusyFactor, weeks: int) -> dict[str, float]:
    """Hours with which each goal is just reached, on a line between the plans around it."""
    plans = [simulated(week, level_of(week, level, None), busy, weeks) for level in LEVELS]
    hours = [plan["hours"] for plan in plans]
    least = {}
    for name, probability in GOALS:
        reached = [
            plan["level"] if probability is None else np.quantile(plan["levels"], 1 - probability)
            for plan in plans
        ]
        least[name] = float(np.interp(TARGET, reached, hours))
    return least


if __name__ == "__main__":
    sys.exit(main())
