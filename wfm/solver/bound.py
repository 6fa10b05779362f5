"""The bound that rises beside a search, on two ways.

One is free to take any prices. The other stays near what heads are worth to the roster in hand.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from wfm.solver.climb import Climb, Top
from wfm.solver.lagrangian import Proven, prove
from wfm.solver.oracle import Oracle
from wfm.solver.prices import Start

Floats = NDArray[np.float64]
FAR = 0.005
"""By how much, as a share, a roster must be better for the climb near it to begin anew."""


class Dual:
    """The best bound so far, and the climbs that raise it.

    Parameters
    ----------
    oracle : Oracle
        The agents, and with them the compiled problem.
    starts : sequence of Start
        A roster's prices, up to some cap each.
    best : float
        Bound that is proven already; no part of a cost is below zero.

    Attributes
    ----------
    best : float
        Largest proven bound so far.
    """

    def __init__(self, oracle: Oracle, starts: Sequence[Start], best: float = 0.0) -> None:
        self.oracle = oracle
        self.best = best
        self._born = np.inf
        self._starts = list(starts)
        instance = oracle.search.instance
        self._free, self._near = (
            Climb(instance, self.prove, starts[0], near) for near in (False, True)
        )

    @property
    def exhausted(self) -> bool:
        """Whether the steps of both climbs have become too short to get anywhere."""
        return self._free.spent and self._near.spent and not self._starts

    def consider(self, starts: Sequence[Start]) -> None:
        """Before the next step go on from a better roster's prices."""
        self._starts = list(starts)

    def begin(self, known: float) -> None:
        """See what the starts prove; a climb that is spent begins anew.

        That near the roster does so, too, where the known cost has fallen far.
        """
        tops = []
        for start in self._starts:
            self._free.follow(start)
            tops.append(Top(start.price, start.worth, self.prove(start.price, start.worth).value))
        self._near.follow(self._starts[0])
        self._free.begin([*tops, self._near.top])
        if self._near.spent or known < (1 - FAR) * self._born:
            self._born = known
            self._near.begin()
        self._starts = []

    def improve(self, rounds: int, known: float) -> None:
        """Take some steps, the climbs in turns, towards a known cost."""
        if self._starts:
            self.begin(known)
        for _ in range(rounds):
            ways = [climb for climb in (self._free, self._near) if not climb.spent]
            if not ways or known - self.best <= 1e-9 * abs(known):
                return
            min(ways, key=lambda climb: climb.steps).step(known)

    def prove(self, price: Floats, worth: Floats) -> Proven:
        """Bound at some prices and worths, and its slopes; the best is remembered."""
        proven = prove(self.oracle, price, worth)
        self.best = max(self.best, proven.value)
        return proven
