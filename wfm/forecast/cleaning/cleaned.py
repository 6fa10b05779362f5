"""A history without its faults, beside a list of all that was changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pandas as pd

from wfm.forecast.cleaning.change import Change
from wfm.forecast.history import History

COLUMNS = (
    "queue",
    "kind",
    "action",
    "start",
    "end",
    "intervals",
    "before",
    "after",
    "expected",
    "message",
)


@dataclass(frozen=True)
class Cleaned:
    """What `clean` gives.

    Parameters
    ----------
    history : History
        With what was masked left out, and with what was repaired replaced; all else is as it was.
    changes : tuple of Change
        Every fault, those that were kept too, by queue and time.
    """

    history: History
    changes: tuple[Change, ...]

    def frame(self) -> pd.DataFrame:
        """All changes as a table, a row each, to read or to write as CSV.

        Returns
        -------
        pandas.DataFrame
            ``queue, kind, action, start, end`` (local times), ``intervals, before, after,
            expected`` (contacts, or seconds of a handle time), ``message``.
        """
        rows = [[getattr(change, name) for name in COLUMNS] for change in self.changes]
        table = pd.DataFrame(rows, columns=list(COLUMNS))
        for name in ("start", "end"):
            times = pd.to_datetime(table[name], utc=True)
            table[name] = times.dt.tz_convert(self.history.timezone)
        return table

    def __str__(self) -> str:
        queues = len({change.queue for change in self.changes})
        count = f"{len(self.changes)} fault{'s' * (len(self.changes) != 1)}"
        title = f"{count} in {queues} queue{'s' * (queues != 1)}"
        kinds = Counter((change.kind, change.action) for change in self.changes)
        lines = [f"  {kind}: {number} × {action}" for (kind, action), number in kinds.items()]
        return "\n".join([title, *lines]) if lines else "No fault was found."
