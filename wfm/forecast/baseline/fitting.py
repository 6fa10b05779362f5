"""Whether a history is long enough for the simple forecasters."""

from __future__ import annotations

import numpy as np

from wfm.errors import InputError
from wfm.forecast.fitting import past_before
from wfm.forecast.history import History
from wfm.horizon import Horizon


def fitting_past(history: History, horizon: Horizon) -> History:
    """Take the time before the horizon.

    Raises
    ------
    InputError
        If zone or interval differ, or a queue has less than a full week, or no handle time.
    """
    past = past_before(history, horizon)
    must = f"hold at least one full week (7 days) before {horizon.start}"
    if not past.queues:
        raise InputError("history", must, "none")
    known = past.frame["aht"].notna().to_numpy()
    handled = np.bincount(past.codes, past.frame["offered"].to_numpy() * known)
    # Rows are sorted by queue, then by time.
    edges = np.searchsorted(past.codes, np.arange(len(past.queues) + 1))
    days = past.wall_clock.day[edges[1:] - 1] - past.wall_clock.day[edges[:-1]] + 1
    for queue, count, contacts in zip(past.queues, days.tolist(), handled, strict=True):
        if count < 7:
            raise InputError(f"history of {queue}", must, f"{count} days")
        if not contacts:
            must = f"hold contacts with a handle time before {horizon.start}"
            raise InputError(f"history of {queue}", must)
    return past
