"""Past days against the shape of their weekday, and which of them are no one-offs."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wfm.forecast.profile.robust import SIGMAS, local_median


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
