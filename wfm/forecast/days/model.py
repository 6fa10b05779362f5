"""What a model of day totals is given, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from wfm.forecast.calendar.effects import Effects

RECENT: Final = 730
"""Last days of which one at least teaches something; every model looks back as far."""
FREEDOM: Final = 5.0
"""Degrees of freedom of a day's noise, as a Student's t: days out of line pull less."""
FEWEST: Final = 0.5
"""What a day without contacts counts as, where logs are taken."""


@dataclass(frozen=True, eq=False)
class DayTotals:
    """Contacts of the days before a horizon, without a day left out.

    Parameters
    ----------
    first : datetime.date
        The first day.
    contacts : numpy.ndarray
        Contacts of each whole day, NaN where unknown or closed, shape ``(days,)``; where part of a
        day is known, what the whole of it comes to.
    share : numpy.ndarray
        Share of each day that is known, from 0 to 1, same shape.
    """

    first: date
    contacts: NDArray[np.float64]
    share: NDArray[np.float64]

    @property
    def known(self) -> NDArray[np.bool_]:
        """Which days are known, shape ``(days,)``."""
        return ~np.isnan(self.contacts)


@dataclass(frozen=True, eq=False)
class DayForecast:
    """Totals to come, on the log scale, without the chance of single contacts.

    Parameters
    ----------
    mean : numpy.ndarray
        Log of the contacts expected of each day, shape ``(days,)``.
    covariance : numpy.ndarray
        Of the logs, shape ``(days, days)``.
    residual : numpy.ndarray
        Log of each past day's contacts against what the model takes for it, NaN where unknown,
        shape ``(past days,)``.
    """

    mean: NDArray[np.float64]
    covariance: NDArray[np.float64]
    residual: NDArray[np.float64]


class EffectEstimates(NamedTuple):
    """What a model has learned of columns of the calendar or of sums of them, on the log scale."""

    mean: NDArray[np.float64]
    deviation: NDArray[np.float64]


class DayModel(Protocol):
    """Anything that carries day totals forward."""

    def predict(self, past: DayTotals, effects: Effects) -> DayForecast:
        """Forecast the days after the past ones.

        Parameters
        ----------
        past : DayTotals
            Of whose last :data:`RECENT` days one at least is known, and not unknown by its effects.
        effects : Effects
            The calendar of the past days and, after them, of those to be forecast.
        """
        ...
