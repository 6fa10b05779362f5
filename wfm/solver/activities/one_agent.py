"""What goes into one agent's shifts: breaks and activities where they cost least service."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wfm.solver.activities.items import HARD
from wfm.solver.activities.lacks import attending, lacks_of
from wfm.solver.activities.one_shift import Laid, Wanted, lay
from wfm.solver.activities.worths import Worths

if TYPE_CHECKING:
    from wfm.solver.search import Search


def hold(search: Search, agent: int, worths: Worths) -> bool:
    """Lay an agent's breaks and activities anew, where they cost least in all.

    Parameters
    ----------
    search : Search
        Its roster's tour of the agent is read, and its places, marks and lacks changed; the agent
        must be out of the supply.
    agent : int
        Who.
    worths : Worths
        What the agent is worth.

    Returns
    -------
    bool
        Whether all that must be held is.
    """
    instance, roster = search.instance, search.roster
    pieces = instance.pieces
    if agent not in pieces.days:
        return True
    roster.marks[agent] = -1
    tour = roster.tours[agent]
    prices = _prices(search, agent)
    laid = {
        day: lay(search, pieces.items[agent, day], (day, int(tour[day])), worths, roster.times)
        for day in pieces.days[agent]
        if tour[day] < instance.off
    }
    for day, held in _least_loss(laid, prices).items():
        laid[day].read(held, roster.places[agent, day], roster.marks[agent, day])
    roster.lacks[agent], met = lacks_of(search, agent)
    return met and roster.lacks[agent] < HARD


def _prices(search: Search, agent: int) -> Wanted:
    """What the lack of each of an agent's items would cost beside the roster in hand."""
    pieces, roster = search.instance.pieces, search.roster
    works = roster.tours[agent] < search.instance.off
    found: Wanted = {}
    for day in pieces.days[agent]:
        for item in pieces.items[agent, day]:
            if id(item) in found:
                continue
            price = item.price
            if item.meeting >= 0:
                # The agent's own marks have been wiped, so all that count are those of others.
                missing = attending(search, item.meeting) < pieces.meetings[item.meeting].least
                price = price if missing and roster.times[item.meeting] >= 0 else 0.0
            elif item.piece.off_excuses and not works[list(item.piece.days)].any():
                price = 0.0
            found[id(item)] = price
    return found


def _least_loss(laid: dict[int, Laid], prices: Wanted) -> dict[int, int]:
    """Set of items that each day's shift holds, so that loss and lacks cost least in all.

    It walks over the days, and knows which of the items that one of several shifts may hold have
    been held.
    """
    every = ((day, item) for day, one in laid.items() for item in (*one.items, *one.absent))
    last = {id(item): day for day, item in every if not item.local}
    ways: dict[frozenset[int], tuple[float, object]] = {frozenset(): (0.0, None)}
    for day, one in laid.items():
        found: dict[frozenset[int], tuple[float, object]] = {}
        ending = frozenset(name for name, end in last.items() if end == day)
        for taken, (held, loss) in _options(one, prices).items():
            for before, (cost, trail) in ways.items():
                if before & taken:
                    continue
                total = cost + loss + sum(prices[name] for name in ending - before - taken)
                after = (before | taken) - ending
                if after not in found or total < found[after][0]:
                    found[after] = (total, (day, held, trail))
        ways = found
    chosen: dict[int, int] = {}
    trail = min(ways.values(), key=lambda way: way[0])[1]
    while isinstance(trail, tuple):
        day, held, trail = trail
        chosen[day] = held
    return chosen


def _options(one: Laid, prices: Wanted) -> dict[frozenset[int], tuple[int, float]]:
    """Best set, and its cost, for each choice of the items that other shifts may hold too."""
    cost, others = one.costs(prices)
    found: dict[frozenset[int], tuple[int, float]] = {}
    for taken in np.unique(others).tolist():
        among = np.where(others == taken, cost, np.inf)
        held = int(among.argmin())
        if np.isfinite(among[held]):
            key = frozenset(id(item) for bit, item in enumerate(one.items) if taken >> bit & 1)
            found[key] = (held, float(among[held]))
    return found
