"""Days whose total is off the level of their neighbours, though no calendar knows them."""

from __future__ import annotations

import numpy as np

from wfm.forecast.cleaning.queue_days import QueueDays
from wfm.forecast.cleaning.rules import CleaningRules
from wfm.forecast.cleaning.usual import Floats, around, day_ratio
from wfm.forecast.profile.robust import SIGMAS

FEWEST = 20.0
"""Usual contacts of a day below which its total says nothing."""


def find_one_off_days(queue: QueueDays, blocks: Floats, rules: CleaningRules) -> None:
    """Note days that are far off, with all of their cells but those of outages.

    Parameters
    ----------
    queue : QueueDays
        With its outages and spikes; spikes of a one-off day become part of it.
    blocks : numpy.ndarray
        Level of each day by the middle one of its two-hour blocks, shape ``(days,)``: it must be
        off too, so that evenings that open or close are no one-off days.
    rules : CleaningRules
        From where on it is one.
    """
    ratio, due = day_ratio(queue.offered, queue.typical, queue.good)
    ordinary = (due >= FEWEST) & ~queue.known_day
    if not ordinary.any():
        return
    level = around(blocks, ordinary)
    some = ordinary & (level > 0)
    off = np.where(some, ratio / np.where(some, level, 1.0) - 1, 0.0)
    throughout = np.where(some, blocks / np.where(some, level, 1.0) - 1, 0.0) * np.sign(off)
    spread = SIGMAS * float(np.median(np.abs(off[ordinary])))
    least = 1 / np.sqrt(np.maximum(due * level, 1.0))
    far = np.abs(off) > rules.day_sigmas * np.maximum(spread, least)
    far &= (np.abs(off) >= rules.day_change) & (throughout >= rules.day_change / 2)
    known = ~np.isnan(queue.offered)
    spikes = [number for number, kind in enumerate(queue.kinds) if kind == "spike"]
    for day in np.flatnonzero(far).tolist():
        row = queue.fault[day]
        row[np.isin(row, spikes)] = -1
        cells = np.zeros(queue.offered.shape, dtype=bool)
        cells[day] = known[day]
        queue.add("one-off day", cells)
