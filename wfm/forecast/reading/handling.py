"""Handle times of a table: given as a mean, as a total, or as a stated constant."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wfm.errors import InputError
from wfm.forecast.finding import Finding, FindingKind
from wfm.forecast.reading.table import Table

LONGEST = 86_400.0
OTHERWISE = ", or a column 'handle_time' of total seconds, or be read with aht=SECONDS"


def handle_times(
    table: Table, queue: pd.Categorical[str], offered: NDArray[np.float64], constant: float | None
) -> tuple[NDArray[np.float64], list[Finding]]:
    """AHT of each row in seconds, NaN where no contact was offered or handled.

    Parameters
    ----------
    table : Table
        With ``aht``, else ``handle_time``, and perhaps ``handled``.
    queue : pandas.Categorical
        Queue of each row.
    offered : numpy.ndarray
        Contacts of each row, shape ``(rows,)``.
    constant : float or None
        AHT of every contact, for a table without handle times.
    """
    answered = _answered(table, offered)
    handled = answered > 0
    if constant is not None:
        seconds = np.full(len(offered), _stated(table, constant))
    elif "aht" in table or "handle_time" not in table:
        table.require("aht", OTHERWISE)
        seconds = table.numbers("aht")
        _refuse(table, "aht", seconds, seconds, handled)
    else:
        total = table.numbers("handle_time")
        with np.errstate(over="ignore"):
            seconds = np.divide(total, answered, out=total.copy(), where=handled)
        _refuse(table, "handle_time", total, seconds, handled)
    known = handled & (offered > 0)
    findings = _unanswered(table, queue, (offered > 0) & ~handled)
    findings += _more_handled(table, queue, answered > offered)
    return np.where(known, seconds, np.nan), findings


def _answered(table: Table, offered: NDArray[np.float64]) -> NDArray[np.float64]:
    if "handled" not in table:
        return offered
    handled = table.numbers("handled")
    table.refuse(~(handled >= 0), "handled", "be a number from 0 up")
    return handled


def _stated(table: Table, seconds: float) -> float:
    column = next((name for name in ("aht", "handle_time") if name in table), None)
    if column is not None:
        must = f"be left out, as {table.name} has a column {table.headings[column]!r}"
        raise InputError("aht", must, seconds)
    if not 0 < seconds <= LONGEST:
        raise InputError("aht", "be seconds above 0 and up to 86400", seconds)
    return seconds


def _refuse(
    table: Table,
    column: str,
    cells: NDArray[np.float64],
    seconds: NDArray[np.float64],
    handled: NDArray[np.bool_],
) -> None:
    which = "handled" if "handled" in table else "offered"
    table.refuse(cells < 0, column, "be a number of seconds from 0 up")
    table.refuse(handled & ~(cells > 0), column, f"be above 0 where contacts were {which}")
    table.refuse(handled & (seconds > LONGEST), column, "be at most a day (86400 s) per contact")


def _unanswered(table: Table, queue: pd.Categorical[str], rows: NDArray[np.bool_]) -> list[Finding]:
    sentence = (
        "none of the contacts offered was handled in {count} intervals, the first in {place}; "
        "their handle time is unknown."
    )
    return _noted(table, queue, rows, "unanswered", sentence)


def _more_handled(
    table: Table, queue: pd.Categorical[str], rows: NDArray[np.bool_]
) -> list[Finding]:
    sentence = (
        "more contacts were handled than offered in {count} intervals, the first in {place}, as "
        "where contacts wait from one interval to the next."
    )
    return _noted(table, queue, rows, "more handled", sentence)


def _noted(
    table: Table,
    queue: pd.Categorical[str],
    rows: NDArray[np.bool_],
    kind: FindingKind,
    sentence: str,
) -> list[Finding]:
    """One finding for each queue that has some of the rows."""
    found = []
    for name in dict.fromkeys(queue[rows]):
        own = np.flatnonzero(rows & (queue == name))
        place = table.place(int(own[0]), "handled")
        message = f"{name}: {sentence.format(count=len(own), place=place)}"
        found.append(Finding(kind, name, place, message))
    return found
