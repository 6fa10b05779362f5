"""Whether an activity has a pattern in the week, and which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from wfm.forecast.shrinkage.credibility import Credibility, credibility, sums

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
SURE = 0.99
"""How sure it has to be that a pattern tells of weeks that it has not seen."""
WEEK: Ints = np.arange(7 * 24).reshape(7, 24)
PATTERNS: dict[tuple[str, ...], Ints] = {
    ("weekday",): np.repeat(np.arange(7)[:, None], 24, axis=1),
    ("hour",): np.repeat(np.arange(24)[None, :], 7, axis=0),
    ("weekday", "hour"): WEEK,
}
"""Cell of each weekday and hour, shape ``(7, 24)``, by what tells cells apart."""


@dataclass(frozen=True, eq=False)
class Activity:
    """Hours of the past as one activity sees them, each array of shape ``(hours,)``.

    Parameters
    ----------
    day : numpy.ndarray
        Days since 1970-01-01.
    hour : numpy.ndarray
        Hour of the day.
    minutes : numpy.ndarray
        Scheduled minutes.
    lost : numpy.ndarray
        Those lost to the activity.
    """

    day: Ints
    hour: Ints
    minutes: Floats
    lost: Floats

    def cells(self, pattern: Ints) -> Ints:
        """Cell of each hour."""
        return np.asarray(pattern[(self.day + 3) % 7, self.hour])


@dataclass(frozen=True, eq=False)
class Shares:
    """Shares by weekday and hour, shape ``(7, 24)``, with what they rest on.

    Parameters
    ----------
    share : numpy.ndarray
        Share of scheduled time.
    doubt : numpy.ndarray
        Variance of its error.
    minutes : numpy.ndarray
        Scheduled minutes that were seen.
    cells : int
        How many different shares were estimated.
    """

    share: Floats
    doubt: Floats
    minutes: Floats
    cells: int


def shares_of(activity: Activity, by: Sequence[str]) -> Shares | None:
    """Shares of an activity by the pattern that serves best, None if its share is one.

    Each week is predicted from all others, by each pattern and by the overall share. A pattern
    counts if over the weeks its squared errors are smaller by more than chance would have it,
    Student's t of the weekly differences at 99 %; of several the one with the smallest errors.
    Weeks are what is taken as independent, since an absence lasts for hours and days.
    """
    weeks, week = np.unique((activity.day + 3) // 7, return_inverse=True)
    best, least = None, np.inf
    for names, pattern in PATTERNS.items():
        if len(weeks) < 2 or not set(names) <= set(by):
            continue
        gain, error = _gain(activity, pattern, week)
        if error < least and _is_sure(gain, sums(week, activity.minutes)):
            best, least = pattern, error
    return None if best is None else _shares(activity, best)


def _is_sure(gain: Floats, minutes: Floats) -> bool:
    """Whether weeks gain more than by chance, each measured by its minutes; some are cut short."""
    count = len(gain)
    excess = gain - gain.sum() * minutes / minutes.sum()
    spread = np.sqrt(count / (count - 1) * (excess**2).sum())
    return bool(gain.sum() > stats.t.ppf(SURE, count - 1) * spread)


def _variances(activity: Activity, pattern: Ints) -> Credibility:
    """Credibility with a day's hours in a cell as one observation: they rise and fall together."""
    cell = activity.cells(pattern)
    _, first, part = np.unique(
        activity.day * WEEK.size + cell, return_index=True, return_inverse=True
    )
    _, numbered = np.unique(cell[first], return_inverse=True)
    return credibility(numbered, sums(part, activity.minutes), sums(part, activity.lost))


def _gain(activity: Activity, pattern: Ints, week: Ints) -> tuple[Floats, float]:
    """By how much a pattern errs less than the overall share in each week, and its whole error."""
    cell = activity.cells(pattern)
    shape = (int(week.max()) + 1, WEEK.size)
    where = week * WEEK.size + cell
    minutes, lost = (
        sums(where, values, WEEK.size * shape[0]).reshape(shape)
        for values in (activity.minutes, activity.lost)
    )
    rest, rest_lost = minutes.sum(axis=0) - minutes, lost.sum(axis=0) - lost
    overall = (rest_lost.sum(axis=1) / rest.sum(axis=1))[:, None]
    own = np.divide(rest_lost, rest, out=np.zeros_like(rest), where=rest > 1e-9)
    trust = _variances(activity, pattern).trust(np.where(rest > 1e-9, rest, 0.0))
    guess = overall + trust * (own - overall)
    share = activity.lost / activity.minutes
    plain = activity.minutes * (share - overall[week, 0]) ** 2
    fine = activity.minutes * (share - guess[week, cell]) ** 2
    return sums(week, plain - fine), float(fine.sum())


def _shares(activity: Activity, pattern: Ints) -> Shares:
    cell = activity.cells(pattern)
    minutes = sums(cell, activity.minutes, WEEK.size)
    lost = sums(cell, activity.lost, WEEK.size)
    overall = lost.sum() / minutes.sum()
    own = np.divide(lost, minutes, out=np.zeros_like(lost), where=minutes > 0)
    found = _variances(activity, pattern)
    share = overall + found.trust(minutes) * (own - overall)
    share *= lost.sum() / (minutes * share).sum()  # as much is lost in all as was
    seen = sums(activity.cells(WEEK), activity.minutes, WEEK.size).reshape(WEEK.shape)
    return Shares(share[pattern], found.doubt(minutes)[pattern], seen, int((minutes > 0).sum()))
