"""Synthetic centres: weeks with holidays, effects found again, coverage."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pandas as pd
from rich.console import Console

from benchmarks.forecasting.centers import CENTERS, START, Center, german
from benchmarks.forecasting.recovery import recovered, recovery_verdicts, show_recovery
from benchmarks.forecasting.scores import (
    Errors,
    coverage,
    coverage_verdicts,
    errors,
    show_coverage,
    show_errors,
)
from benchmarks.forecasting.verdicts import Verdict, lower_by
from benchmarks.harness import Figures
from wfm.forecast import Backtest, StructuralForecaster, WeekdayMean, backtest
from wfm.sample.holiday_days import holiday_days

OURS, BASELINE = "wfm", "mean of 4"
WANTED = 0.2
"""So much lower than that of the mean of 4 an error in weeks with holidays is to be."""
TESTED, QUICK_TESTED = 52, 2
"""Weeks at the end from whose Mondays forecasts are made."""
QUICK_DAYS = 7 * 22
"""Up to the Sunday of the week of Pentecost Monday."""


def measure_synthetic(quick: bool, jobs: int, console: Console) -> tuple[Figures, list[Verdict]]:
    """Forecast the last year of each centre from its Mondays.

    Parameters
    ----------
    quick : bool
        Some weeks of one centre only, to see that it runs.
    jobs : int
        Processes.
    console : rich.console.Console
        Where to print.
    """
    centers = {"DE": german(QUICK_DAYS)} if quick else {n: make() for n, make in CENTERS.items()}
    found: Figures = {}
    sums = []
    for name, center in centers.items():
        result = _forecast(center, quick, jobs)
        found[name] = _found(center, result, console, name)
        sums.append(result.sums[result.sums["forecaster"] == OURS])
    held = {name: coverage(rows) for name, rows in zip(centers, sums, strict=True)}
    held["all"] = coverage(pd.concat(sums))
    show_coverage(console, "Synthetic centres", held)
    verdicts = [
        *(verdict for name in centers for verdict in _holiday_verdict(name, found[name])),
        *recovery_verdicts({name: found[name]["effects"] for name in centers}),
        *coverage_verdicts("synthetic", held["all"]),
    ]
    return {"centers": found, "coverage": held}, verdicts


def _forecast(center: Center, quick: bool, jobs: int) -> Backtest:
    ours = StructuralForecaster(calendar=center.calendar)
    return backtest(
        center.history,
        {OURS: ours, BASELINE: WeekdayMean(weeks=4)},
        horizons=(1, 7) if quick else (1, 7, 28),
        first=center.end - timedelta(days=7 * (QUICK_TESTED if quick else TESTED)),
        step=7,
        levels=(0.8, 0.95),
        samples=200 if quick else 1000,
        n_jobs=jobs,
    )


def _found(center: Center, result: Backtest, console: Console, name: str) -> Figures:
    by_group = {"all": errors(result.sums), "with holidays": errors(_with_holidays(center, result))}
    show_errors(console, f"Synthetic centre {name}", by_group)
    effects = recovered(center, StructuralForecaster(calendar=center.calendar))
    show_recovery(console, name, effects)
    return {"errors": by_group, "effects": effects}


def _with_holidays(center: Center, result: Backtest) -> pd.DataFrame:
    """Sums of queues and origins in whose week ahead their country has a holiday."""
    sums = result.sums[result.sums["horizon"] == 7]
    queues = list(dict.fromkeys(sums["queue"]))
    weeks = {queue: _holiday_weeks(center, queue) for queue in queues}
    keep = [
        origin in weeks[queue] for queue, origin in zip(sums["queue"], sums["origin"], strict=True)
    ]
    return sums[keep]


def _holiday_weeks(center: Center, queue: str) -> set[date]:
    """Mondays of all weeks in which a queue's countries have a holiday."""
    years = range(START.year, center.end.year + 1)
    days = [
        day
        for country in center.calendar.countries_of(queue)
        for day in holiday_days(country, years).names
    ]
    return {day - timedelta(days=day.weekday()) for day in days}


def _holiday_verdict(name: str, found: Mapping[str, Mapping[str, Errors]]) -> list[Verdict]:
    rows = found["errors"]["with holidays"]
    if not rows:
        return []
    ours, theirs = (rows[who]["7"]["wape"] for who in (OURS, BASELINE))
    less = lower_by(ours, theirs)
    claim = f"{name}, weeks with holidays: {WANTED:.0%} below the mean of 4"
    return [Verdict(claim, f"{less:.1%} ({ours:.2%}, {theirs:.2%})", less >= WANTED)]
