"""All faults of one queue, in the order in which one hides another."""

from __future__ import annotations

import numpy as np

from wfm.forecast.cleaning.closed import find_closed
from wfm.forecast.cleaning.one_off_day import find_one_off_days
from wfm.forecast.cleaning.outage import find_outages
from wfm.forecast.cleaning.queue_days import Flags, Floats, QueueDays
from wfm.forecast.cleaning.rules import CleaningRules
from wfm.forecast.cleaning.spike import find_spikes
from wfm.forecast.cleaning.usual import Scatter, around, day_ratio, shrunk, typical
from wfm.forecast.profile.robust import day_levels


def find_faults(
    offered: Floats, interval: int, known_day: Flags, doubled: Flags, end: int, rules: CleaningRules
) -> QueueDays:
    """Look at a queue's past.

    Parameters
    ----------
    offered : numpy.ndarray
        Contacts, NaN where unknown, shape ``(days, times)``, whole weeks from a Monday.
    interval : int
        Minutes of a time.
    known_day : numpy.ndarray
        Days that are known to be unlike others, shape ``(days,)``.
    doubled : numpy.ndarray
        Cells of a doubled hour of which one pass is missing, as `offered`.
    end : int
        Cell after the last one of the history's last day.
    rules : CleaningRules
        From where on something is a fault.
    """
    ordinary = np.where(known_day[:, None] | doubled, np.nan, offered)
    weeks = (-1, 7, offered.shape[1])
    usual = typical(ordinary.reshape(weeks), interval).reshape(offered.shape)
    fault = np.full(offered.shape, -1)
    queue = QueueDays(interval, offered, known_day, usual, fault)
    queue.add("doubled hour", doubled & (np.nan_to_num(usual) + np.nan_to_num(offered) > 0))
    find_closed(queue, rules)
    level, blocks = _levels(queue, rules)
    cells = queue.judged
    scatter = Scatter(offered[cells], (usual * blocks[:, None])[cells])
    find_outages(queue, usual * level[:, None], scatter, rules, end)
    if "outage" in queue.kinds:
        _, blocks = _levels(queue, rules)
    find_spikes(queue, usual * blocks[:, None], scatter, rules)
    find_one_off_days(queue, blocks, rules)
    queue.expected = usual * _final_level(queue, rules)
    return queue


def _levels(queue: QueueDays, rules: CleaningRules) -> tuple[Floats, Floats]:
    """Level around each day, to which days of outages do not add, and that of the day itself.

    The latter is that of the middle one of its two-hour blocks, which no spike can move.
    """
    ratio, due = day_ratio(queue.offered, queue.typical, queue.good)
    level = around(ratio, (due > 0) & ~queue.known_day & (ratio > rules.outage_share))
    good = np.where(queue.good, queue.offered, np.nan)
    blocks = day_levels(good.reshape(-1, 7, good.shape[1]), queue.interval).ravel()
    return level, shrunk(blocks, due, level)


def _final_level(queue: QueueDays, rules: CleaningRules) -> Floats:
    """Level of each cell: that of its day, for one-off days that of the days around."""
    ratio, due = day_ratio(queue.offered, queue.typical, queue.good)
    level = around(ratio, (due > 0) & ~queue.known_day & (ratio > rules.outage_share))
    one_off = [number for number, kind in enumerate(queue.kinds) if kind == "one-off day"]
    inside = np.isin(queue.fault, one_off)
    good = queue.good
    if rules.one_off_day == "keep":
        good |= inside & queue.compared
        ratio, due = day_ratio(queue.offered, queue.typical, good)
    own = shrunk(ratio, due, level)
    return np.where(inside, level[:, None], own[:, None])
