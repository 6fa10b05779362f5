"""Wall-clock starts as judges read them; the limits have their own reading."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from wfm.horizon import Horizon
from wfm.schedule import Shift


def started(shift: Shift, horizon: Horizon) -> int:
    """Minutes on the wall clock from the midnight of a shift's day to its start."""
    shown = horizon.local(shift.start).replace(tzinfo=None)
    midnight = datetime.combine(horizon.date_of(shift.day), time())
    return (shown - midnight) // timedelta(minutes=1)
