"""A demand of nothing, for rosters of which rules say who is needed."""

from __future__ import annotations

from wfm.demand import Demand
from wfm.horizon import Horizon
from wfm.queue import Queue


def nobody_calls(horizon: Horizon) -> Demand:
    """A demand of nothing, where rules say who is needed."""
    zeros = (0.0,) * horizon.slots
    return Demand(
        horizon=horizon,
        queues=(Queue(id="none"),),
        contacts=(zeros,),
        aht=((60.0,) * horizon.slots,),
        required=((0,) * horizon.slots,),
        service=((((0, 0.0),),) * horizon.slots,),
    )
