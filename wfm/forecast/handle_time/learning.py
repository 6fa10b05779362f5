"""Handle times of a forecast, given how many of the people on the floor are new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from wfm.errors import InputError
from wfm.forecast.clock import to_date
from wfm.forecast.handle_time.learning_curve import LearningCurve
from wfm.forecast.volume import Volume

Floats = NDArray[np.float64]


def with_learning(
    volume: Volume,
    curve: LearningCurve,
    starters: Mapping[date, float],
    experienced: float,
    *,
    queues: Sequence[str] | None = None,
    since: date | str | None = None,
) -> Volume:
    """Lengthen a forecast's handle times while new agents learn.

    Parameters
    ----------
    volume : Volume
        The forecast.
    curve : LearningCurve
        Of the new agents.
    starters : mapping of datetime.date to float
        First day on the phone of each intake -> its agents, as many as will be on the floor.
        Before that day they do not count.
    experienced : float
        Agents on the floor who have learned all there is.
    queues : sequence of str, optional
        Queues that they answer; all by default.
    since : datetime.date or str, optional
        Day whose floor the forecast's handle times already stand for, such as the last of the
        history: only what changes after it is added. By default they are those of the experienced.

    Returns
    -------
    Volume
        With the handle times of each day multiplied by the mean factor of its floor.

    Raises
    ------
    InputError
        For a queue that the forecast lacks, or a number of agents that cannot be.

    Notes
    -----
    Agents who are busy for the same share of their time take contacts in inverse proportion to how
    long one takes them: with n_i agents of factor f_i, in a time T each takes T/(f_i AHT). So the
    mean over contacts is sum(n_i T) / sum(n_i T/(f_i AHT)) = AHT sum(n_i) / sum(n_i/f_i), the
    harmonic mean of the factors by heads, below their plain mean: slower people take fewer
    contacts. A router that hands out equal numbers of contacts would come to the plain mean.
    """
    floor = _Floor(curve, _intakes(starters), _agents(experienced, "experienced"))
    horizon = volume.horizon
    first = horizon.start.toordinal()
    days = floor.factor(first + np.arange(horizon.days))
    if since is not None:
        days = days / floor.factor(np.array([to_date(since, "since").toordinal()]))
    rows = [volume.of(queue) for queue in (volume.queues if queues is None else queues)]
    aht = volume.array("aht")
    aht[rows] *= days[horizon.slot_days]
    return volume.model_copy(update={"aht": aht})


class _Floor:
    """Who is there on a day, and what it does to the mean handle time."""

    def __init__(self, curve: LearningCurve, intakes: tuple[Floats, Floats], old: float) -> None:
        self.curve = curve
        self.first, self.agents = intakes
        self.old = old

    def factor(self, days: NDArray[np.int64]) -> Floats:
        """Harmonic mean of the factors on days given as ordinals, shape ``(days,)``."""
        tenure = days[:, None] - self.first
        agents = np.where(tenure >= 0, self.agents, 0.0)
        heads = self.old + agents.sum(axis=1)
        speed = self.old + (agents / self.curve.factor(np.maximum(tenure, 0))).sum(axis=1)
        nobody = np.flatnonzero(heads == 0)
        if len(nobody):
            day = date.fromordinal(int(days[nobody[0]]))
            raise InputError("experienced", f"be above 0, as nobody else is there on {day}", 0)
        return np.asarray(heads / speed)


def _intakes(starters: Mapping[date, float]) -> tuple[Floats, Floats]:
    """First days as ordinals and agents, each of shape ``(intakes,)``."""
    days = [to_date(day, "starters").toordinal() for day in starters]
    agents = [_agents(count, f"starters of {day}") for day, count in starters.items()]
    return np.array(days, dtype=np.float64), np.array(agents, dtype=np.float64)


def _agents(count: float, place: str) -> float:
    if not 0 <= count < np.inf:
        raise InputError(place, "be a number of agents from 0 up", count)
    return float(count)
