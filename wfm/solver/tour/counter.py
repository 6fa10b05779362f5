"""Promises over three days and more as small automata, which are multiplied afterwards.

A state is what a promise still needs to know of the days before: its running counts, those of the
`AnyOf` that have begun and are open, and the largest breach so far. Whatever is decided is dropped,
and states that cannot be told apart are one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wfm.limit import Cells
from wfm.solver.book import Promise, row_of
from wfm.solver.tour.automaton import Automaton, Layer, merged
from wfm.solver.tour.distinct import unique_rows

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
CLOSED = -(1 << 40)
"""Stands for a count that matters no more."""
MOST_CELLS = 4_000_000
"""Of a table of states, kinds and counts; a promise that needs a larger one is not carried."""


@dataclass(frozen=True, eq=False)
class _Counts:
    """The counts of a promise: entries first, then each `AnyOf`.

    Attributes
    ----------
    use : ndarray of int, shape (days, counts, options + 1)
        What each column adds.
    low, high : ndarray of int, shape (days + 1, counts)
        Least and most that the days from each on add.
    begin : ndarray of int, shape (any_of,)
        First day, from the promise's, of each `AnyOf`.
    owner, over, factor : ndarray of int, shape (any_of,)
        Entry, bound and value of each `AnyOf`.
    most : ndarray of int, shape (entries,)
        Bound of each entry.
    weight : float
        Price of a unit of breach, infinite where hard.
    """

    use: Ints
    low: Ints
    high: Ints
    begin: Ints
    owner: Ints
    over: Ints
    factor: Ints
    most: Ints
    weight: float


def automaton_of(promise: Promise, open_cells: Bools) -> Automaton | None:
    """Compile a promise; None if that takes too large a table.

    Parameters
    ----------
    promise : Promise
        What is promised.
    open_cells : ndarray of bool, shape (days, options + 1)
        Cells that may be chosen.
    """
    counts = _counts(promise, open_cells)
    entries = len(counts.most)
    # Columns of a state: the largest breach so far, then the counts.
    states = np.zeros((1, 1 + entries + len(counts.over)), dtype=np.int64)
    layers = []
    for row, day in enumerate(promise.days):
        cells = open_cells[day]
        kinds, which = unique_rows(counts.use[row][:, cells].T)
        if len(states) * len(kinds) * states.shape[1] > MOST_CELLS:
            return None
        after, lost, toll = _advance(counts, row, states, kinds)
        kept, place = unique_rows(after[~lost])
        follow = np.full(lost.shape, -1, dtype=np.int64)
        follow[~lost] = place
        kind = np.full(len(cells), -1, dtype=np.int64)
        kind[cells] = which
        shape = (len(states), len(kinds))
        layers.append(Layer(kind, follow.reshape(shape), toll.reshape(shape)))
        # Where no state is left one stands for the rest, which nothing leads to.
        states = kept if len(kept) else states[:1]
    return Automaton(promise.days.start, tuple(merged(layers)))


def _counts(promise: Promise, open_cells: Bools) -> _Counts:
    rows = [entry.limit.cells[0] for entry in promise.entries]
    inner = [
        (number, some)
        for number, entry in enumerate(promise.entries)
        for some in entry.limit.any_of
    ]
    rows += [some.cells[0] for _, some in inner]
    days = promise.days
    cells = open_cells[days.start : days.stop]
    use = np.where(cells[:, None, :], _table(rows, days, open_cells.shape[1]), 0)
    least = np.where(cells[:, None, :], use, np.iinfo(np.int64).max).min(axis=2)
    most = np.where(cells[:, None, :], use, np.iinfo(np.int64).min).max(axis=2)
    touched = use[:, len(promise.entries) :].any(axis=2)
    return _Counts(
        use=use,
        low=_still(least),
        high=_still(most),
        begin=np.where(touched.any(axis=0), touched.argmax(axis=0), 0),
        owner=np.array([number for number, _ in inner], dtype=np.int64),
        over=np.array([some.over for _, some in inner], dtype=np.int64),
        factor=np.array([some.factor for _, some in inner], dtype=np.int64),
        most=np.array([entry.limit.most for entry in promise.entries], dtype=np.int64),
        weight=np.inf if promise.weight is None else promise.weight,
    )


def _table(rows: list[Cells], days: range, columns: int) -> Ints:
    table = np.zeros((len(days), len(rows), columns), dtype=np.int64)
    for place, cells in enumerate(rows):
        for day in cells.days:
            if day in days:
                table[day - days.start, place] = row_of(cells, day)
    return table


def _still(steps: Ints) -> Ints:
    """Sums over the days from each on, and nothing after the last."""
    return np.vstack([np.cumsum(steps[::-1], axis=0)[::-1], np.zeros_like(steps[:1])])


def _advance(
    counts: _Counts, row: int, states: Ints, kinds: Ints
) -> tuple[Ints, NDArray[np.bool_], Floats]:
    """States after a day, which are lost, and what is decided; one for each state and kind."""
    entries = len(counts.most)
    moved = states[:, None, :].repeat(len(kinds), axis=1)
    moved[:, :, 1:] += kinds[None]
    moved = moved.reshape(-1, states.shape[1])
    moved[moved < CLOSED // 2] = CLOSED
    worst, sums, parts = moved[:, 0], moved[:, 1 : 1 + entries], moved[:, 1 + entries :]
    low, high = counts.low[row + 1], counts.high[row + 1]
    least, most = _ahead(counts, row)
    begun = np.flatnonzero(counts.begin <= row)
    part, over = parts[:, begun], counts.over[begun]
    still = part > CLOSED // 2
    yes = still & (part + low[entries + begun] > over)
    no = still & ~yes & (part + high[entries + begun] <= over)
    still &= ~(yes | no)
    owners = (counts.owner[begun][:, None] == np.arange(entries)).astype(np.int64)
    factor = counts.factor[begun][:, None] * owners
    sums += yes @ factor
    least = sums + low[:entries] + least + still @ np.minimum(factor, 0)
    most = sums + high[:entries] + most + still @ np.maximum(factor, 0)
    parts[:, begun] = np.where(still, part, CLOSED)
    unsure = sums > CLOSED // 2
    breach = np.maximum(0, most - counts.most)
    lost = (unsure & (least > counts.most)).any(axis=1) & np.isinf(counts.weight)
    known = unsure & (least == most)
    risen = np.maximum(worst, np.where(known, breach, 0).max(axis=1))
    toll = np.zeros(len(moved)) if np.isinf(counts.weight) else counts.weight * (risen - worst)
    done = known | (breach <= risen[:, None]) | ~unsure
    sums[done] = CLOSED
    parts[done[:, counts.owner]] = CLOSED
    moved[:, 0] = np.where(done.all(axis=1), 0, risen)
    return moved, np.asarray(lost), toll


def _ahead(counts: _Counts, row: int) -> tuple[Ints, Ints]:
    """Least and most that those `AnyOf` which have not begun can add to each entry."""
    entries = len(counts.most)
    least, most = np.zeros(entries, dtype=np.int64), np.zeros(entries, dtype=np.int64)
    later = counts.begin > row
    sure = counts.low[0, entries:] > counts.over
    able = counts.high[0, entries:] > counts.over
    low = np.where(sure, counts.factor, np.where(able, np.minimum(counts.factor, 0), 0))
    high = np.where(sure, counts.factor, np.where(able, np.maximum(counts.factor, 0), 0))
    np.add.at(least, counts.owner[later], low[later])
    np.add.at(most, counts.owner[later], high[later])
    return least, most
