"""Effects of the day of the month and of its first and last business days."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from wfm.forecast.calendar.days import Column, Days

EDGE, WAVE = 0.1, 0.05
"""Scales of the business days at the month's ends, and of the waves over it."""

WAVES = 3
FIRST = ("first", "second", "third")
LAST = ("last", "second to last", "third to last")


def month_columns(days: Days) -> Iterator[Column]:
    """Yield the first and last three business days of the month, and three waves over its days.

    The waves are cosines and sines of the share of the month that has passed, so that months of
    all lengths end alike and the last of a month is near the first of the next.

    Parameters
    ----------
    days : Days
        Whole months.
    """
    position, count = business_positions(days)
    for k in range(3):
        first = days.business & (position == k)
        yield Column(f"{FIRST[k]} business day of the month", first.astype(float), EDGE)
        last = days.business & (position == count - 1 - k)
        yield Column(f"{LAST[k]} business day of the month", last.astype(float), EDGE)
    share = 2 * np.pi * (days.day_of_month - 1) / days.month_length
    for cycles in range(1, WAVES + 1):
        label = f"day of the month, {cycles} wave{'s' * (cycles > 1)}"
        yield Column(f"{label}, cosine", np.cos(cycles * share), WAVE)
        yield Column(f"{label}, sine", np.sin(cycles * share), WAVE)


def business_positions(days: Days) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Number of business days of the month before each day, and in its whole month."""
    month = days.month - days.month[0]
    per_month = np.bincount(month, weights=days.business).astype(np.int64)
    before_month = np.cumsum(per_month) - per_month
    before = np.cumsum(days.business) - days.business.astype(np.int64)
    return before - before_month[month], per_month[month]
