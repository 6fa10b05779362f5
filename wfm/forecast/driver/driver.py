"""What a queue's contacts are proportional to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from wfm.errors import InputError
from wfm.forecast.argument import numbers
from wfm.forecast.driver.cells import Cells, Source, read_cells
from wfm.horizon import zone_of


@dataclass(frozen=True, eq=False)
class Driver:
    """Orders, customers, or whatever else contacts rise and fall with.

    Parameters
    ----------
    values : mapping, pandas.Series or pandas.DataFrame
        Value by date, or by date and time of day: a mapping, a series by its index, or a data frame
        with a column ``date`` or ``start`` and one other. All from 0 up. Days without a value are
        unknown; where there are times of day, those without one on a known day are 0. Times are
        local, or have an offset. Dates that lie ahead are the driver's own forecast or plan.
    lag : sequence of float
        How the contacts that a day's value brings are spread over that day, the next, and so on:
        ``(0.6, 0.3, 0.1)`` if of ten, six come on the day, three on the next. Only their
        proportion counts.
    timezone : str, optional
        IANA name of the zone of the wall clock, for times with an offset.

    Raises
    ------
    InputError
        Naming the date whose value cannot be used.
    """

    values: Source
    lag: Sequence[float] = (1.0,)
    timezone: str | None = None

    def __post_init__(self) -> None:
        if self.timezone is not None:
            zone_of(self.timezone)
        numbers("Driver.lag", self.lag, "be shares from 0 up", lambda part: 0 <= part < np.inf)
        if not sum(self.lag) > 0:
            raise InputError("Driver.lag", "hold a share above 0", tuple(self.lag))
        # Read at once, so that a fault shows where it was made and later changes have no effect.
        _ = self.cells

    @cached_property
    def cells(self) -> Cells:
        """The values by date and time of day."""
        return read_cells(self.values, self.timezone)

    @cached_property
    def shares(self) -> NDArray[np.float64]:
        """The lag as shares that sum to 1, by days."""
        lag = np.array(self.lag, dtype=np.float64)
        return np.asarray(np.trim_zeros(lag, "b") / lag.sum())
