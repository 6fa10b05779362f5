"""Single contacts at times of the week at which a queue is closed."""

from __future__ import annotations

import numpy as np

from wfm.forecast.cleaning.queue_days import QueueDays
from wfm.forecast.cleaning.rules import CleaningRules
from wfm.forecast.profile.robust import WEEKS, local_median

QUIET = 0.02
"""Contacts of an hour of the week, by those of an open hour, below which it can be closed."""


def find_closed(queue: QueueDays, rules: CleaningRules) -> None:
    """Note contacts in hours of the week that have any in few weeks, and next to none in all.

    A queue that is quiet all week is open: an hour counts as closed only if it has a small part
    of the contacts of the queue's usual hours.

    Parameters
    ----------
    queue : QueueDays
        Where they are noted, a fault for each day.
    rules : CleaningRules
        How few weeks, and how few contacts.
    """
    shape = queue.offered.shape
    size = max(1, 60 // queue.interval)
    hours = np.nan_to_num(queue.offered).reshape(-1, 7, shape[1] // size, size).sum(axis=-1)
    total = hours.sum(axis=0)
    usual = (total**2).sum() / total.sum() / len(hours) if total.sum() > 0 else 0.0
    # Few contacts may have come by chance: what they stand for at most must be little.
    most = (total + 2 * np.sqrt(total) + 2) / len(hours)
    seldom = (hours > 0).mean(axis=0) <= rules.closed_weeks
    closed = seldom & (most < QUIET * usual) & (local_median(hours, WEEKS) == 0)
    single = closed & (hours > 0) & (hours <= max(rules.closed_contacts, QUIET * usual))
    cells = np.repeat(single.reshape(shape[0], -1), size, axis=1)
    cells &= (np.nan_to_num(queue.offered) > 0) & ~queue.known_day[:, None]
    for day in np.flatnonzero(cells.any(axis=1)).tolist():
        chosen = np.zeros(shape, dtype=bool)
        chosen[day] = cells[day]
        queue.add("closed hours", chosen)
