"""Why the work that came was not the work that was forecast."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes

from wfm.errors import InputError
from wfm.plot._style import GROUPS, INK, MUTED, new_axes, plain, titled

if TYPE_CHECKING:
    from wfm.forecast import Variance

CAUSES = ("level", "calendar", "profile", "handle_time")


def variance(found: Variance, queue: str | None = None, ax: Axes | None = None) -> Axes:
    """Draw each day's hours of handling above or below the forecast, stacked by cause.

    Parameters
    ----------
    found : Variance
        The difference, as `explain_variance` finds it.
    queue : str, optional
        Which queue; all together by default.
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
    hours = found.hours
    names = list(hours["queue"].unique())
    if queue is not None and queue not in names:
        raise InputError("queue", f"be one of {', '.join(names)}", queue)
    ax = new_axes(14, 3.6) if ax is None else ax
    own = hours if queue is None else hours[hours["queue"] == queue]
    days = own.groupby("date").sum(numeric_only=True)
    places = np.arange(len(days))
    above, below = np.zeros(len(days)), np.zeros(len(days))
    for cause, colour in zip(CAUSES, GROUPS, strict=False):
        height = days[cause].to_numpy()
        ax.bar(
            places,
            height,
            0.7,
            bottom=np.where(height > 0, above, below),
            color=colour,
            label=cause.replace("_", " "),
        )
        above, below = above + np.maximum(height, 0), below + np.minimum(height, 0)
    total = (days["actual"] - days["forecast"]).to_numpy()
    ax.plot(places, total, "D", color=INK, markersize=4, label="in all")
    ax.axhline(0, color=MUTED, linewidth=0.8)
    every = max(1, -(-len(days) // 16))
    ax.set_xticks(places[::every], [f"{day:%a}\n{day.day} {day:%b}" for day in days.index[::every]])
    ax.set_ylabel("hours, actual minus forecast", color=INK, fontsize=9)
    ax.margins(y=0.06)
    plain(ax)
    titled(ax, f"{queue or 'all queues'}: work against its forecast", legend=5)
    return ax
