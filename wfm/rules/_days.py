"""Days on which windows start, as limits read them; the judges have their own reading."""

from __future__ import annotations

from wfm.limit import Grid
from wfm.window import Window


def days_of(x: Grid, window: Window) -> list[int]:
    """Days of the horizon on which a window starts."""
    days = range(x.horizon.days)
    return [d for d in days if window.holds(x.horizon.date_of(d), x.horizon.day_type(d))]
