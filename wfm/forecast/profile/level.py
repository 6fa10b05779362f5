"""Day totals: the level of a queue, its weekdays, and how far past forecasts of them were off."""

from __future__ import annotations

from statistics import NormalDist
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wfm.forecast.profile.robust import SIGMAS, local_median

USUAL_SPREAD: Final = 0.1
"""Relative error of a day's total that is assumed before any was seen."""
USUAL_DAYS: Final = 5
"""Past errors that the assumption weighs as much as."""


class Days(NamedTuple):
    """Days with a known total, oldest first, each array of shape ``(days,)``."""

    ratio: NDArray[np.float64]
    """Contacts of the day, by those of its weekday's profile."""
    weekday: NDArray[np.int64]
    """Monday is 0."""
    age: NDArray[np.float64]
    """Days to the first forecast day."""
    expected: NDArray[np.float64]
    """Contacts of the profile in the day's known intervals."""
    share: NDArray[np.float64]
    """Share of the profile that these are."""

    def where(self, chosen: NDArray[np.bool_] | NDArray[np.int64]) -> Days:
        """Take some of the days, by mask or index."""
        return Days(
            self.ratio[chosen],
            self.weekday[chosen],
            self.age[chosen],
            self.expected[chosen],
            self.share[chosen],
        )


class Level(NamedTuple):
    """What day totals are made of."""

    weekdays: NDArray[np.float64]
    """Factor of each weekday on its profile, shape ``(7,)``."""
    level: float
    """Factor common to all days."""


def usual_days(days: Days, chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Find days that are no one-offs: within 4 standard deviations of the week around them.

    They are compared with their neighbours only, so that a lasting change of level is followed.

    Parameters
    ----------
    days : Days
        All days.
    chosen : numpy.ndarray
        Which of them to look at, shape ``(days,)``; no other is usual.
    """
    usual = chosen & (days.expected > 0)
    if usual.any():
        known = days.where(usual)
        away = np.abs(known.ratio - local_median(known.ratio, 7))
        spread = SIGMAS * float(np.median(away))
        usual[usual] = away <= 4 * np.maximum(spread, 1 / np.sqrt(known.expected))
    return usual


def fit_level(days: Days, half_life: float, level_half_life: float) -> Level:
    """Weekday factors and the level at the first forecast day, as decaying means.

    Parameters
    ----------
    days : Days
        Without one-offs.
    half_life, level_half_life : float
        Days after which a day weighs half, for weekdays and for the level.
    """
    weights = days.share * 0.5 ** (days.age / half_life)
    totals = np.bincount(days.weekday, weights, minlength=7)
    sums = np.bincount(days.weekday, weights * days.ratio, minlength=7)
    weekdays = np.divide(sums, totals, out=np.ones(7), where=totals > 0)
    rest = days.where(weekdays[days.weekday] > 0)
    # Relative to the youngest day, so that a far horizon does not round all weights to 0.
    weights = rest.share * 0.5 ** ((rest.age - rest.age.min(initial=np.inf)) / level_half_life)
    if not weights.sum():
        return Level(weekdays, 1.0)
    relative = rest.ratio / weekdays[rest.weekday]
    return Level(weekdays, float(np.average(relative, weights=weights)))


def day_spread(
    days: Days, usual: NDArray[np.bool_], half_life: float, level_half_life: float, coverage: float
) -> float:
    """Measure the standard deviation of a day total's relative error, one week ahead.

    From forecasts of each of the last 12 weeks by the weeks before it, of which there must be
    two; as few errors say little, an assumed 10 % is mixed in.

    Parameters
    ----------
    days : Days
        All ordinary days.
    usual : numpy.ndarray
        Which of them are no one-offs, shape ``(days,)``.
    half_life, level_half_life : float
        As for `fit_level`.
    coverage : float
        Share of errors that the band is to hold: their quantile sets the deviation.
    """
    ago = days.age - days.age.min(initial=np.inf) + 1
    errors: list[NDArray[np.float64]] = []
    for week in range(12):
        end = 7.0 * week
        known = usual & (ago > end + 7)
        if ago.max(initial=0.0) - end - 7 < 14 or not known.any():
            break
        weekdays, level = fit_level(days.where(known), half_life, level_half_life)
        week_days = days.where((ago > end) & (ago <= end + 7) & (days.share >= 0.5))
        forecast = weekdays[week_days.weekday] * level
        errors.append(week_days.ratio[forecast > 0] / forecast[forecast > 0] - 1)
    away = np.abs(np.concatenate(errors)) if errors else np.zeros(0)
    seen = float(np.quantile(away, coverage)) / deviations(coverage) if away.size else 0.0
    total = away.size * seen**2 + USUAL_DAYS * USUAL_SPREAD**2
    return float(np.sqrt(total / (away.size + USUAL_DAYS)))


def deviations(coverage: float) -> float:
    """Half width of a normal variable's central band, in standard deviations."""
    return NormalDist().inv_cdf((1 + coverage) / 2)
