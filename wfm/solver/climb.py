"""A way up to better prices: deflected subgradients.

After Camerini, Fratta and Maffioli (1975), with Polyak's step towards a known cost, which is
trusted less each time the steps stall.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wfm.solver.lagrangian import Market, Proven, by_period
from wfm.solver.oracle import Oracle
from wfm.solver.prices import Start

Floats = NDArray[np.float64]
MEMORY = 0.75
STALL_FREE, STALL_NEAR = 40, 15
STRIDE = 3.0
"""How much further worths go than their curvature says: there are few of them, and each counts."""
LEAST = 0.1
"""Of the way that a step aims at, what each goes at least."""
SPENT = 0.03
"""Share of the way to the known cost at which steps are too short to get anywhere."""


class Top(NamedTuple):
    """Prices that proved something.

    Attributes
    ----------
    price : ndarray, shape (queues, slots)
        Price of a head.
    worth : ndarray, shape (periods,)
        Worth of an answer in time.
    value : float
        The bound there.
    """

    price: Floats
    worth: Floats
    value: float


class Climb:
    """One way up.

    Each step moves after a part of the agents has sold its tours anew, until all have; at the
    prices then in hand all sell again, and what that proves is known. Moves between are towards
    what prices prove that are a little older: that gets as far with a few tours as a move at which
    all sell (Nedić and Bertsekas, 2001), and does not drive everyone from one tour to the next.

    Parameters
    ----------
    oracle : Oracle
        The agents.
    start : Start
        A roster's prices.
    near : bool
        Whether prices stay near what heads are worth to that roster. Where queues are large and
        short of people that is where the best ones are, and in no other place do so many heads
        change with so little of a price.

    Attributes
    ----------
    top : Top
        The best prices of all steps.
    """

    def __init__(self, oracle: Oracle, start: Start, near: bool) -> None:
        # What heads are worth near a roster makes people work enough: no other prices are needed.
        self.market = Market(oracle, beside=not near)
        # A few tours are bought in a moment: then each move may as well prove something.
        self.between = oracle.many > 1
        self.instance = oracle.search.instance
        self.near = near
        self.top = Top(start.price, start.worth, -np.inf)
        self._start = start
        self._share, self._stalled = 0.0, 0
        self._random = np.random.default_rng(0)

    @property
    def spent(self) -> bool:
        """Whether its steps have become too short to get anywhere."""
        return self._share < SPENT

    def follow(self, start: Start) -> None:
        """From now on take a roster's prices for what to stay near, and how prices rise."""
        self._start = start

    def begin(self, tops: Sequence[Top], share: float = 1.0) -> None:
        """Start anew from the best of these prices, or what is near them, with steps that long."""
        self.top = max(tops, key=lambda top: top.value)
        self._share = share
        # A worth counts in every slot of its period, a price in one: this evens their steps out.
        self._ease = STRIDE / (1 + by_period(self.instance, self._start.rate**2))
        self._return()
        self.market.buy(self.price, self.market.parts)
        self.top = Top(self.price, self.worth, self.market.reckon(self.price, self.worth).value)

    def step(self, known: float, halted: Callable[[], bool]) -> None:
        """Move on part by part towards a known cost, and look what the prices prove then.

        It is left in the midst where it is halted.
        """
        market = self.market
        order = self._random.permutation(len(market.parts)).tolist() if self.between else []
        for part in order[1:]:
            if halted():
                return
            market.buy(self.price, [part])
            self._move(market.reckon(self.price, self.worth), known)
        market.buy(self.price, market.parts)
        proven = market.reckon(self.price, self.worth)
        if self._learn(proven, known):
            self._move(proven, known)

    def _learn(self, proven: Proven, known: float) -> bool:
        """Remember the best prices; False if the steps have stalled, which go on from these."""
        stalls = proven.value <= self.top.value + 0.02 * self._share * max(
            known - self.top.value, 0.0
        )
        # Moves part by part cost as much again as the proof.
        self._stalled = self._stalled + 1 + self.between if stalls else 0
        if proven.value > self.top.value:
            self.top = Top(self.price, self.worth, proven.value)
        if self._stalled < (STALL_NEAR if self.near else STALL_FREE):
            return True
        self._share /= 2
        self._return()
        return False

    def _return(self) -> None:
        """Go back to the best prices."""
        self._stalled = 0
        self._way = (np.zeros_like(self.top.price), np.zeros_like(self.top.worth))
        self._go(self.top.price, self.top.worth)
        if self.between:
            self.market.buy(self.price, self.market.parts)

    def _move(self, proven: Proven, known: float) -> None:
        """Move along the slopes, a share of the way before kept, towards a known cost.

        Prices go along with the worths of what they buy.
        """
        open_ = self._share * (known - self.top.value)
        distance = max(self.top.value + open_ - proven.value, LEAST * open_)
        rate = self._start.rate
        slope = proven.worth + by_period(self.instance, proven.price * rate)
        ahead = proven.price + MEMORY * self._way[0]
        up = self._ease * slope + MEMORY * self._way[1]
        self._way = (ahead, up)
        length = float((ahead**2).sum() + (up**2 / self._ease).sum())
        if length > 0:
            step = distance / length
            worth = np.clip(self.worth + step * up, 0.0, self.instance.price)
            raised = rate * (worth - self.worth)[self.instance.period]
            self._go(np.maximum(0.0, self.price + step * ahead + raised), worth)

    def _go(self, price: Floats, worth: Floats) -> None:
        """Take these prices, or those near the roster that are next to them."""
        if self.near:
            by_slot = worth[self.instance.period]
            after, before = self._start.after, self._start.before
            price = np.clip(price, by_slot * after[0] + after[1], by_slot * before[0] + before[1])
        self.price, self.worth = price, worth
