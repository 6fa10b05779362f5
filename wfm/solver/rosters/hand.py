"""The roster in hand, which only gets better, and what no roster costs less than."""

from __future__ import annotations

import threading

import numpy as np
from numpy.typing import NDArray

from wfm.solver.rosters.bound import sure_bound
from wfm.solver.rosters.program import Program

Ints = NDArray[np.int64]


class Hand:
    """What the threads of a search share.

    Attributes
    ----------
    x : ndarray of int, shape (columns,)
        The roster in hand.
    cost, bound : float
        Its cost, and what no roster costs less than, in units.
    bound_by : str
        What proved the bound.
    news : threading.Event
        Set when any of them changes.
    lock : threading.RLock
        Held by whoever reads or changes several of them.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self.x: Ints = program.completed(np.zeros(len(program.cost), dtype=np.int64))
        self.cost = np.inf
        self.bound = float(program.cost.clip(max=0) @ program.upper) / program.scale
        self.bound += program.offset
        self.bound_by = "sum of all that can be gained"
        self.news = threading.Event()
        self.lock = threading.RLock()

    @property
    def settled(self) -> bool:
        """Whether no roster costs less than the one in hand."""
        return self.cost <= self.bound + 1e-9

    def seat(self, columns: Ints, values: Ints) -> None:
        """Put a row in, whatever it costs: there is no whole roster yet."""
        with self.lock:
            self.x = self._replaced(columns, values)

    def seated(self) -> None:
        """Price the roster if every row is there and all limits are kept."""
        with self.lock:
            if self.program.keeps(self.x):
                self.cost = self.program.value(self.x)
        self.news.set()

    def take(self, columns: Ints, values: Ints) -> float:
        """Take values over if the roster stays allowed and costs no more; what that gains.

        Another thread may have changed the roster since they were looked for.
        """
        with self.lock:
            x = self._replaced(columns, values)
            cost = self.program.value(x)
            if cost > self.cost or not self.program.keeps(x):
                return 0.0
            gain = self.cost - cost
            self.x, self.cost = x, cost
        if gain > 0:
            self.news.set()
        return gain

    def prove(self, bound: float, by: str) -> None:
        """Raise the bound, if that is higher."""
        with self.lock:
            if bound > self.bound:
                self.bound, self.bound_by = bound, by
                self.news.set()

    def sure(self, bound: float) -> float:
        """A bound in units, found in floating point, as one that surely holds."""
        program = self.program
        return sure_bound(program, (bound - program.offset) * program.scale)

    def beaten(self, bound: float) -> bool:
        """Whether no roster of a bound, found in floating point, is better than that in hand."""
        return self.sure(bound) >= self.cost - 1e-9

    def _replaced(self, columns: Ints, values: Ints) -> Ints:
        """The roster in hand with other values of some agents' columns."""
        own = columns < self.program.own
        x = self.x.copy()
        x[columns[own]] = values[own]
        return self.program.completed(x)
