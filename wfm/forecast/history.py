"""What happened: contacts, handle times and waits by queue and interval."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wfm.errors import InputError
from wfm.forecast.clock import EPOCH, WallClock, to_date, wall_clock
from wfm.forecast.finding import Finding
from wfm.horizon import zone_of


@dataclass(frozen=True, eq=False)
class History:
    """Contacts and handle times of the past, as :func:`read_history` makes it.

    Parameters
    ----------
    timezone : str
        IANA name of the zone whose wall clock the centre lives by.
    interval : {5, 10, 15, 30, 60}
        Minutes of an interval.
    frame : pandas.DataFrame
        One row for each known interval: ``queue`` (str), ``start`` (UTC), ``offered`` (contacts)
        and ``aht`` (seconds, NaN where no contact was offered or handled). If the source had
        them, ``abandoned`` (contacts that hung up) and ``wait`` (mean seconds over all contacts
        offered, NaN where there was none), both NaN where unknown. Sorted by queue, in the order
        in which the queues first appeared, then by start.
    findings : tuple of Finding
        What its reader should know of the source it was read from.
    """

    timezone: str
    interval: int
    frame: pd.DataFrame
    findings: tuple[Finding, ...] = ()

    @property
    def queues(self) -> tuple[str, ...]:
        """Names of the queues in the order in which they first appeared."""
        return self._queues[1]

    @cached_property
    def _queues(self) -> tuple[NDArray[np.int64], tuple[str, ...]]:
        codes, names = pd.factorize(self.frame["queue"])
        return codes.astype(np.int64), tuple(map(str, names))

    @property
    def codes(self) -> NDArray[np.int64]:
        """Index of each row's queue in `queues`, shape ``(rows,)``."""
        return self._queues[0]

    @cached_property
    def starts(self) -> pd.DatetimeIndex:
        """Start of each row in UTC."""
        return pd.DatetimeIndex(self.frame["start"])

    @cached_property
    def wall_clock(self) -> WallClock:
        """Local date, weekday and minute at which each row starts."""
        return wall_clock(self.starts, zone_of(self.timezone))

    def series(self, queue: str) -> pd.DataFrame:
        """One queue on the complete grid of the history.

        Parameters
        ----------
        queue : str
            Its name.

        Returns
        -------
        pandas.DataFrame
            ``offered`` and ``aht``, indexed by the UTC start of every interval from the history's
            first to its last, NaN where nothing is known.
        """
        if queue not in self.queues:
            raise InputError("queue", f"be one of {', '.join(self.queues)}", queue)
        step = pd.Timedelta(minutes=self.interval)
        grid = pd.date_range(self.starts.min(), self.starts.max(), freq=step, name="start")
        rows = self.frame[self.codes == self.queues.index(queue)]
        values: pd.DataFrame = rows.set_index("start")[["offered", "aht"]].reindex(grid)
        return values

    def until(self, day: date | str) -> History:
        """Rows before the start of a local date."""
        return self._where(self.wall_clock.day < _ordinal(day))

    def since(self, day: date | str) -> History:
        """Rows from the start of a local date on."""
        return self._where(self.wall_clock.day >= _ordinal(day))

    def _where(self, chosen: NDArray[np.bool_]) -> History:
        return replace(self, frame=self.frame[chosen].reset_index(drop=True))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, History):
            return NotImplemented
        same = (self.timezone, self.interval, self.findings)
        return same == (other.timezone, other.interval, other.findings) and self.frame.equals(
            other.frame
        )

    __hash__ = None  # type: ignore[assignment]

    def __str__(self) -> str:
        count = f"{len(self.queues)} queue{'s' * (len(self.queues) != 1)}"
        title = f"History of {count}, {self.interval} minutes, {self.timezone}"
        kinds = Counter(finding.kind for finding in self.findings)
        counted = ", ".join(f"{count} × {kind}" for kind, count in kinds.items())
        queues = [self._line(code, name) for code, name in enumerate(self.queues)]
        return "\n".join([title, *queues, f"  findings: {counted or 'none'}"])

    def _line(self, code: int, name: str) -> str:
        rows = self.frame[self.codes == code]
        local = pd.DatetimeIndex(rows["start"]).tz_convert(zone_of(self.timezone))
        known = rows["aht"].notna()
        handled = rows["offered"][known].sum()
        seconds = (rows["offered"] * rows["aht"])[known].sum()
        aht = f"{seconds / handled:.0f} s" if handled else "unknown"
        return (
            f"  {name}: {len(rows)} intervals from {local.min():%Y-%m-%d %H:%M} to "
            f"{local.max():%Y-%m-%d %H:%M}, {rows['offered'].sum():.0f} contacts, AHT {aht}"
        )


def _ordinal(day: date | str) -> int:
    return (to_date(day, "day") - EPOCH).days
