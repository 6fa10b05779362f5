"""Working off what may wait: the earliest deadline first, within a roster or a programme."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from wfm.deferred import DeferredWork

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def work_off(work: DeferredWork, capacity: Floats) -> tuple[Floats, Floats]:
    """Do as much work by its deadline as anyone can: what is due first is done first.

    Parameters
    ----------
    work : DeferredWork
        What arrives and is due.
    capacity : ndarray, shape (slots,)
        Contacts that those at work in a slot can do in it.

    Returns
    -------
    done : ndarray, shape (slots,)
        Contacts done in time in each slot.
    late : ndarray, shape (slots,)
        Contacts not done by the end of the slot by whose end they were due.
    """
    done, late = np.zeros(len(capacity)), np.zeros(len(capacity))
    passed = 0.0
    curves = (work.arrived_array.tolist(), work.due_array.tolist(), capacity.tolist())
    for slot, (arrived, due, able) in enumerate(zip(*curves, strict=True)):
        done[slot] = max(0.0, min(able, arrived - passed))
        passed += done[slot]
        late[slot] = max(0.0, due - passed)
        passed += late[slot]
    return done, late


@dataclass(frozen=True, eq=False)
class Backlog:
    """Rows and columns of a linear programme that let a queue's work be done in time.

    There are two variables for each slot: contacts done in it, and how many of those not yet due
    have been passed, done or not, by its end. Work is passed in its order, so what is done in a
    slot is no more than what is passed in it, which has arrived and is not yet late.

    Attributes
    ----------
    work : DeferredWork
        What arrives and is due.
    alone : ndarray, shape (slots,)
        Contacts that those who serve no other queue can do.
    """

    work: DeferredWork
    alone: Floats

    @property
    def slots(self) -> int:
        """Slots of the horizon."""
        return len(self.alone)

    def rows(self) -> sparse.csr_array:
        """Rows on the variables: done by those at work, and no more than is passed.

        To the first `slots` rows heads with a choice may add what they can do.
        """
        one = sparse.eye_array(self.slots)
        before = sparse.eye_array(self.slots, k=-1)
        return sparse.block_array([[one, None], [one, before - one]], format="csr")

    def most(self) -> Floats:
        """Right-hand sides of the rows, shape ``(2 * slots,)``."""
        return np.concatenate([self.alone, np.diff(self.work.due_array, prepend=0.0)])

    def upper(self) -> Floats:
        """Upper ends of the variables, shape ``(2 * slots,)``."""
        waiting = self.work.arrived_array - self.work.due_array
        return np.concatenate([np.full(self.slots, np.inf), waiting])
