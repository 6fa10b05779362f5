"""An integer program whose points are rosters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

Ints = NDArray[np.int64]
UNBOUNDED = 10**12
"""Bound of a row that has none on that side."""


@dataclass(frozen=True, eq=False)
class Program:
    """Minimise ``cost @ x / scale + offset`` with ``low <= matrix @ x <= high``, x whole numbers.

    The columns are, agent after agent, the cells (a shift option on a day) and the worked days,
    then what each `AnyOf` counts, then the breaches of soft limits.

    Attributes
    ----------
    agents, days, options : int
        Sizes.
    lower, upper : ndarray of int, shape (columns,)
        Bounds of the columns.
    cost : ndarray of int, shape (columns,)
        In parts of a unit of cost, rounded down.
    scale : int
        Parts of a unit.
    offset : float
        Cost in units that no roster avoids.
    matrix : csr_matrix, shape (rows, columns)
        Coefficients.
    low, high : ndarray of int, shape (rows,)
        Bounds of the rows.
    counts : csr_matrix, shape (any_of, own)
        What each `AnyOf` looks at; its column is 1 if that is above `over`.
    over : ndarray of int, shape (any_of,)
        Those bounds.
    soft : ndarray of int, shape (soft,)
        Rows of the soft limits.
    breach : ndarray of int, shape (soft,)
        Column of the breach of each, which may be shared.
    couples : ndarray of int
        Which of the soft rows bind several agents together.
    """

    agents: int
    days: int
    options: int
    lower: Ints
    upper: Ints
    cost: Ints
    scale: int
    offset: float
    matrix: csr_matrix
    low: Ints
    high: Ints
    counts: csr_matrix
    over: Ints
    soft: Ints
    breach: Ints
    couples: Ints

    @property
    def block(self) -> int:
        """Columns of one agent."""
        return self.days * (self.options + 1)

    @property
    def own(self) -> int:
        """Columns of all agents."""
        return self.agents * self.block

    @property
    def owner(self) -> Ints:
        """Agent of each of the agents' columns, shape ``(own,)``."""
        return np.repeat(np.arange(self.agents), self.block)

    @property
    def day(self) -> Ints:
        """Day of each of the agents' columns, shape ``(own,)``."""
        days = np.arange(self.days)
        return np.tile(np.concatenate([np.repeat(days, self.options), days]), self.agents)

    def point(self, tours: Ints) -> Ints:
        """Values of all columns at tours of shape ``(agents, days)``, shape ``(columns,)``."""
        x = np.zeros(len(self.cost), dtype=np.int64)
        agent, day = np.nonzero(tours < self.options)
        x[agent * self.block + day * self.options + tours[agent, day]] = 1
        x[agent * self.block + self.days * self.options + day] = 1
        return self.completed(x)

    def completed(self, x: Ints) -> Ints:
        """The same agents' columns, with all others as they follow from them."""
        x = x.copy()
        middle = self.own + len(self.over)
        x[self.own : middle] = self.counts @ x[: self.own] > self.over
        x[middle:] = 0
        excess = self.matrix[self.soft] @ x - self.high[self.soft]
        np.maximum.at(x, self.breach, np.maximum(excess, 0))
        return x

    def tours(self, x: Ints) -> Ints:
        """Tours of a point: the option of each day, past the last when off."""
        blocks = x[: self.own].reshape(self.agents, self.block)
        cells = blocks[:, : self.days * self.options] > 0
        worked = cells.reshape(self.agents, self.days, self.options)
        return np.where(worked.any(axis=2), worked.argmax(axis=2), self.options)

    def value(self, x: Ints) -> float:
        """Cost of a point, in units."""
        return float(self.cost @ x) / self.scale + self.offset

    def keeps(self, x: Ints) -> bool:
        """Whether a point keeps all bounds."""
        rows = self.matrix @ x
        inside = (self.lower <= x) & (x <= self.upper)
        return bool(inside.all() and (self.low <= rows).all() and (rows <= self.high).all())
