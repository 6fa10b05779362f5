"""The calls of a bank: our forecast against what planners use and against statsforecast."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from itertools import chain
from pathlib import Path

from rich.console import Console

from benchmarks.forecasting.peers import MISSING, peers
from benchmarks.forecasting.remembered import Remembered
from benchmarks.forecasting.scores import (
    Errors,
    coverage,
    coverage_verdicts,
    errors,
    from_days,
    show_coverage,
    show_errors,
)
from benchmarks.forecasting.verdicts import Verdict, lower_by
from benchmarks.harness import Figures
from wfm.errors import InputError
from wfm.forecast import (
    Calendar,
    DayForecaster,
    ExponentialSmoothing,
    Forecaster,
    History,
    SeasonalNaive,
    StructuralForecaster,
    WeekdayMean,
    backtest,
    read_history,
)

AHT = 240.0
COLUMNS = {"start": "DateTime", "offered": "Calls"}
ZONE = "America/New_York"
INTERVAL = 30
HORIZONS = (1, 7, 28)
OURS, BASELINE = "wfm", "mean of 4"
SMOOTHING = "wfm exponential smoothing"
SIMPLE = (OURS, BASELINE, "seasonal naive", SMOOTHING)
WANTED = 0.15
"""So much lower than that of the mean of 4 an error is to be."""
QUICK_LATER = 28
"""Days by which a quick run begins later."""
CLAIMED = (("weekly", "1"), ("daily", "1"), ("weekly", "7"))


def bank_history(path: Path) -> History:
    """Read the bank's calls by 30 minutes.

    Raises
    ------
    InputError
        If there is no such file.
    """
    if not path.is_file():
        must = "be the file of the bank's calls (R package fpp3); say where with --data"
        raise InputError(str(path), must)
    return read_history(
        path, timezone=ZONE, columns=COLUMNS, queue="calls", aht=AHT, interval=INTERVAL
    )


def forecasters(calendar: Calendar, theirs: bool = True) -> Mapping[str, Forecaster]:
    """Ours, the simple ones, and those of statsforecast with the profile of ours."""
    ours = StructuralForecaster(calendar=calendar)
    simple = {
        OURS: ours,
        BASELINE: WeekdayMean(weeks=4),
        "seasonal naive": SeasonalNaive(),
        SMOOTHING: DayForecaster(model=ExponentialSmoothing(), calendar=calendar),
    }
    return {**simple, **(peers(Remembered(ours), calendar) if theirs else {})}


def measure_bank(path: Path, quick: bool, console: Console) -> tuple[Figures, list[Verdict]]:
    """Forecast from each day after ten weeks; weekly origins are the Mondays among them."""
    history = bank_history(path)
    chosen = forecasters(Calendar(countries=("US",)))
    if len(chosen) <= len(SIMPLE):
        console.print(MISSING, soft_wrap=True)
    first = history.starts.min().tz_convert(ZONE).date() + timedelta(days=70)
    result = backtest(
        history,
        chosen,
        horizons=(1, 7) if quick else HORIZONS,
        first=first + timedelta(days=QUICK_LATER) if quick else first,
        step=7 if quick else 1,
        levels=(0.8, 0.95),
        samples=200 if quick else 1000,
    )
    days = {
        "weekly": [day for day in result.origins if day.weekday() == first.weekday()],
        "daily": list(result.origins),
    }
    by_group = {group: errors(from_days(result, chosen)) for group, chosen in days.items()}
    by_group["daily"] = {
        name: {horizon: rows[horizon] for horizon in rows if horizon == "1"}
        for name, rows in by_group["daily"].items()
    }
    ours = result.sums[result.sums["forecaster"] == OURS]
    ahead = [horizon for horizon in result.table().loc[OURS].index.tolist() if horizon > 1]
    held = {f"up to {horizon} d": coverage(ours, horizon) for horizon in ahead}
    show_errors(console, "The bank's calls by 30 minutes", by_group)
    show_coverage(console, "The bank's calls", held)
    bands = [coverage_verdicts(f"bank, {name}", figures) for name, figures in held.items()]
    verdicts = [*_against_baseline(by_group), *_against_peers(by_group)]
    return (
        {"errors": by_group, "coverage": held},
        [*verdicts, *chain.from_iterable(bands)],
    )


def _against_baseline(found: Mapping[str, Errors]) -> list[Verdict]:
    verdicts = []
    for group, horizon in CLAIMED:
        ours, theirs = (found[group][name][horizon]["wape"] for name in (OURS, BASELINE))
        less = lower_by(ours, theirs)
        claim = f"bank, {group} origins, {horizon} d: {WANTED:.0%} below the mean of 4"
        verdicts.append(Verdict(claim, f"{less:.1%} ({ours:.2%}, {theirs:.2%})", less >= WANTED))
    return verdicts


def _against_peers(found: Mapping[str, Errors]) -> list[Verdict]:
    verdicts = []
    for group, horizon in CLAIMED:
        wape = {name: rows[horizon]["wape"] for name, rows in found[group].items()}
        theirs = {name: value for name, value in wape.items() if name not in SIMPLE}
        if theirs:
            best = min(theirs, key=theirs.__getitem__)
            claim = f"bank, {group} origins, {horizon} d: below each of {len(theirs)} peers"
            text = f"{wape[OURS]:.2%}; the best, {best}, {theirs[best]:.2%}"
            verdicts.append(Verdict(claim, text, wape[OURS] < theirs[best]))
    return verdicts
