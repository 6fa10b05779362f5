"""Handle time by weekday and time of day, at its present level."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from wfm.forecast.handle_time.cap import capped
from wfm.forecast.handle_time.level import present_level, smooth_level
from wfm.forecast.profile.daygrid import DayGrid
from wfm.forecast.profile.robust import WEEKS, local_median, weighted_median

Floats = NDArray[np.float64]

WEEKDAY: Final = 10
"""How many times more contacts a weekday needs than a time of day to have its own mean. A factor's
spread is the inverse square root: with 50 contacts for times of day 14 %, for weekdays 4 %."""
OWN: Final = 3
"""The same for a time of one weekday, against the product of the two."""


def handle_times(
    grid: DayGrid, half_life: float, contacts: float, level_half_life: float = 14.0
) -> Floats:
    """AHT of each weekday and time of day, as it stands on the first forecast day.

    It is a level that moves from day to day times a shape. The shape is a mean by volume of what
    each interval took against its day's level; time of day is shrunk to the queue's mean, the
    weekday likewise, and each weekday and time to the product of the two. The level is that of
    `present_level`, shrunk to the one of the days that make the shape. One contact left open makes
    neither: an interval beyond what `capped` lets pass counts as usual, unless the weeks around it
    had the like at its time.

    Parameters
    ----------
    grid : DayGrid
        The queue's past.
    half_life : float
        Days after which a day counts half for the shape.
    contacts : float
        How many contacts of a time of day weigh as much as the queue's mean. A weekday takes 10
        times as many, a time of one weekday 3 times: the more alike things are, the more contacts
        it takes to tell them apart.
    level_half_life : float
        Days after which a day counts half for the level.

    Returns
    -------
    numpy.ndarray
        Seconds, shape ``(7, times)``, NaN if no handle time is known.
    """
    handled = np.where(np.isnan(grid.aht), 0.0, np.nan_to_num(grid.offered))
    seconds = handled * _tamed(grid.aht, handled)
    if not handled.any():
        return np.full(handled.shape[1:], np.nan)
    decay = 0.5 ** ((grid.age - grid.age.min()) / half_life)
    levels = np.full(grid.age.shape, seconds.sum() / handled.sum())
    for _ in range(2):
        shape = _shape(handled, seconds / levels[..., None], decay, contacts)
        days = seconds.sum(axis=-1).ravel(), (handled * shape).sum(axis=-1).ravel()
        levels = smooth_level(*days, level_half_life).reshape(levels.shape)
    lasting = (decay.ravel() @ days[0]) / (decay.ravel() @ days[1])
    now = present_level(*days, grid.age.ravel(), level_half_life)
    fresh = 0.5 ** ((grid.age - grid.age.min()) / level_half_life)
    trust = (fresh * handled.sum(axis=-1)).sum()
    return np.asarray(shape * (trust * now + contacts * lasting) / (trust + contacts))


def _tamed(aht: Floats, handled: Floats) -> Floats:
    """Seconds without those of contacts left open, shape ``(weeks, 7, times)``."""
    rows, seconds = len(handled), np.nan_to_num(aht)
    by_week = weighted_median(seconds.reshape(rows, -1), handled.reshape(rows, -1))
    near = local_median(by_week, 3)
    whole = weighted_median(seconds.ravel(), handled.ravel())
    usual = np.where(np.isnan(near), whole, near)[:, None, None]
    most = capped(seconds, handled, usual)
    lasting = np.fmax(usual, local_median(aht, WEEKS))
    return np.asarray(np.where(seconds > most, np.minimum(most, lasting), seconds))


def _shape(handled: Floats, relative: Floats, decay: Floats, contacts: float) -> Floats:
    """Factor of each weekday and time, shape ``(7, times)``, about 1.

    `relative` is the time that contacts took by their day's level, shape ``(weeks, 7, times)``.
    """
    count = (decay[..., None] * handled).sum(axis=0)
    taken = (decay[..., None] * relative).sum(axis=0)
    mean = taken.sum() / count.sum()
    by_time = (taken.sum(axis=0) + contacts * mean) / (count.sum(axis=0) + contacts)
    alike = count @ by_time
    still = WEEKDAY * contacts * mean
    by_weekday = (taken.sum(axis=1) + still) / (alike + still)
    product, usual = by_weekday[:, None] * by_time, OWN * contacts
    return np.asarray((taken + usual * product) / (count + usual) / mean)
