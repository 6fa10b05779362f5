"""Work that may wait: what has come in, what is due, and what gets done."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from wfm.demand import Demand
from wfm.errors import InputError
from wfm.judge.deferred import work_off
from wfm.plot._style import BLUE, INK, SKY, VERMILION, edges, new_axes, plain, time_axis, titled


def deadlines(
    demand: Demand, queue: str, ax: Axes | None = None, *, heads: ArrayLike | None = None
) -> Axes:
    """Draw the window in which deferred work must be done, and when it is done.

    Parameters
    ----------
    demand : Demand
        Holds the work.
    queue : str
        A deferred queue.
    ax : matplotlib.axes.Axes, optional
        Where to draw; new ones by default.
    heads : array_like, shape (slots,), optional
        Agents on the queue, such as `QueueCoverage.heads`; draws what they get done.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    InputError
        If there is no such deferred queue.
    """
    rows = {work.queue: row for row, work in demand.works.items()}
    if queue not in rows:
        raise InputError("queue", f"be a deferred queue ({', '.join(rows) or 'none'})", queue)
    work, row = demand.works[rows[queue]], rows[queue]
    ax = new_axes(14, 3.6) if ax is None else ax
    x = edges(demand.horizon)
    # What is due within the horizon is drawn; what has arrived counts from a slot's start.
    ax.stairs(
        work.arrived_array, x, baseline=work.due_array, fill=True, color=SKY, alpha=0.3, label="may"
    )
    ax.stairs(work.arrived_array, x, baseline=None, color=INK, linewidth=1.0, label="arrived")
    ax.plot(x[1:], work.due_array, color=VERMILION, linewidth=1.2, label="due")
    if heads is not None:
        cells = np.full(demand.horizon.slots, row * demand.horizon.slots)
        able = demand.curves.at(cells + np.arange(demand.horizon.slots), np.asarray(heads))
        done, _ = work_off(work, able)
        total = np.concatenate([[0.0], done.cumsum()])
        ax.plot(x, total, color=BLUE, linewidth=1.6, label="done in time")
    ax.set_ylim(bottom=0)
    ax.set_ylabel("contacts, in all", color=INK, fontsize=9)
    plain(ax)
    time_axis(ax, demand.horizon)
    titled(ax, f"{queue}: work and its deadlines", legend=4)
    return ax
