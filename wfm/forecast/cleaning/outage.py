"""Runs of intervals with nothing, or almost nothing, where a queue usually has contacts."""

from __future__ import annotations

import numpy as np

from wfm.forecast.cleaning.queue_days import Flags, QueueDays
from wfm.forecast.cleaning.rules import CleaningRules
from wfm.forecast.cleaning.runs import Runs, repeated, runs
from wfm.forecast.cleaning.usual import Floats, Scatter, deviations
from wfm.forecast.profile.robust import WEEKS

CLOSED_DAYS = 4
"""Days without contacts, such as a long weekend, that an outage may last over."""
EDGE = 3.0
"""Standard deviations by which the intervals beside an outage are off if it began within them."""


def find_outages(
    queue: QueueDays, expected: Floats, scatter: Scatter, rules: CleaningRules, end: int
) -> None:
    """Note the outages of a queue, and the end of a last day that was cut off.

    Parameters
    ----------
    queue : QueueDays
        Where they are noted.
    expected : numpy.ndarray
        Contacts at the level of the days around, NaN where nothing can be compared.
    scatter : Scatter
        Of the queue.
    rules : CleaningRules
        From where on it is an outage.
    end : int
        Cell after the last one of the history's last day.
    """
    offered, usual = queue.offered.ravel(), expected.ravel()
    judged = queue.judged.ravel() & (usual > 0)
    low = judged & (offered <= rules.outage_share * usual)
    times = queue.offered.shape[1]
    found = runs(low, judged, CLOSED_DAYS * times)
    total = found.sums(np.where(judged, usual, 0.0))
    least = rules.outage_contacts * scatter.of(np.float64(rules.outage_contacts)) ** 2
    found = found.where(total >= least)
    found = _lasting_left_out(found, queue, low)
    cells = np.flatnonzero(judged)
    last = int(cells[-1]) if len(cells) else -1
    running = last >= end - times and _goes_on(queue, last)
    for first, final in zip(found.first.tolist(), found.last.tolist(), strict=True):
        inside = np.zeros(len(offered), dtype=bool)
        inside[first : final + 1] = True
        inside &= judged
        for beside in _beside(cells, first, final):
            inside[beside] = _far_below(offered[beside], usual[beside], scatter)
        # What began before the last day was an outage already.
        cut = inside[last] and first >= end - times
        queue.add("unfinished" if cut else "outage", inside.reshape(queue.offered.shape))
    free = running and queue.fault.ravel()[last] < 0
    if free and _far_below(offered[last], usual[last], scatter):
        only = np.zeros(len(offered), dtype=bool)
        only[last] = True
        queue.add("unfinished", only.reshape(queue.offered.shape))


def _far_below(offered: Floats, usual: Floats, scatter: Scatter) -> bool:
    return bool(deviations(offered, usual) < -EDGE * scatter.of(usual))


def _lasting_left_out(found: Runs, queue: QueueDays, low: Flags) -> Runs:
    """Leave out runs of less than a day that recur at the same time: hours that have changed."""
    if not len(found.first):
        return found
    shape = queue.offered.shape
    short = found.last - found.first < shape[1]
    inside = found.where(short).inside(len(low)) & low
    again = repeated(inside.reshape(shape)).ravel()
    share = found.sums(again.astype(np.float64)) / np.maximum(
        found.sums(low.astype(np.float64)), 1.0
    )
    return found.where(~short | (share < 0.5))


def _beside(cells: np.ndarray[tuple[int], np.dtype[np.int64]], first: int, final: int) -> list[int]:
    """Cells that can be judged just before and after a run."""
    at = np.searchsorted(cells, [first, final])
    beside = [int(at[0]) - 1, int(at[1]) + 1]
    return [int(cells[index]) for index in beside if 0 <= index < len(cells)]


def _goes_on(queue: QueueDays, last: int) -> bool:
    """Whether a day usually has contacts after a cell, of which nothing is known."""
    day, time = divmod(last, queue.offered.shape[1])
    before = queue.offered[day % 7 : day : 7, time + 1 :][-WEEKS:]
    unknown = np.isnan(queue.offered[day, time + 1 :]).all()
    return bool(unknown and np.nansum(before) > 0)
