"""From a queue's past to its day totals and to the shape of its days."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wfm.forecast.calendar.effects import Effects
from wfm.forecast.days.model import DayTotals
from wfm.forecast.profile.daygrid import DayGrid
from wfm.forecast.profile.hours import closed_times
from wfm.forecast.profile.level import Days, usual_days
from wfm.forecast.profile.shares import WEEKEND, special_shares, weekday_shares
from wfm.forecast.profile.weekshape import Sample, past_days, sample, week_shape
from wfm.horizon import DAY

Floats = NDArray[np.float64]

UNUSUAL: Final = 1e-9
"""Weight of a one-off day: enough to shape a time of the week that nothing else is known of."""
LEAST: Final = 0.5
"""Share of a day that must be known for its total to count."""
SHUT: Final = 0.02
"""Share of an ordinary day's contacts below which a day was shut."""
ENOUGH: Final = 10.0
"""Contacts of an ordinary day from which on hardly any tell that a day was shut."""


@dataclass(frozen=True, eq=False)
class DayShape:
    """What a queue's past says of its days.

    Parameters
    ----------
    totals : DayTotals
        Contacts of the past days.
    shut : numpy.ndarray of bool
        Past days without contacts that were open days by their weekday, shape ``(days,)``.
    weekdays : numpy.ndarray
        Shares of each weekday's times, shape ``(7, times)``; a closed weekday's are 0.
    special : numpy.ndarray
        The same for public holidays that fall on it.
    counted : numpy.ndarray of bool
        Cells of ordinary days that are known and no one-offs, shape ``(weeks, 7, times)``.
    """

    totals: DayTotals
    shut: NDArray[np.bool_]
    weekdays: Floats
    special: Floats
    counted: NDArray[np.bool_]

    def shares(self, weekday: NDArray[np.int64], special: NDArray[np.bool_]) -> Floats:
        """Shares of the times of days by their weekday and kind, shape ``(days, times)``."""
        return np.where(special[:, None], self.special[weekday], self.weekdays[weekday])


def day_shape(grid: DayGrid, effects: Effects, days: int, half_life: float) -> DayShape:
    """Learn the shape of the days before a horizon.

    Parameters
    ----------
    grid : DayGrid
        The queue's past.
    effects : Effects
        Of the grid's days and, after them, of others.
    days : int
        Number of days from the grid's first to the horizon.
    half_life : float
        Days after which a day weighs half.
    """
    ordinary = _ordinary(grid, effects)
    taught = np.where(ordinary[..., None], grid.offered, np.nan)
    closed = closed_times(taught, DAY // taught.shape[-1])
    grid = replace(grid, offered=np.where(closed, np.nan, grid.offered))
    weights = 0.5 ** ((grid.age - grid.age.min()) / half_life)
    cells = sample(grid, ordinary)
    counted = np.where(ordinary[..., None], cells.good, grid.known)
    shape, past, trust = _shape(grid, cells, counted, weights)
    kept = cells.good * (weights * trust)[..., None]
    counts = (kept * cells.offered).sum(axis=(0, 2))
    squares = float((kept**2 * cells.offered).sum())
    shares = weekday_shares(shape, counts, squares / counts.sum() if counts.sum() else 1.0)
    usual = shape.sum(axis=1)[past.weekday]
    contacts, share = _contacts(grid, past, usual)
    shut = (contacts < SHUT * usual) & (usual >= ENOUGH)
    totals = np.where(shut | (share < LEAST), np.nan, contacts)
    holidays = _of_grid(effects.special, grid) & ~shut.reshape(grid.age.shape)
    by_time = np.where(holidays[..., None], np.nan_to_num(grid.offered), 0.0).sum(axis=(0, 1))
    typical = float(usual[usual > 0].mean()) if (usual > 0).any() else 0.0
    return DayShape(
        DayTotals(grid.monday, _first(totals, days, np.nan), _first(share, days, 0.0)),
        _first(shut.astype(float), days, 0.0) > 0,
        shares,
        special_shares(shares, by_time, typical),
        counted & ordinary[..., None],
    )


def _ordinary(grid: DayGrid, effects: Effects) -> NDArray[np.bool_]:
    """Days that teach the shape of their weekday, shape ``(weeks, 7)``."""
    known = grid.known.any(axis=-1)
    itself = effects.weekday == (effects.first.weekday() + np.arange(effects.days)) % 7
    plain = known & _of_grid(itself & ~effects.special & ~effects.unknown, grid)
    return np.asarray(plain | (known & ~plain.any(axis=0)))


def _shape(
    grid: DayGrid, cells: Sample, counted: NDArray[np.bool_], weights: Floats
) -> tuple[Floats, Days, Floats]:
    """Contacts of a typical day by weekday and time, each past day against it, and its trust."""
    past = past_days(grid, counted, week_shape(cells, weights))
    ordinary = cells.good.any(axis=-1).ravel()
    trust = np.where(usual_days(past, ordinary), 1.0, UNUSUAL).reshape(weights.shape)
    levels = cells._replace(levels=past.ratio.reshape(weights.shape))
    shape = _filled(week_shape(levels, weights * trust), grid)
    return shape, past_days(grid, counted, shape), trust


def _filled(shape: Floats, grid: DayGrid) -> Floats:
    """Give weekdays that a past of less than a week has not held the mean of others of their kind.

    From a week on, a weekday that is never known is closed.
    """
    days = np.flatnonzero(grid.known.any(axis=-1))
    if np.ptp(days) >= 6:
        return shape
    seen, weekend = np.isin(np.arange(7), days % 7), np.arange(7) >= WEEKEND
    filled = shape.copy()
    for day in np.flatnonzero(~seen).tolist():
        alike = seen & (weekend == weekend[day])
        filled[day] = shape[alike if alike.any() else seen].mean(axis=0)
    return filled


def _contacts(grid: DayGrid, past: Days, usual: Floats) -> tuple[Floats, Floats]:
    """Contacts of each whole day and the share known; if its weekday is closed, as they came."""
    came = np.where(grid.known, grid.offered, 0.0).sum(axis=-1).ravel()
    closed = usual <= 0
    whole = np.where(closed, came, past.ratio * usual)
    return whole, np.where(closed, (came > 0).astype(float), past.share)


def _of_grid(days: NDArray[np.bool_], grid: DayGrid) -> NDArray[np.bool_]:
    """Of consecutive days from the grid's first those of the grid, shape ``(weeks, 7)``."""
    return days[: grid.age.size].reshape(grid.age.shape)


def _first(values: Floats, days: int, otherwise: float) -> Floats:
    """As many values as there are days, filled up at the end."""
    kept = values[:days]
    return np.concatenate([kept, np.full(days - len(kept), otherwise)])
