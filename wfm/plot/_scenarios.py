"""What the days to come may bring."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike, NDArray

from wfm.errors import InputError
from wfm.horizon import Horizon
from wfm.plot._style import BLUE, INK, SKY, edges, new_axes, plain, time_axis, titled

if TYPE_CHECKING:
    from wfm.forecast import Scenarios

Stretch = Literal["interval", "day", "week"]


def scenarios(
    drawn: Scenarios,
    queue: str,
    by: Stretch = "day",
    ax: Axes | None = None,
    *,
    coverage: Sequence[float] = (0.5, 0.8, 0.95),
    actual: ArrayLike | None = None,
) -> Axes:
    """Draw the bands that hold given shares of the samples of each day, and their middle.

    Parameters
    ----------
    drawn : Scenarios
        The samples.
    queue : str
        Which queue.
    by : {"interval", "day", "week"}
        What contacts are summed over; weeks are ISO weeks, cut at the horizon's ends.
    ax : matplotlib.axes.Axes, optional
        Where to draw; new ones by default.
    coverage : sequence of float
        Shares, between 0 and 1, one band each.
    actual : array_like, optional
        Contacts that did come, one value for each interval, day or week, NaN where unknown.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    InputError
        If there is no such queue or stretch, or a share is none.
    """
    if not hasattr(drawn, "quantiles"):
        raise InputError("drawn", "be Scenarios", drawn)
    if queue not in drawn.queues:
        raise InputError("queue", f"be one of {', '.join(drawn.queues)}", queue)
    wrong = next((share for share in coverage if not 0 < share < 1), None)
    if wrong is not None or not len(coverage):
        raise InputError("coverage", "be shares between 0 and 1", wrong)
    row, shares = drawn.queues.index(queue), sorted(coverage, reverse=True)
    levels = [0.5, *((1 + sign * share) / 2 for share in shares for sign in (-1, 1))]
    middle, *ends = drawn.quantiles(levels, by)[:, row]
    ax = new_axes(14, 3.6) if ax is None else ax
    x = _edges(drawn.horizon, by)
    for number, share in enumerate(shares):
        lower, upper = ends[2 * number : 2 * number + 2]
        label = f"{100 * share:.4g} % band"
        alpha = 0.2 + 0.2 * number / len(shares)
        ax.stairs(upper, x, baseline=lower, fill=True, color=SKY, alpha=alpha, label=label)
    ax.stairs(middle, x, baseline=None, color=BLUE, linewidth=1.6, label="middle")
    if actual is not None:
        ax.plot(
            (x[:-1] + x[1:]) / 2, np.asarray(actual), ".", color=INK, markersize=6, label="actual"
        )
    ax.set_ylim(bottom=0)
    ax.set_ylabel("contacts", color=INK, fontsize=9)
    plain(ax)
    time_axis(ax, drawn.horizon)
    unit = f"every {drawn.horizon.interval} minutes" if by == "interval" else f"by {by}"
    titled(ax, f"{queue}: contacts {unit}, {drawn.samples} samples", legend=len(shares) + 2)
    return ax


def _edges(horizon: Horizon, by: Stretch) -> NDArray[np.int64]:
    """Elapsed minutes at which intervals, days or weeks begin and end."""
    if by == "interval":
        return edges(horizon)
    days = range(horizon.days)
    begins = [day for day in days if by == "day" or day == 0 or horizon.weekday(day) == 0]
    return np.array([horizon.midnight(day) for day in (*begins, horizon.days)])
