"""Holidays of the past against ordinary days of their time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from wfm.forecast.profile.level import Days, Level


def holiday_ratios(
    holidays: Days, names: Sequence[str], usual: Days, level: Level
) -> dict[str, float]:
    """Contacts of past holidays by those of an ordinary day, the median for each name.

    Parameters
    ----------
    holidays : Days
        Past holidays; those less than half known are left out.
    names : sequence of str
        Name of each.
    usual : Days
        Ordinary days that are no one-offs; those within two weeks set the level of the time.
    level : Level
        Factors of the weekdays, and the level where there is no usual day nearby.
    """
    near = np.abs(holidays.age[:, None] - usual.age) <= 14
    factors = level.weekdays[usual.weekday]
    relative = np.divide(usual.ratio, factors, out=np.zeros_like(factors), where=factors > 0)
    count = near.sum(axis=1)
    sums = (near * relative).sum(axis=1)
    then = np.divide(sums, count, out=np.full(len(count), level.level), where=count > 0)
    ordinary = then * level.weekdays[holidays.weekday]
    known = (ordinary > 0) & (holidays.share >= 0.5)
    found: dict[str, list[float]] = {}
    for day in np.flatnonzero(known).tolist():
        found.setdefault(names[day], []).append(float(holidays.ratio[day] / ordinary[day]))
    return {name: float(np.median(ratios)) for name, ratios in found.items()}
