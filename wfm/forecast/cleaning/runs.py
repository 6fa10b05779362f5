"""Runs of intervals that follow each other."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Runs(NamedTuple):
    """Stretches of chosen cells, each array of shape ``(runs,)``."""

    first: NDArray[np.int64]
    """Index of the first cell."""
    last: NDArray[np.int64]
    """Index of the last cell, which belongs to the run."""

    def where(self, chosen: NDArray[np.bool_]) -> Runs:
        """Take some of the runs."""
        return Runs(self.first[chosen], self.last[chosen])

    def sums(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Sum of the cells of each run, of values that are all known."""
        total = np.concatenate([[0.0], np.cumsum(values)])
        return np.asarray(total[self.last + 1] - total[self.first])

    def inside(self, cells: int) -> NDArray[np.bool_]:
        """Mask of all cells from the first to the last of any run, shape ``(cells,)``."""
        steps = np.bincount(self.first, minlength=cells + 1)
        steps = steps - np.bincount(self.last + 1, minlength=cells + 1)
        return np.asarray(np.cumsum(steps)[:cells] > 0)


def runs(flags: NDArray[np.bool_], judged: NDArray[np.bool_], apart: int) -> Runs:
    """Runs of flagged cells among those that can be judged.

    Parameters
    ----------
    flags, judged : numpy.ndarray
        Shape ``(cells,)``, in time order. Cells that cannot be judged do not end a run.
    apart : int
        Flagged cells further apart than this belong to different runs.
    """
    cells = np.flatnonzero(judged)
    flagged = np.flatnonzero(flags[cells])
    if not len(flagged):
        return Runs(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
    new = (np.diff(flagged) > 1) | (np.diff(cells[flagged]) > apart)
    first = np.concatenate([[0], np.flatnonzero(new) + 1])
    last = np.concatenate([np.flatnonzero(new), [len(flagged) - 1]])
    return Runs(cells[flagged[first]], cells[flagged[last]])


def repeated(inside: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Cells whose time of day is chosen on at least 3 of the 7 days around them.

    Parameters
    ----------
    inside : numpy.ndarray
        Shape ``(days, times)``.
    """
    padded = np.pad(inside.astype(np.int64), ((4, 3), (0, 0)))
    total = np.cumsum(padded, axis=0)
    return np.asarray(inside & (total[7:] - total[:-7] >= 3))
