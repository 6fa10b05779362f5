"""What of today is known by now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from wfm.errors import InputError
from wfm.forecast.clock import epoch_seconds
from wfm.forecast.fitting import check_clock, check_history
from wfm.forecast.history import History
from wfm.forecast.volume import Volume
from wfm.horizon import Horizon

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Seen:
    """What came today in intervals that are over.

    Parameters
    ----------
    contacts : numpy.ndarray
        Contacts that came, NaN where unknown or not over, shape ``(queues, slots)``.
    aht : numpy.ndarray
        Seconds, NaN where unknown, same shape.
    today : numpy.ndarray
        Slots of today, those that are over and those to come, shape ``(slots,)``.
    over : int
        Number of the horizon's slots that are over.
    """

    contacts: Floats
    aht: Floats
    today: Bools
    over: int

    @property
    def known(self) -> Bools:
        """Where contacts are known, shape ``(queues, slots)``."""
        return ~np.isnan(self.contacts)

    @property
    def open(self) -> Bools:
        """Slots of today still to be forecast, or missed, shape ``(queues, slots)``."""
        return self.today & ~self.known


def seen(volume: Volume, so_far: History, now: datetime | str) -> Seen:
    """Put what came today on the slots of a forecast; nothing that is not over by `now`.

    Arguments as of `reforecast`.
    """
    horizon = volume.horizon
    check_history(so_far, "so_far")
    check_clock("so_far", so_far, "forecast", horizon)
    minute = elapsed(horizon, now)
    over = horizon.slot(minute)
    today = horizon.slot_days == horizon.day_of(minute)
    origin = int(horizon.slot_starts[0].astype(np.int64))
    slot = (epoch_seconds(so_far.starts) - origin) // (60 * horizon.interval)
    past = (slot >= 0) & (slot < over)
    past[past] = today[slot[past]]
    contacts, aht = np.full((2, len(volume.queues), horizon.slots), np.nan)
    for code, queue in enumerate(so_far.queues):
        if queue in volume.queues:
            rows = past & (so_far.codes == code)
            contacts[volume.of(queue), slot[rows]] = so_far.frame["offered"][rows]
            aht[volume.of(queue), slot[rows]] = so_far.frame["aht"][rows]
    return Seen(contacts, aht, today, over)


def elapsed(horizon: Horizon, now: datetime | str) -> int:
    """Elapsed minute of a horizon at a point in time, which must lie in it."""
    try:
        when = datetime.fromisoformat(now) if isinstance(now, str) else now
    except ValueError:
        when = None
    if not isinstance(when, datetime):
        must = "be a date and time such as 2026-12-07 11:30"
        raise InputError("now", must, now.isoformat() if isinstance(now, date) else now)
    minute = horizon.elapsed(when)
    if not 0 <= minute < horizon.minutes:
        last = horizon.date_of(horizon.days - 1)
        raise InputError("now", f"lie in the forecast, {horizon.start} to {last}", str(now))
    return minute
