"""Errors and coverage of a backtest, as figures and tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import pandas as pd
from rich.console import Console

from benchmarks.forecasting.verdicts import Verdict
from benchmarks.harness import Figures, percent, show_table
from wfm.forecast import Backtest

UNITS = ("interval", "day", "week")
LEVELS = (0.8, 0.95)
TOLERANCE = 0.04
"""Coverage may be so far from nominal."""

Errors = dict[str, dict[str, dict[str, float]]]
"""Forecaster -> days ahead -> measure -> value."""


def errors(sums: pd.DataFrame) -> Errors:
    """WAPE by interval and by day, bias, and the number of origins, of some sums of a backtest."""
    found: Errors = {}
    for (name, horizon), rows in sums.groupby(["forecaster", "horizon"], sort=False):
        seen = rows[rows["actual"] > 0]
        total = float(seen["actual"].sum())
        if total:
            found.setdefault(str(name), {})[str(horizon)] = {
                "wape": float(seen["interval_error"].sum()) / total,
                "wape_day": float(seen["day_error"].sum()) / total,
                "bias": float(seen["error"].sum()) / total,
                "origins": int(seen["origin"].nunique()),
            }
    return found


def from_days(result: Backtest, origins: Iterable[date]) -> pd.DataFrame:
    """Sums of some origins only."""
    return result.sums[result.sums["origin"].isin(set(origins))]


def coverage(sums: pd.DataFrame, horizon: int = 7) -> Figures:
    """Share inside the bands and number counted, by unit and level, up to some days ahead."""
    longest = sums[sums["horizon"] == horizon]
    found: Figures = {}
    for unit in UNITS:
        for level in LEVELS:
            name = f"{unit}_{100 * level:.6g}"
            count = float(longest[f"count_{name}"].sum())
            inside = float(longest[f"inside_{name}"].sum())
            found[name] = {"share": inside / count if count else None, "count": int(count)}
    return found


def coverage_verdicts(where: str, found: Figures) -> list[Verdict]:
    """One for each unit and level that was counted."""
    verdicts = []
    for unit in UNITS:
        for level in LEVELS:
            figure = found[f"{unit}_{100 * level:.6g}"]
            if figure["share"] is not None:
                claim = f"{where}: {level:.0%} of {unit}s inside the band, ± {TOLERANCE:.0%}"
                text = f"{figure['share']:.1%} of {figure['count']:,}"
                verdicts.append(Verdict(claim, text, abs(figure["share"] - level) <= TOLERANCE))
    return verdicts


def show_errors(console: Console, title: str, found: Mapping[str, Errors]) -> None:
    """Print errors, a column for each group of origins and horizon.

    Parameters
    ----------
    console : rich.console.Console
        Where.
    title : str
        What they are of.
    found : mapping of str to Errors
        By group of origins.
    """
    names = list(dict.fromkeys(name for group in found.values() for name in group))
    horizons = {
        group: list(dict.fromkeys(h for rows in values.values() for h in rows))
        for group, values in found.items()
    }
    columns = [(group, horizon) for group, wanted in horizons.items() for horizon in wanted]
    heads = [f"{group} {horizon} d" for group, horizon in columns]
    for measure, words in (("wape", "by interval"), ("wape_day", "by day")):
        rows = [[name, *_cells(found, name, columns, measure)] for name in names]
        show_table(console, f"{title}: WAPE {words}", ["forecaster", *heads], rows)


def _cells(
    found: Mapping[str, Errors], name: str, columns: Sequence[tuple[str, str]], measure: str
) -> list[str]:
    return [
        percent(found[group].get(name, {}).get(horizon, {}).get(measure), 2)
        for group, horizon in columns
    ]


def show_coverage(console: Console, title: str, found: Mapping[str, Figures]) -> None:
    """Print the share inside the bands, a row for each set of data."""
    names = [f"{unit}_{100 * level:.6g}" for unit in UNITS for level in LEVELS]
    rows = [
        [
            where,
            *(f"{percent(values[name]['share'])} / {values[name]['count']:,}" for name in names),
        ]
        for where, values in found.items()
    ]
    heads = [name.replace("_", " ") + " %" for name in names]
    show_table(console, f"{title}: share inside the band / number", ["data", *heads], rows)
