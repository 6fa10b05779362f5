"""What one queue's past says of ordinary days, of holidays, and of its own uncertainty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import compress
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wfm.forecast.handle_time.profile import handle_times
from wfm.forecast.profile.daygrid import DayGrid
from wfm.forecast.profile.holiday_ratio import holiday_ratios
from wfm.forecast.profile.level import day_spread, fit_level, usual_days
from wfm.forecast.profile.weekshape import dispersion, past_days, sample, week_shape

UNUSUAL: Final = 1e-9
"""Weight of a one-off day: enough to shape a time of the week that nothing else is known of."""


class ProfileOptions(NamedTuple):
    """How a profile is learned; :class:`ProfileForecaster` says what each means."""

    half_life: float
    level_half_life: float
    coverage: float
    aht_contacts: float


@dataclass(frozen=True, eq=False)
class QueueProfile:
    """Expectations of one queue.

    Parameters
    ----------
    contacts : numpy.ndarray
        Contacts of an ordinary day at the present level, shape ``(7, times)``; 0 where closed.
    aht : numpy.ndarray
        Seconds, same shape.
    spread : float
        Standard deviation of the relative error of a day's total.
    dispersion : float
        Variance of an interval's contacts around its day, by their mean; 1 is Poisson's.
    ratios : dict of str to float
        Contacts of each holiday that was seen, by those of an ordinary day.
    """

    contacts: NDArray[np.float64]
    aht: NDArray[np.float64]
    spread: float
    dispersion: float
    ratios: dict[str, float]

    def ratio(self, holiday: str) -> float:
        """Ratio of a holiday: its own, else the median of the others, else 1."""
        others = float(np.median(list(self.ratios.values()))) if self.ratios else 1.0
        return self.ratios.get(holiday, others)


def queue_profile(
    grid: DayGrid, holidays: Mapping[date, str], options: ProfileOptions
) -> QueueProfile:
    """Learn what to expect of a queue; a weekday known by holidays only learns from them."""
    names = [holidays.get(grid.date_of(day), "") for day in range(grid.age.size)]
    ordinary = _ordinary(grid, names)
    weights = 0.5 ** ((grid.age - grid.age.min()) / options.half_life)
    cells = sample(grid, ordinary)
    counted = np.where(ordinary[..., None], cells.good, grid.known)
    shape = week_shape(cells, weights)
    days = past_days(grid, counted, shape)
    usual = usual_days(days, ordinary.ravel())
    trust = np.where(usual, 1.0, UNUSUAL).reshape(weights.shape)
    levels = days.ratio.reshape(weights.shape)
    shape = week_shape(cells._replace(levels=levels), weights * trust)
    days = past_days(grid, counted, shape)
    half_lives = options.half_life, options.level_half_life
    level = fit_level(days.where(usual), *half_lives)
    past = ordinary.ravel() & (days.expected > 0)
    seen = ~ordinary.ravel() & (days.expected > 0)
    mild = cells.good & usual.reshape(weights.shape)[..., None]
    return QueueProfile(
        contacts=shape * level.weekdays[:, None] * level.level,
        aht=handle_times(grid, options.half_life, options.aht_contacts),
        spread=day_spread(days.where(past), usual[past], *half_lives, options.coverage),
        dispersion=dispersion(grid, mild, shape, days),
        ratios=holiday_ratios(
            days.where(seen), list(compress(names, seen)), days.where(usual), level
        ),
    )


def _ordinary(grid: DayGrid, names: list[str]) -> NDArray[np.bool_]:
    """Days to learn from, shape ``(weeks, 7)``."""
    known = grid.known.any(axis=-1)
    holiday = np.array([bool(name) for name in names]).reshape(known.shape)
    ordinary = known & ~holiday
    return np.asarray(ordinary | (known & ~ordinary.any(axis=0)))
