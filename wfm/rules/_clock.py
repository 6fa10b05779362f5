"""Wall-clock starts as limits read them; the judges have their own reading."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wfm.horizon import DAY
from wfm.limit import Grid
from wfm.schedule import Shift


def clock_starts(x: Grid) -> NDArray[np.int64]:
    """Minutes after the midnight of its day that the clock shows at an option's start."""
    found = np.empty_like(x.options.start)
    for day, starts in enumerate(x.options.start):
        minutes, place = np.unique(starts, return_inverse=True)
        found[day] = np.array([_shown(x, day, int(minute)) for minute in minutes])[place]
    return found


def clock_start(x: Grid, shift: Shift) -> int:
    """Minutes after the midnight of its day that the clock shows at a shift's start."""
    return _shown(x, shift.day, shift.start)


def _shown(x: Grid, day: int, minute: int) -> int:
    when = x.horizon.local(minute)
    return DAY * (x.horizon.day(when.date()) - day) + 60 * when.hour + when.minute
