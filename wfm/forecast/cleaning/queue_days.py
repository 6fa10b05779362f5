"""One queue's past as days and times of the wall clock, with what is known of each cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from wfm.forecast.cleaning.rules import FaultKind

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(eq=False)
class QueueDays:
    """A queue while it is being looked at; days run over whole weeks from a Monday.

    Parameters
    ----------
    interval : int
        Minutes of a time.
    offered : numpy.ndarray
        Contacts, NaN where unknown, shape ``(days, times)``.
    known_day : numpy.ndarray
        Days that are known to be unlike others, shape ``(days,)``; they are not judged.
    typical : numpy.ndarray
        What is usual at a usual level, NaN where nothing can be compared, as `offered`.
    fault : numpy.ndarray
        Number of the fault that each cell belongs to, -1 for none, as `offered`.
    kinds : list of str
        Kind of each fault.
    expected : numpy.ndarray
        What is usual at the level of the day, as `offered`; known once all faults are found.
    """

    interval: int
    offered: Floats
    known_day: Flags
    typical: Floats
    fault: NDArray[np.int64]
    kinds: list[FaultKind] = field(default_factory=list)
    expected: Floats = field(default_factory=lambda: np.zeros((0, 0)))

    @cached_property
    def compared(self) -> Flags:
        """Cells that are known and have something usual to compare them with."""
        return np.asarray(~np.isnan(self.offered) & (self.typical > 0))

    @property
    def judged(self) -> Flags:
        """Cells that can be compared and are not yet found to be at fault."""
        return np.asarray(self.good & ~self.known_day[:, None])

    @property
    def good(self) -> Flags:
        """Cells to learn a level from, those of known days too."""
        return np.asarray(self.compared & (self.fault < 0))

    def add(self, kind: FaultKind, cells: Flags) -> None:
        """Note a fault of some cells, those that have none so far."""
        free = cells & (self.fault < 0)
        if free.any():
            self.fault[free] = len(self.kinds)
            self.kinds.append(kind)
