"""Waits of a table: who hung up, and how long an interval's contacts waited."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wfm.forecast.reading.table import Table

LONGEST = 86_400.0


def waits(table: Table, offered: NDArray[np.float64]) -> dict[str, NDArray[np.float64]]:
    """Columns ``abandoned`` and ``wait`` of a history, as far as the table has them.

    Parameters
    ----------
    table : Table
        Perhaps with ``abandoned``, and ``wait`` or ``wait_time``.
    offered : numpy.ndarray
        Contacts of each row, shape ``(rows,)``.

    Returns
    -------
    dict of str to numpy.ndarray
        ``abandoned``: contacts that hung up, 0 where none was offered. ``wait``: mean seconds that
        a contact waited, NaN where none was offered. Both NaN where the cell is blank.
    """
    found = {}
    if "abandoned" in table:
        found["abandoned"] = _abandoned(table, offered)
    if "wait" in table or "wait_time" in table:
        found["wait"] = _mean_wait(table, offered)
    return found


def _abandoned(table: Table, offered: NDArray[np.float64]) -> NDArray[np.float64]:
    abandoned = table.numbers("abandoned")
    table.refuse(abandoned < 0, "abandoned", "be a number from 0 up")
    table.refuse(abandoned > offered, "abandoned", "be at most the contacts offered")
    return np.where(offered > 0, abandoned, 0.0)


def _mean_wait(table: Table, offered: NDArray[np.float64]) -> NDArray[np.float64]:
    column = "wait" if "wait" in table else "wait_time"
    cells = table.numbers(column)
    some = offered > 0
    table.refuse(cells < 0, column, "be a number of seconds from 0 up")
    table.refuse(~some & (cells > 0), column, "be 0 or blank where no contact was offered")
    mean = cells
    if column == "wait_time":
        with np.errstate(over="ignore"):
            mean = np.divide(cells, offered, out=cells.copy(), where=some)
    table.refuse(mean > LONGEST, column, "be at most a day (86400 s) per contact")
    return np.where(some, mean, np.nan)
