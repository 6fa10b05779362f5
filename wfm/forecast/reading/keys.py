"""One number for each queue and start, by which rows are compared and put in order."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wfm.forecast.clock import epoch_seconds


def row_keys(queue: NDArray[np.integer], start: pd.DatetimeIndex) -> NDArray[np.int64]:
    """Numbers that rise by queue, then by start, shape ``(rows,)``.

    Parameters
    ----------
    queue : numpy.ndarray
        Place of each row's queue, shape ``(rows,)``.
    start : pandas.DatetimeIndex
        Start of each row.
    """
    seconds = epoch_seconds(start)
    first = int(seconds.min())
    keys = queue.astype(np.int64)
    keys *= int(seconds.max()) - first + 1
    keys += seconds
    keys -= first
    return keys


def in_order(keys: NDArray[np.int64]) -> bool:
    """Whether each row comes after the one before it, none of them twice."""
    return bool((keys[1:] > keys[:-1]).all())


def repeated(
    keys: NDArray[np.int64], keep: Literal["first", "last"] = "first"
) -> NDArray[np.bool_]:
    """Rows with the queue and start of another one that is kept, shape ``(rows,)``."""
    if in_order(keys):
        return np.zeros(len(keys), dtype=bool)
    return np.array(pd.Series(keys, copy=False).duplicated(keep=keep))
