"""Required against scheduled heads."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from wfm.judge.report import Report
from wfm.plot._heads import heads_of
from wfm.plot._style import BLUE, INK, SKY, VERMILION, edges, new_axes, plain, time_axis, titled
from wfm.problem import Problem
from wfm.schedule import Schedule


def coverage(
    problem: Problem,
    schedule: Schedule,
    queue: str | None = None,
    ax: Axes | None = None,
    *,
    report: Report | None = None,
) -> Axes:
    """Draw the heads that are required and those that are scheduled, with the gap shaded.

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
    ax = new_axes(14, 3.6) if ax is None else ax
    required, heads = heads_of(problem, schedule, queue, report)
    x = edges(problem.horizon)
    both = np.minimum(required, heads)
    ax.stairs(heads, x, baseline=both, fill=True, color=SKY, alpha=0.45, label="over")
    ax.stairs(required, x, baseline=both, fill=True, color=VERMILION, zorder=2.5, label="short")
    ax.stairs(heads, x, baseline=None, color=BLUE, linewidth=1.0, label="scheduled")
    ax.stairs(required, x, baseline=None, color=INK, linewidth=1.2, zorder=3, label="required")
    ax.set_ylim(bottom=0)
    ax.yaxis.set_major_locator(MaxNLocator(nbins=8, integer=True))
    ax.set_ylabel("agents", color=INK, fontsize=9)
    plain(ax)
    time_axis(ax, problem.horizon)
    titled(ax, f"{queue or 'all queues'}: agents required and scheduled", legend=4)
    return ax
