"""The tour programme: one agent's best tour as an exact dynamic programme over the days.

Its states are what the limits still need to know: the product of the automata of all promises that
look at three days and more, and the shift class of the day before for those that look at two.
Agents whose limits say the same share it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from wfm.solver.book import Entry, Promise, promises, transition_cost
from wfm.solver.counter import Automaton, Layer, automaton_of, merged, unique_rows
from wfm.solver.walk import best_tour

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
MOST_STATES = 8_000
"""Before any one day."""
MOST_IN_ALL = 40_000
"""Over all days; a walk takes some 10 ms with as many."""
MOST_MOVES = 4_000_000
"""States by kinds that a product may take on a day on its way."""


@dataclass(frozen=True, eq=False)
class Programme:
    """The compiled programme of one class of agents.

    Attributes
    ----------
    group : ndarray of int, shape (days, options + 1)
        Options that are alike to every limit share a group; -1 where not offered.
    enter, leave, use : ndarray of int, shape (days, groups)
        Class of a group towards the day before, towards the day after, and in the automaton.
    groups : ndarray of int, shape (days,)
        Number of groups of each day.
    step : ndarray, shape (days, leave classes, enter classes)
        Cost of entering a day from the one before.
    begin, uses : ndarray of int, shape (days,)
        Where a day begins in `follow` and `toll`, and its number of uses.
    follow : ndarray of int, shape (moves,)
        State after the day by state and use, -1 where a promise forbids it.
    toll : ndarray, shape (moves,) or (1,)
        Cost of soft promises that is decided there; a single zero where there is none.
    states : ndarray of int, shape (days + 1,)
        Number of states before each day.
    dropped : tuple of Promise
        What it does not carry, for too many states; its tours must be checked for them.
    """

    group: Ints
    enter: Ints
    leave: Ints
    use: Ints
    groups: Ints
    step: Floats
    begin: Ints
    uses: Ints
    follow: NDArray[np.int32]
    toll: Floats
    states: Ints
    dropped: tuple[Promise, ...]

    @property
    def complete(self) -> bool:
        """Whether it carries every limit; if not, its tours must be checked."""
        return not self.dropped

    def best(self, value: Floats) -> tuple[float, Ints]:
        """Best value of a tour and its column on each day.

        Parameters
        ----------
        value : ndarray, shape (days, options + 1)
            Value of each cell; the last column is a day off.

        Returns
        -------
        float
            Minus infinity where no tour keeps the limits.
        ndarray of int, shape (days,)
        """
        tour = np.full(len(value), value.shape[1] - 1, dtype=np.int64)
        total = best_tour(
            value,
            self.group,
            self.enter,
            self.leave,
            self.use,
            self.groups,
            self.step,
            self.begin,
            self.uses,
            self.follow,
            self.toll,
            self.states,
            tour,
        )
        return float(total), tour


class Compiler:
    """Compiles programmes, and keeps what several classes of agents share.

    Parameters
    ----------
    everyone : sequence of tuple of Entry
        The limits of each agent.
    contracts : sequence of int
        The contract of each: what binds most who have it is compiled first.
    """

    def __init__(self, everyone: Sequence[tuple[Entry, ...]], contracts: Sequence[int]) -> None:
        self._content: dict[int, bytes] = {}
        self._found: dict[Hashable, Programme] = {}
        self._automata: dict[Hashable, Automaton | None] = {}
        self._products: dict[Hashable, list[Layer] | None] = {}
        self._pairs: dict[Hashable, Floats] = {}
        self._agents = Counter(contracts)
        self._common = Counter(
            (contract, self._said(entry))
            for contract, entries in zip(contracts, everyone, strict=True)
            for entry in entries
        )

    def compile(self, entries: tuple[Entry, ...], offered: Bools, contract: int = 0) -> Programme:
        """Compile the limits of an agent.

        Parameters
        ----------
        entries : tuple of Entry
            Limits that bind the agent alone.
        offered : ndarray of bool, shape (days, options)
            Options that the contract allows.
        contract : int
            The contract.
        """
        found = self._keyed(some for some in promises(entries) if len(some.days) > 1)
        open_cells = np.hstack([offered, np.ones((len(offered), 1), dtype=bool)])
        ground = open_cells.tobytes()
        key = (ground, frozenset(found))
        if key not in self._found:
            self._found[key] = self._compile(found, open_cells, contract)
        return self._found[key]

    def _compile(
        self, found: dict[Hashable, Promise], open_cells: Bools, contract: int
    ) -> Programme:
        ground = open_cells.tobytes()
        days, columns = open_cells.shape
        short = {key: some for key, some in found.items() if len(some.days) == 2}
        pairs = self._pairs.get(frozenset(short))
        if pairs is None:
            pairs = transition_cost(list(short.values()), days, columns - 1)
            self._pairs[frozenset(short)] = pairs
        carried: tuple[Hashable, ...] = (ground,)
        layers = [_idle(cells) for cells in open_cells]
        dropped = []
        for _, key, automaton in self._in_order(found, short, open_cells, contract):
            if automaton is not None:
                chain = (*carried, key)
                if chain not in self._products:
                    self._products[chain] = _product(layers, automaton)
                product = self._products[chain]
                if product is not None and sum(len(x.follow) for x in product) <= MOST_IN_ALL:
                    layers, carried = product, chain
                    continue
            dropped.append(found[key])
        return _assemble(open_cells, pairs, _reached(layers), tuple(dropped))

    def _in_order(
        self,
        found: dict[Hashable, Promise],
        short: Iterable[Hashable],
        open_cells: Bools,
        contract: int,
    ) -> list[tuple[tuple[int, ...], Hashable, Automaton | None]]:
        """What many share before what few have, hard before soft, small automata before large."""
        ranked = []
        ground, half = open_cells.tobytes(), self._agents[contract] / 2
        for number, (key, promise) in enumerate(found.items()):
            if key in short:
                continue
            if (ground, key) not in self._automata:
                self._automata[ground, key] = automaton_of(promise, open_cells)
            automaton = self._automata[ground, key]
            size = 0
            if automaton is not None:
                # Many states cost the more, the more days they have to be carried along.
                states = sum(len(layer.follow) - 1 for layer in automaton.layers)
                size = states * len(automaton.layers)
            rare = min(self._common[contract, self._said(e)] for e in promise.entries) < half
            rank = (rare, promise.weight is not None, size, number)
            ranked.append((rank, key, automaton))
        return sorted(ranked, key=lambda item: item[0])

    def _keyed(self, found: Iterable[Promise]) -> dict[Hashable, Promise]:
        """Promises by what they say; what is said twice at a price counts twice."""
        keyed: dict[Hashable, Promise] = {}
        for some in found:
            said = frozenset(self._said(entry) for entry in some.entries)
            key: tuple[Hashable, int] = (said, 0)
            while some.weight is not None and key in keyed:
                key = (said, key[1] + 1)
            keyed[key] = some
        return keyed

    def _said(self, entry: Entry) -> bytes:
        """What an entry says, in short, so that entries that say the same are known to."""
        # The book keeps the entry for as long as this is used, so its id is its own.
        said = self._content.get(id(entry))
        if said is None:
            limit = entry.limit
            known = blake2b(f"{limit.most} {entry.weight}".encode(), digest_size=16)
            for cells in (limit.cells[0], *(some.cells[0] for some in limit.any_of)):
                known.update(f"|{cells.day} {cells.grid.shape}".encode())
                known.update(cells.grid.tobytes())
            for some in limit.any_of:
                known.update(f"|{some.over} {some.factor}".encode())
            said = self._content[id(entry)] = known.digest()
        return said


def compile_programme(entries: tuple[Entry, ...], offered: Bools) -> Programme:
    """Compile the limits of one agent alone, as `Compiler.compile` does."""
    return Compiler([entries], [0]).compile(entries, offered)


def _idle(cells: Bools) -> Layer:
    kind = np.where(cells, 0, -1)
    return Layer(kind, np.zeros((1, 1), dtype=np.int64), np.zeros((1, 1)))


def _product(layers: list[Layer], other: Automaton) -> list[Layer] | None:
    """Multiply the layers of all days with an automaton of some; None if that is too large."""
    found = list(layers)
    first, last = other.first, other.first + len(other.layers) - 1
    mine = np.arange(len(layers[first].follow))
    theirs = np.zeros_like(mine)
    for day, theirs_layer in enumerate(other.layers, first):
        layer = layers[day]
        kinds, kind = _both(layer.kind, theirs_layer.kind)
        if len(mine) * len(kinds) > MOST_MOVES:
            return None
        after = layer.follow[mine][:, kinds[:, 0]]
        beside = theirs_layer.follow[theirs][:, kinds[:, 1]]
        width = len(other.layers[day + 1 - first].follow) if day < last else 1
        codes = np.where((after < 0) | (beside < 0), -1, after * width + beside)
        toll = layer.toll[mine][:, kinds[:, 0]] + theirs_layer.toll[theirs][:, kinds[:, 1]]
        if day < last:
            states, codes = _renumbered(codes)
            if len(states) > MOST_STATES:
                return None
            states = states if len(states) else np.zeros(1, dtype=np.int64)
            mine, theirs = states // width, states % width
        found[day] = Layer(kind, codes, toll)
    return merged(found[: last + 1], first) + found[last + 1 :]


def _both(one: Ints, other: Ints) -> tuple[Ints, Ints]:
    """Pairs of classes that some column is in, and which of them each column is."""
    cells = np.flatnonzero(one >= 0)
    pairs, which = unique_rows(np.stack([one[cells], other[cells]], axis=1))
    kind = np.full(len(one), -1, dtype=np.int64)
    kind[cells] = which
    return pairs, kind


def _renumbered(codes: Ints) -> tuple[Ints, Ints]:
    """Distinct numbers from 0 on in their order, and which of them each is; -1 stays."""
    seen = np.zeros(int(codes.max(initial=-1)) + 2, dtype=bool)
    seen[codes] = True
    seen[-1] = False
    place = np.cumsum(seen) - 1
    place[-1] = -1
    return np.flatnonzero(seen), place[codes]


def _reached(layers: list[Layer]) -> list[Layer]:
    """Leave out the states that no tour comes to."""
    found = []
    states = np.zeros(1, dtype=np.int64)
    for layer in layers:
        after, follow = _renumbered(layer.follow[states])
        found.append(Layer(layer.kind, follow, layer.toll[states]))
        states = after if len(after) else np.zeros(1, dtype=np.int64)
        if not len(after):
            break
    for layer in layers[len(found) :]:
        nowhere = np.full((1, layer.follow.shape[1]), -1, dtype=np.int64)
        found.append(Layer(layer.kind, nowhere, np.zeros(nowhere.shape)))
    return found


def _assemble(
    open_cells: Bools, pairs: Floats, layers: list[Layer], dropped: tuple[Promise, ...]
) -> Programme:
    """Lay the automaton and the classes of options out as arrays."""
    days = len(open_cells)
    parts = [_classes(day, open_cells, pairs, layers[day].kind) for day in range(days)]
    groups = np.array([tables.shape[1] for _, tables in parts], dtype=np.int64)
    group = np.stack([part[0] for part in parts])
    table = np.zeros((3, days, int(groups.max())), dtype=np.int64)
    for day, (_, tables) in enumerate(parts):
        table[:, day, : tables.shape[1]] = tables
    enter, leave, use = table
    step = _steps(open_cells, pairs, group, enter, leave)
    sizes = np.array([layer.follow.size for layer in layers])
    tolls = any(layer.toll.any() for layer in layers)
    return Programme(
        group=group,
        enter=enter,
        leave=leave,
        use=use,
        groups=groups,
        step=step,
        begin=np.cumsum(sizes) - sizes,
        uses=np.array([layer.follow.shape[1] for layer in layers]),
        follow=np.concatenate([layer.follow.ravel() for layer in layers]).astype(np.int32),
        toll=np.concatenate([layer.toll.ravel() for layer in layers]) if tolls else np.zeros(1),
        states=np.array([*(len(layer.follow) for layer in layers), 1]),
        dropped=dropped,
    )


def _classes(day: int, open_cells: Bools, pairs: Floats, used: Ints) -> tuple[Ints, Ints]:
    """Group of each option of a day; the enter, leave and use class of each group, (3, groups)."""
    days, columns = open_cells.shape
    cells = np.flatnonzero(open_cells[day])
    nothing = np.zeros((len(cells), 1))
    came = pairs[day - 1][open_cells[day - 1]][:, cells].T if day else nothing
    goes = pairs[day][cells][:, open_cells[day + 1]] if day + 1 < days else nothing
    kinds = [
        unique_rows(np.ascontiguousarray(rows + 0.0).view(np.int64))[1] for rows in (came, goes)
    ]
    tables, which = unique_rows(np.stack([*kinds, used[cells]], axis=1))
    group = np.full(columns, -1, dtype=np.int64)
    group[cells] = which
    return group, tables.T


def _steps(open_cells: Bools, pairs: Floats, group: Ints, enter: Ints, leave: Ints) -> Floats:
    """Cost of each pair of classes, read off one option of either."""
    days = len(group)
    step = np.zeros((days, int(leave.max()) + 1, int(enter.max()) + 1))
    for day in range(1, days):
        before, after = np.flatnonzero(open_cells[day - 1]), np.flatnonzero(open_cells[day])
        rows = leave[day - 1][group[day - 1][before]]
        columns = enter[day][group[day][after]]
        step[day][np.ix_(rows, columns)] = pairs[day - 1][np.ix_(before, after)]
    return step
