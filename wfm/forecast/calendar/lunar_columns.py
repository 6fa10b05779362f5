"""Effects of lunar festivals that are no public holidays, and of the weeks around New Year."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from wfm.forecast.calendar.days import Column, Days
from wfm.forecast.calendar.lunar import NEW_YEAR, lunar_dates

FESTIVAL, SEASON = 0.3, 0.2
"""Scales of a festival's day and of the weeks around New Year."""

EVE = "Lunar New Year's Eve"
WEEKS = {
    "second week before Lunar New Year": (-14, -8),
    "week before Lunar New Year": (-7, -1),
    "week after Lunar New Year": (1, 7),
    "second week after Lunar New Year": (8, 14),
}
"""Days from New Year, first and last: people travel home, stay, and come back by the Lanterns."""


def lunar_columns(days: Days) -> Iterator[Column]:
    """Yield each festival, and the weeks around New Year, where the day is no public holiday.

    Parameters
    ----------
    days : Days
        With their public holidays, which have effects of their own.
    """
    # A year's last festivals come with the lunar year that began in the year before.
    found = lunar_dates(range(days.years.start - 1, days.years.stop))
    free = ~days.holiday
    festivals = {name: np.array(dates, dtype="datetime64[D]") for name, dates in found.items()}
    new_years = festivals[NEW_YEAR]
    for name, dates in (festivals | {EVE: new_years - np.timedelta64(1, "D")}).items():
        yield Column(f"festival: {name}", (days.at(dates) & free).astype(float), FESTIVAL)
    for name, (start, end) in WEEKS.items():
        passed = np.arange(start, end + 1).astype("timedelta64[D]")
        week: NDArray[np.datetime64] = (new_years[:, None] + passed).ravel()
        yield Column(name, (days.at(week) & free).astype(float), SEASON)
