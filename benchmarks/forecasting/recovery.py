"""Whether the effects that are true lie in the intervals that are stated for them."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import NormalDist

import numpy as np
import pandas as pd
from rich.console import Console

from benchmarks.forecasting.centers import Center
from benchmarks.forecasting.verdicts import Verdict
from benchmarks.harness import Figures, percent, show_table
from wfm.forecast import StructuralForecaster
from wfm.horizon import Horizon

LEVELS = (0.8, 0.95)
STATED = 0.95
"""What the interval of an effect is to hold."""
LEAST = 0.91
"""Share of the true effects that the intervals of 95 % hold at least."""
NAMES = {
    "payday": "payday: payday",
    "payday +1": "day after payday: payday",
    "sale": "campaign: sale",
    "sale +1": "day after campaign: sale",
    "sale +2": "2 days after campaign: sale",
    "mailing": "campaign: mailing",
}
"""True effect -> the effect of the calendar that is the same and shared with no other."""


def recovered(center: Center, forecaster: StructuralForecaster) -> Figures:
    """Hold the stated effects against the true ones, by kind of day and by name.

    A kind of day is a queue's days with the same true effects, such as a payday after a holiday;
    its last day counts, and what is compared is the product of its effects.

    Returns
    -------
    dict
        ``days`` and ``names``: how many were compared, the share inside intervals of 80 % and of
        95 %, and the mean absolute error on the log scale; ``factors``: each by name.
    """
    history = center.history
    horizon = Horizon(
        start=center.end, days=7, timezone=history.timezone, interval=history.interval
    )
    by_day = forecaster.effects(history, horizon, by="day")
    days = _kinds(center).merge(by_day, on=["queue", "day"])
    true = center.truth.factors().rename(columns={"factor": "true", "effect": "name"})
    true["effect"] = true["name"].map(NAMES)
    names = true.dropna().merge(forecaster.effects(history, horizon), on=["queue", "effect"])
    columns = ["queue", "effect", "true", "factor", "lower", "upper", "days"]
    return {
        "days": _held(days),
        "names": _held(names),
        "factors": names[columns].to_dict(orient="records"),
    }


def _kinds(center: Center) -> pd.DataFrame:
    """Last day of each kind, with its true factor: ``queue``, ``day``, ``kind``, ``true``."""
    by_day = center.truth.effects.groupby(["queue", "day"], sort=True)
    found = by_day.agg(kind=("effect", " and ".join), true=("factor", "prod")).reset_index()
    opened = center.truth.open_days()
    outage = {
        day for event in center.calendar.events if event.kind == "outage" for day in event.dates
    }
    found = found.merge(opened, on=["queue", "day"])
    return found[~found["day"].isin(outage)].drop_duplicates(["queue", "kind"], keep="last")


def _held(found: pd.DataFrame) -> Figures:
    if found.empty:
        return {"count": 0}
    error = np.log(found["factor"] / found["true"])
    deviation = np.log(found["upper"] / found["lower"]) / (2 * _width(STATED))
    inside = {
        f"inside_{100 * level:.6g}": float((np.abs(error) <= _width(level) * deviation).mean())
        for level in LEVELS
    }
    return {"count": len(found), **inside, "error": float(np.abs(error).mean())}


def _width(level: float) -> float:
    return NormalDist().inv_cdf((1 + level) / 2)


def show_recovery(console: Console, name: str, found: Figures) -> None:
    """Print the share of true effects inside their intervals, and those that have a name."""
    rows = [
        [
            kind,
            str(found[kind]["count"]),
            percent(found[kind].get("inside_80")),
            percent(found[kind].get("inside_95")),
            percent(found[kind].get("error")),
        ]
        for kind in ("days", "names")
    ]
    heads = ["effects of", "number", "inside 80 %", "inside 95 %", "mean error"]
    show_table(console, f"Synthetic centre {name}: true effects found again", heads, rows)
    shown = [
        [
            each["queue"],
            each["effect"],
            f"{each['true']:.2f}",
            f"{each['factor']:.3f}",
            f"{each['lower']:.3f}–{each['upper']:.3f}",
        ]
        for each in found["factors"]
    ]
    if shown:
        columns = ["queue", "effect", "true", "found", "95 %"]
        show_table(console, f"Synthetic centre {name}: effects by name", columns, shown, left=2)


def recovery_verdicts(found: Mapping[str, Figures]) -> list[Verdict]:
    """Over all centres, of kinds of days and of names."""
    verdicts = []
    for kind in ("days", "names"):
        rows = [figures[kind] for figures in found.values() if figures[kind]["count"]]
        count = sum(row["count"] for row in rows)
        if count:
            share = sum(row["count"] * row["inside_95"] for row in rows) / count
            claim = f"synthetic: true effects of {kind} inside 95 %, at least {LEAST:.0%}"
            verdicts.append(Verdict(claim, f"{share:.1%} of {count}", share >= LEAST))
    return verdicts
