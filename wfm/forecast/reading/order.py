"""Rows that stand before earlier ones, as late deliveries do."""

from __future__ import annotations

import numpy as np
import pandas as pd

from wfm.forecast.clock import epoch_seconds
from wfm.forecast.finding import Finding
from wfm.forecast.reading.table import Table


def out_of_order(
    table: Table, names: pd.Categorical[str], start: pd.DatetimeIndex, wall: pd.DatetimeIndex
) -> list[Finding]:
    """One finding per queue with rows out of order; they are put in order.

    A queue whose rows run backwards in time is in order too. At an hour that the clocks show
    twice, both the order in time and that of the clock will do.

    Parameters
    ----------
    table : Table
        Where the rows come from.
    names : numpy.ndarray
        Queue of each row.
    start, wall : pandas.DatetimeIndex
        Start of each row in UTC, and what the wall clock shows then.
    """
    codes, queues = names.codes, names.categories
    rows = np.argsort(codes, kind="stable")
    same = np.diff(codes[rows]) == 0
    step = np.where(same, np.diff(epoch_seconds(start)[rows]), 0)
    shown = np.where(same, np.diff(epoch_seconds(wall)[rows]), 0)
    back = (step < 0) & (shown < 0)
    ahead = (step > 0) & (shown > 0)
    first = codes[rows[1:]]
    count_back = np.bincount(first, back, minlength=len(queues))
    count_ahead = np.bincount(first, ahead, minlength=len(queues))
    odd = np.where((count_back > count_ahead)[first], ahead, back)
    found = []
    for code in np.flatnonzero(np.bincount(first, odd, minlength=len(queues))).tolist():
        own = rows[1:][odd & (first == code)]
        place = table.place(int(own[0]), "start")
        count = f"{len(own)} row{'s' * (len(own) != 1)}"
        message = (
            f"{queues[code]}: the order of times breaks at {count}, first at {place}; the rows "
            "were put in order."
        )
        found.append(Finding("out of order", str(queues[code]), place, message))
    return found
