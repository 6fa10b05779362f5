"""The shape of an ordinary week, and each past day against it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wfm.forecast.profile.daygrid import DayGrid
from wfm.forecast.profile.level import Days
from wfm.forecast.profile.robust import day_levels, one_offs
from wfm.horizon import DAY


class Sample(NamedTuple):
    """What of a queue's past its shape is learned from."""

    offered: NDArray[np.float64]
    """Contacts, shape ``(weeks, 7, times)``."""
    good: NDArray[np.bool_]
    """Cells that are known, lie on an ordinary day and are no one-offs, same shape."""
    levels: NDArray[np.float64]
    """Level of each day, shape ``(weeks, 7)``."""


def sample(grid: DayGrid, ordinary: NDArray[np.bool_]) -> Sample:
    """Take the cells of ordinary days, given by a mask of shape ``(weeks, 7)``."""
    offered = np.where(ordinary[..., None], grid.offered, np.nan)
    levels = day_levels(offered, DAY // offered.shape[-1])
    good = ~np.isnan(offered) & ~one_offs(offered, levels)
    return Sample(np.nan_to_num(offered), good, levels)


def week_shape(cells: Sample, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Average the days, each brought to a typical level.

    Parameters
    ----------
    cells : Sample
        What is averaged.
    weights : numpy.ndarray
        Weight of each day, shape ``(weeks, 7)``.

    Returns
    -------
    numpy.ndarray
        Contacts of a day of typical level, shape ``(7, times)``, 0 where the queue is closed.
    """
    counted = weights[..., None] * cells.good
    exposure = (counted * cells.levels[..., None]).sum(axis=0)
    sums = (counted * cells.offered).sum(axis=0)
    means = np.zeros_like(sums)
    np.divide(sums, exposure, out=means, where=exposure > 0)
    return np.asarray(means)


def past_days(grid: DayGrid, cells: NDArray[np.bool_], shape: NDArray[np.float64]) -> Days:
    """Every past day against the shape, by some of its cells.

    Parameters
    ----------
    grid : DayGrid
        The queue's past.
    cells : numpy.ndarray
        Cells to count, shape ``(weeks, 7, times)``.
    shape : numpy.ndarray
        As `week_shape` gives it.
    """
    expected = (cells * shape).sum(axis=-1)
    sums = np.where(cells, grid.offered, 0.0).sum(axis=-1)
    whole = np.broadcast_to(shape.sum(axis=-1), expected.shape)
    return Days(
        ratio=np.divide(sums, expected, out=np.zeros_like(sums), where=expected > 0).ravel(),
        weekday=np.tile(np.arange(7), len(expected)),
        age=grid.age.ravel(),
        expected=expected.ravel(),
        share=np.divide(expected, whole, out=np.zeros_like(sums), where=whole > 0).ravel(),
    )
