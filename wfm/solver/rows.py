"""One agent's whole week, everyone else fixed: a row of the roster, solved exactly."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from wfm.solver.activities.one_agent import hold
from wfm.solver.activities.room import insert_holding, meeting_cost
from wfm.solver.activities.worths import worths_of
from wfm.solver.gain import gain_of
from wfm.solver.placement import option_values
from wfm.solver.relaxed import ROUNDS
from wfm.solver.search import Search

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def insert(
    search: Search,
    agent: int,
    absent: frozenset[int],
    noise: float = 0.0,
    price: float = np.inf,
    rounds: int = ROUNDS,
) -> bool:
    """Give an agent who is out of the roster the best tour beside the others.

    Parameters
    ----------
    search : Search
        Its roster is changed.
    agent : int
        Whose tour to find; not counted in the supply.
    absent : frozenset of int
        Others who are out too, to be inserted later.
    noise : float
        Standard deviation, as a share, of a disturbance of what hours are worth.
    price : float
        Of a unit by which the tour breaks a hard limit that couples people.
    rounds : int
        Prices to try for what the agent's programme does not carry.

    Returns
    -------
    bool
        False, and nothing changed, if no tour keeps the limits.
    """
    roster = search.roster
    gain = gain_of(search, agent)
    if noise:
        hours = search.random.normal(1.0, noise, gain.size // 8 + 1)
        gain *= np.maximum(0.0, np.repeat(hours, 8)[: gain.size])
    cost = search.cell_cost[agent]
    turn = int(search.random.integers(1 << 16))
    coupled = search.coupling.cell_cost(agent, roster.tours, absent, turn, price)
    steered = meeting_cost(search, agent)
    if steered is not None:
        coupled = steered if coupled is None else coupled + steered
    full = cost if coupled is None else cost + coupled
    if agent in search.instance.pieces.days:
        worths = worths_of(search, agent, gain)
        priced = price_options(search, worths.usual, full)
        return insert_holding(search, agent, priced, worths, rounds)
    value, places = price_options(search, gain, full)
    total, tour = search.best_tour(agent, value, rounds)
    if not np.isfinite(total):
        return False
    days = np.arange(len(tour))
    own = float(cost[days, tour].sum() + value[days, tour].sum() - total)
    roster.tours[agent] = tour
    roster.places[agent] = chosen_places(search, tour, places)
    roster.own[agent] = own
    search.put(agent)
    return True


def price_options(search: Search, gain: Floats, cost: Floats) -> tuple[Floats, Ints]:
    """Value of each cell, (days, options + 1), and its cheapest breaks, (days, options, breaks)."""
    instance = search.instance
    value = np.empty(cost.shape)
    places = np.zeros((*instance.first.shape, instance.pause.shape[1]), dtype=np.int64)
    option_values(
        gain,
        cost,
        instance.first,
        instance.length,
        instance.counts,
        instance.earliest,
        instance.latest,
        instance.pause,
        value,
        places,
    )
    return value, places


def place_breaks(search: Search, agent: int, tour: Ints, gain: Floats | None = None) -> None:
    """Put a tour that an agent is to have into the roster, breaks where they cost least.

    Parameters
    ----------
    search : Search
        Its roster is changed; the agent must be out of the supply.
    agent : int
        Whose tour it is.
    tour : ndarray of int, shape (days,)
        Column of each day.
    gain : ndarray, shape (width,), optional
        Worth of the agent in each slot; nothing by default.
    """
    none = np.zeros(search.instance.width)
    _, places = price_options(search, none if gain is None else gain, search.cell_cost[agent])
    search.roster.tours[agent] = tour
    search.roster.places[agent] = chosen_places(search, tour, places)
    search.roster.own[agent] = search.own_cost(agent, tour)
    hold(search, agent, worths_of(search, agent, gain))
    search.put(agent)


def chosen_places(search: Search, tour: Ints, places: Ints) -> Ints:
    """Breaks of the chosen options, shape ``(days, breaks)``."""
    off = search.instance.off
    chosen = places[np.arange(len(tour)), np.minimum(tour, off - 1)]
    return np.where((tour < off)[:, None], chosen, 0)


def move_breaks(search: Search, agent: int) -> None:
    """Place the breaks of an agent's tour anew, where they cost least beside the others."""
    search.put(agent, -1)
    place_breaks(search, agent, search.roster.tours[agent].copy(), gain_of(search, agent))


def reinsert(search: Search, agents: Sequence[int], heat: float, noise: float) -> bool:
    """Take some agents out, put them in again one after the other, keep it if good enough.

    Parameters
    ----------
    search : Search
        Its roster is changed if the move is accepted.
    agents : sequence of int
        Who moves.
    heat : float
        Scale, in cost, of how much worse an accepted roster may be (Metropolis et al., 1953).
    noise : float
        Disturbance of all insertions but the last.
    """
    before, cost = search.roster.saved(agents), search.total
    waiting = list(agents)
    for agent in waiting:
        search.put(agent, -1)
    while waiting:
        agent = waiting.pop(0)
        if not insert(search, agent, frozenset(waiting), noise if waiting else 0.0):
            search.roster.put_back(before)
            return False
    after = search.cost()
    allowed = cost + heat * float(search.random.exponential()) if heat else cost - 1e-9
    if after > allowed or not search.coupling.kept(search.roster.tours):
        search.roster.put_back(before)
        return False
    search.total = after
    return True
