"""What a backtest found, as tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from wfm.forecast.backtesting.spread import UNITS, percent


@dataclass(frozen=True, eq=False)
class Backtest:
    """Errors of forecasters over many origins.

    Attributes
    ----------
    sums : pandas.DataFrame
        Sums of each ``forecaster``, ``origin``, ``horizon`` (days) and ``queue``, of which the
        measures are made.
    errors : pandas.DataFrame
        Contacts of each ``forecaster``, ``origin``, ``queue`` and ``date`` as ``forecast`` and as
        ``actual``, over the day's known intervals, with ``days_ahead`` from 1 up.
    horizons : tuple of int
        Days ahead.
    levels : tuple of float
        Coverage that bands were to have.
    """

    sums: pd.DataFrame
    errors: pd.DataFrame
    horizons: tuple[int, ...]
    levels: tuple[float, ...]

    @property
    def forecasters(self) -> tuple[str, ...]:
        """Names, in the order given."""
        return tuple(self.sums["forecaster"].unique())

    @property
    def origins(self) -> tuple[date, ...]:
        """First days of the forecasts."""
        return tuple(sorted(self.sums["origin"].unique()))

    def table(self, by_queue: bool = False) -> pd.DataFrame:
        """Measures of each forecaster over the days up to each horizon.

        Parameters
        ----------
        by_queue : bool
            Whether each queue has a row of its own, instead of all in one.

        Returns
        -------
        pandas.DataFrame
            Indexed by forecaster and horizon (and queue). ``origins`` counts the forecasts.
            ``wape`` and ``wape_day`` are the sums of absolute errors of intervals and of days,
            ``bias`` the sum of forecast minus actual, ``pinball`` the pinball loss of intervals
            (the mean over the levels' quantiles and the median, doubled), each by the contacts
            that came. ``interval_80``, ``day_80``, ``week_80`` and so on are the shares of
            intervals, days and whole weeks from the origin that lay inside the band of that
            level, those aside where nothing was expected and nothing came. ``staffing_error`` is
            the mean absolute difference, in agents, between the requirement of the forecast and
            that of what came, over intervals in which someone is required, and ``agents`` the mean
            requirement of what came. What is unknown is NaN.
        """
        keys = ["forecaster", "horizon"] + ["queue"] * by_queue
        groups = self.sums.groupby(keys, sort=False)
        sums = groups.sum(numeric_only=True, min_count=1)
        known = sums.where(sums > 0)
        found = {
            "origins": groups["origin"].nunique(),
            "wape": sums["interval_error"] / known["actual"],
            "wape_day": sums["day_error"] / known["actual"],
            "bias": sums["error"] / known["actual"],
            "pinball": sums["pinball"] / known["actual"],
        }
        for unit in UNITS:
            for level in self.levels:
                name = f"{unit}_{percent(level)}"
                found[name] = sums[f"inside_{name}"] / known[f"count_{name}"]
        found["staffing_error"] = sums["agents_error"] / known["staffed"]
        found["agents"] = sums["agents"] / known["staffed"]
        return pd.DataFrame(found)

    def __str__(self) -> str:
        origins = self.origins
        title = f"Backtest of {len(origins)} origins from {origins[0]} to {origins[-1]}"
        if len(origins) == 1:
            title = f"Backtest of 1 origin, {origins[0]}"
        table = self.table().dropna(axis=1, how="all")
        text = table.reset_index()
        for name in table.columns.drop("origins"):
            agents = name in {"staffing_error", "agents"}
            form = "{:.1f}" if agents else "{:+.1%}" if name == "bias" else "{:.1%}"
            text[name] = text[name].map(form.format, na_action="ignore").fillna("")
        return f"{title}\n{text.to_string(index=False)}"
