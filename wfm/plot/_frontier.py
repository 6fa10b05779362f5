"""What could be had for more or less pay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.axes import Axes
from matplotlib.ticker import StrMethodFormatter

from wfm.errors import InputError
from wfm.plot._style import BLUE, INK, MUTED, new_axes, plain, titled

if TYPE_CHECKING:
    from wfm.care.point import Frontier


def frontier(found: Frontier, ax: Axes | None = None) -> Axes:
    """Draw schedules by pay and lost service, and write at each what share of wishes it keeps.

    Full points are those that no other dominates; of hollow ones another is better in pay, service
    or wishes, and worse in none.

    Parameters
    ----------
    found : Frontier
        As :func:`wfm.frontier` finds it.
    ax : matplotlib.axes.Axes, optional
        Where to draw; new ones by default.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    InputError
        If there is no such thing in it.
    """
    if not hasattr(found, "points"):
        raise InputError("found", "be a Frontier", found)
    ax = new_axes(8, 4.5) if ax is None else ax
    for dominated, label in ((False, "to choose from"), (True, "another is better")):
        some = [point for point in found.points if point.dominated is dominated]
        ax.scatter(
            [point.pay for point in some],
            [point.costs.service for point in some],
            s=46,
            facecolor="none" if dominated else BLUE,
            edgecolor=MUTED if dominated else BLUE,
            label=label,
            zorder=3,
        )
    for number, point in enumerate(found.points):
        if point.wishes is not None:
            ax.annotate(
                f"{point.wishes:.0%}",
                (point.pay, point.costs.service),
                xytext=(0, 8 if number % 2 else -15),
                textcoords="offset points",
                ha="center",
                fontsize=8.5,
                color=MUTED if point.dominated else INK,
            )
    ax.margins(0.08, 0.18)
    ax.xaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
    ax.yaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
    ax.set_xlabel("wages and premiums", color=INK, fontsize=9)
    ax.set_ylabel("lost service, at its prices", color=INK, fontsize=9)
    plain(ax)
    titled(ax, "Pay, lost service, and wishes kept (at the points)", legend=2)
    return ax
