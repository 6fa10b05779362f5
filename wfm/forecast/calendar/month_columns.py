"""Effects of the day of the month and of its first and last business days."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from wfm.forecast.calendar.days import Column, Days

EDGE, LESS, WAVE = 0.1, 0.89, 0.03
"""Scales of the first and last business day, by what part the next ones inward are less, and of the
waves over the month."""

INWARD = 12
WAVES = 2


def month_columns(days: Days) -> Iterator[Column]:
    """Yield the business days counted from either end of the month, and waves over its days.

    Whether a month's business is done on its tenth of the calendar or on its seventh business day
    is for the history to tell. The waves are cosines and sines of the share of the month that has
    passed, so that months of all lengths end alike and the last of a month is near the first of
    the next.

    Parameters
    ----------
    days : Days
        Whole months.
    """
    position, count = business_positions(days)
    for k in range(INWARD):
        scale = EDGE * LESS**k
        first = days.business & (position == k)
        yield Column(_label(k, "first"), first.astype(float), scale)
        last = days.business & (position == count - 1 - k)
        yield Column(_label(k, "last"), last.astype(float), scale)
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
    before: NDArray[np.int64] = np.cumsum(days.business) - days.business.astype(np.int64)
    return before - before_month[month], per_month[month]


def _label(k: int, end: str) -> str:
    if k == 0:
        return f"{end} business day of the month"
    return f"business day {k + 1} of the month" + (" from its end" if end == "last" else "")
