"""What came, on the slots of a horizon."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wfm.forecast.fitting import check_clock, check_history
from wfm.forecast.history import History
from wfm.horizon import Horizon


class Actual(NamedTuple):
    """Contacts and handle times that came, NaN where unknown, each ``(queues, slots)``."""

    contacts: NDArray[np.float64]
    aht: NDArray[np.float64]


def actual_of(history: History, queues: Sequence[str], horizon: Horizon) -> Actual:
    """Lay a history on the slots of a horizon.

    Parameters
    ----------
    history : History
        What came; rows outside the horizon, and of other queues, are left out.
    queues : sequence of str
        A row for each; one that the history lacks is unknown.
    horizon : Horizon
        In the history's zone and interval.

    Raises
    ------
    InputError
        If zone or interval differ.
    """
    check_history(history)
    check_clock("history", history, "forecast", horizon)
    rows = np.array([*(queues.index(n) if n in queues else -1 for n in history.queues), -1])
    row = rows[history.codes]
    ahead = history.starts.as_unit("s").asi8 - horizon.slot_starts[0].astype(np.int64)
    slot = ahead // (60 * horizon.interval)
    inside = (row >= 0) & (slot >= 0) & (slot < horizon.slots)
    found = np.full((2, len(queues), horizon.slots), np.nan)
    for values, name in zip(found, ("offered", "aht"), strict=True):
        values[row[inside], slot[inside]] = history.frame[name].to_numpy()[inside]
    return Actual(*found)
