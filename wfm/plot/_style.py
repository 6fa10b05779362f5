"""What all pictures share: colours, new axes, and time axes that show the wall clock."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from wfm.horizon import DAY, Horizon

INK = "#22303c"
MUTED = "#7b8794"
LINES = "#dde2e7"
SHADE = "#f4f6f8"
BLUE = "#0072b2"
SKY = "#56b4e9"
VERMILION = "#d55e00"
GROUPS = (BLUE, "#e69f00", "#009e73", "#cc79a7", SKY, VERMILION, "#8c6d31", "#5b5b8f")
"""Colours of Okabe and Ito, and two more."""

HOURS_SHOWN = 8
"""Days up to which a time axis names hours within a day."""


def new_axes(width: float, height: float) -> Axes:
    """Make axes on a figure of their own, in inches."""
    figure, axes = plt.subplots(figsize=(width, height), layout="constrained")
    assert isinstance(figure, Figure)
    assert isinstance(axes, Axes)
    return axes


def edges(horizon: Horizon) -> NDArray[np.int64]:
    """Elapsed minutes at which slots begin and end, shape ``(slots + 1,)``."""
    return np.arange(horizon.slots + 1) * horizon.interval


def titled(ax: Axes, title: str, legend: int = 0) -> None:
    """Set the title at the left and a legend, in so many columns, at the right of it."""
    ax.set_title(title, loc="left", color=INK, fontsize=11, fontweight="bold", pad=8)
    if legend:
        ax.legend(
            loc="lower right",
            bbox_to_anchor=(1.0, 1.0),
            ncols=legend,
            frameon=False,
            fontsize=9,
            labelcolor=INK,
            borderaxespad=0.2,
            handlelength=1.6,
            columnspacing=1.4,
        )


def plain(ax: Axes, grid: bool = True) -> None:
    """Take away what does not inform: frame, tick marks; keep light lines to read values by."""
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.spines["bottom"].set_color(MUTED)
    ax.tick_params(axis="both", which="both", length=0, colors=INK, labelsize=9)
    ax.set_axisbelow(True)
    if grid:
        ax.grid(axis="y", color=LINES, linewidth=0.8)


def time_axis(ax: Axes, horizon: Horizon, days: Sequence[int] | None = None) -> None:
    """Label the axis of elapsed minutes with local days and hours.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Whose x axis counts elapsed minutes.
    horizon : Horizon
        Where the clock is read.
    days : sequence of int, optional
        Days shown, all by default; the first and the last bound the axis.
    """
    first, last = (min(days), max(days)) if days else (0, horizon.days - 1)
    shown = range(first, last + 1)
    midnights = [horizon.midnight(day) for day in range(first, last + 2)]
    ax.set_xlim(midnights[0], midnights[-1])
    for left, right in list(pairwise(midnights))[1::2]:
        ax.axvspan(left, right, color=SHADE, linewidth=0, zorder=0)
    ax.set_xticks([])
    minutes, labels = _ticks(horizon, shown)
    ax.set_xticks(minutes, labels, fontsize=8.5)
    for midnight in midnights[1:-1]:
        ax.axvline(midnight, color=LINES, linewidth=0.8, zorder=0.5)


def _ticks(horizon: Horizon, days: range) -> tuple[list[int], list[str]]:
    """Places and labels; the label at noon also names the day."""
    if len(days) > HOURS_SHOWN:
        every = -(-len(days) // 16)
        named = days[::every]
        noons = [horizon.minute(day, DAY // 2) for day in named]
        return noons, [horizon.day_label(day).replace(" ", "\n", 1) for day in named]
    step = 2 if len(days) == 1 else 3 if len(days) <= 3 else 6
    hours = [hour for hour in range(0, 24, step) if hour or len(days) == 1]
    minutes = [horizon.minute(day, hour * 60) for day in days for hour in hours]
    names = [f"\n{horizon.day_label(day)}" if h == 12 else "" for day in days for h in hours]
    clocks = [f"{hour:02d}:00" if len(days) == 1 else f"{hour:02d}" for _ in days for hour in hours]
    return minutes, [clock + name for clock, name in zip(clocks, names, strict=True)]
