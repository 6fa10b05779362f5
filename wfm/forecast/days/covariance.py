"""How the logs of two days' totals vary together, component by component."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wfm.forecast.calendar.effects import Effects

Floats = NDArray[np.float64]

YEAR: Final = 365.25
DAMPING: Final = 0.97
"""Share of a trend that is left a day later: half of it is gone in three weeks."""
ANYWHERE: Final = 1.0
"""Standard deviation of the level about the middle of the past, before it is seen."""
WEEKDAYS: Final = 0.7
"""Standard deviation of the weekdays' factors."""
RARE: Final = 0.15
"""Scale from which on an effect is that of occasions, such as holidays and the days beside them."""
OCCASION: Final = 0.05
"""Standard deviation of an occasion about what others of its name were: no two are alike."""
YEARLY_WIDTH: Final = 0.7
"""Of the yearly season: how fast it turns, in the periodic kernel of MacKay (1998)."""


class Parts(NamedTuple):
    """Covariances for a scale of 1, each of shape ``(days, days)``."""

    fixed: Floats
    """Level, weekdays and calendar effects, as far as no scale of theirs is learned."""
    level: Floats
    """A level that wanders: a random walk."""
    trend: Floats
    """A damped trend that wanders."""
    weekdays: Floats
    """Weekdays whose factors wander from week to week."""
    yearly: Floats
    """The season of the year."""
    apart: NDArray[np.int64]
    """Days between two days, for what fades (a first-order autoregression)."""


def parts(effects: Effects) -> Parts:
    """Covariances of the days of a calendar."""
    count = len(effects.weekday)
    day = np.arange(count, dtype=np.float64)
    same = (effects.weekday[:, None] == effects.weekday) - 1 / 7
    apart = np.abs(np.subtract.outer(np.arange(count), np.arange(count)))
    calendar = (effects.matrix * effects.scale**2) @ effects.matrix.T
    calendar[np.diag_indices(count)] += OCCASION**2 * (
        effects.matrix[:, effects.scale >= RARE] > 0
    ).any(axis=1)
    return Parts(
        fixed=ANYWHERE**2 + WEEKDAYS**2 * same + calendar,
        level=np.minimum.outer(day, day),
        trend=_damped(count),
        weekdays=same * np.minimum.outer(day // 7, day // 7),
        yearly=np.exp(-2 * (np.sin(np.pi * apart / YEAR) / YEARLY_WIDTH) ** 2),
        apart=apart,
    )


def _damped(count: int) -> Floats:
    """Covariance of sums of a trend that loses a share each day and is shocked each day."""
    since = np.subtract.outer(np.arange(count), np.arange(count))
    moved = np.where(since >= 0, (1 - DAMPING ** np.maximum(since, 0)) / (1 - DAMPING), 0.0)
    return np.asarray(moved @ moved.T)
