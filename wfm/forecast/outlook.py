"""What is to come on one queue: its days, their shape and their chance."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wfm.forecast.calendar.effects import Effects
from wfm.forecast.chance.draw import draw_cells, draw_days
from wfm.forecast.chance.within_day import WithinDay, within_day
from wfm.forecast.days.model import FEWEST, DayForecast, DayModel
from wfm.forecast.handle_time.profile import handle_times
from wfm.forecast.one_thread import one_thread
from wfm.forecast.profile.day_shape import DayShape
from wfm.forecast.profile.daygrid import DayGrid, to_slots
from wfm.forecast.profile.robust import SIGMAS
from wfm.forecast.queue_past import QueuePast
from wfm.horizon import Horizon

Floats = NDArray[np.float64]

HOLIDAY: Final = "holiday: "
"""How the names of the effects of single holidays begin."""
MOST: Final = 2e9
"""Contacts of an interval beyond which samples, which are counts of 32 bits, do not go."""
CLOSED: Final = 4
"""Times in a row that a weekday was shut, from which on it is closed."""
FAR: Final = 4.0
"""Standard deviations beyond which a day does not move the mean of the others."""


@dataclass(frozen=True)
class OutlookOptions:
    """How the days of a queue are learned; the forecaster says what each means."""

    model: DayModel
    half_life: float
    aht_contacts: float


@dataclass(frozen=True, eq=False)
class QueueOutlook:
    """Expectations of one queue on the days of a horizon.

    Parameters
    ----------
    contacts : numpy.ndarray
        Expected contacts by day and time on the wall clock, shape ``(days, times)``.
    aht : numpy.ndarray
        Seconds, same shape, NaN where no handle time is known.
    covariance : numpy.ndarray
        Of the logs of the day totals, shape ``(days, days)``.
    scatter : WithinDay
        How times deviate from their day.
    residual : numpy.ndarray
        Logs of the past days' contacts against what was taken for them, NaN where unknown, shape
        ``(past days,)``, the last of them the day before the horizon.
    """

    contacts: Floats
    aht: Floats
    covariance: Floats
    scatter: WithinDay
    residual: Floats

    def scaled(self, factor: float, deviation: float) -> QueueOutlook:
        """The same days at another level, which is known up to a deviation of its log."""
        wider = self.covariance + deviation**2
        return replace(self, contacts=self.contacts * factor, covariance=wider)

    @one_thread
    def counts(
        self, horizon: Horizon, normals: Floats, random: np.random.Generator
    ) -> NDArray[np.int32]:
        """Draw samples of the contacts of each slot, shape ``(samples, slots)``.

        Parameters
        ----------
        horizon : Horizon
            Whose days these are.
        normals : numpy.ndarray
            Standard normal numbers for the days, shape ``(samples, days)``.
        random : numpy.random.Generator
            For all other chance.
        """
        factors = draw_days(self.covariance, normals)
        rates = draw_cells(self.contacts, factors, self.scatter, random)
        drawn = random.poisson(np.minimum(to_slots(rates, horizon), MOST))
        return drawn.astype(np.int32)


def queue_outlook(own: QueuePast, options: OutlookOptions) -> QueueOutlook:
    """Learn from a queue's past what to expect of it.

    Parameters
    ----------
    own : QueuePast
        The past.
    options : OutlookOptions
        How.

    Raises
    ------
    InputError
        If there is no day to learn from.
    """
    effects, end = own.effects, own.behind + own.ahead
    shape = own.shape(options.half_life)
    days = options.model.predict(shape.totals, effects.until(end))
    coming = slice(own.behind, end)
    weekday, special = effects.weekday[coming], effects.special[coming]
    closed = closed_holidays(effects, shape.shut, shape.totals.known)[coming]
    closed |= closed_weekdays(effects, shape.shut, shape.totals.known)[weekday]
    # The middle, not the mean: a holiday never seen would be lifted by all that it might be.
    expected = np.exp(days.mean) * ~closed * _lift(shape, days)
    return QueueOutlook(
        contacts=expected[:, None] * shape.shares(weekday, special),
        aht=handle_times(own.grid, options.half_life, options.aht_contacts)[weekday],
        covariance=days.covariance,
        scatter=_scatter(own.grid, shape),
        residual=days.residual,
    )


def closed_holidays(
    effects: Effects, shut: NDArray[np.bool_], known: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Holidays on which the queue is shut, by what it did on those of the same name.

    Parameters
    ----------
    effects : Effects
        Of all days, past and to come.
    shut, known : numpy.ndarray of bool
        Past days without contacts, and with some, shape ``(past days,)``.

    Returns
    -------
    numpy.ndarray of bool
        Shape ``(days,)``. A holiday never seen is shut if most of the others were.
    """
    behind = len(shut)
    special = effects.special
    seen = special[:behind] & (shut | known)
    if not seen.any():
        return np.zeros(effects.days, dtype=bool)
    named = [name.startswith(HOLIDAY) for name in effects.names]
    holds = (effects.matrix[:, named] > 0).astype(float)
    times = holds @ (holds[:behind].T @ seen.astype(float))
    shut_times = holds @ (holds[:behind].T @ (seen & shut).astype(float))
    usual = float((seen & shut).sum() / seen.sum())
    share = np.divide(shut_times, times, out=np.full(effects.days, usual), where=times > 0)
    return np.asarray(special & (share > 0.5))


def closed_weekdays(
    effects: Effects, shut: NDArray[np.bool_], known: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Weekdays that are open no more, as on their last ordinary days the queue was shut.

    Parameters
    ----------
    effects, shut, known
        As for `closed_holidays`.

    Returns
    -------
    numpy.ndarray of bool
        Shape ``(7,)``, Monday is 0.
    """
    behind = len(shut)
    ordinary = (shut | known) & ~effects.special[:behind] & ~effects.unknown[:behind]
    weekday = (effects.first.weekday() + np.arange(behind)) % 7
    last = [shut[ordinary & (weekday == day)][-CLOSED:] for day in range(7)]
    return np.array([len(days) == CLOSED and days.all() for days in last], dtype=bool)


def _lift(shape: DayShape, days: DayForecast) -> float:
    """How much more came than the logs make of it, as with small counts (Duan 1983)."""
    known = ~np.isnan(days.residual)
    away, came = days.residual[known], shape.totals.contacts[known]
    if not away.size:
        return 1.0
    # Logs take a day without contacts for half a one; here it counts as what it was.
    fitted = np.maximum(came, FEWEST) / np.exp(away)
    spread = SIGMAS * float(np.median(np.abs(away)))
    far = FAR * np.maximum(spread, 1 / np.sqrt(np.maximum(fitted, FEWEST)))
    near = np.where(came < FEWEST, came, fitted * np.exp(np.clip(away, -far, far)))
    return float(near.sum() / fitted.sum())


def _scatter(grid: DayGrid, shape: DayShape) -> WithinDay:
    times = grid.offered.shape[-1]
    cells = shape.counted.reshape(-1, times)
    offered = np.where(cells, np.nan_to_num(grid.offered).reshape(-1, times), 0.0)
    shares = np.tile(shape.weekdays, (len(grid.age), 1)) * cells
    sums = shares.sum(axis=1, keepdims=True)
    shares = np.divide(shares, sums, out=np.zeros_like(shares), where=sums > 0)
    return within_day(offered, offered.sum(axis=1, keepdims=True) * shares, cells)
