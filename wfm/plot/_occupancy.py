"""How busy each agent is in a simulation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from wfm.plot._style import GROUPS, new_axes, plain, titled

if TYPE_CHECKING:
    from wfm.simulation import Outcome

NAMED = 40
"""Agents up to whom names are written."""


def occupancy(outcome: Outcome, ax: Axes | None = None) -> Axes:
    """Draw the busy share of each agent's time at work, the busiest first, coloured by queues.

    Parameters
    ----------
    outcome : Outcome
        The simulation.
    ax : matplotlib.axes.Axes, optional
        Where to draw; new ones by default.

    Returns
    -------
    matplotlib.axes.Axes
    """
    frame = outcome.occupancy().sort_values("occupancy", ascending=False, kind="stable")
    problem = outcome.problem
    ids = np.array([queue.id for queue in problem.demand.queues])
    rows = [problem.rows[agent] for agent in frame["agent"]]
    kinds = np.array(["+".join(ids[problem.serves[row]]) or "none" for row in rows])
    ax = new_axes(14, 3.6) if ax is None else ax
    places = np.arange(len(frame))
    level = frame["occupancy"].to_numpy(dtype=float)
    errors = np.nan_to_num(
        [level - frame["occupancy_low"].to_numpy(), frame["occupancy_high"].to_numpy() - level]
    )
    shown = list(dict.fromkeys(kinds.tolist()))
    for number, kind in enumerate(shown):
        mine = kinds == kind
        ax.bar(
            places[mine],
            level[mine],
            0.8,
            yerr=errors[:, mine],
            color=GROUPS[number % len(GROUPS)],
            error_kw={"elinewidth": 0.8},
            label=kind,
        )
    names = [str(problem.agent(agent)) for agent in frame["agent"]]
    few = len(names) <= NAMED
    ax.set_xticks(places if few else [], names if few else [], rotation=90, fontsize=8)
    ax.set_ylim(0, 1)
    ax.yaxis.set_major_formatter(PercentFormatter(1.0))
    plain(ax)
    titled(ax, "Busy share of the time at work", legend=min(len(shown), 6))
    return ax
