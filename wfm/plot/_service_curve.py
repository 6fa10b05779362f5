"""What each further agent brings to a slot."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator, PercentFormatter

from wfm.demand import Demand
from wfm.errors import InputError
from wfm.plot._style import BLUE, INK, MUTED, VERMILION, new_axes, plain, titled


def service_curve(demand: Demand, queue: str, slot: int, ax: Axes | None = None) -> Axes:
    """Draw a slot's service curve, its target and floor, and what is required.

    Parameters
    ----------
    demand : Demand
        Holds the curves.
    queue : str
        A queue of voice or chat.
    slot : int
        Which slot, from 0.
    ax : matplotlib.axes.Axes, optional
        Where to draw; new ones by default.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    InputError
        If there is no such queue or slot, or nobody is expected in it.
    """
    rows = {q.id: row for row, q in enumerate(demand.queues) if row not in demand.works}
    if queue not in rows:
        raise InputError("queue", f"be one of {', '.join(rows)}", queue)
    if not 0 <= slot < demand.horizon.slots:
        raise InputError("slot", f"be from 0 to {demand.horizon.slots - 1}", slot)
    row = rows[queue]
    offered, target = demand.contacts_array[row, slot], demand.queues[row].target
    if offered <= 0:
        raise InputError("slot", "have contacts", slot)
    ax = new_axes(8, 4) if ax is None else ax
    heads, contacts = np.array(demand.service[row][slot]).T
    ax.plot(heads, contacts / offered, "o-", color=BLUE, markersize=4, linewidth=1.4)
    ax.axhline(target.level, color=INK, linewidth=1.0, label="target")
    ax.axhline(target.floor, color=MUTED, linewidth=1.0, linestyle="--", label="floor")
    required = demand.required_array[row, slot]
    ax.axvline(required, color=VERMILION, linewidth=1.0, label="required")
    ax.set_ylim(max(-0.5, (contacts / offered).min()) - 0.05, 1.05)
    ax.set_xlim(left=0)
    ax.yaxis.set_major_formatter(PercentFormatter(1.0))
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.set_xlabel("agents", color=INK, fontsize=9)
    ax.set_ylabel("answered in time", color=INK, fontsize=9)
    plain(ax)
    label = demand.horizon.label(slot * demand.horizon.interval)
    titled(ax, f"{queue}, {label}: {offered:.0f} contacts", legend=3)
    return ax
