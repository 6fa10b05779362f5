"""One day's duties of an agent with what they hold inside, for the model of that day."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wfm.solver.activities.items import HARD
from wfm.solver.activities.one_shift import lay
from wfm.solver.activities.worths import worths_of

if TYPE_CHECKING:
    from wfm.solver.search import Search

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Placed(NamedTuple):
    """A shift option with the slots at which its breaks, and the day's items, begin."""

    option: int
    places: Ints
    marks: Ints


def may_be_off(search: Search, agent: int, day: int) -> bool:
    """Whether the day's shift in hand holds nothing that would have to go to another day."""
    items = search.instance.pieces.items.get((agent, day), ())
    marks = search.roster.marks[agent, day].tolist()
    return all(item.local or start < 0 for item, start in zip(items, marks, strict=False))


def placed(
    search: Search, where: tuple[int, int], options: Ints, places: Ints, gain: Floats
) -> list[Placed]:
    """Shifts of a day with all inside them where it costs least; those without room are left out.

    What the day's shift in hand holds, and other days' shifts could hold too, stays on the day.

    Parameters
    ----------
    search : Search
        Holds the roster.
    where : tuple of int
        Agent and day.
    options : ndarray of int
        The shifts.
    places : ndarray of int, shape (options, breaks)
        Cheapest breaks of each shift that holds nothing.
    gain : ndarray, shape (width,)
        Worth of the agent in each slot.
    """
    pieces, marks = search.instance.pieces, search.roster.marks[where]
    items = pieces.items.get(where, ())
    if not items:
        return [Placed(int(o), places[o].copy(), marks.copy()) for o in options]
    stays = [row for row, item in enumerate(items) if not item.local and marks[row] >= 0]
    rows = [row for row, item in enumerate(items) if item.local or row in stays]
    mine, must = tuple(items[row] for row in rows), [rows.index(row) for row in stays]
    prices = {id(item): item.price for item in mine}
    worths = worths_of(search, where[0], gain)
    found = []
    for option in options.tolist():
        laid = lay(search, mine, (where[1], option), worths, search.roster.times)
        stay = laid.set_of(must)
        if stay < 0:
            continue
        cost, others = laid.costs(prices)
        held = int(np.where(others == stay, cost, np.inf).argmin())
        if others[held] == stay and cost[held] < HARD:
            one = Placed(option, places[option].copy(), np.full_like(marks, -1))
            inside = np.empty(len(mine), dtype=np.int64)
            laid.read(held, one.places, inside)
            one.marks[rows] = inside
            found.append(one)
    return found
