"""Weekends as limits read them; the judges have their own reading."""

from __future__ import annotations

import numpy as np

from wfm.limit import Cells, Grid
from wfm.window import clock


def weekend(x: Grid, monday: int, from_friday: str | None) -> Cells | None:
    """One for each shift by which the weekend of a week is worked, None if no day is planned.

    Parameters
    ----------
    x : Grid
        The days and options.
    monday : int
        First day of the week.
    from_friday : str, optional
        Time of Friday past which a shift of Friday counts too.
    """
    friday = monday + 4
    if from_friday is None or not 0 <= friday < x.horizon.days:
        cells = x.works(friday + 1, friday + 2)
        return cells if len(cells.grid) else None
    cells = x.works(friday, friday + 2)
    late = x.options.end[friday] > x.horizon.minute(friday, clock(from_friday))
    return Cells(friday, np.vstack([late.astype(np.int64), cells.grid[1:]]))


def worked_before(x: Grid, agent: str, from_friday: str | None) -> frozenset[int]:
    """Monday of each week whose weekend the previous period's shifts of an agent have taken."""
    found = set()
    for shift in x.before(agent):
        weekday = x.horizon.weekday(shift.day)
        late = (
            from_friday is not None
            and weekday == 4
            and shift.end > x.horizon.minute(shift.day, clock(from_friday))
        )
        if weekday >= 5 or late:
            found.add(shift.day - weekday)
    return frozenset(found)
