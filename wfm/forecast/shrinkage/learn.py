"""Shrinkage by activity and time of the week, from minutes that were lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd

from wfm.errors import InputError
from wfm.forecast.shrinkage.levels import levels, windows
from wfm.forecast.shrinkage.lost_time import read_lost_time
from wfm.forecast.shrinkage.pattern import Activity, shares_of
from wfm.queue import Shrinkage

DIGITS = 4


def learn_shrinkage(
    source: str | Path | pd.DataFrame,
    *,
    timezone: str,
    by: Sequence[str] = ("weekday", "hour"),
    columns: Mapping[str, str] | None = None,
    utc: bool = False,
) -> tuple[Shrinkage, ...]:
    """Learn which share of scheduled time goes to which activity, and when in the week.

    Columns: ``start``; ``activity``; ``scheduled``, the minutes scheduled in the interval over all
    agents, the same in each row of a start; ``lost``, those of them that went to the activity; and,
    if there is one, ``planned`` (true or false). At a start where an activity has no row but others
    have, it lost nothing; a start without any row is unknown.

    The share of each weekday and hour is drawn towards the activity's overall share, the more so
    the less data it rests on (empirical Bayes; see `wfm.forecast.shrinkage.credibility`). A pattern
    by weekday, by hour or by both is kept only if it predicts weeks that it has not seen better
    than the overall share does, and hours that the data cannot tell apart are merged.

    Parameters
    ----------
    source : str, pathlib.Path or pandas.DataFrame
        A comma-separated file in UTF-8 with a header, or a data frame.
    timezone : str
        IANA name of the zone whose wall clock the centre lives by.
    by : sequence of {"weekday", "hour"}
        What a pattern may depend on; ``("weekday",)`` for a table of whole days.
    columns : mapping of str to str, optional
        Our name of a column to the source's.
    utc : bool
        Whether times without an offset are UTC instead of local.

    Returns
    -------
    tuple of Shrinkage
        For a queue's `shrinkage`, where parts that meet add up. An activity without a pattern is
        one part without windows. One with a pattern has a part for the share that it always takes,
        and one with windows for each level above, which holds what comes on top.

    Raises
    ------
    InputError
        Naming source, row and column, and how many rows have the same fault.
    """
    if isinstance(by, str) or not set(by) <= {"weekday", "hour"}:
        raise InputError("by", "hold nothing but 'weekday' and 'hour'", by)
    table = read_lost_time(source, timezone, columns, utc)
    found: list[Shrinkage] = []
    for name, planned, lost in zip(table.activities, table.planned, table.lost, strict=True):
        activity = Activity(table.day, table.hour, table.scheduled, lost)
        found += _parts(activity, by, name, planned)
    return tuple(found)


def _parts(activity: Activity, by: Sequence[str], name: str, planned: bool) -> Iterator[Shrinkage]:
    shares = shares_of(activity, by)
    found = [] if shares is None else levels(shares)
    always = found[0][0] if found else float(activity.lost.sum() / activity.minutes.sum())
    parts = [(always, ()), *((level - always, windows(held)) for level, held in found[1:])]
    for exact, when in parts:
        share = round(exact, DIGITS)
        if share:
            yield Shrinkage(activity=name, share=share, planned=planned, windows=when)
