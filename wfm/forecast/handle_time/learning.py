"""Handle times of a forecast, given how many of the people on the floor are new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from wfm.forecast.argument import able, instance
from wfm.forecast.clock import EPOCH, to_date
from wfm.forecast.forecaster import Forecaster
from wfm.forecast.handle_time.floor import Floor
from wfm.forecast.handle_time.learning_curve import LearningCurve
from wfm.forecast.history import History
from wfm.forecast.scenarios import Scenarios
from wfm.forecast.volume import Volume
from wfm.forecast.wrapping import Draw, altered, draw_of, known_queues
from wfm.horizon import Horizon

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
    instance("volume", volume, Volume, "be a Volume")
    instance("curve", curve, LearningCurve, "be a LearningCurve")
    instance("starters", starters, Mapping, "map first days to numbers of agents")
    floor = Floor.of(curve, starters, experienced)
    factor = _by_slot(floor, volume.horizon)
    if since is not None:
        then = (to_date(since, "since") - EPOCH).days
        factor = factor / floor.factor(np.array([then]))
    rows = [volume.of(queue) for queue in (volume.queues if queues is None else queues)]
    aht = volume.array("aht")
    aht[rows] *= factor
    return volume.model_copy(update={"aht": aht})


@dataclass(frozen=True)
class LearningForecaster:
    """Another forecaster on the handle times of the experienced, with those of the new put back.

    Past handle times are divided by the mean factor of their day's floor, forecast, and multiplied
    by those of the days ahead. So people who were new in the past do not slow the forecast, and
    those who will be do.

    Parameters
    ----------
    curve, starters, experienced
        As for `with_learning`; starters of the past as well as of the days ahead.
    forecaster : Forecaster
        For everything else. If it draws scenarios, so does this.
    queues : sequence of str, optional
        Queues that the new answer; all by default.
    """

    curve: LearningCurve
    starters: Mapping[date, float]
    experienced: float
    forecaster: Forecaster
    queues: Sequence[str] | None = None

    def __post_init__(self) -> None:
        able("LearningForecaster.forecaster", self.forecaster, "forecast", "history, horizon")
        Floor.of(self.curve, self.starters, self.experienced)

    def forecast(self, history: History, horizon: Horizon) -> Volume:
        """Forecast every queue of the history."""
        made = self.forecaster.forecast(self._learned(history.until(horizon.start)), horizon)
        arguments = self.curve, self.starters, self.experienced
        return with_learning(made, *arguments, queues=self.queues)

    @property
    def scenarios(self) -> Draw:
        """Draw courses as the inner forecaster does; not there if it does not draw."""
        draw = draw_of(self.forecaster)

        def drawn(
            history: History, horizon: Horizon, samples: int = 500, seed: int = 1
        ) -> Scenarios:
            made = draw(self._learned(history.until(horizon.start)), horizon, samples, seed)
            wanted = made.queues if self.queues is None else self.queues
            chosen = [queue in wanted for queue in made.queues]
            factor = np.where(np.array(chosen)[:, None], _by_slot(self._floor, horizon), 1.0)
            return replace(made, aht=made.aht * factor)

        return drawn

    @property
    def _floor(self) -> Floor:
        return Floor.of(self.curve, self.starters, self.experienced)

    def _learned(self, past: History) -> History:
        """What the experienced would have taken."""
        chosen = past.queues if self.queues is None else tuple(self.queues)
        known_queues(chosen, past, "LearningForecaster.queues")
        rows = np.isin(past.codes, [past.queues.index(queue) for queue in chosen])
        days, day = np.unique(past.wall_clock.day, return_inverse=True)
        factor = np.where(rows, self._floor.factor(days)[day], 1.0)
        return altered(past, np.ones(len(factor)), 1 / factor)


def _by_slot(floor: Floor, horizon: Horizon) -> Floats:
    """Mean factor of the floor in each slot, shape ``(slots,)``."""
    first = (horizon.start - EPOCH).days
    return floor.factor(first + np.arange(horizon.days))[horizon.slot_days]
