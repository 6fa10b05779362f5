"""A proven lower bound on the cost of any schedule: a Lagrangian over the coverage.

Heads on a queue are bought from the agents at a price per queue and slot. At any prices the
agents' best tours and the queues' best heads, each alone, cost no more together than the best
schedule; the prices are raised by deflected subgradients (Camerini, Fratta and Maffioli, 1975)
with Polyak's step towards the known cost, which is trusted less each time they stall.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from wfm.solver.dot import dot
from wfm.solver.oracle import Oracle, buy_heads
from wfm.solver.prices import Start

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
MEMORY = 0.75
STALL, STALL_NEAR = 40, 15
STRIDE = 3.0
"""How much further worths go than their curvature says: there are few of them, and each counts."""
AROUND = 0.2
"""How far beyond what the roster's heads are worth prices may go while they stay near."""
SPENT = 0.03
"""Share of the way to the known cost at which steps are too short to get anywhere."""


class Dual:
    """The prices in hand and the best bound that they proved.

    Parameters
    ----------
    oracle : Oracle
        The agents, and with them the compiled problem.
    starts : sequence of Start
        Of these the one that proves most is where it begins.
    best : float
        Bound that is proven already; no part of a cost is below zero.

    Attributes
    ----------
    price : ndarray, shape (queues, slots)
        Price of a head.
    worth : ndarray, shape (periods,)
        Worth of an answer in time.
    best : float
        Largest proven bound so far.
    """

    def __init__(self, oracle: Oracle, starts: Sequence[Start], best: float = 0.0) -> None:
        self.oracle = oracle
        self.instance = oracle.search.instance
        self.best = best
        self._starts = list(starts)
        self._top = self._starts[0]
        self._height = -np.inf
        self._share = 1.0
        self._stalled = 0
        self._near = False
        self._peak = (-np.inf, self._top)

    @property
    def exhausted(self) -> bool:
        """Whether its steps have become too short to get anywhere, near the roster too."""
        return self._near and self._share < SPENT and not self._starts

    def consider(self, starts: Sequence[Start]) -> None:
        """Before the next step go on from one of these, if it proves more than any so far."""
        self._starts = list(starts)

    def begin(self) -> None:
        """Go on from the prices that prove most; near the roster, only note what it is now."""
        if self._near and self._share >= SPENT:
            now = self._starts[0]
            self._top = self._top._replace(after=now.after, before=now.before)
            self._starts = []
            return
        if self._near:
            self._near = False
            if self._peak[0] > self._height:
                self._height, self._top = self._peak
        heights = [self._prove(start) for start in self._starts]
        if max(heights) > self._height:
            self._height = max(heights)
            self._top = self._starts[heights.index(self._height)]
        self._share, self._stalled = 1.0, 0
        self._restart(self._top)
        # A worth counts in every slot of its period, a price in one: this evens their steps out.
        self._ease = STRIDE / (1 + self._by_period(self._top.rate**2))
        self._starts = []
        self.best = max(self.best, self._height)

    def improve(self, rounds: int, known: float) -> None:
        """Take some steps from the best prices towards a known cost."""
        if self._starts:
            self.begin()
        for _ in range(rounds):
            if self._share < SPENT and not self._near:
                self._come_near()
            value, slope_price, slope_worth = self._evaluate()
            aim = self._share * max(known - self._height, 0.0)
            self._stalled = 0 if value > self._height + 0.02 * aim else self._stalled + 1
            if value > self._height:
                self._height = value
                self._top = self._top._replace(price=self.price, worth=self.worth)
            self.best = max(self.best, value)
            if known - self.best <= 1e-9 * abs(known):
                return
            if self._stalled >= (STALL_NEAR if self._near else STALL):
                self._share, self._stalled = self._share / 2, 0
                self._restart(self._top)
                continue
            aim = self._height + self._share * (known - self._height)
            self._step(slope_price, slope_worth, aim - value)

    def _come_near(self) -> None:
        """Start anew with prices that stay near what the last and next heads are worth.

        Where queues are large and short of people, that is where the best ones are, and in no other
        place do so many heads change with so little of a price.
        """
        self._peak = (self._height, self._top)
        self._near, self._height = True, -np.inf
        self._share, self._stalled = 1.0, 0
        self.price, self.worth = np.zeros_like(self._top.price), self._top.worth
        self._hold()
        self._top = self._top._replace(price=self.price)
        self._restart(self._top)

    def _hold(self) -> None:
        """Keep prices near what the roster's last and next heads are worth."""
        worth = self.worth[self.instance.period]
        low, high = (worth * rate + spared for rate, spared in (self._top.after, self._top.before))
        self.price = np.clip(self.price, (1 - AROUND) * low, (1 + AROUND) * high)

    def _prove(self, start: Start) -> float:
        self.price, self.worth = start.price, start.worth
        self._tie()
        return self._evaluate()[0]

    def _restart(self, top: Start) -> None:
        self._top = top
        self.price, self.worth = top.price, top.worth
        self._tie()
        self._way = (np.zeros_like(self.price), np.zeros_like(self.worth))

    def _step(self, slope_price: Floats, slope_worth: Floats, distance: float) -> None:
        """Move along the slopes, a share of the way before kept, to gain `distance`.

        Prices go along with the worths of what they buy.
        """
        rate = self._top.rate
        ahead, up = self._way
        ahead = slope_price + MEMORY * ahead
        slope_worth = slope_worth + self._by_period(slope_price * rate)
        up = self._ease * slope_worth + MEMORY * up
        self._way = (ahead, up)
        length = float((ahead**2).sum() + (up**2 / self._ease).sum())
        if length > 0:
            step = distance / length
            instance, before = self.instance, self.worth
            self.worth = np.clip(before + step * up, 0.0, instance.price)
            raised = rate * (self.worth - before)[instance.period]
            self.price = np.maximum(0.0, self.price + step * ahead + raised)
            if self._near:
                self._hold()
            self._tie()

    def _by_period(self, values: Floats) -> Floats:
        """Sum up what queues and slots have, by period."""
        period = self.instance.period
        return np.bincount(period.ravel(), values.ravel(), len(self.instance.price)).astype(float)

    def _tie(self) -> None:
        """A contact of deferred work is worth what a head costs that does it, if that is less."""
        worth = self.worth.copy()
        for each in self.instance.deferred:
            rate = np.maximum(each.rate, 1e-9)
            worth[each.entries] = np.minimum(self.price[each.queue] / rate, each.price)
        self.worth = worth

    def _evaluate(self) -> tuple[float, Floats, Floats]:
        """Bound at the prices in hand, and its slopes."""
        instance = self.instance
        heads = np.zeros(self.price.shape, dtype=np.int64)
        worth = self.worth[instance.period]
        value = buy_heads(self.price, worth, instance.planned, instance.floor, heads)
        asked, due = instance.ask(self.worth)
        value += asked
        # At their worths, heads on deferred queues cost what they bring: none is as good as any.
        heads[[each.queue for each in instance.deferred]] = 0
        slope = heads.astype(float)
        answers = np.take_along_axis(instance.planned, heads[:, :, None], axis=2)[:, :, 0]
        reached = self._by_period(answers)
        for number, mask in enumerate(instance.masks):
            wage, queue = _best_price(self.price, int(mask))
            sold = instance.base[number].astype(float)
            cost, supplied = self.oracle.tours(number, wage)
            value += cost - float(dot(wage, sold))
            if queue is not None:
                np.add.at(slope, (queue, np.arange(instance.slots)), -(sold + supplied))
        return value, *self._tied(slope, due - reached)

    def _tied(self, slope: Floats, up: Floats) -> tuple[Floats, Floats]:
        """Slopes of prices and worths where those of deferred queues move together."""
        for each in self.instance.deferred:
            inside = (self.worth[each.entries] < each.price) & (each.rate > 0)
            rate = np.maximum(each.rate, 1e-9)
            slope[each.queue] = each.even(slope[each.queue] + inside * up[each.entries] / rate)
            up[each.entries] = 0.0
        return slope, up


def cheapest_tours(oracle: Oracle) -> float:
    """What the agents' cheapest tours cost together, with service for nothing."""
    instance = oracle.search.instance
    nothing = np.zeros(instance.period.shape)
    none = (nothing, nothing)
    dual = Dual(oracle, [Start(nothing, 0.0 * instance.price, nothing, none, none)])
    dual.begin()
    return dual.best


def _best_price(price: Floats, mask: int) -> tuple[Floats, Ints | None]:
    """Highest price that a group can earn in each slot, and on which queue; none for a role."""
    queues = np.array([queue for queue in range(len(price)) if mask >> queue & 1], dtype=np.int64)
    if not len(queues):
        return np.zeros(price.shape[1]), None
    which = price[queues].argmax(axis=0)
    return price[queues].max(axis=0), queues[which]
