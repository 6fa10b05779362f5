"""Dates that can only be slips: a clock's zero, a wrong century, a year far from all others."""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wfm.forecast.clock import EPOCH, epoch_seconds
from wfm.forecast.reading.table import Table

EARLIEST: Final = date(1990, 1, 1)
LATEST: Final = date(2100, 1, 1)
LONELY: Final = 400
"""Days without any row beyond which a few rows are slips."""
FEW: Final = 0.05
"""Share of the rows that are few."""


def refuse_stray_dates(table: Table, start: pd.DatetimeIndex) -> None:
    """Raise for starts before 1990 or from 2100 on, and for few rows far from all others.

    Parameters
    ----------
    table : Table
        Where the rows come from.
    start : pandas.DatetimeIndex
        Start of each row in UTC.
    """
    day = epoch_seconds(start) // 86_400
    outside = (day < (EARLIEST - EPOCH).days) | (day >= (LATEST - EPOCH).days)
    table.refuse(outside, "start", "lie between 1990 and 2100")
    must = f"lie within {LONELY} days of the other rows"
    table.refuse(_lonely(day), "start", must)


def _lonely(day: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Rows on the smaller side of the widest gap, if they are few and the gap is wide."""
    ordered = np.sort(day)
    gaps = np.diff(ordered)
    if not len(gaps) or gaps.max() <= LONELY:
        return np.zeros(len(day), dtype=bool)
    before = day <= ordered[int(gaps.argmax())]
    fewer = before if before.sum() <= len(day) / 2 else ~before
    return fewer if fewer.mean() <= FEW else np.zeros(len(day), dtype=bool)
