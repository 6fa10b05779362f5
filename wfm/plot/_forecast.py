"""The forecast of a queue with its band."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from wfm.plot._style import BLUE, INK, SKY, edges, new_axes, plain, time_axis, titled

if TYPE_CHECKING:
    from wfm.forecast import Volume


def forecast(
    volume: Volume, queue: str, ax: Axes | None = None, *, actual: ArrayLike | None = None
) -> Axes:
    """Draw the contacts expected of a queue, with the band around them.

    Parameters
    ----------
    volume : Volume
        The forecast.
    queue : str
        Which queue.
    ax : matplotlib.axes.Axes, optional
        Where to draw; new ones by default.
    actual : array_like, optional
        Contacts that did come, one value for each slot, NaN where unknown.

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = new_axes(14, 3.6) if ax is None else ax
    horizon, row = volume.horizon, volume.of(queue)
    lower, upper, contacts = (volume.array(name)[row] for name in ("lower", "upper", "contacts"))
    x = edges(horizon)
    if volume.coverage:
        label = f"{100 * volume.coverage:g} % band"
        ax.stairs(upper, x, baseline=lower, fill=True, color=SKY, alpha=0.35, label=label)
    ax.stairs(contacts, x, baseline=None, color=BLUE, linewidth=1.6, label="expected")
    if actual is not None:
        middle = (x[:-1] + x[1:]) / 2
        ax.plot(middle, np.asarray(actual), ".", color=INK, markersize=3.5, label="actual")
    ax.set_ylim(bottom=0)
    ax.set_ylabel("contacts", color=INK, fontsize=9)
    plain(ax)
    time_axis(ax, horizon)
    titled(ax, f"{queue}: contacts every {horizon.interval} minutes", legend=3)
    return ax
