"""Runs of intervals far above the usual, on one day only."""

from __future__ import annotations

import numpy as np

from wfm.forecast.cleaning.queue_days import QueueDays
from wfm.forecast.cleaning.rules import CleaningRules
from wfm.forecast.cleaning.runs import repeated, runs
from wfm.forecast.cleaning.usual import Floats, Scatter, deviations

CANDIDATE = 1.0
"""Standard deviations that each interval of a spike is above the usual."""


def find_spikes(queue: QueueDays, expected: Floats, scatter: Scatter, rules: CleaningRules) -> None:
    """Note the spikes of a queue.

    A run of intervals that are somewhat too high each is judged by its sum, so that an hour of
    moderate excess is found as well as one wild interval. What recurs at the same time on three
    of seven days is a change of the day's shape, no spike.

    Parameters
    ----------
    queue : QueueDays
        Where they are noted.
    expected : numpy.ndarray
        Contacts at the level of the day, NaN where nothing can be compared.
    scatter : Scatter
        Of the queue.
    rules : CleaningRules
        From where on it is a spike.
    """
    shape = queue.offered.shape
    known = ~np.isnan(queue.offered) & ~np.isnan(expected) & ~queue.known_day[:, None]
    judged = (known & (queue.fault < 0)).ravel()
    offered = np.where(judged, queue.offered.ravel(), 0.0)
    usual = np.where(judged, expected.ravel(), 0.0)
    high = judged & (deviations(offered, usual) > CANDIDATE * scatter.of(usual))
    found = runs(high, judged, 1)
    total, due = found.sums(offered), found.sums(usual)
    far = deviations(total, due) > rules.spike_sigmas * scatter.of(due)
    found = found.where(far & (total >= rules.spike_factor * due))
    if not len(found.first):
        return
    inside = (found.inside(len(offered)) & high).reshape(shape)
    again = found.sums(repeated(inside).ravel().astype(np.float64))
    found = found.where(again < 0.5 * found.sums(inside.ravel().astype(np.float64)))
    for first, last in zip(found.first.tolist(), found.last.tolist(), strict=True):
        cells = np.zeros(len(offered), dtype=bool)
        cells[first : last + 1] = True
        queue.add("spike", cells.reshape(shape))
