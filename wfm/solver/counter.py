"""Promises over three days and more as small automata, which the tour programme multiplies.

A state is what a promise still needs to know of the days before: its running counts, those of the
`AnyOf` that have begun and are open, and the largest breach so far. Whatever is decided is dropped,
and states that cannot be told apart are one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wfm.limit import Cells
from wfm.solver.book import Promise, row_of

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
CLOSED = -(1 << 40)
"""Stands for a count that matters no more."""
MOST_CELLS = 4_000_000
"""Of a table of states, kinds and counts; a promise that needs a larger one is not carried."""


@dataclass(frozen=True, eq=False)
class Layer:
    """One day of an automaton.

    Attributes
    ----------
    kind : ndarray of int, shape (options + 1,)
        Class of each column, -1 where it is not open; the last is a day off.
    follow : ndarray of int, shape (states, kinds)
        State after the day, -1 where no tour is left that keeps the promise.
    toll : ndarray, shape (states, kinds)
        Cost that is decided on the day.
    """

    kind: Ints
    follow: Ints
    toll: Floats


@dataclass(frozen=True, eq=False)
class Automaton:
    """Layers for the days from `first` on; it starts and ends in its state 0."""

    first: int
    layers: tuple[Layer, ...]

    @property
    def peak(self) -> int:
        """Most states before any day."""
        return max(len(layer.follow) for layer in self.layers)


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


def merged(layers: list[Layer], until: int = 0) -> list[Layer]:
    """Merge states from which all tours go on alike, and kinds that all states take alike.

    Parameters
    ----------
    layers : list of Layer
        The layers of some days in a row, of which the last leads to living states only.
    until : int
        Below this index layers are as they should be, if the states that they lead to are.
    """
    layers = list(layers)
    place: Ints | None = None
    for index in range(len(layers) - 1, -1, -1):
        if place is None and index < until:
            break
        layer = layers[index]
        follow = layer.follow if place is None else np.append(place, -1)[layer.follow]
        toll = np.where(follow < 0, 0.0, layer.toll)
        alive = np.asarray((follow >= 0).any(axis=1))
        alive[0] |= not alive.any()
        rows = np.hstack([follow[alive], _bits(toll[alive])])
        kept, which = unique_rows(rows)
        after, cost = kept[:, : follow.shape[1]], kept[:, follow.shape[1] :]
        columns, same = unique_rows(np.vstack([after, cost]).T)
        kind = np.append(same, -1)[layer.kind]
        states = len(kept)
        layers[index] = Layer(
            kind,
            np.ascontiguousarray(columns[:, :states].T),
            np.ascontiguousarray(columns[:, states:].T).view(np.float64),
        )
        place = np.full(len(follow), -1, dtype=np.int64)
        place[alive] = which
        if np.array_equal(place, np.arange(len(follow))):
            place = None
    return layers


def _bits(values: Floats) -> Ints:
    return np.ascontiguousarray(values + 0.0).view(np.int64)


def unique_rows(rows: Ints) -> tuple[Ints, Ints]:
    """Distinct rows in the order in which they first appear, and which of them each row is."""
    rows = np.ascontiguousarray(rows)
    place, first = np.empty(len(rows), dtype=np.int64), np.empty(len(rows), dtype=np.int64)
    many = tell_apart(rows, place, first)
    return rows[first[:many]], place


@njit(cache=True, nogil=True)
def tell_apart(rows: Ints, place: Ints, first: Ints) -> int:
    """Number the distinct rows, by a table of what they hash to; returns how many there are."""
    size = 1
    while size < 2 * rows.shape[0]:
        size *= 2
    table = np.full(size, -1, dtype=np.int64)
    many = 0
    for row in range(rows.shape[0]):
        code = np.uint64(14695981039346656037)
        for column in range(rows.shape[1]):
            code = (code ^ np.uint64(rows[row, column])) * np.uint64(1099511628211)
            code ^= code >> np.uint64(29)
        at = np.int64(code & np.uint64(size - 1))
        while table[at] >= 0:
            other = first[table[at]]
            same = True
            for column in range(rows.shape[1]):
                if rows[row, column] != rows[other, column]:
                    same = False
                    break
            if same:
                break
            at = (at + 1) & (size - 1)
        if table[at] < 0:
            table[at] = many
            first[many] = row
            many += 1
        place[row] = table[at]
    return many
