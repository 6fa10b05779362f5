"""Effects of public holidays and of the days beside them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from wfm.forecast.calendar.days import FAR, Column, Days, since, until

ANY, NAME, BESIDE, BESIDE_NAME, BRIDGE, WORKED = 1.0, 0.5, 0.2, 0.15, 0.3, 0.3
"""Scales: any holiday, one of a name, the days beside any and beside one, bridges, swaps."""

WAITED = 0.1
"""What is expected, on the log scale, of the first business day after a holiday: contacts that
waited."""

LONGEST_GAP = 6
"""Most days between two holidays that people still take off together, such as Christmas and New
Year in the West."""


def holiday_columns(days: Days) -> Iterator[Column]:
    """Yield what holidays share, what they do on a weekend, and each by its name."""
    yield _column("public holiday", days.holiday, ANY)
    # A weekend day is quiet already, by as much as only history can tell.
    yield _column("public holiday on a weekend", days.holiday & days.weekend, ANY)
    for name, where in days.named.items():
        yield _column(f"holiday: {name}", where, NAME)
    yield _column("working day of a weekend", days.worked, WORKED)


def neighbour_columns(days: Days, reach: int) -> Iterator[Column]:
    """Yield the days before and after holidays that are no holidays.

    A working day is counted in working days: the Monday after a Friday's holiday is the day after
    it. Days of a weekend are counted in days, apart from the others. Eves and the days after
    holidays of one name are always the dates next to it, such as 24 and 31 December.

    Parameters
    ----------
    days : Days
        With their holidays.
    reach : int
        Number of days on either side; 0 yields nothing.
    """
    if reach == 0:
        return
    within = weekend_within(days)
    resting = ~days.business & ~days.holiday & ~within
    before, after = until(days.holiday), since(days.holiday)
    working = _working_distances(days)
    for k in range(1, reach + 1):
        for word, counted, plain in (("before", working[0], before), ("after", working[1], after)):
            label = _beside(k, word)
            waited = WAITED if (k, word) == (1, "after") else 0.0
            yield _column(f"{label} a holiday", days.business & (counted == k), BESIDE, waited)
            resting_there = resting & (plain == k)
            yield _column(f"{label} a holiday, on a weekend", resting_there, BESIDE)
    free = ~days.holiday & ~within
    for name, where in days.named.items():
        yield _column(f"eve of {name}", free & (until(where) == 1), BESIDE_NAME)
        yield _column(f"day after {name}", free & (since(where) == 1), BESIDE_NAME)


def bridge_columns(days: Days) -> Iterator[Column]:
    """Yield bridge days, and other days between holidays that lie close to each other."""
    off = ~days.business
    before, after = _shifted(off, 1), _shifted(off, -1)
    beside = _shifted(days.holiday, 1) | _shifted(days.holiday, -1)
    yield _column("bridge day", days.business & before & after & beside, BRIDGE)
    gap = since(days.holiday) + until(days.holiday) - 1
    yield _column("working day between two holidays", days.business & (gap <= LONGEST_GAP), BESIDE)
    yield _column("weekend within holidays", weekend_within(days), BRIDGE)


def weekend_within(days: Days) -> NDArray[np.bool_]:
    """Days of a weekend between two holidays with no business day between, shape ``(days,)``."""
    before, after = since(days.holiday), until(days.holiday)
    working = np.cumsum(days.business)
    index = np.arange(days.count)
    bounded = (before < FAR) & (after < FAR)
    last = np.where(bounded, index - before, index)
    following = np.where(bounded, index + after, index)
    idle: NDArray[np.bool_] = working[last] == working[following]
    return bounded & ~days.holiday & ~days.business & idle


def _working_distances(days: Days) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Business days from each business day to the next holiday and from the last, the nearest 1."""
    index = np.arange(days.count)
    working = np.cumsum(days.business)
    before, after = until(days.holiday), since(days.holiday)
    following, last = np.minimum(index + before, days.count - 1), np.maximum(index - after, 0)
    ahead = np.where(before < FAR, working[following] - working + 1, FAR)
    past = np.where(after < FAR, working - working[last], FAR)
    return ahead, past


def _shifted(flags: NDArray[np.bool_], by: int) -> NDArray[np.bool_]:
    """What the day before (1) or after (-1) is; the ends have no such day."""
    moved = np.roll(flags, by)
    moved[0 if by == 1 else -1] = False
    return moved


def _beside(k: int, word: str) -> str:
    return f"day {word}" if k == 1 else f"{k} days {word}"


def _column(name: str, where: NDArray[np.bool_], scale: float, mean: float = 0.0) -> Column:
    return Column(name, where.astype(np.float64), scale, mean)
