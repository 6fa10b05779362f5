"""What a simulation says of the service: by day beside the plan, and how sure a week is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from wfm.errors import InputError
from wfm.judge.report import Report
from wfm.plot._style import BLUE, INK, MUTED, VERMILION, new_axes, plain, titled

if TYPE_CHECKING:
    from wfm.simulation import Outcome


def simulated_days(
    outcome: Outcome, queue: str, report: Report | None = None, ax: Axes | None = None
) -> Axes:
    """Draw a queue's simulated level of each day, with its interval, beside the planned one.

    Parameters
    ----------
    outcome : Outcome
        The simulation.
    queue : str
        Which queue.
    report : Report, optional
        The judge's, for what the formulas predict of the same schedule; left out by default.
    ax : matplotlib.axes.Axes, optional
        Where to draw; new ones by default.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    InputError
        If there is no such queue.
    """
    row = _row(outcome, queue)
    frame = outcome.service("day")
    days = frame[frame["queue"] == queue]
    ax = new_axes(max(6.0, 1.0 * len(days)), 3.6) if ax is None else ax
    places = np.arange(len(days))
    level = days["level"].to_numpy(dtype=float)
    errors = [level - days["level_low"], days["level_high"] - level]
    ax.errorbar(places, level, errors, fmt="o", color=BLUE, capsize=4, label="simulated")
    if report is not None:
        told = {
            each.period: each.level
            for each in report.service
            if each.queue == queue and each.kind == "day"
        }
        planned = [told.get(day) for day in days["period"]]
        ax.plot(
            places,
            np.array([np.nan if share is None else share for share in planned]),
            "D",
            color=VERMILION,
            markersize=5,
            fillstyle="none",
            label="predicted by the formulas",
        )
    target = outcome.problem.demand.queues[row].target.level
    ax.axhline(target, color=INK, linewidth=1.0, label="target")
    horizon = outcome.problem.horizon
    names = [horizon.day_label(day).replace(" ", "\n", 1) for day in range(horizon.days)]
    ax.set_xticks(places, names, fontsize=8.5)
    ax.set_xlim(-0.6, len(days) - 0.4)
    ax.yaxis.set_major_formatter(PercentFormatter(1.0))
    plain(ax)
    titled(ax, f"{queue}: service level by day", legend=3)
    return ax


def simulated_weeks(outcome: Outcome, queue: str, ax: Axes | None = None) -> Axes:
    """Draw how a queue's level over the horizon spreads over the replications.

    Parameters
    ----------
    outcome : Outcome
        The simulation.
    queue : str
        Which queue.
    ax : matplotlib.axes.Axes, optional
        Where to draw; new ones by default.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    InputError
        If there is no such queue, or it has no contacts.
    """
    row = _row(outcome, queue)
    levels = outcome.levels("horizon")[1][:, row, 0]
    known = levels[~np.isnan(levels)]
    if not len(known):
        raise InputError("queue", "have contacts", queue)
    ax = new_axes(7, 3.6) if ax is None else ax
    target = outcome.problem.demand.queues[row].target.level
    ax.hist(known, bins="auto" if np.ptp(known) > 0 else 1, color=BLUE, edgecolor="white")
    ax.axvline(target, color=INK, linewidth=1.0, label="target")
    ax.axvline(known.mean(), color=MUTED, linewidth=1.0, linestyle="--", label="mean")
    ax.xaxis.set_major_formatter(PercentFormatter(1.0))
    ax.set_ylabel("replications", color=INK, fontsize=9)
    plain(ax)
    share = (known >= target).mean()
    titled(ax, f"{queue}: {share:.0%} of {len(known)} replications reach the target", legend=2)
    return ax


def _row(outcome: Outcome, queue: str) -> int:
    queues = [each.id for each in outcome.problem.demand.queues]
    if queue not in queues:
        raise InputError("queue", f"be one of {', '.join(queues)}", queue)
    return queues.index(queue)
