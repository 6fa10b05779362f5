"""What the forecaster would have said in past weeks, and how far off it was."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wfm.forecast.baseline.same_weekdays import mean_contacts
from wfm.forecast.baseline.usual import USUAL_DAYS, USUAL_SPREAD
from wfm.forecast.chance.deviations import deviations

Floats = NDArray[np.float64]
MOST_ORIGINS: Final = 26
"""Past weeks from which forecasts are made to see their errors."""
FEW_ORIGINS: Final = 8
"""As many must be there for every lead; longer leads are taken as the longest that has them."""
LARGEST: Final = 3.0
"""Days this many times as busy as forecast, and more, follow on days that were all but closed."""


class Hindcasts(NamedTuple):
    """Errors of past forecasts of a queue, the last origin last."""

    ratios: Floats
    """Contacts of a day by those forecast, at most 3, shape ``(origins, leads, 7)``; a lead is a
    whole week, a day that cannot be compared is NaN. There may be none."""
    dispersion: float
    """Variance of an interval around the forecast brought to its day's total, by its mean."""

    def spread(self, lead: NDArray[np.int64], coverage: float) -> Floats:
        """Standard deviation of the relative error of a day, by its lead in weeks from 1 up.

        The quantile of past errors sets it; as few of them say little, 10 % are mixed in.
        """
        origins, leads, _ = self.ratios.shape
        if not origins:
            return np.full(lead.shape, USUAL_SPREAD)
        each = np.array([_spread(self.ratios[:, ahead], coverage) for ahead in range(leads)])
        return np.asarray(each[np.minimum(lead, leads) - 1])


def hindcasts(offered: Floats, weeks: int, leads: int) -> Hindcasts:
    """Forecast past weeks by the mean of the same weekdays before them.

    Parameters
    ----------
    offered : numpy.ndarray
        Contacts, NaN where unknown, shape ``(weeks, 7, times)``.
    weeks : int
        How many weeks the forecast is the mean of.
    leads : int
        Weeks ahead that are looked at.
    """
    past = len(offered)
    first = max(1, min(weeks, past // 2))
    leads = int(np.clip(past - first - FEW_ORIGINS + 1, 1, leads))
    origins = np.arange(first, past - leads + 1)[-MOST_ORIGINS:]
    if not len(origins):
        return Hindcasts(np.ones((0, 1, 7)), 1 + 1 / weeks)
    made = np.stack([mean_contacts(offered[:origin], weeks) for origin in origins])
    ratios = np.stack([_ratios(offered[origins + lead], made) for lead in range(leads)], axis=1)
    return Hindcasts(ratios, _dispersion(offered[origins], made, ratios[:, 0], weeks))


def _ratios(actual: Floats, made: Floats) -> Floats:
    """Day totals by those forecast over the cells that both know, NaN where there is nothing."""
    both = ~np.isnan(actual) & ~np.isnan(made)
    came = np.where(both, actual, 0.0).sum(axis=-1)
    expected = np.where(both, made, 0.0).sum(axis=-1)
    found = np.full(came.shape, np.nan)
    np.divide(came, expected, out=found, where=expected > 0)
    return np.minimum(found, LARGEST)


def _spread(ratios: Floats, coverage: float) -> float:
    away = np.abs(ratios[~np.isnan(ratios)] - 1)
    seen = float(np.quantile(away, coverage)) / deviations(coverage) if away.size else 0.0
    total = away.size * seen**2 + USUAL_DAYS * USUAL_SPREAD**2
    return float(np.sqrt(total / (away.size + USUAL_DAYS)))


def _dispersion(actual: Floats, made: Floats, ratios: Floats, weeks: int) -> float:
    """Scatter of intervals around their day, at least Poisson's; of days forecast not too badly."""
    fair = (ratios > 1 / LARGEST) & (ratios < LARGEST)
    expected = made * np.where(fair, ratios, np.nan)[..., None]
    compared = ~np.isnan(actual) & (expected > 0)
    if not compared.any():
        return 1 + 1 / weeks
    squares = (actual - expected)[compared] ** 2
    return max(1.0, float(squares.sum() / expected[compared].sum()))
