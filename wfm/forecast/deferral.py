"""Work that may wait: from arrivals and a deadline to the window in which it must be done."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wfm.errors import InputError
from wfm.forecast.erlang.compiled import compiled
from wfm.horizon import Horizon
from wfm.queue import Queue, slots_within

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Parcels:
    """Deferred work by the slots between which it must be done; ordered by what is due first.

    Attributes
    ----------
    contacts : ndarray, shape (parcels,)
        How many.
    release : ndarray of int, shape (parcels,)
        First slot in which they can be worked on.
    due : ndarray of int, shape (parcels,)
        Last slot; from the number of slots up, it lies beyond the horizon.
    """

    contacts: Floats
    release: Ints
    due: Ints

    def arrived(self, slots: int) -> Floats:
        """Contacts there by the start of each slot, cumulative, shape ``(slots,)``."""
        return self._by(np.minimum(self.release, slots), slots)

    def must(self, slots: int) -> Floats:
        """Contacts to be done by the end of each slot, cumulative, shape ``(slots,)``."""
        return self._by(np.minimum(self.due, slots), slots)

    def in_order(self) -> Parcels:
        """The same work, what is due first first, and of that what is there first."""
        order = np.lexsort((self.release, self.due))
        return Parcels(self.contacts[order], self.release[order], self.due[order])

    def _by(self, when: Ints, slots: int) -> Floats:
        return np.bincount(when, self.contacts, slots + 1)[:slots].cumsum()


def parcels(queue: Queue, contacts: Floats, horizon: Horizon) -> Parcels:
    """Cut a deferred queue's work by its deadline.

    What arrives during a slot can be begun in the next one. The backlog is there from the start,
    and due evenly over the open hours of the first deadline.

    Parameters
    ----------
    queue : Queue
        With its deadline in hours, elapsed, and its backlog.
    contacts : ndarray, shape (slots,)
        Arrivals.
    horizon : Horizon
        The slots.

    Raises
    ------
    InputError
        If the deadline is shorter than two intervals.
    """
    wait = int((queue.deadline or 0.0) * 60 // horizon.interval)
    if wait < 2:
        must = f"be at least two intervals of {horizon.interval} minutes"
        raise InputError(f"Queue.deadline of {queue.id!r}", must, queue.deadline)
    slots = np.arange(horizon.slots)
    old = np.flatnonzero(slots_within(queue.hours, horizon)[:wait])
    old = old if len(old) else np.array([wait - 1])
    return Parcels(
        np.concatenate([np.full(len(old), queue.backlog / len(old)), contacts]),
        np.concatenate([np.zeros(len(old), dtype=np.int64), slots + 1]),
        np.concatenate([old, slots + wait - 1]),
    ).in_order()


def in_idle_time(work: Parcels, capacity: Floats) -> Parcels:
    """What is left of some work once so many contacts have been done in each slot's idle time.

    The work that is due first is done first; what is too late is not.

    Parameters
    ----------
    work : Parcels
        Ordered by what is due first.
    capacity : ndarray, shape (slots,)
        Contacts that idle time has room for.
    """
    left = _left(work.contacts, work.release, work.due, capacity)
    return Parcels(left, work.release, work.due)


@compiled
def _left(contacts: Floats, release: Ints, due: Ints, capacity: Floats) -> Floats:
    left = contacts.copy()
    first = 0
    for slot in range(capacity.size):
        room = capacity[slot]
        while first < left.size and (left[first] <= 0 or due[first] < slot):
            first += 1
        parcel = first
        while room > 0 and parcel < left.size and release[parcel] <= slot:
            done = min(room, left[parcel])
            left[parcel] -= done
            room -= done
            parcel += 1
    return left
