"""From the agents that are needed to those that have to be scheduled."""

from __future__ import annotations

from typing import overload

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wfm.errors import InputError

Floats = NDArray[np.float64]


@overload
def scheduled(base: float, shrinkage: float) -> float: ...
@overload
def scheduled(base: ArrayLike, shrinkage: ArrayLike) -> Floats: ...


def scheduled(base: ArrayLike, shrinkage: ArrayLike) -> float | Floats:
    """Agents to schedule so that a number of them is available.

    Parameters
    ----------
    base : float or array_like
        Agents that have to be available, from 0 up.
    shrinkage : float or array_like
        Share of scheduled time in which an agent is not available, from 0 up and below 1; such as
        ``1 - queue.available(horizon)``. Broadcasts against `base`.

    Returns
    -------
    float or ndarray
        base / (1 - shrinkage), not rounded. The share is one of *scheduled* time, so that 30 %
        turns 100 into 143. Adding it on top, base x (1 + shrinkage), gives 130, of whom only 91 are
        there.

    Raises
    ------
    InputError
        Naming the first value that is out of range.
    """
    needed = _checked(base, "base", "be a finite number from 0 up", np.inf)
    lost = _checked(shrinkage, "shrinkage", "be from 0 up and below 1", 1.0)
    found = needed / (1.0 - lost)
    return found if found.ndim else float(found)


def _checked(values: ArrayLike, name: str, must: str, below: float) -> Floats:
    array = np.asarray(values, dtype=np.float64)
    bad = np.argwhere(~((array >= 0) & (array < below)))
    if len(bad):
        where = f"{name}[{', '.join(map(str, bad[0]))}]" if array.ndim else name
        raise InputError(where, must, float(array[tuple(bad[0])]))
    return array
