"""The rows of one queue while it is decided what is done with each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wfm.forecast.cleaning.change import Change
from wfm.forecast.cleaning.rules import Action, CleaningRules, FaultKind, Override
from wfm.forecast.clock import epoch_seconds

ACTIONS: tuple[Action, ...] = get_args(Action)
KEEP, MASK, REPAIR = range(3)
NONE = -1


@dataclass(eq=False)
class Rows:
    """A queue's rows and those that it lacks, by time, each array of shape ``(rows,)``.

    Parameters
    ----------
    queue : str
        Its name.
    start : numpy.ndarray
        Seconds since 1970-01-01 in UTC.
    row : numpy.ndarray
        Position in the history's frame, -1 for a row that is lacking.
    offered, expected : numpy.ndarray
        Contacts that came and that are usual, NaN where unknown.
    fault : numpy.ndarray
        Index into `kinds`, -1 for none.
    kinds : list of str
        Kind of each fault.
    """

    queue: str
    start: NDArray[np.int64]
    row: NDArray[np.int64]
    offered: NDArray[np.float64]
    expected: NDArray[np.float64]
    fault: NDArray[np.int64]
    kinds: list[FaultKind]

    def decided(self, rules: CleaningRules, zone: ZoneInfo) -> NDArray[np.int64]:
        """Index into `ACTIONS` of each row, -1 where nothing is at fault; overrides are noted."""
        codes = [ACTIONS.index(rules.action(kind)) for kind in self.kinds]
        action = np.where(self.fault >= 0, np.array([*codes, NONE])[self.fault], NONE)
        for override in rules.overrides:
            if override.queue in {"", self.queue}:
                self._override(override, action, zone)
        nothing = np.isnan(self.expected)
        action[(action == REPAIR) & nothing] = MASK
        # A row that is lacking is unknown already.
        action[(self.row < 0) & (action != REPAIR)] = NONE
        return action

    def _override(self, override: Override, action: NDArray[np.int64], zone: ZoneInfo) -> None:
        first, end = stretch(override, zone)
        inside = (self.start >= first) & (self.start < end)
        if override.action == "keep":
            action[inside & (action >= 0)] = KEEP
            return
        action[inside] = ACTIONS.index(override.action)
        self.fault[inside] = len(self.kinds)
        self.kinds.append("override")

    def changes(self, action: NDArray[np.int64], interval: int, zone: ZoneInfo) -> list[Change]:
        """One change for each stretch of rows of the same fault and action."""
        rows = np.flatnonzero(action >= 0)
        if not len(rows):
            return []
        new = np.diff(self.fault[rows]) != 0
        new |= np.diff(action[rows]) != 0
        return [
            self._change(part, ACTIONS[int(action[part[0]])], interval, zone)
            for part in np.split(rows, np.flatnonzero(new) + 1)
        ]

    def _change(
        self, rows: NDArray[np.int64], action: Action, interval: int, zone: ZoneInfo
    ) -> Change:
        before = _total(self.offered[rows])
        expected = _total(self.expected[rows])
        after = {"keep": before, "mask": np.nan, "repair": float(self.expected[rows].sum())}
        end = int(self.start[rows[-1]]) + interval * 60
        return Change(
            kind=self.kinds[int(self.fault[rows[0]])],
            queue=self.queue,
            start=pd.Timestamp(int(self.start[rows[0]]), unit="s", tz=zone).to_pydatetime(),
            end=pd.Timestamp(end, unit="s", tz=zone).to_pydatetime(),
            action=action,
            intervals=len(rows),
            before=before,
            after=float(after[action]),
            expected=expected,
        )


def stretch(override: Override, zone: ZoneInfo) -> tuple[int, int]:
    """Start and end of an override in seconds since 1970-01-01 in UTC; doubled hours whole."""
    times = pd.DatetimeIndex([override.start, override.end])
    local = times.tz_localize(zone, ambiguous=np.array([True, False]), nonexistent="shift_forward")
    first, end = epoch_seconds(local).tolist()
    return first, end


def _total(values: NDArray[np.float64]) -> float:
    """Sum of what is known, NaN if nothing is."""
    return float(np.nansum(values)) if not np.isnan(values).all() else np.nan
