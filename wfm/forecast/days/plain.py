"""Day totals with the calendar taken out of them, for models that know nothing of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wfm.forecast.calendar.effects import Effects
from wfm.forecast.days.covariance import WEEKDAYS
from wfm.forecast.days.model import FEWEST, FREEDOM, RECENT, DayForecast, DayTotals
from wfm.forecast.one_thread import one_thread

Floats = NDArray[np.float64]

KNOT: Final = 28
"""Days from one bend of the level to the next."""
BEND: Final = 0.1
"""Standard deviation of the level's change from knot to knot."""
NOISE: Final = (0.01, 0.1)
"""Least standard deviation of a day's own noise, and the one to begin with."""
SETTLED: Final = 14
"""Days after which a model has forgotten how it began."""
FAR: Final = 4.0
"""Standard deviations by which a day lies off at most once it is plain."""


@dataclass(frozen=True, eq=False)
class PlainDays:
    """The logs of a queue's last days, without gap and without calendar.

    Parameters
    ----------
    logs : numpy.ndarray
        Log of each past day's contacts as on an ordinary day of its weekday, shape ``(days,)``;
        unknown days hold what the ridge regression says of them, days far off are brought nearer.
    calendar : numpy.ndarray
        What the calendar adds to the log of each day, past and to come.
    seen : numpy.ndarray
        Log of each past day's contacts, NaN where unknown, shape ``(days,)``.
    doubt : numpy.ndarray
        Covariance of what the calendar adds to the days to come, shape ``(ahead, ahead)``.
    skipped : int
        Days of the past before the first of these.
    """

    logs: Floats
    calendar: Floats
    seen: Floats
    doubt: Floats
    skipped: int

    @property
    def ahead(self) -> int:
        """Number of days to come."""
        return len(self.calendar) - len(self.logs)

    def answer(self, mean: Floats, growth: Floats, fitted: Floats) -> DayForecast:
        """Put the calendar back onto what a model says.

        The variance of a day ahead is that of the days that are known about what the model took
        for them, less the chance of single contacts, of which at most nine tenths are taken off;
        a model's own would count the days that were filled in as well foreseen.

        Parameters
        ----------
        mean : numpy.ndarray
            Log of each plain day to come, shape ``(ahead,)``.
        growth : numpy.ndarray
            Covariance of these by the variance of the first, shape ``(ahead, ahead)``.
        fitted : numpy.ndarray
            What the model took for the plain past days a day ahead, shape ``(days,)``.
        """
        count = len(self.logs)
        away = self.seen - self.calendar[:count] - fitted
        known = np.flatnonzero(~np.isnan(away))
        residual = np.full(self.skipped + count, np.nan)
        residual[self.skipped + known] = away[known]
        # The first weeks are what the model began with.
        late = known[known >= SETTLED] if known[-1] >= 2 * SETTLED else known
        square = float(np.mean(away[late] ** 2))
        chance = float(np.mean(1 / np.maximum(np.exp(self.seen[late]), FEWEST)))
        own = max(square - chance, 0.1 * square)
        covariance = own * growth + self.doubt
        return DayForecast(mean + self.calendar[count:], covariance, residual)


@one_thread
def plain_days(past: DayTotals, effects: Effects) -> PlainDays:
    """Take the calendar out of day totals by ridge regression.

    Weekdays, a level that bends every four weeks, and the calendar's effects are estimated
    together, each shrunk by its prior deviation (Hoerl & Kennard 1970), in a few rounds that weigh
    down what lies out of line (Lange, Little & Taylor 1989).

    Parameters
    ----------
    past : DayTotals
        At least one day of which is known.
    effects : Effects
        The calendar of the past days and of those to come.
    """
    skipped = max(0, len(past.contacts) - RECENT)
    own = effects.since(skipped)
    contacts = past.contacts[skipped:]
    count = len(contacts)
    known = ~np.isnan(contacts) & ~own.unknown[:count]
    seen = np.full(count, np.nan)
    seen[known] = np.log(np.maximum(contacts[known], FEWEST))
    # A past day that was stated as closed is unknown; only one to come is forecast as such.
    stated = np.where((np.arange(own.days) < count) & np.isneginf(own.stated), 0.0, own.offset)
    told = np.where(known, seen - stated[:count], 0.0)
    columns, deviation = _columns(own, count)
    middle = float(np.median(told[known]))
    chance = 1 / np.maximum(contacts[known], FEWEST)
    found, spread, noise = _ridge(columns[:count][known], told[known] - middle, deviation, chance)
    weekdays = found[:7]
    real = (effects.first.weekday() + skipped + np.arange(own.days)) % 7
    effects_of = slice(len(found) - len(own.names), None)
    learned = own.matrix @ found[effects_of]
    coming = own.matrix[count:]
    doubt = coming @ spread[effects_of, effects_of] @ coming.T
    learned += weekdays[own.weekday] - weekdays[real]
    fitted = middle + columns[:count] @ found
    off = np.where(known, np.clip(told - fitted, -FAR * noise, FAR * noise), 0.0)
    return PlainDays(fitted + off - learned[:count], learned + stated, seen, doubt, skipped)


def _columns(effects: Effects, count: int) -> tuple[Floats, Floats]:
    """Regressors of all days, weekdays first and the calendar last, and their deviations."""
    day = np.arange(effects.days)
    weekdays = (effects.weekday[:, None] == np.arange(7)).astype(np.float64)
    knots = np.arange(0, max(count - KNOT, 0), KNOT)
    # Beyond the last knot the level stays as it is.
    bends = np.clip((np.minimum(day, count)[:, None] - knots) / KNOT, 0, 1)
    columns = np.concatenate([weekdays, np.ones((len(day), 1)), bends, effects.matrix], axis=1)
    deviation = [np.full(7, WEEKDAYS), np.ones(1), np.full(len(knots), BEND), effects.scale]
    return columns, np.concatenate(deviation)


def _ridge(
    columns: Floats, logs: Floats, deviation: Floats, chance: Floats
) -> tuple[Floats, Floats, float]:
    """Coefficients, their covariance, and the standard deviation of a day's noise."""
    least, noise = NOISE
    weights = np.ones(len(logs))
    square, found = np.eye(columns.shape[1]), np.zeros(columns.shape[1])
    for _ in range(4):
        precision = weights / (noise**2 + chance)
        square = (columns.T * precision) @ columns + np.diag(deviation**-2.0)
        found = np.asarray(np.linalg.solve(square, columns.T @ (precision * logs)))
        away = logs - columns @ found
        noise = max(least, 1.4826 * float(np.median(np.abs(away))))
        weights = (FREEDOM + 1) / (FREEDOM + away**2 / (noise**2 + chance))
    return found, np.asarray(np.linalg.inv(square)), noise
