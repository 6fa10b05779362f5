"""Who is on the floor on a day, and what it does to the mean handle time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from wfm.errors import InputError
from wfm.forecast.clock import EPOCH, to_date
from wfm.forecast.handle_time.learning_curve import LearningCurve

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Floor:
    """Agents by their first day on the phone.

    Parameters
    ----------
    curve : LearningCurve
        Of the new agents.
    first : numpy.ndarray
        First day of each intake, as days since 1970-01-01, shape ``(intakes,)``.
    agents : numpy.ndarray
        Agents of each intake, same shape.
    experienced : float
        Agents who have learned all there is.
    """

    curve: LearningCurve
    first: Floats
    agents: Floats
    experienced: float

    @classmethod
    def of(cls, curve: LearningCurve, starters: Mapping[date, float], experienced: float) -> Floor:
        """Check and take the numbers as `with_learning` does."""
        days = [(to_date(day, "starters") - EPOCH).days for day in starters]
        agents = [_agents(count, f"starters of {day}") for day, count in starters.items()]
        old = _agents(experienced, "experienced")
        return cls(curve, np.array(days, dtype=np.float64), np.array(agents), old)

    def factor(self, days: NDArray[np.int64]) -> Floats:
        """Mean factor on the handle time, over contacts: the harmonic mean over heads.

        Parameters
        ----------
        days : numpy.ndarray
            As days since 1970-01-01, shape ``(days,)``.
        """
        tenure = days[:, None] - self.first
        agents = np.where(tenure >= 0, self.agents, 0.0)
        heads = self.experienced + agents.sum(axis=1)
        speed = agents / self.curve.factor(np.maximum(tenure, 0))
        for empty in np.flatnonzero(heads == 0)[:1]:
            day = EPOCH + timedelta(days=int(days[empty]))
            raise InputError("experienced", f"be above 0, as nobody else is there on {day}", 0)
        return np.asarray(heads / (self.experienced + speed.sum(axis=1)))


def _agents(count: float, place: str) -> float:
    if not 0 <= count < np.inf:
        raise InputError(place, "be a number of agents from 0 up", count)
    return float(count)
