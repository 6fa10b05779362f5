"""What prices prove: a Lagrangian over the coverage.

Heads on a queue are bought from the agents at a price per queue and slot. At any prices the
agents' best tours and the queues' best heads, each alone, cost no more together than the best
schedule.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wfm.solver.dot import dot
from wfm.solver.instance import Instance
from wfm.solver.oracle import Oracle, buy_heads

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Proven(NamedTuple):
    """A bound, and where it rises.

    Attributes
    ----------
    value : float
        No schedule costs less.
    price : ndarray, shape (queues, slots)
        Slope along the prices.
    worth : ndarray, shape (periods,)
        Slope along the worths.
    """

    value: float
    price: Floats
    worth: Floats


class Market:
    """The tours that agents have sold, part by part, and what they and the queues come to.

    Parameters
    ----------
    oracle : Oracle
        The agents.
    beside : bool
        Whether what programmes do not carry has prices.
    """

    def __init__(self, oracle: Oracle, beside: bool) -> None:
        self.oracle = oracle
        self.instance = oracle.search.instance
        self.parts = range(len(oracle.parts))
        # Prices of heads that are far from each other ask for other prices of these.
        self.beside = oracle.beside.anew() if beside else oracle.beside.none()
        self._cost = np.zeros(len(oracle.parts))
        self._heads = np.zeros((len(oracle.parts), self.instance.slots))
        self._supply = self.instance.base.astype(float)

    def buy(self, price: Floats, parts: Sequence[int]) -> None:
        """Let some parts sell their best tours at these prices, in place of those they have sold.

        Parameters
        ----------
        price : ndarray, shape (queues, slots)
            Price of a head, at least 0.
        parts : sequence of int
            Who sells.
        """
        for group, mask in enumerate(self.instance.masks):
            wage, _ = _best_price(price, int(mask))
            for part, cost, heads in self.oracle.tours(group, wage, parts, self.beside):
                self._supply[group] += heads - self._heads[part]
                self._cost[part], self._heads[part] = cost, heads

    def reckon(self, price: Floats, worth: Floats) -> Proven:
        """What tours and the best heads cost at some prices; a bound if all were sold at these.

        Where some were sold at others no schedule need cost so much, but the slopes show the way.

        Parameters
        ----------
        price : ndarray, shape (queues, slots)
            Price of a head, at least 0.
        worth : ndarray, shape (periods,)
            Worth of an answer in time, between 0 and its price; that of deferred work follows from
            the prices.
        """
        instance = self.instance
        worth = _tied(instance, price, worth)
        heads, answers = np.zeros(price.shape, dtype=np.int64), np.zeros(price.shape)
        by_slot = worth[instance.period]
        value = buy_heads(price, by_slot, instance.planned, instance.floor, heads, answers)
        asked, due = instance.ask(worth)
        value += asked + float(self._cost.sum())
        # At their worths, heads on deferred queues cost what they bring: none is as good as any.
        later = [each.queue for each in instance.deferred]
        heads[later], answers[later] = 0, instance.planned[later, :, 0]
        slope = heads.astype(float)
        for group, mask in enumerate(instance.masks):
            wage, queue = _best_price(price, int(mask))
            value -= float(dot(wage, self._supply[group]))
            if queue is not None:
                slope[queue, np.arange(instance.slots)] -= self._supply[group]
        reached = by_period(instance, answers)
        return Proven(value, *_tied_slopes(instance, worth, slope, due - reached))


def prove(oracle: Oracle, price: Floats, worth: Floats, beside: bool = False) -> Proven:
    """Bound at some prices and worths, as :meth:`Market.reckon` takes them."""
    market = Market(oracle, beside)
    market.buy(price, market.parts)
    return market.reckon(price, worth)


def cheapest_tours(oracle: Oracle) -> float:
    """What the agents' cheapest tours cost together, with service for nothing."""
    instance = oracle.search.instance
    nothing = np.zeros(instance.period.shape)
    return prove(oracle, nothing, 0.0 * instance.price, beside=True).value


def by_period(instance: Instance, values: Floats) -> Floats:
    """Sum up what queues and slots have, by period."""
    return np.bincount(instance.period.ravel(), values.ravel(), len(instance.price)).astype(float)


def _tied(instance: Instance, price: Floats, worth: Floats) -> Floats:
    """A contact of deferred work is worth what a head costs that does it, if that is less."""
    worth = worth.copy()
    for each in instance.deferred:
        rate = np.maximum(each.rate, 1e-9)
        worth[each.entries] = np.minimum(price[each.queue] / rate, each.price)
    return worth


def _tied_slopes(
    instance: Instance, worth: Floats, slope: Floats, up: Floats
) -> tuple[Floats, Floats]:
    """Slopes of prices and worths where those of deferred queues move together."""
    for each in instance.deferred:
        inside = (worth[each.entries] < each.price) & (each.rate > 0)
        rate = np.maximum(each.rate, 1e-9)
        slope[each.queue] = each.even(slope[each.queue] + inside * up[each.entries] / rate)
        up[each.entries] = 0.0
    return slope, up


def _best_price(price: Floats, mask: int) -> tuple[Floats, Ints | None]:
    """Highest price that a group can earn in each slot, and on which queue; none for a role."""
    queues = np.array([queue for queue in range(len(price)) if mask >> queue & 1], dtype=np.int64)
    if not len(queues):
        return np.zeros(price.shape[1]), None
    which = price[queues].argmax(axis=0)
    return price[queues].max(axis=0), queues[which]
