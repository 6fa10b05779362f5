"""A forecast that was made elsewhere, from a file or data frame."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wfm.errors import InputError
from wfm.forecast.clock import EPOCH, epoch_seconds, instants, wall_clock
from wfm.forecast.reading.duplicates import refuse_repeats
from wfm.forecast.reading.spacing import table_interval
from wfm.forecast.reading.table import Table, open_table, queue_names
from wfm.forecast.volume import Volume
from wfm.horizon import Horizon, zone_of

WANTED = ("queue", "start", "contacts", "aht", "lower", "upper")


def read_volume(
    source: str | Path | pd.DataFrame,
    timezone: str,
    *,
    columns: Mapping[str, str] | None = None,
    utc: bool = False,
    queue: str | None = None,
    coverage: float = 0.8,
) -> Volume:
    """Read expected contacts, as `Volume.frame` writes them.

    Columns: ``queue``, ``start``, ``contacts``, ``aht`` (seconds) and, both or neither, ``lower``
    and ``upper``; without them the band is the contacts themselves, at a coverage of 0. Every
    queue needs a row for every interval of whole local days, closed hours with 0 contacts.

    Parameters
    ----------
    source : str, pathlib.Path or pandas.DataFrame
        A comma-separated file in UTF-8 with a header, or a data frame.
    timezone : str
        IANA name of the horizon's zone.
    columns : mapping of str to str, optional
        Our name of a column to the source's.
    utc : bool
        Whether times without an offset are UTC instead of local.
    queue : str, optional
        Name of the only queue, for a source without a column ``queue``.
    coverage : float
        Share of intervals whose contacts the band is to hold.

    Raises
    ------
    InputError
        Naming source, row and column, or the queue and the first interval that it lacks.
    """
    zone = zone_of(timezone)
    table = open_table(source, WANTED, columns)
    for column in ("start", "contacts", "aht"):
        table.require(column)
    names = queue_names(table, queue)
    start = instants(table, names, zone, utc).start
    refuse_repeats(table, names, start)
    interval = table_interval(table, names, start, zone)
    day = wall_clock(start, zone).day
    horizon = Horizon(
        start=EPOCH + timedelta(days=int(day.min())),
        days=int(day.max() - day.min()) + 1,
        timezone=timezone,
        interval=interval,
    )
    measures, coverage = _measures(table, coverage)
    codes, queues = names.codes, names.categories
    first = int(horizon.slot_starts[0].astype(np.int64))
    slots = (epoch_seconds(start) - first) // (interval * 60)
    rows = _grid(table.name, horizon, list(queues), codes, slots)
    arrays = {name: values[rows] for name, values in measures.items()}
    return Volume(horizon=horizon, queues=tuple(queues), coverage=coverage, **arrays)


def _grid(
    name: str,
    horizon: Horizon,
    queues: list[str],
    codes: NDArray[np.integer],
    slots: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Row of the table for each queue and slot."""
    rows = np.full((len(queues), horizon.slots), -1)
    rows[codes, slots] = np.arange(len(slots))
    lacking = np.argwhere(rows < 0)
    if len(lacking):
        code, slot = lacking[0].tolist()
        when = horizon.label(slot * horizon.interval)
        raise InputError(f"{name} queue {queues[code]}", f"have a row for {when}")
    return rows


def _measures(table: Table, coverage: float) -> tuple[dict[str, NDArray[np.float64]], float]:
    contacts, aht = table.numbers("contacts"), table.numbers("aht")
    table.refuse(~(contacts >= 0), "contacts", "be a number from 0 up")
    table.refuse(~(aht > 0), "aht", "be a number of seconds above 0")
    measures = {"contacts": contacts, "aht": aht, "lower": contacts, "upper": contacts}
    if "lower" not in table and "upper" not in table:
        return measures, 0.0
    for column in ("lower", "upper"):
        table.require(column)
        measures[column] = table.numbers(column)
        table.refuse(~(measures[column] >= 0), column, "be a number from 0 up")
    table.refuse(measures["lower"] > measures["upper"], "lower", "be at most upper")
    return measures, coverage
