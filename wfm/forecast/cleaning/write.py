"""A history's frame with what was decided about its rows."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wfm.forecast.cleaning.rows import MASK, REPAIR, Rows
from wfm.forecast.clock import epoch_seconds
from wfm.forecast.history import History


class Edit:
    """Collects what becomes of each row of a history; columns are copied when first changed."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.kept = np.ones(len(history.frame), dtype=bool)
        self.repaired = np.zeros(len(history.frame), dtype=bool)
        self.aht = np.asarray(history.frame["aht"])
        self.changed: dict[str, NDArray[np.float64]] = {}
        self.added: list[pd.DataFrame] = []

    def rows(self, rows: Rows, action: NDArray[np.int64]) -> None:
        """Leave out rows that are masked, change those that are repaired, add those that lack."""
        self.kept[rows.row[action == MASK]] = False
        repaired = (action == REPAIR) & (rows.row >= 0)
        self._put("offered", rows.row[repaired], rows.expected[repaired])
        self.repaired[rows.row[repaired]] = True
        lacking = (action == REPAIR) & (rows.row < 0)
        if lacking.any():
            start = pd.to_datetime(rows.start[lacking], unit="s", utc=True)
            added = {"queue": rows.queue, "start": start, "offered": rows.expected[lacking]}
            self.added.append(pd.DataFrame(added))

    def handle_times(self, rows: Rows, action: NDArray[np.int64]) -> None:
        """Take handle times as unknown, or replace them; here rows count seconds for contacts."""
        masked, repaired = action == MASK, action == REPAIR
        self._put("aht", rows.row[masked], np.full(masked.sum(), np.nan))
        self._put("aht", rows.row[repaired], rows.expected[repaired])

    def _put(self, name: str, rows: NDArray[np.int64], found: NDArray[np.float64]) -> None:
        if len(rows):
            if name not in self.changed:
                self.changed[name] = np.array(self.history.frame[name])
            self.changed[name][rows] = found


def edited(edit: Edit) -> pd.DataFrame:
    """Make the frame: untouched rows as they were, in the same order of queues and times."""
    given = edit.history.frame
    frame = given.assign(**edit.changed)
    if edit.repaired.any():
        # What became of contacts that are made up is unknown.
        for name in {"abandoned", "wait"}.intersection(given):
            frame[name] = given[name].where(~edit.repaired)
        frame.loc[edit.repaired & (edit.changed["offered"] == 0), "aht"] = np.nan
    if not edit.kept.all():
        frame = frame[edit.kept]
    if edit.added:
        more = pd.concat(edit.added).reindex(columns=given.columns).astype(given.dtypes.to_dict())
        frame = pd.concat([frame, more], ignore_index=True)
        codes = frame["queue"].map({name: code for code, name in enumerate(edit.history.queues)})
        frame = frame.take(np.lexsort((epoch_seconds(pd.DatetimeIndex(frame["start"])), codes)))
    return frame.reset_index(drop=True)
