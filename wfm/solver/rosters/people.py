"""Everyone's tour programme, and what couples their rows, as compiled code reads them."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from wfm.solver.book import Book, Entry, Promise, parted
from wfm.solver.counts import Grids
from wfm.solver.own import OwnLimits
from wfm.solver.rosters.joint import Joint, priced_cells
from wfm.solver.rosters.program import Program
from wfm.solver.tour.bundle import Bundle, best_of, bundle_of
from wfm.solver.tour.compiler import Compiler
from wfm.solver.tour.programme import Programme

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
MOST_IN_ALL, MORE = 3_000_000, 6
"""States of a programme over all days, and times the usual ones before a day: a walk through a
stretch of days meets few of them."""

ATTEMPTS = 60
"""Prices of what a programme does not carry that are tried for a row."""
RISE, SPREAD = 0.03, 0.2
"""How far such a price rises for a shift too many, and random worth of cells, as shares of the
price of what couples people."""


def couples_plainly(program: Program) -> bool:
    """Whether what couples people are counts of cells alone, each with a breach of its own."""
    rows, breach = program.soft[program.couples], program.breach[program.couples]
    middle = program.matrix[rows][:, program.own : program.own + len(program.over)]
    return middle.nnz == 0 and len(np.unique(breach)) == len(breach)


class People:
    """What compiled code needs to change a roster row by row.

    Attributes
    ----------
    bundle : Bundle
        The distinct programmes.
    number : ndarray of int, shape (agents,)
        Everyone's programme.
    programmes : list of Programme
        The same, one for each agent.
    base : ndarray, shape (agents, days, options + 1)
        Value of each cell for itself, minus infinity where it is shut.
    joint : Joint
        What couples them.
    beside : OwnLimits
        Promises that the programmes do not carry.
    extra : ndarray of int, shape (agents + 1,)
        Where those of each agent begin.
    """

    def __init__(self, program: Program, book: Book) -> None:
        self.program = program
        compiler = Compiler(tuple(map(_open, book.own)), [0] * program.agents, MOST_IN_ALL, MORE)
        offered = np.ones((program.days, program.options), dtype=bool)
        self.programmes = [compiler.compile(_open(own), offered) for own in book.own]
        distinct = {id(programme): programme for programme in self.programmes}
        places = {known: place for place, known in enumerate(distinct)}
        self.number = np.array([places[id(p)] for p in self.programmes], dtype=np.int64)
        self.bundle: Bundle = bundle_of(list(distinct.values()))
        self.base = self._base()
        self.joint = joint = self._joint()
        self._cells = csr_matrix(
            (joint.factor, joint.row, joint.begin), (len(joint.begin) - 1, len(joint.most))
        )
        self.beside, self.extra = _beside(self.programmes, program.options)

    @property
    def complete(self) -> bool:
        """Whether everyone's programme carries all that binds a row."""
        return all(programme.complete for programme in self.programmes)

    @property
    def open_cells(self) -> Bools:
        """Cells that are not shut for themselves, as a new array, shaped as `base`."""
        return np.isfinite(self.base)

    def best(self, tours: Ints, agent: int, random: np.random.Generator) -> tuple[float, Ints]:
        """Someone's best row beside the others, and its value.

        Where the programme does not carry all limits, each of the others gets a price that rises
        while it is broken (a subgradient); the row may still break some in the end.
        """
        days, columns = self.base.shape[1:]
        value = np.empty((days, columns))
        others = tours.copy()
        others[agent] = columns - 1
        priced_cells(self.joint, self.counts(others), self.base, agent, 0, days - 1, value)
        programme = self.programmes[agent]
        if programme.complete:
            return programme.best(value)
        entries = [
            entry
            for promise in programme.dropped
            for entry in promise.entries
            if entry.weight is None and not entry.limit.any_of
        ]
        # Cells that are worth the same would all change at one and the same price.
        scale = float(np.sqrt(np.mean(self.joint.price**2)))
        value += scale * SPREAD * random.random(value.shape)
        for attempt in range(ATTEMPTS):
            worth, tour = programme.best(value)
            if np.isinf(worth) or np.isfinite(self.cost_beside(agent, tour)):
                break
            for entry in entries:
                cells = entry.limit.cells[0]
                broken = max(0, cells.of(tour) - entry.limit.most)
                largest = max(1, int(np.abs(cells.grid).max()))
                rise = scale * RISE / (1 + attempt) ** 0.5 * broken / largest**2
                value[cells.day : cells.day + len(cells.grid), :-1] -= rise * cells.grid
        return worth, tour

    def cost_beside(self, agent: int, tour: Ints) -> float:
        """What a row costs by the promises that its programme does not carry."""
        return self.beside.part_cost(int(self.extra[agent]), int(self.extra[agent + 1]), tour)

    def _base(self) -> Floats:
        program = self.program
        cells = program.days * program.options
        mine = (program.agents, program.block)
        value = -program.cost[: program.own].reshape(mine)[:, :cells] / program.scale
        value[program.upper[: program.own].reshape(mine)[:, :cells] == 0] = -np.inf
        base = np.zeros((program.agents, program.days, program.options + 1))
        base[:, :, :-1] = value.reshape(program.agents, program.days, program.options)
        base[:, :, -1][program.lower[: program.own].reshape(mine)[:, cells:] > 0] = -np.inf
        return base

    def _joint(self) -> Joint:
        program = self.program
        rows, breach = program.soft[program.couples], program.breach[program.couples]
        own = program.matrix[rows][:, : program.own].tocsc()
        # What is counted by the day is counted by each cell of the day.
        columns = np.arange(program.own).reshape(program.agents, program.block)
        cells = program.days * program.options
        days = np.repeat(columns[:, cells:], program.options, axis=1)
        by_cell = (own[:, columns[:, :cells].ravel()] + own[:, days.ravel()]).tocsc()
        by_cell.eliminate_zeros()
        by_row: csr_matrix = by_cell.tocsr()
        first = by_row.indices[by_row.indptr[:-1]] % cells // program.options
        return Joint(
            by_cell.indptr.astype(np.int64),
            by_cell.indices.astype(np.int64),
            by_cell.data.astype(np.int64),
            program.high[rows],
            program.cost[breach] / program.scale,
            first.astype(np.int64),
        )

    def counts(self, tours: Ints) -> Ints:
        """What the joint limits count at tours of shape ``(agents, days)``, shape ``(rows,)``."""
        everyone = np.arange(self.program.agents)
        found: Ints = np.asarray(self.counted(everyone, tours).sum(axis=0)).ravel()
        return found

    def counted(self, agents: Ints, tours: Ints) -> csr_matrix:
        """What the joint limits count of single rows, shape ``(tours, limits)``."""
        program = self.program
        place, day = np.nonzero(tours < program.options)
        cell = (agents[place] * program.days + day) * program.options + tours[place, day]
        size = (len(tours), self._cells.shape[0])
        found: csr_matrix = csr_matrix((np.ones(len(cell), np.int64), (place, cell)), size)
        return (found @ self._cells).tocsr()

    def capped(self, price: Floats) -> Floats:
        """Prices at which a breach costs nothing more than its count."""
        return np.clip(price, 0.0, self.joint.price)

    def priced(self, price: Floats, base: Floats) -> Floats:
        """What each cell is worth after what it pays at prices of the joint limits."""
        program = self.program
        paid = (self._cells @ price).reshape(program.agents, program.days, program.options)
        value = base.copy()
        value[:, :, :-1] -= paid
        return value

    def best_rows(self, value: Floats) -> tuple[Floats, Ints]:
        """Value and options of everyone's best row, shapes ``(agents,)`` and ``(agents, days)``."""
        worth = np.empty(len(value))
        tours = np.full(value.shape[:2], self.program.options, dtype=np.int64)
        _best_rows(self.bundle, self.number, value, worth, tours)
        return worth, tours

    def bound(self, price: Floats, worth: Floats) -> float:
        """What no roster costs less than, in units, by everyone's best rows at some prices."""
        return self.program.offset - float(worth.sum()) - float(price @ self.joint.most)


def _open(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """What looks at several days, without what only shuts cells."""
    return tuple(entry for entry in parted(entries)[1] if not _shuts(entry))


def _shuts(entry: Entry) -> bool:
    limit = entry.limit
    hard = entry.weight is None and not limit.any_of and limit.most == 0
    return hard and all((cells.grid >= 0).all() for cells in limit.cells)


def _beside(programmes: list[Programme], options: int) -> tuple[OwnLimits, Ints]:
    grids = Grids(options + 1)
    found: list[Promise] = [some for programme in programmes for some in programme.dropped]
    limits = OwnLimits(found, grids)
    grids.close()
    entries = [sum(len(some.entries) for some in p.dropped) for p in programmes]
    return limits, np.cumsum([0, *entries])


@njit(cache=True, nogil=True)
def _best_rows(bundle: Bundle, number: Ints, value: Floats, worth: Floats, tours: Ints) -> None:
    """Fill in everyone's best row and its worth, without a word of Python between two of them."""
    for agent in range(len(number)):
        worth[agent] = best_of(bundle, number[agent], value[agent], tours[agent])
