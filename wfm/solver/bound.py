"""The bound that rises beside a search, on two ways.

One is free to take any prices. The other stays near what heads are worth to the roster in hand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from wfm.solver.climb import Climb, Top
from wfm.solver.lagrangian import prove
from wfm.solver.oracle import Oracle
from wfm.solver.prices import Start

FAR = 0.003
"""By how much, as a share, a roster must be better for the climb near it to begin anew."""
FIRST_NEAR, AGAIN = 0.5, 0.1
"""How far the steps of a climb go that begins near a roster, or goes on from another's prices."""
BEHIND = 0.5
"""Of what the free climb leaves open, what the other leaves if that one is left behind.

That is for many classes; with few it gets there sooner by itself."""
TURNS = 4
"""Of so many steps the climb that is ahead takes all but one."""


def _never() -> bool:
    return False


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
        self._cap: int | None = None
        self._turns = 0
        self._starts = list(starts)
        first = starts[0]
        self._idle = Top(0.0 * first.price, 0.0 * first.worth, best)
        self._free, self._near = (Climb(oracle, starts[0], near) for near in (False, True))

    @property
    def tours(self) -> int:
        """About how many tours a step buys."""
        return self.oracle.classes * (1 if self.oracle.many == 1 else 2)

    @property
    def exhausted(self) -> bool:
        """Whether the steps of both climbs have become too short to get anywhere."""
        return self._free.spent and self._near.spent and not self._starts

    def consider(self, starts: Sequence[Start]) -> None:
        """Before the next step go on from a better roster's prices."""
        self._starts = list(starts)

    def begin(self, known: float) -> None:
        """See what the starts prove: a climb begins from it if that is more, or if it is spent.

        Of the first starts the one that proves most says which cap the later ones have. The climb
        near the roster leaves its way, too, where the known cost has fallen far.
        """
        caps = range(len(self._starts)) if self._cap is None else [self._cap]
        tops = {cap: self._top(self._starts[cap]) for cap in caps}
        self._cap = max(tops, key=lambda cap: tops[cap].value)
        top = tops[self._cap]
        self.best = max(self.best, top.value)
        self._free.follow(self._starts[self._cap])
        if top.value > self._free.top.value:
            self._free.begin([top, self._idle])
        elif self._free.spent:
            self._free.begin([self._free.top, self._near.top], AGAIN)
        self._near.follow(self._starts[0])
        if known < (1 - FAR) * self._born:
            self._born = known
            self._near.begin([top], FIRST_NEAR)
        elif self._near.spent:
            self._near.begin([self._near.top], FIRST_NEAR)
        self._starts = []

    def _top(self, start: Start) -> Top:
        """What a start proves."""
        return Top(start.price, start.worth, prove(self.oracle, start.price, start.worth).value)

    def improve(self, rounds: int, known: float, halted: Callable[[], bool] = _never) -> None:
        """Take some steps, the climbs in turns, towards a known cost."""
        if self._starts:
            self.begin(known)
        for _ in range(rounds):
            if self._near.spent and self._left_behind(known):
                self._free.begin([self._near.top], AGAIN)
            ways = [climb for climb in (self._free, self._near) if not climb.spent]
            if halted() or not ways or known - self.best <= 1e-9 * abs(known):
                return
            ways.sort(key=lambda climb: climb.top.value)
            self._turns += 1
            way = ways[0 if self._turns % TURNS == 0 else -1]
            way.step(known, halted)
            self.best = max(self.best, way.top.value)

    def _left_behind(self, known: float) -> bool:
        """Whether the free climb does better to go on from where the other has ended."""
        free, near = self._free.top.value, self._near.top.value
        far = self._free.between and known - near < BEHIND * (known - free)
        return near > free and (self._free.spent or far)
