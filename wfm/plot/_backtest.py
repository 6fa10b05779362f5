"""How far forecasters were off, and whether their bands held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from wfm.errors import InputError
from wfm.plot._style import GROUPS, INK, MUTED, new_axes, plain, titled

if TYPE_CHECKING:
    from wfm.forecast import Backtest

Measure = Literal["wape", "wape_day", "bias", "pinball", "staffing_error", "coverage"]
NAMES = {
    "wape": "WAPE of intervals",
    "wape_day": "WAPE of days",
    "bias": "forecast minus actual, by actual",
    "pinball": "pinball loss of intervals, by actual",
    "staffing_error": "agents too many or too few",
    "coverage": "share inside the band",
}


def backtest(
    result: Backtest,
    measure: Measure = "wape",
    ax: Axes | None = None,
    *,
    horizon: int | None = None,
) -> Axes:
    """Draw a measure of each forecaster: by horizon, or the coverage of its bands.

    Parameters
    ----------
    result : Backtest
        What was found.
    measure : str
        ``"wape"``, ``"wape_day"``, ``"bias"``, ``"pinball"`` or ``"staffing_error"``, as in
        :meth:`Backtest.table`; or ``"coverage"``: bands of intervals, days and weeks at one
        horizon, beside lines at what they should hold.
    ax : matplotlib.axes.Axes, optional
        Where to draw; new ones by default.
    horizon : int, optional
        Days ahead for the coverage; the longest by default.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    InputError
        If there is no such measure or horizon.
    """
    if measure not in get_args(Measure):
        raise InputError("measure", f"be one of {', '.join(get_args(Measure))}", measure)
    shown = result.horizons[-1] if horizon is None else horizon
    if shown not in result.horizons:
        raise InputError("horizon", f"be one of {', '.join(map(str, result.horizons))}", horizon)
    ax = new_axes(9, 3.6) if ax is None else ax
    table = result.table()
    if measure == "coverage":
        bands = [
            f"{unit}_{100 * at:.6g}" for unit in ("interval", "day", "week") for at in result.levels
        ]
        values = pd.DataFrame(table.xs(shown, level="horizon")[bands]).T
        values.index = pd.Index([f"{name.replace('_', ', ')} %" for name in bands])
        for place, level in enumerate(list(result.levels) * 3):
            ax.hlines(level, place - 0.45, place + 0.45, color=INK, linewidth=1.2, zorder=3)
    else:
        each = {name: table[measure].xs(name, level="forecaster") for name in result.forecasters}
        values = pd.DataFrame(each)
        values.index = pd.Index([f"{days} day{'s' * (days > 1)} ahead" for days in values.index])
    _bars(ax, values)
    ax.margins(y=0.06)
    ax.set_ylabel(NAMES[measure], color=INK, fontsize=9)
    plain(ax)
    if measure != "staffing_error":
        ax.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=None))
    origins = f"{len(result.origins)} origin{'s' * (len(result.origins) != 1)}"
    title = f"Coverage {shown} days ahead" if measure == "coverage" else "Error of the forecasts"
    titled(ax, f"{title}, {origins}", legend=len(result.forecasters))
    return ax


def _bars(ax: Axes, values: pd.DataFrame) -> None:
    """Draw a group of bars for each row, a colour for each column."""
    width = 0.8 / len(values.columns)
    places = np.arange(len(values))
    for column, name in enumerate(values.columns):
        middle = places + (column - (len(values.columns) - 1) / 2) * width
        colour = GROUPS[column % len(GROUPS)]
        ax.bar(middle, values[name].to_numpy(float), width * 0.92, color=colour, label=str(name))
    ax.axhline(0, color=MUTED, linewidth=0.8)
    ax.set_xticks(places, list(values.index))
