"""Limits compiled into tour programmes; what several classes of agents share is done once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from wfm.solver.book import Entry, Promise, promises, transition_cost
from wfm.solver.tour.automaton import Automaton, Layer
from wfm.solver.tour.counter import automaton_of
from wfm.solver.tour.layout import assemble
from wfm.solver.tour.product import idle, multiplied, reached
from wfm.solver.tour.programme import Programme

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
MOST_IN_ALL = 40_000
"""Over all days; a walk takes some 10 ms with as many."""


TRIES = 15
"""Times the states of a large programme that all products together may have: what is tried after
that is not carried."""


class Compiler:
    """Compiles programmes, and keeps what several classes of agents share.

    Parameters
    ----------
    everyone : sequence of tuple of Entry
        The limits of each agent.
    contracts : sequence of int
        The contract of each: what binds most who have it is compiled first.
    most : int
        States of a programme over all its days.
    more : int
        How many times the usual number of states it may have before a day.
    """

    def __init__(
        self,
        everyone: Sequence[tuple[Entry, ...]],
        contracts: Sequence[int],
        most: int = MOST_IN_ALL,
        more: int = 1,
    ) -> None:
        self._most, self._more = most, more
        self._tried = 0
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
        layers = [idle(cells) for cells in open_cells]
        dropped = []
        for _, key, automaton in self._in_order(found, short, open_cells, contract):
            if automaton is not None:
                chain = (*carried, key)
                if chain not in self._products:
                    self._products[chain] = self._product(layers, automaton)
                product = self._products[chain]
                if product is not None and sum(len(x.follow) for x in product) <= self._most:
                    layers, carried = product, chain
                    continue
            dropped.append(found[key])
        return assemble(open_cells, pairs, reached(layers), tuple(dropped))

    def _product(self, layers: list[Layer], automaton: Automaton) -> list[Layer] | None:
        if self._more == 1:
            return multiplied(layers, automaton)
        if self._tried > TRIES * self._most:
            return None
        found = multiplied(layers, automaton, self._more, self._most)
        self._tried += self._most if found is None else sum(len(x.follow) for x in found)
        return found

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
