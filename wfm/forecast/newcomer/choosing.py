"""Which queues borrow, and from whom."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from wfm.errors import InputError
from wfm.forecast.history import History
from wfm.forecast.newcomer.new_queue import SETTLED, NewQueue
from wfm.horizon import DAY


def days_of(past: History) -> NDArray[np.bool_]:
    """Days on which each queue has contacts, shape ``(queues, days)``."""
    day = past.wall_clock.day
    first, count = (int(day.min()), int(np.ptp(day)) + 1) if len(day) else (0, 0)
    cells = past.codes * count + day - first
    came = np.array(past.frame["offered"]) > 0
    sums = np.bincount(cells[came], minlength=len(past.queues) * count)
    return sums.reshape(len(past.queues), count) > 0


def newcomers(past: History, new: Mapping[str, NewQueue]) -> dict[str, NewQueue]:
    """Find the queues that borrow, in the history's order and then as they are given.

    A queue with too few days of its own of which nothing is said takes after the settled queue
    whose times of day are most like its own, of those that had contacts on one of its days, as the
    share shows there only; where there is none, it stands on what it has.

    Parameters
    ----------
    past : History
        The time before the horizon.
    new : Mapping of str to NewQueue
        What is said of queues.

    Raises
    ------
    InputError
        If a queue is to take after one that is not settled, or what is said does not suffice.
    """
    days = days_of(past)
    enough = days.sum(axis=1) >= SETTLED
    settled = [past.queues[row] for row in np.flatnonzero(enough)]
    found = {queue: new[queue] for queue in past.queues if queue in new and queue not in settled}
    left = [queue for queue in past.queues if queue not in settled and queue not in found]
    if settled and left:
        shares = _times(past)
        for queue in left:
            row = past.queues.index(queue)
            rows = np.flatnonzero(enough & (days & days[row]).any(axis=1))
            if rows.size:
                apart = np.abs(shares[rows] - shares[row]).sum(axis=1)
                found[queue] = NewQueue(like=past.queues[rows[apart.argmin()]])
    found = {queue: found[queue] for queue in past.queues if queue in found}
    found |= {queue: about for queue, about in new.items() if queue not in past.queues}
    for queue, about in found.items():
        _check(past, queue, about, settled)
    return found


def _times(past: History) -> NDArray[np.float64]:
    """Share of each queue's contacts by time of day, shape ``(queues, times)``."""
    times = DAY // past.interval
    cells = past.codes * times + past.wall_clock.minute // past.interval
    size = len(past.queues) * times
    offered = np.array(past.frame["offered"], dtype=np.float64)
    sums = np.bincount(cells, offered, minlength=size).astype(np.float64).reshape(-1, times)
    totals = sums.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(sums, totals, out=np.zeros_like(sums), where=totals > 0))


def _check(past: History, queue: str, about: NewQueue, settled: list[str]) -> None:
    place = f"new[{queue!r}]"
    if about.like is not None and about.like not in settled:
        must = f"be a queue with {SETTLED} days of history: {', '.join(settled) or 'none is'}"
        raise InputError(f"{place}.like", must, about.like)
    if about.like is not None and about.share is None and queue not in past.queues:
        raise InputError(f"{place}.share", "be stated for a queue without a past")
    if about.week is not None and len(about.week[0]) != DAY // past.interval:
        must = f"have {DAY // past.interval} intervals a day, as the history has"
        raise InputError(f"{place}.week", must, len(about.week[0]))
    if about.week is not None and about.aht is None and queue not in past.queues:
        raise InputError(f"{place}.aht", "be stated for a queue without a past")
