"""A way up to better prices: deflected subgradients.

After Camerini, Fratta and Maffioli (1975), with Polyak's step towards a known cost, which is
trusted less each time the steps stall.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wfm.solver.instance import Instance
from wfm.solver.lagrangian import Proven, by_period
from wfm.solver.prices import Start

Floats = NDArray[np.float64]
MEMORY = 0.75
SHARE_FREE, SHARE_NEAR = 1.0, 0.5
STALL_FREE, STALL_NEAR = 40, 15
STRIDE = 3.0
"""How much further worths go than their curvature says: there are few of them, and each counts."""
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

    Parameters
    ----------
    instance : Instance
        The compiled problem.
    prove : callable
        Bound at some prices and worths, and its slopes.
    start : Start
        A roster's prices.
    near : bool
        Whether prices stay near what heads are worth to that roster. Where queues are large and
        short of people that is where the best ones are, and in no other place do so many heads
        change with so little of a price.

    Attributes
    ----------
    steps : int
        Taken so far.
    top : Top
        The best prices of all steps.
    """

    def __init__(
        self,
        instance: Instance,
        prove: Callable[[Floats, Floats], Proven],
        start: Start,
        near: bool,
    ) -> None:
        self.instance = instance
        self.prove = prove
        self.near = near
        self.steps = 0
        self.top = Top(start.price, start.worth, -np.inf)
        self._start = start
        self._share, self._stalled = 0.0, 0

    @property
    def spent(self) -> bool:
        """Whether its steps have become too short to get anywhere."""
        return self._share < SPENT

    def follow(self, start: Start) -> None:
        """From now on take a roster's prices for what to stay near, and how prices rise."""
        self._start = start

    def begin(self, tops: Sequence[Top]) -> None:
        """Start anew from the best of these prices."""
        self.top = max(tops, key=lambda top: top.value)
        self._share = SHARE_NEAR if self.near else SHARE_FREE
        # A worth counts in every slot of its period, a price in one: this evens their steps out.
        self._ease = STRIDE / (1 + by_period(self.instance, self._start.rate**2))
        self._return()

    def step(self, known: float) -> None:
        """Look what the prices in hand prove, and move on towards a known cost."""
        self.steps += 1
        proven = self.prove(self.price, self.worth)
        aim = self._share * max(known - self.top.value, 0.0)
        self._stalled = 0 if proven.value > self.top.value + 0.02 * aim else self._stalled + 1
        if proven.value > self.top.value:
            self.top = Top(self.price, self.worth, proven.value)
        if self._stalled >= (STALL_NEAR if self.near else STALL_FREE):
            self._share /= 2
            self._return()
            return
        aim = self.top.value + self._share * (known - self.top.value)
        self._move(proven, aim - proven.value)

    def _return(self) -> None:
        """Go back to the best prices."""
        self._stalled = 0
        self._way = (np.zeros_like(self.top.price), np.zeros_like(self.top.worth))
        self._go(self.top.price, self.top.worth)

    def _move(self, proven: Proven, distance: float) -> None:
        """Move along the slopes, a share of the way before kept, to gain `distance`.

        Prices go along with the worths of what they buy.
        """
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
