"""Small histories whose continuation a person can work out."""

from __future__ import annotations

import numpy as np
import pandas as pd

from wfm.forecast import read_history
from wfm.horizon import Horizon


def history(weeks, queue="calls", zone="UTC", start="2026-01-05", aht=200.0, hours=range(24)):
    """Hourly history of weeks from a Monday on, each a constant or ``(7, 24)``, in open hours.

    `aht` is seconds of every contact, or an array of the weeks' shape.
    """
    first = pd.Timestamp(start, tz=zone)
    end = first + pd.DateOffset(weeks=len(weeks))
    clock = pd.date_range(first, end, freq="h", inclusive="left", tz=zone)
    week = ((clock.tz_localize(None).normalize() - first.tz_localize(None)).days // 7).to_numpy()
    grids = np.array([np.broadcast_to(each, (7, 24)) for each in weeks], dtype=float)
    cells = (week, clock.day_of_week.to_numpy(), clock.hour.to_numpy())
    seconds = np.broadcast_to(aht, grids.shape)
    table = pd.DataFrame(
        {"queue": queue, "start": clock, "offered": grids[cells], "aht": seconds[cells]}
    )
    return read_history(table[clock.hour.isin(hours)], timezone=zone)


def joined(*histories):
    """One history of several queues."""
    tables = [each.frame for each in histories]
    return read_history(pd.concat(tables), timezone=histories[0].timezone)


def horizon(start, days=7, zone="UTC"):
    return Horizon(start=start, days=days, timezone=zone, interval=60)
