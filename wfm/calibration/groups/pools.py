"""Every set of queues as if it were one queue, which all who serve one of it answer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from wfm.demand import Demand
from wfm.forecast import Volume, staff
from wfm.queue import Queue

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


def pools_of(queues: int) -> Bools:
    """Every set of queues but the empty one, shape ``(pools, queues)``; single queues first."""
    numbers = np.arange(1, 1 << queues)
    sets = (numbers[:, None] >> np.arange(queues) & 1).astype(bool)
    return sets[np.argsort(sets.sum(axis=1), kind="stable")]


def pooled_demand(demand: Demand, pools: Bools) -> Demand:
    """Demand whose queues are pools: all contacts of one, with means by contacts.

    Of goals a pool has the shortest threshold, the longest period, and the mean level.
    """
    weight = demand.contacts_array
    contacts = pools.astype(float) @ weight
    busy = np.where(weight > 0, weight, 1e-9)
    aht = pools.astype(float) @ (busy * demand.aht_array) / (pools.astype(float) @ busy)
    volume = Volume(
        horizon=demand.horizon,
        queues=tuple(_name(demand, pool) for pool in pools),
        contacts=contacts,
        aht=aht,
        lower=contacts,
        upper=contacts,
    )
    queues = [_pooled(demand, pool) for pool in pools]
    return staff(volume, queues, busy=demand.busy)


def pooled(pools: Bools, values: Floats) -> Floats:
    """Sums over what each pool holds, queues or groups, shape ``(pools, slots)``."""
    return np.asarray(pools.astype(float) @ values)


def _name(demand: Demand, pool: Bools) -> str:
    return "+".join(queue.id for queue, inside in zip(demand.queues, pool, strict=True) if inside)


def _pooled(demand: Demand, pool: Bools) -> Queue:
    own = [queue for queue, inside in zip(demand.queues, pool, strict=True) if inside]
    if len(own) == 1:
        return own[0]
    offered = demand.contacts_array[pool].sum(axis=1) + 1e-9

    def mean(values: Sequence[float]) -> float:
        return float(offered @ np.array(values) / offered.sum())

    patience = mean([np.inf if queue.patience is None else queue.patience for queue in own])
    target = own[0].target.model_copy(
        update={
            "level": mean([queue.target.level for queue in own]),
            "floor": mean([queue.target.floor for queue in own]),
            "threshold": min(queue.target.threshold for queue in own),
            "period": "week" if any(q.target.period == "week" for q in own) else "day",
            "max_asa": None,
            "max_abandonment": None,
        }
    )
    left = mean([float(queue.available(demand.horizon).mean()) for queue in own])
    return Queue(
        id=_name(demand, pool),
        target=target,
        patience=patience if np.isfinite(patience) else None,
        shrinkage=1 - left,
    )
