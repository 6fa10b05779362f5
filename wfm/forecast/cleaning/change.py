"""What was found at fault in a history, and what was done about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np

from wfm.forecast.cleaning.rules import Action, FaultKind

_FOUND: Final[dict[FaultKind, str]] = {
    "closed hours": "{before:g} contacts at a time at which the queue is closed",
    "doubled hour": "one row of an hour that the clocks show twice, with {before:g} contacts "
    "where {expected:.4g} are usual in each pass",
    "gap": "no rows, where {expected:.4g} contacts are usual",
    "handle time": "an AHT of {before:.0f} s where {expected:.0f} s are usual",
    "one-off day": "{before:g} contacts on a day on which {expected:.4g} are usual",
    "outage": "{before:g} contacts where {expected:.4g} are usual, as in an outage",
    "override": "{before:g} contacts where {expected:.4g} are usual, overridden by the rules",
    "spike": "{before:g} contacts where {expected:.4g} are usual, a spike",
    "unfinished": "{before:g} contacts where {expected:.4g} are usual, at the end of the last day, "
    "as if it had been cut off while it ran",
}
_DONE: Final[dict[Action, str]] = {
    "keep": "kept as it is",
    "mask": "taken as unknown",
    "repair": "replaced by the usual",
}


@dataclass(frozen=True)
class Change:
    """A fault of a queue, and what was done about it.

    Parameters
    ----------
    kind : str
        Which fault, as :class:`CleaningRules` names them, or ``override``.
    queue : str
        Whose.
    start, end : datetime.datetime
        Local times with their offset, half open.
    action : {"keep", "mask", "repair"}
        What was done.
    intervals : int
        How many intervals are concerned; times between at which the queue is closed are not.
    before, after : float
        Contacts before and after, NaN where unknown; of a ``handle time``, mean seconds.
    expected : float
        What is usual then, NaN where nothing can be compared.
    """

    kind: FaultKind
    queue: str
    start: datetime
    end: datetime
    action: Action
    intervals: int
    before: float
    after: float
    expected: float

    @property
    def message(self) -> str:
        """What was found and done, as a sentence."""
        found = _FOUND[self.kind].format(before=self.before, expected=self.expected)
        if np.isnan(self.expected):
            found = found.replace("nan", "an unknown number")
        count = f"{self.intervals} interval{'s' * (self.intervals != 1)}"
        # The offset tells the passes of a doubled hour apart.
        moved = self.start.utcoffset() != self.end.utcoffset()
        clock = "%H:%M%z" if moved else "%H:%M"
        day = "" if self.end.date() == self.start.date() else "%Y-%m-%d "
        start, end = f"{self.start:%Y-%m-%d {clock}}", f"{self.end:{day}{clock}}"
        return f"{self.queue} has from {start} to {end} ({count}) {found}; {_DONE[self.action]}."

    def __str__(self) -> str:
        return f"{self.kind}: {self.message}"
