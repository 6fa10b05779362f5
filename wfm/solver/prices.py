"""Prices from which the bound begins: what heads are worth to a roster."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wfm.solver.search import Search

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
CAPS = (1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0)
"""Highest prices to start from, as shares of the highest wage."""


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
        Answers, and cost of missing the floor, that the next head brings and spares, and the last.
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
    (next_rate, last_rate), (next_spared, last_spared) = (
        _around(curves, heads) for curves in (instance.planned, -instance.floor)
    )
    rate, spared = (next_rate + last_rate) / 2, (next_spared + last_spared) / 2
    price = search.by_slot * rate + spared
    wage = max(contract.hourly_cost for contract in instance.problem.contracts)
    hour = wage * instance.problem.horizon.interval / 60
    for each in instance.deferred:
        price[each.queue] = search.worth[each.entries] * each.rate
        rate[each.queue] = 0.0
        # How much can be bought and sold at such a price is for the prices of other slots to say.
        next_rate[each.queue], last_spared[each.queue] = 0.0, np.inf
    after, before = (next_rate, next_spared), (last_rate, last_spared)
    worth = search.worth.copy()
    return [Start(np.minimum(price, cap * hour), worth, rate, after, before) for cap in CAPS]


def _around(curves: Floats, heads: Ints) -> tuple[Floats, Floats]:
    """What the next and the last head bring, each of shape (queues, slots)."""
    steps = np.diff(curves, axis=2, append=curves[:, :, -1:])
    after = np.take_along_axis(steps, heads[:, :, None], axis=2)[:, :, 0]
    before = np.take_along_axis(steps, np.maximum(heads - 1, 0)[:, :, None], axis=2)[:, :, 0]
    return after, np.where(heads > 0, before, after)
