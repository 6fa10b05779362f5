"""From a file or data frame to a history: every fault named, nothing guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wfm.errors import InputError
from wfm.forecast.clock import Instants, instants
from wfm.forecast.finding import Finding
from wfm.forecast.history import History
from wfm.forecast.reading.dates import refuse_stray_dates
from wfm.forecast.reading.duplicates import Duplicates, chosen, summed
from wfm.forecast.reading.gaps import closed_hours, gaps
from wfm.forecast.reading.handling import handle_times
from wfm.forecast.reading.hours import outside_hours
from wfm.forecast.reading.keys import in_order, row_keys
from wfm.forecast.reading.missing import zero_filled
from wfm.forecast.reading.order import out_of_order
from wfm.forecast.reading.regrid import regridded
from wfm.forecast.reading.spacing import INTERVALS, sparse_interval, table_interval
from wfm.forecast.reading.table import Table, open_table, queue_names
from wfm.forecast.reading.unfinished import unfinished
from wfm.forecast.reading.waiting import waits
from wfm.horizon import zone_of
from wfm.queue import Queue

HANDLING = ("aht", "handle_time", "handled")
WAITING = ("abandoned", "wait", "wait_time")
WANTED = ("queue", "start", "offered", *HANDLING, *WAITING)


def read_history(
    source: str | Path | pd.DataFrame,
    *,
    timezone: str,
    columns: Mapping[str, str] | None = None,
    interval: int | None = None,
    utc: bool = False,
    queues: Sequence[Queue] | None = None,
    queue: str | None = None,
    aht: float | None = None,
    duplicates: Duplicates = "refuse",
    missing: Literal["unknown", "zero"] = "unknown",
) -> History:
    """Read the history of contacts from a CSV file or data frame.

    Columns: ``queue``; ``start``; ``offered`` (contacts); ``aht`` (seconds) or, without it,
    ``handle_time`` (seconds in total of the interval); and, if there is one, ``handled``
    (contacts that were answered), by which a total is then divided instead of by those offered.
    Two more teach how long callers are willing to wait: ``abandoned`` (contacts that hung up, at
    most those offered) and ``wait`` (mean seconds over all contacts offered, those who hung up
    among them) or, without it, ``wait_time`` (seconds in total). A report that gives the mean wait
    of those answered and of those who hung up apart has the total answered x mean + abandoned x
    mean.

    Times are local, in `timezone`, or UTC if `utc`; one with an offset (``Z``, ``+02:00``) is
    taken as what it says in either case. Of an hour that the clocks show twice, a queue's first
    row is summer time and its second standard time; a single row is taken as the first, with a
    finding. The interval is the smallest gap between rows of a queue. A missing row is unknown,
    not zero, except at times of the week at which the queue never has a row: there it is closed.

    Parameters
    ----------
    source : str, pathlib.Path or pandas.DataFrame
        A comma-separated file in UTF-8 with a header, or a data frame.
    timezone : str
        IANA name of the zone whose wall clock the centre lives by.
    columns : mapping of str to str, optional
        Our name of a column to the source's, such as ``{"start": "Interval Start UTC Date"}``.
    interval : {5, 10, 15, 30, 60}, optional
        Minutes to regrid to, the source's own by default. A coarser interval sums contacts and
        weights means by them; a finer one splits contacts evenly and repeats the means.
    utc : bool
        Whether times without an offset are UTC.
    queues : sequence of Queue, optional
        Queues that the history is for: contacts outside their hours become findings.
    queue : str, optional
        Name of the only queue, for a source without a column ``queue``.
    aht : float, optional
        Seconds of every contact, for a source without handle times.
    duplicates : {"refuse", "first", "last", "sum"}
        What is done with rows of the same queue and start: ``last`` takes the final figures of an
        interval that was delivered again, ``sum`` adds up parts such as media or teams.
    missing : {"unknown", "zero"}
        What a missing row means while a queue is open: ``zero`` is for exports that leave out
        intervals without a contact. Open are the hours of the queues given; without them, each
        weekday from the earliest to the latest time at which the queue ever has a row.

    Returns
    -------
    History
        With all that was noticed in `History.findings`.

    Raises
    ------
    InputError
        Naming source, row and column, and how many rows have the same fault.
    """
    zone = zone_of(timezone)
    if interval is not None and interval not in INTERVALS:
        raise InputError("interval", "be 5, 10, 15, 30 or 60 minutes", interval)
    if missing not in {"unknown", "zero"}:
        raise InputError("missing", "be unknown or zero", missing)
    table = open_table(source, WANTED, columns)
    table.require("start")
    table.require("offered")
    names = queue_names(table, queue)
    times = instants(table, names, zone, utc)
    refuse_stray_dates(table, times.start)
    wall = times.start.tz_convert(zone).tz_localize(None)
    findings = out_of_order(table, names, times.start, wall)
    table, names, times, repeated = chosen(table, names, times, duplicates)
    if missing == "zero":
        own = sparse_interval(table, times.start, zone)
    else:
        own = table_interval(table, names, times.start, zone)
    frame, unanswered = _frame(table, names, times, aht)
    findings += [*repeated, *_single_hours(table, names, times), *unanswered]
    history = History(timezone, own, frame)
    if missing == "zero":
        history, filled = zero_filled(history, queues)
        findings += filled
    findings += [*gaps(history), *unfinished(history), *closed_hours(history)]
    findings += outside_hours(history, queues)
    history = History(timezone, own, history.frame, tuple(findings))
    return history if interval is None else regridded(history, interval)


def _frame(
    table: Table, names: pd.Categorical[str], times: Instants, aht: float | None
) -> tuple[pd.DataFrame, list[Finding]]:
    """Measures of each queue and start in the order of a history."""
    offered = _offered(table)
    seconds, findings = handle_times(table, names, offered, aht)
    handled = table.numbers("handled") if "handled" in table else offered
    measures = {"offered": offered, "aht": seconds, **waits(table, offered)}
    keys = row_keys(names.codes, times.start)
    frame = pd.DataFrame({"queue": _texts(names), "start": times.start, **measures}, copy=False)
    if in_order(keys):
        return frame, findings
    order = np.argsort(keys, kind="stable")
    frame = frame.take(order).reset_index(drop=True)
    return summed(frame, keys[order], handled[order]), findings


def _offered(table: Table) -> NDArray[np.float64]:
    offered = table.numbers("offered")
    table.refuse(~(offered >= 0), "offered", "be a number from 0 up")
    return offered


def _texts(names: pd.Categorical[str]) -> pd.Series:
    return pd.Series(names.categories.astype(str)).take(names.codes).reset_index(drop=True)


def _single_hours(table: Table, names: pd.Categorical[str], times: Instants) -> list[Finding]:
    found = []
    for name in dict.fromkeys(names[times.once]):
        rows = np.flatnonzero(times.once & (names == name))
        place = table.place(int(rows[0]), "start")
        message = (
            f"{name}: {len(rows)} starts, the first in {place}, lie in an hour that the clocks "
            "show twice and occur once; they are taken as the earlier hour."
        )
        found.append(Finding("ambiguous hour", name, place, message))
    return found
