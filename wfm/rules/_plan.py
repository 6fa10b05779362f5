"""Plans made before as limits read them; the judges have their own reading."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wfm.limit import Grid
from wfm.rules._assignment import Assignment
from wfm.window import clock


def marked(x: Grid, day: int, kind: Assignment) -> NDArray[np.bool_]:
    """Options of a day that an assignment asks for; if it is off, those that it excludes."""
    marked = np.ones(len(x.options), dtype=bool)
    if kind.until is not None:
        marked &= x.options.start[day] < x.horizon.minute(day, clock(kind.until))
    if kind.template is not None:
        marked &= np.array([t.id == kind.template for t in x.options.templates])[x.options.template]
    if kind.start is not None:
        marked &= x.options.start[day] == x.horizon.minute(day, clock(kind.start))
    if kind.minutes is not None:
        marked &= x.options.length == kind.minutes
    return marked
