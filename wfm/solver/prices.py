"""Prices from which the bound begins: what heads are worth to a roster."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wfm.solver.instance import Instance
from wfm.solver.search import Search

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
CAPS = (1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0)
"""Highest prices to start from, as shares of the highest wage."""
BEYOND = 0.2
"""How many heads more and fewer are near, as a share of their root; one at least."""


class Start(NamedTuple):
    """Prices to start from.

    Attributes
    ----------
    price : ndarray, shape (queues, slots)
        Price of a head.
    worth : ndarray, shape (periods,)
        Worth of an answer in time.
    rate : ndarray, shape (queues, slots)
        Answers in time that a head is good for: so much prices rise with a worth.
    after, before : tuple of ndarray, shape (queues, slots)
        Answers, and cost of missing the floor, that a head brings and spares when there are some
        more than now, and some fewer.
    """

    price: Floats
    worth: Floats
    rate: Floats
    after: tuple[Floats, Floats]
    before: tuple[Floats, Floats]


def roster_prices(search: Search) -> list[Start]:
    """Prices to start from: what another head is worth to the roster in hand, up to some cap.

    Where a floor binds a head may be worth far more than it costs to have. How far prices rise
    above the wages, only those tell that are tried.
    """
    instance = search.instance
    heads = search.service().heads
    rate, spared = (_worth(curves, heads) for curves in (instance.planned, -instance.floor))
    after, before = _around(instance, heads)
    price = search.by_slot * rate + spared
    wage = max(contract.hourly_cost for contract in instance.problem.contracts)
    hour = wage * instance.problem.horizon.interval / 60
    for each in instance.deferred:
        price[each.queue] = search.worth[each.entries] * each.rate
        rate[each.queue] = 0.0
        # How much can be bought and sold at such a price is for the prices of other slots to say.
        after[0][each.queue], before[1][each.queue] = 0.0, np.inf
    worth = search.worth.copy()
    return [Start(np.minimum(price, cap * hour), worth, rate, after, before) for cap in CAPS]


def _worth(curves: Floats, heads: Ints) -> Floats:
    """What a head brings, a mean of the next and the last; shape (queues, slots)."""
    return (_step(curves, heads) + _step(curves, np.where(heads > 0, heads - 1, heads))) / 2


def _around(instance: Instance, heads: Ints) -> tuple[tuple[Floats, Floats], tuple[Floats, Floats]]:
    """What heads bring and spare when there are some more, and some fewer."""
    some = np.maximum(1, (BEYOND * np.sqrt(heads)).astype(np.int64))
    more, fewer = (
        (_step(instance.planned, at), _step(-instance.floor, at))
        for at in (heads + some, np.maximum(heads - some - 1, 0))
    )
    return more, fewer


def _step(curves: Floats, heads: Ints) -> Floats:
    """By how much curves rise after some heads; nothing after the last."""
    steps = np.diff(curves, axis=2, append=curves[:, :, -1:])
    at = np.minimum(heads, steps.shape[2] - 1)
    return np.take_along_axis(steps, at[:, :, None], axis=2)[:, :, 0]
