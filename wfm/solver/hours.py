"""More or fewer hours for one agent on one day, everything else as it is."""

from __future__ import annotations

import numpy as np

from wfm.solver.gain import gain_of
from wfm.solver.rows import place_breaks, price_options
from wfm.solver.search import Search

NEAREST = 0.5
"""Chance that only options are looked at that change the hours as little as can be."""
SOME = 4
"""Slots by which hours may change further in the other cases."""


def change_hours(search: Search, agent: int, day: int, *, more: bool, noise: float) -> bool:
    """Give an agent another option on a day, with more hours at work or with fewer.

    Parameters
    ----------
    search : Search
        Its roster is changed. What couples people may be broken afterwards.
    agent, day : int
        Who, and when.
    more : bool
        Whether hours are to be more.
    noise : float
        Standard deviation, in cost, of a disturbance of what options are worth, so that it is not
        always the same one.

    Returns
    -------
    bool
        False, and nothing changed, if there is no such option that keeps the agent's hard rules.
    """
    instance, roster, random = search.instance, search.roster, search.random
    at_work = np.append(instance.length - instance.pause.sum(axis=1), 0)
    change = at_work - at_work[roster.tours[agent, day]]
    change = change if more else -change
    open_ = np.flatnonzero(np.isfinite(search.day_cost(agent, day)) & (change > 0))
    if not len(open_):
        return False
    further = 0 if random.random() < NEAREST else SOME
    options = open_[change[open_] <= change[open_].min() + further]
    search.put(agent, -1)
    gain = gain_of(search, agent)
    value, _ = price_options(search, gain, search.cell_cost[agent])
    tour = roster.tours[agent].copy()
    tour[day] = options[np.argmax(value[day, options] + random.normal(0, noise, len(options)))]
    place_breaks(search, agent, tour, gain)
    return True
