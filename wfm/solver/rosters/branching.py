"""Branch and price: what the linear program over whole rows leaves open is decided cell by cell.

A node shuts some cells. Where its linear program mixes rows, one of the cells that are worked
nearest to a half is either worked for certain or shut; the first is followed down to a roster or to
a bound that is no better than the one in hand, then the node with the least bound is next. Now and
then a dive is faster: row after row is taken over from the mix, the largest share first.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wfm.solver.rosters.hand import Hand
from wfm.solver.rosters.row_program import Mix, RowProgram

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
WHOLE = 1e-6
"""A share that differs by less from nothing or one is that."""
DIVES = 10
"""Nodes from one dive to the next."""
FEW = 8
"""Rounds of new rows after each row that a dive takes over."""
NOISE = 0.3
"""How much of a share is chance when a row is chosen; the first dive goes without."""


class Node(NamedTuple):
    """Cells that are decided; sorted by what no roster of them costs less than.

    Attributes
    ----------
    bound : float
        In units.
    number : int
        The older comes first where bounds are the same: what is below it is less like the last.
    decided : tuple of tuple
        Agent, day, option and whether it is worked.
    """

    bound: float
    number: int
    decided: tuple[tuple[int, int, int, bool], ...]


class Branching:
    """A tree under way.

    Parameters
    ----------
    rows : RowProgram
        With the rows of its optimum.
    hand : Hand
        Takes each better roster and the bound.
    random : numpy.random.Generator
        For dives.
    """

    def __init__(self, rows: RowProgram, hand: Hand, random: np.random.Generator) -> None:
        self.rows, self.hand, self.random = rows, hand, random
        self._numbers = 0
        self._left = np.inf
        self._waiting: list[Node] = []
        self._next: Node | None = Node(-np.inf, 0, ())

    def run(self, over: Callable[[], bool]) -> None:
        """Decide until nothing is open, or it is over; it can be run on."""
        while not over():
            node = self._next or self._least()
            if node is None:
                self._prove(self.hand.cost)
                return
            self._next = None
            if node.bound < self.hand.cost:
                self._branch(node)

    def _least(self) -> Node | None:
        if not self._waiting:
            return None
        node = heapq.heappop(self._waiting)
        if node.bound < self.hand.cost:
            self._prove(node.bound)
        return node

    def _prove(self, bound: float) -> None:
        self.hand.prove(min(bound, self._left), "branch and price")

    def _branch(self, node: Node) -> None:
        """Solve a node, and decide a cell of what it mixes."""
        open_cells = self.rows.people.open_cells
        for agent, day, option, worked in node.decided:
            _decide(open_cells, agent, day, option, worked)
        mix = self.rows.solve(open_cells, self.hand.beaten)
        if self.rows.stopped():
            self._next = node
            return
        if mix is None:
            return
        cells = mix.cells(open_cells.shape)
        mixed = np.abs(cells - 0.5)
        agent, day, option = map(int, np.unravel_index(mixed.argmin(), mixed.shape))
        if mixed[agent, day, option] > 0.5 - WHOLE:
            self._take(cells)
            if not self.hand.beaten(mix.bound):
                # Less by a rounding, or rows were still to come: nothing below is left to decide.
                self._left = min(self._left, self.hand.sure(mix.bound))
            return
        # Rounded up, many are equal.
        bound = max(node.bound, self.hand.sure(mix.bound))
        if self._numbers % DIVES == 0:
            self._dive(open_cells, NOISE if node.decided else 0.0)
        self._numbers += 1
        cell = (agent, day, option)
        heapq.heappush(self._waiting, Node(bound, self._numbers, (*node.decided, (*cell, False))))
        self._next = Node(bound, self._numbers, (*node.decided, (*cell, True)))

    def _dive(self, open_cells: Bools, noise: float) -> None:
        """Take row after row over, until all are whole or no better roster is left below."""
        open_cells = open_cells.copy()
        taken = np.zeros(len(open_cells), dtype=bool)
        while not self.rows.stopped():
            mix = self.rows.solve(open_cells, self.hand.beaten, FEW)
            if mix is None:
                return
            mine = ~taken[mix.agent]
            chosen = mine & (mix.share > 1 - WHOLE)
            for place in np.flatnonzero(chosen).tolist():
                _decide_row(open_cells, mix, place)
            taken[mix.agent[chosen]] = True
            rest = np.flatnonzero(mine & ~chosen)
            if not len(rest):
                if taken.all():
                    self._take(open_cells)
                return
            place = int(rest[np.argmax(mix.share[rest] + noise * self.random.random(len(rest)))])
            _decide_row(open_cells, mix, place)
            taken[mix.agent[place]] = True

    def _take(self, cells: Bools | Floats) -> None:
        """Take a roster over, if it is better."""
        program = self.rows.people.program
        own = np.arange(program.own)
        self.hand.take(own, program.point(cells.argmax(axis=2))[own])


def _decide(open_cells: Bools, agent: int, day: int, option: int, worked: bool) -> None:
    if not worked:
        open_cells[agent, day, option] = False
        return
    was_open = open_cells[agent, day, option]
    open_cells[agent, day] = False
    open_cells[agent, day, option] = was_open


def _decide_row(open_cells: Bools, mix: Mix, place: int) -> None:
    """Leave only the cells of one row of the mix open for who works it."""
    agent, tour = mix.agent[place], mix.tours[place]
    open_cells[agent] = False
    open_cells[agent, np.arange(len(tour)), tour] = True
