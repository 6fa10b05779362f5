"""What became of the contacts, counted by replication and interval (or queue)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.truth.contacts import Contacts, Floats


class Estimate(NamedTuple):
    """A mean with its standard error; both are arrays if it is asked for by interval."""

    value: Floats
    error: Floats


@dataclass(frozen=True)
class Tally:
    """Counts with one row per replication and one column per interval (or queue).

    A contact counts where it arrived. Waits are in seconds and end with the answer or the
    abandonment.

    Parameters
    ----------
    offered, answered, abandoned : ndarray of float
        Contacts.
    in_time, abandoned_in_time : ndarray of float
        Contacts that were answered, or that abandoned, within the threshold.
    delayed : ndarray of float
        Contacts that found nobody free.
    waits : ndarray of float
        Sum of the waits of all contacts.
    busy : ndarray of float
        Agents' seconds spent on contacts or deferred work, where it is measured.
    deferred : ndarray of float
        Pieces of deferred work begun, where there is any.
    """

    offered: Floats
    in_time: Floats
    abandoned_in_time: Floats
    answered: Floats
    abandoned: Floats
    delayed: Floats
    waits: Floats
    busy: Floats = field(default_factory=lambda: np.zeros((0, 0)))
    deferred: Floats = field(default_factory=lambda: np.zeros((0, 0)))

    def share(self, of: str = "in_time", cells: slice | Sequence[int] = slice(None)) -> Estimate:
        """Share of the offered contacts of some cells together; the mean wait for ``"waits"``."""
        top, bottom = getattr(self, of)[:, cells], self.offered[:, cells]
        return ratio(top.sum(axis=1), bottom.sum(axis=1))

    def shares(self, of: str = "in_time") -> Estimate:
        """Share of the offered contacts of each cell by itself."""
        return ratio(getattr(self, of), self.offered)

    def mean(self, of: str) -> Estimate:
        """Mean over the replications, cell by cell."""
        counts = getattr(self, of)
        return ratio(counts, np.ones_like(counts))


def ratio(top: Floats, bottom: Floats) -> Estimate:
    """Ratio of two sums over replications; where the lower one is 0, it is NaN."""
    rows = len(top)
    lower = bottom.mean(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        value = top.mean(axis=0) / lower
        spread = ((top - value * bottom) ** 2).sum(axis=0) / max(rows - 1, 1)
        return Estimate(value, np.sqrt(spread / rows) / lower)


def count(contacts: Contacts, started: Floats, cells: int, threshold: float) -> list[Floats]:
    """Count one replication.

    Parameters
    ----------
    contacts : Contacts
        Who arrived.
    started : ndarray of float
        When each was answered; infinity for those who abandoned.
    cells : int
        Number of intervals or queues.
    threshold : float
        Seconds.

    Returns
    -------
    list of ndarray of float
        In the order of the fields of :class:`Tally`, up to the waits.
    """
    answered = np.isfinite(started)
    wait = np.where(answered, started - contacts.times, contacts.patience)
    soon = wait <= threshold
    kept = contacts.cells >= 0

    def by_cell(which: NDArray[np.generic]) -> Floats:
        weights = which[kept].astype(float)
        return np.bincount(contacts.cells[kept], weights=weights, minlength=cells)

    delayed = ~answered | (wait > 0)
    everyone = np.ones_like(kept)
    marks = (everyone, answered & soon, ~answered & soon, answered, ~answered, delayed, wait)
    return [by_cell(mark) for mark in marks]
