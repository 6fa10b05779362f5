"""What became of the contacts of one replication, counted by queue and interval."""

from __future__ import annotations

import numpy as np

from wfm.simulation.records import Floats, Records, compiled

MEASURES = (
    "offered",
    "in_time",
    "answered",
    "abandoned",
    "abandoned_in_time",
    "delayed",
    "wait",
    "wait_of_answered",
)
"""The last two in seconds; of deferred work, a contact counts where it is due.

`delayed` found nobody free. What is neither answered nor abandoned was left when all was over.
"""
COLUMN = {name: column for column, name in enumerate(MEASURES)}


@compiled
def count(contacts: Records, thresholds: Floats, width: float, end: float, counts: Floats) -> None:
    """Count contacts where they arrived, deferred ones where they are due.

    Parameters
    ----------
    contacts : ndarray of CONTACT
        After the replication.
    thresholds : ndarray, shape (queues,)
        Seconds within which an answer is in time.
    width, end : float
        Seconds of a slot and of the horizon.
    counts : ndarray, shape (queues, slots, measures)
        To be added to.
    """
    last = counts.shape[1] - 1
    for number in range(contacts.size):
        it = contacts[number]
        deferred = it.due < np.inf
        when = it.due if deferred else it.arrival
        # What is due when a slot ends counts in that slot.
        slot = int(np.ceil(when / width)) - 1 if deferred else int(when / width)
        if not it.came or when > end or slot > last:
            continue
        cell = counts[it.queue, max(slot, 0)]
        cell[0] += 1
        answered = it.answered < np.inf
        wait = it.answered - it.arrival if answered else min(it.patience, end - it.arrival)
        if deferred:
            cell[1] += it.end <= it.due
        else:
            cell[1] += answered and wait <= thresholds[it.queue]
        cell[2] += answered
        gone = not answered and it.patience < np.inf
        cell[3] += gone
        cell[4] += gone and it.patience <= thresholds[it.queue]
        cell[5] += not answered or wait > 0
        cell[6] += it.patience if gone else wait
        cell[7] += wait if answered else 0.0
