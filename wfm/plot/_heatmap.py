"""Where in the week there are too many and too few."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import QuadMesh
from matplotlib.colors import CenteredNorm
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from wfm.horizon import DAY, Horizon
from wfm.judge.report import Report
from wfm.plot._heads import heads_of
from wfm.plot._style import INK, LINES, new_axes, plain, titled
from wfm.problem import Problem
from wfm.schedule import Schedule

LEAST_REACH = 2.0
"""Agents at the ends of the scale, at least, so that a gap of one is not painted as a disaster."""


def heatmap(
    problem: Problem,
    schedule: Schedule,
    queue: str | None = None,
    ax: Axes | None = None,
    *,
    report: Report | None = None,
) -> Axes:
    """Draw days by time of day, coloured by scheduled minus required heads.

    Parameters
    ----------
    problem : Problem
        What is required.
    schedule : Schedule
        Who is at work.
    queue : str, optional
        Which queue; all together by default. An agent of several queues counts once in all.
    ax : matplotlib.axes.Axes, optional
        Where to draw; new ones by default.
    report : Report, optional
        What `wfm.verify` found in the schedule; it saves dividing the agents anew.

    Returns
    -------
    matplotlib.axes.Axes
    """
    horizon = problem.horizon
    ax = new_axes(14, 1.2 + 0.32 * horizon.days) if ax is None else ax
    required, heads = heads_of(problem, schedule, queue, report)
    idle = (required == 0) & (heads == 0)
    gap = by_clock(horizon, np.where(idle, np.nan, heads - required))
    reach = max(LEAST_REACH, float(np.nan_to_num(np.abs(gap)).max()))
    x = np.arange(gap.shape[1] + 1) * horizon.interval
    mesh = ax.pcolormesh(
        x, np.arange(horizon.days + 1), gap, cmap="RdBu", norm=CenteredNorm(0, reach)
    )
    _label(ax, horizon)
    _scale(ax, mesh)
    titled(ax, f"{queue or 'all queues'}: agents scheduled minus required")
    return ax


def _label(ax: Axes, horizon: Horizon) -> None:
    """Days downwards, hours across, and a line between days."""
    plain(ax, grid=False)
    ax.set_facecolor(LINES)
    ax.invert_yaxis()
    names = [horizon.day_label(day) for day in range(horizon.days)]
    ax.set_yticks(np.arange(horizon.days) + 0.5, names)
    ax.set_xticks(range(0, DAY + 1, 120), [f"{hour:02d}:00" for hour in range(0, 25, 2)])
    ax.hlines(range(1, horizon.days), 0, DAY, color="white", linewidth=1.5)


def _scale(ax: Axes, mesh: QuadMesh) -> None:
    whole = MaxNLocator(nbins=6, integer=True)
    bar = ax.figure.colorbar(mesh, ax=ax, pad=0.01, aspect=12, ticks=whole)
    bar.outline.set_visible(False)
    bar.ax.tick_params(length=0, colors=INK, labelsize=8.5)
    bar.set_label("short      over", color=INK, fontsize=9)


def by_clock(horizon: Horizon, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Values of slots by day and wall clock, shape ``(days, slots of a day)``.

    Of an hour that the clocks show twice the mean is taken; one that they skip is NaN.
    """
    width = horizon.interval
    totals = np.zeros((horizon.days, DAY // width))
    counts = np.zeros_like(totals)
    local = [horizon.local(slot * width) for slot in range(horizon.slots)]
    clock = np.array([(when.hour * 60 + when.minute) // width for when in local])
    np.add.at(totals, (horizon.slot_days, clock), values)
    np.add.at(counts, (horizon.slot_days, clock), 1)
    return np.divide(totals, counts, out=np.full_like(totals, np.nan), where=counts > 0)
