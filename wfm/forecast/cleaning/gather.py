"""The faults of a queue, brought from cells of the wall clock to its rows."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import numpy as np
from numpy.typing import NDArray

from wfm.forecast.cleaning.find import find_faults
from wfm.forecast.cleaning.fold import Clock, Fold
from wfm.forecast.cleaning.queue_days import Flags, QueueDays
from wfm.forecast.cleaning.rows import Rows
from wfm.forecast.cleaning.rules import CleaningRules, FaultKind
from wfm.forecast.history import History


def rows_of(
    history: History,
    name: str,
    clock: Clock,
    fold: Fold,
    rules: CleaningRules,
    known: Collection[date],
) -> Rows:
    """Find the faults of a queue, and bring them to its rows and to those that it may gain."""
    days = fold.offered.shape[0]
    dates = clock.dates(fold.first, days)
    known_day = np.array([day in known for day in dates], dtype=bool)
    twice = np.zeros(fold.offered.size + 1, dtype=bool)
    own = clock.cell - fold.first * clock.times
    inside = (own >= 0) & (own < fold.offered.size)
    twice[own[inside & (clock.passes > 1)]] = True
    half = twice[:-1].reshape(fold.offered.shape) & (fold.count == 1)
    end = int(clock.cell[-1]) // clock.times - fold.first + 1
    queue = find_faults(fold.offered, history.interval, known_day, half, end * clock.times, rules)
    fills = rules.gap == "repair" or any(rule.action == "repair" for rule in rules.overrides)
    lacking = _lacking(fold, own, inside, queue, half, fills)
    index = np.concatenate([fold.index, lacking])
    order = np.argsort(index, kind="stable") if len(lacking) else slice(None)
    cell = own[index]
    fault = queue.fault.ravel()[cell]
    # Rows that lack between the same two rows are one gap.
    between, gap = np.unique(np.searchsorted(fold.index, lacking), return_inverse=True)
    gap = np.concatenate([np.full(len(fold.index), -1), gap + len(queue.kinds)])
    fault = np.where(fault < 0, gap, fault)
    offered = np.array(history.frame["offered"].iloc[fold.rows])
    row = np.concatenate([np.arange(fold.rows.start, fold.rows.stop), np.full(len(lacking), -1)])
    gaps: list[FaultKind] = ["gap"] * len(between)
    return Rows(
        queue=name,
        start=clock.start[index][order],
        row=row[order],
        offered=np.concatenate([offered, np.full(len(lacking), np.nan)])[order],
        expected=queue.expected.ravel()[cell][order],
        fault=fault[order],
        kinds=[*queue.kinds, *gaps],
    )


def _lacking(
    fold: Fold,
    own: NDArray[np.int64],
    inside: Flags,
    queue: QueueDays,
    half: Flags,
    fills: bool,
) -> NDArray[np.int64]:
    """Indices in the clock of rows that a queue lacks and may gain by repair."""
    candidates = np.zeros(len(own), dtype=bool)
    candidates[fold.index[0] : fold.index[-1] + 1] = True
    candidates &= inside
    candidates[fold.index] = False
    wanted = half.ravel()
    if fills:
        wanted = wanted | (np.nan_to_num(queue.expected) > 0).ravel()
    lacking = np.flatnonzero(candidates)
    return lacking[wanted[own[lacking]]]
