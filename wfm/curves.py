"""Service curves by their breakpoints, as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Point: TypeAlias = tuple[int, float]


@dataclass(frozen=True, eq=False)
class Curves:
    """Breakpoints of all curves of a demand, end to end: queue by queue, slot by slot.

    Attributes
    ----------
    shape : tuple of int
        Queues and slots.
    cell : ndarray of int, shape (points,)
        Curve of each point, ``queue * slots + slot``.
    heads : ndarray of int, shape (points,)
        Scheduled agents.
    contacts : ndarray, shape (points,)
        Contacts that they are planned to answer in time.
    """

    shape: tuple[int, int]
    cell: Ints
    heads: Ints
    contacts: Floats

    @classmethod
    def of(cls, service: Sequence[Sequence[Sequence[Point]]]) -> Curves:
        """Take the curves of a demand, shape ``(queues, slots, points, 2)``, ragged."""
        curves = list(chain.from_iterable(service))
        sizes = np.fromiter(map(len, curves), dtype=np.int64, count=len(curves))
        flat = chain.from_iterable(chain.from_iterable(curves))
        points = np.fromiter(flat, dtype=float, count=2 * int(sizes.sum())).reshape(-1, 2)
        cell = np.repeat(np.arange(len(curves)), sizes)
        queues = len(service)
        shape = (queues, len(curves) // max(1, queues))
        return cls(shape, cell, points[:, 0].astype(np.int64), points[:, 1])

    @property
    def rises(self) -> Ints:
        """Points that another one of their curve follows, shape ``(pieces,)``."""
        return np.flatnonzero(self.cell[:-1] == self.cell[1:])

    @property
    def slopes(self) -> Floats:
        """Contacts of another head right of each point, zero past the last; ``(points,)``."""
        slopes, left = np.zeros(len(self.cell)), self.rises
        more = self.contacts[left + 1] - self.contacts[left]
        slopes[left] = more / (self.heads[left + 1] - self.heads[left])
        return slopes

    def at(self, cell: Ints, heads: NDArray[np.number]) -> Floats:
        """Contacts at some heads on some curves, whole or not; arrays of one shape."""
        width = int(self.heads.max(initial=0)) + 1
        within = np.minimum(heads, width)
        keys = self.cell * (width + 1) + self.heads
        left = np.searchsorted(keys, cell * (width + 1) + within, side="right") - 1
        beyond = within - self.heads[left]
        return np.asarray(self.contacts[left] + beyond * self.slopes[left])

    def table(self, most: int | None = None) -> Floats:
        """Contacts at 0, 1, ..., `most` heads, shape ``(queues, slots, most + 1)``.

        By default up to the last breakpoint of all.
        """
        most = int(self.heads.max(initial=0)) if most is None else most
        cells = np.arange(self.shape[0] * self.shape[1])
        heads = np.arange(most + 1)
        grid = np.broadcast_arrays(cells[:, None], heads)
        return self.at(*grid).reshape(*self.shape, most + 1)
