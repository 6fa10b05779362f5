"""Service as a function of the agents on it, in a form that a solver can trust."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from wfm.curves import Point
from wfm.forecast.erlang.compiled import compiled

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Curve: TypeAlias = tuple[Point, ...]


def concave(answered: Floats) -> Floats:
    """Make S-shaped curves concave without ever promising more than they do.

    Above its steepest step a curve stays as it is; below, it falls on with that step and so may
    end below zero, which makes a starved slot dearer than its contacts.

    Parameters
    ----------
    answered : ndarray, shape (curves, agents + 1)
        Contacts answered in time by 0, 1, 2, ... agents.

    Returns
    -------
    ndarray, shape (curves, agents + 1)
        Concave, nowhere above `answered`, and equal to it at its end.
    """
    steps = np.diff(answered, axis=1)
    if not steps.size:
        return answered
    steepest = steps.argmax(axis=1)[:, None]
    falling = np.where(np.arange(steps.shape[1]) < steepest, steps.max(axis=1)[:, None], steps)
    falling = np.minimum.accumulate(falling, axis=1)
    ahead = falling[:, ::-1].cumsum(axis=1)[:, ::-1]
    return np.hstack([answered[:, -1:] - ahead, answered[:, -1:]])


def breakpoints(answered: Floats, error: float) -> Curve:
    """Few of a concave curve's points, with straight lines between them.

    Each line is as long as it can be without falling further below the points that it leaves out;
    lines between points of a concave curve are never above it.

    Parameters
    ----------
    answered : ndarray, shape (agents + 1,)
        Contacts answered in time by 0, 1, 2, ... agents; concave.
    error : float
        Most contacts by which a line may lie below a point.
    """
    chosen = _longest(answered, error)
    heads = np.flatnonzero(chosen)
    return tuple(zip(heads.tolist(), answered[heads].tolist(), strict=True))


@compiled
def _longest(answered: Floats, error: float) -> NDArray[np.bool_]:
    chosen = np.zeros(answered.size, dtype=np.bool_)
    start = 0
    chosen[0] = True
    while start < answered.size - 1:
        end = start + 1
        while end < answered.size - 1 and _gap(answered, start, end + 1) <= error:
            end += 1
        chosen[end] = True
        start = end
    return chosen


@compiled
def _gap(answered: Floats, start: int, end: int) -> float:
    """Largest height of a curve's points over the line between two of them."""
    slope = (answered[end] - answered[start]) / (end - start)
    most = 0.0
    for point in range(start + 1, end):
        most = max(most, answered[point] - answered[start] - slope * (point - start))
    return most
