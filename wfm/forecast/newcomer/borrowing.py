"""Days to come of a queue with little past, from those of another or from a typical week."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wfm.errors import InputError
from wfm.forecast.chance.within_day import WithinDay
from wfm.forecast.history import History
from wfm.forecast.newcomer.choosing import days_of
from wfm.forecast.newcomer.new_queue import Borrowed, NewQueue
from wfm.forecast.outlook import QueueOutlook
from wfm.horizon import DAY

Floats = NDArray[np.float64]

GUESS: Final = 0.3
"""Standard deviation of the log of a share, or of a week's level, that is stated."""
DAY_DEVIATION: Final = 0.1
"""The same of a day's contacts about what is expected of it, before any was seen."""
CONTACTS: Final = 20.0
"""Contacts of a time of day that weigh as much as what is borrowed for it."""


class _Own(NamedTuple):
    """What a queue has of its own, by time of day, against what it would borrow."""

    contacts: Floats
    borrowed: Floats
    handled: float
    seconds: float
    borrowed_seconds: float
    """What its handled contacts would have taken at the handle times borrowed, NaN if unknown."""


def borrow(
    past: History,
    queue: str,
    about: NewQueue,
    outlooks: Mapping[str, QueueOutlook],
    weekday: NDArray[np.int64],
) -> QueueOutlook:
    """Expect of a queue what is expected of another, in proportion to what both had.

    The share is that of the contacts in the same intervals, drawn to the stated one, which is
    taken as known up to a deviation of 0.3 of its log. Times of day are drawn to what the
    queue's own contacts show, and so is the handle time.

    Parameters
    ----------
    past : History
        The time before the horizon.
    queue : str
        The queue.
    about : NewQueue
        What is known of it.
    outlooks : Mapping of str to QueueOutlook
        Of the queues that it may take after.
    weekday : numpy.ndarray of int
        Of the horizon's days, shape ``(days,)``.

    Raises
    ------
    InputError
        If no share is stated, and none can be seen.
    """
    donor = _of_week(about, weekday) if about.like is None else outlooks[about.like]
    own = _own(past, queue, about)
    borrowed, deviation = _told(past, queue, about, own)
    by_time = (own.contacts + CONTACTS) / (borrowed.share * own.borrowed + CONTACTS)
    contacts = donor.contacts * by_time
    kept, sums = donor.contacts.sum(axis=1), contacts.sum(axis=1)
    contacts *= np.divide(kept, sums, out=np.zeros_like(kept), where=sums > 0)[:, None]
    aht = _aht(own, donor) if about.aht is None else np.full_like(donor.aht, about.aht)
    made = QueueOutlook(contacts, aht, donor.covariance, donor.scatter, np.full(1, np.nan))
    return made.scaled(borrowed.share, deviation)


def told(past: History, queue: str, about: NewQueue) -> Borrowed:
    """Say what a queue borrows; arguments and error as for `borrow`."""
    return _told(past, queue, about, _own(past, queue, about))[0]


def _told(past: History, queue: str, about: NewQueue, own: _Own) -> tuple[Borrowed, float]:
    """What a queue borrows, and the standard deviation of its share's log."""
    days = int(days_of(past)[past.queues.index(queue)].sum()) if queue in past.queues else 0
    share, deviation = _share(own, days, queue, about)
    return Borrowed(queue, about.like, share, days), deviation


def _aht(own: _Own, donor: QueueOutlook) -> Floats:
    """Handle times borrowed, drawn to what the queue's own contacts took."""
    if not own.handled:
        return donor.aht
    if np.isnan(own.borrowed_seconds):
        return np.full_like(donor.aht, own.seconds / own.handled)
    usual = CONTACTS * own.borrowed_seconds / own.handled
    return donor.aht * (own.seconds + usual) / (own.borrowed_seconds + usual)


def _of_week(about: NewQueue, weekday: NDArray[np.int64]) -> QueueOutlook:
    contacts = np.array(about.week, dtype=np.float64)[weekday]
    aht = np.full(contacts.shape, np.nan if about.aht is None else about.aht)
    covariance = DAY_DEVIATION**2 * np.eye(len(weekday))
    return QueueOutlook(contacts, aht, covariance, WithinDay(0.0, 0.0), np.full(1, np.nan))


def _own(past: History, queue: str, about: NewQueue) -> _Own:
    times = DAY // past.interval
    if queue not in past.queues:
        none = np.zeros(times)
        return _Own(none, none, 0.0, 0.0, 0.0)
    frame, wall = past.frame, past.wall_clock
    mine = past.codes == past.queues.index(queue)
    time = wall.minute[mine] // past.interval
    own = frame[mine]
    offered, aht = np.array(own["offered"]), np.array(own["aht"])
    if about.like is None:
        borrowed = np.array(about.week)[wall.weekday[mine], time]
        usual = np.full(len(own), np.nan if about.aht is None else about.aht)
    else:
        other = frame[past.codes == past.queues.index(about.like)].set_index("start")
        beside = other.reindex(own["start"])
        borrowed, usual = np.array(beside["offered"]), np.array(beside["aht"])
    both = ~np.isnan(borrowed) & ~np.isnan(offered)
    handled = both & ~np.isnan(aht) & (~np.isnan(usual) | np.isnan(usual).all())
    return _Own(
        np.bincount(time[both], offered[both], minlength=times).astype(np.float64),
        np.bincount(time[both], borrowed[both], minlength=times).astype(np.float64),
        float(offered[handled].sum()),
        float((offered * aht)[handled].sum()),
        float((offered * usual)[handled].sum()),
    )


def _share(own: _Own, days: int, queue: str, about: NewQueue) -> tuple[float, float]:
    """Share, and the standard deviation of its log."""
    stated = 1.0 if about.like is None else about.share
    came, beside = own.contacts.sum(), own.borrowed.sum()
    if not came or not beside:
        if stated is None:
            must = f"be stated, as it had no contacts while {about.like} had some"
            raise InputError(f"new[{queue!r}].share", must)
        return stated, GUESS
    seen, variance = np.log(came / beside), 1 / came + DAY_DEVIATION**2 / max(days, 1)
    if stated is None:
        return float(np.exp(seen)), float(np.sqrt(variance))
    trust = np.array([1 / variance, 1 / GUESS**2])
    mean = float(np.average([seen, np.log(stated)], weights=trust))
    return float(np.exp(mean)), float(1 / np.sqrt(trust.sum()))
