"""What a planner should know of a plan's past before trusting its forecast."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import chain

import numpy as np

from wfm.forecast.calendar.calendar import Calendar
from wfm.forecast.calendar.public import holiday_dates
from wfm.forecast.clock import EPOCH
from wfm.forecast.history import History
from wfm.forecast.patience import FEWEST, Patience, is_enough, learns_patience, patience_of
from wfm.queue import Queue

STALE = timedelta(days=28)
SILENT = timedelta(days=7)
"""Days without contacts after which a queue may have been closed."""


def notes_on(history: History, start: date, days: int, calendar: Calendar) -> tuple[str, ...]:
    """Findings of a history, and what it cannot teach of the days to plan, in sentences.

    Parameters
    ----------
    history : History
        The past.
    start : datetime.date
        First day to plan.
    days : int
        Number of days.
    calendar : Calendar
        Whose public holidays count.
    """
    found = [str(finding) for finding in history.findings]
    local = history.frame["start"].dt.tz_convert(history.timezone).dt.date
    before = [day for day in (local.min(), local.max()) if day < start]
    newest = max((day for day in local.unique() if day < start), default=None)
    if newest is not None and start - newest > STALE:
        found.append(f"old history: it ends on {newest}, {(start - newest).days} days before.")
    found += _silent(history, start)
    if before:
        found += _untaught(before[0], start, days, calendar)
    return tuple(found)


def _silent(history: History, start: date) -> list[str]:
    """Queues of which nothing has come for long, though something did before."""
    came = (np.array(history.frame["offered"]) > 0) & (
        history.wall_clock.day < (start - EPOCH).days
    )
    found = []
    for code, queue in enumerate(history.queues):
        own = history.wall_clock.day[came & (history.codes == code)]
        if not len(own):
            continue
        last = EPOCH + timedelta(days=int(own.max()))
        days = (start - last).days
        if days > SILENT.days:
            found.append(
                f"silent queue: {queue} has had no contacts since {last}, for {days} days. It "
                "counts as closed only when its history holds rows without contacts on the last "
                "four days of each weekday; until then it is forecast as it was."
            )
    return found


def patience_notes(queues: Sequence[Queue], history: History) -> tuple[str, ...]:
    """What :func:`wfm.forecast.with_patience` takes from a history, in sentences.

    Parameters
    ----------
    queues : sequence of Queue
        As they are stated.
    history : History
        The past, with ``abandoned`` and ``wait``; without them there is nothing to say.
    """
    found = patience_of(history)
    return tuple(
        f"patience: {queue.id}: {_taken(found[queue.id])}"
        for queue in queues
        if learns_patience(queue) and queue.id in found
    )


def _taken(found: Patience) -> str:
    if is_enough(found):
        return f"{found}; the queue is staffed by it, as it states none."
    few = f"{found.abandoned:,.0f} contacts hung up, fewer than the {FEWEST} that tell how patient"
    return f"{few} they are; nobody is taken to hang up."


def _untaught(oldest: date, start: date, days: int, calendar: Calendar) -> list[str]:
    last = start + timedelta(days=days - 1)
    years = range(oldest.year, last.year + 1)
    codes = dict.fromkeys((*calendar.countries, *chain(*calendar.queues.values())))
    known = {day: name for code in codes for day, name in holiday_dates(code, years).items()}
    if any(oldest <= day < start for day in known):
        return []
    return [
        f"holiday: {name} on {day} is planned as an ordinary day, with a wide band; the history "
        "holds no holiday."
        for day, name in sorted(known.items())
        if start <= day <= last
    ]
