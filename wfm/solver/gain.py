"""What one more agent is worth in each slot, beside the roster in hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wfm.solver.one_head import gains

if TYPE_CHECKING:
    from wfm.solver.search import Search

Floats = NDArray[np.float64]


def gain_of(search: Search, agent: int) -> Floats:
    """What an agent is worth on top of the roster in hand, in each slot, shape ``(width,)``."""
    return gain_at(search, int(search.instance.masks[search.instance.group[agent]]))


def gain_at(search: Search, mask: int) -> Floats:
    """What one more agent who answers some queues is worth in each slot, shape ``(width,)``."""
    instance = search.instance
    gain = np.zeros(instance.width)
    gains(mask, *search.by_need(), gain[: instance.slots])
    return gain
