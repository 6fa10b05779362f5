"""What an agent is worth in each slot, outside turns on a queue and inside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wfm.solver.gain import gain_at

if TYPE_CHECKING:
    from wfm.solver.search import Search

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Worths:
    """What an agent is worth in each slot, outside turns and by the group of each turn."""

    usual: Floats
    turns: dict[int, Floats]


def worths_of(search: Search, agent: int, gain: Floats | None) -> Worths:
    """Worth of an agent on top of the roster in hand.

    Parameters
    ----------
    search : Search
        Holds the roster, without the agent.
    agent : int
        Whose worth.
    gain : ndarray, shape (width,), optional
        Worth of the agent outside activities, known already; nothing is worth anything without.
    """
    instance = search.instance
    mine = instance.pieces.days.get(agent, ())
    groups = {item.group for day in mine for item in instance.pieces.items[agent, day]} - {-1}
    nothing = np.zeros(instance.width)
    if gain is None:
        return Worths(nothing, dict.fromkeys(groups, nothing))
    turns = {group: gain_at(search, int(instance.masks[group])) for group in groups}
    usual = int(instance.pieces.usual[agent])
    if usual != instance.group[agent]:
        gain = gain_at(search, int(instance.masks[usual]))
    return Worths(gain, turns)
