"""The forecaster by default, and what it has learned of the calendar."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal

import numpy as np
import pandas as pd

from wfm.errors import InputError
from wfm.forecast.day_forecaster import DayForecaster
from wfm.forecast.days.structural import Structural
from wfm.forecast.history import History
from wfm.forecast.newcomer.choosing import newcomers
from wfm.forecast.queue_past import QueuePast, past_of, queue_pasts
from wfm.horizon import Horizon


@dataclass(frozen=True)
class StructuralForecaster(DayForecaster):
    """The forecaster by default: :class:`DayForecaster` with the model :class:`Structural`."""

    model: Structural = field(default_factory=Structural)

    def effects(
        self, history: History, horizon: Horizon, by: Literal["effect", "day"] = "effect"
    ) -> pd.DataFrame:
        """Tell what was learned of the calendar.

        Parameters
        ----------
        history, horizon
            As for `forecast`.
        by : {"effect", "day"}
            Whether each effect has a row, or each day of the past and of the horizon, with all
            that is learned of it together. Effects that often meet, such as that of any holiday
            and that of one by its name, are known better together than each by itself.

        Returns
        -------
        pandas.DataFrame
            Of the queues that do not borrow: ``queue``, ``effect`` (its name) or ``day``
            (datetime.date), ``factor`` on a day's contacts, and the ``lower`` and ``upper`` end of
            its 95 % interval.
        """
        if by not in ("effect", "day"):
            raise InputError("by", "be 'effect' or 'day'", by)
        past = past_of(history, horizon, self.new)
        borrowing = newcomers(past, self.new)
        queues = [queue for queue in past.queues if queue not in borrowing]
        tables = [self._table(own, by) for own in queue_pasts(past, queues, horizon, self.calendar)]
        none = pd.DataFrame(columns=["queue", by, "factor", "lower", "upper"])
        return pd.concat(tables, ignore_index=True) if tables else none

    def _table(self, own: QueuePast, by: Literal["effect", "day"]) -> pd.DataFrame:
        totals = own.shape(self.half_life).totals
        effects = own.effects.until(own.behind + own.ahead)
        sums = effects.matrix if by == "day" else None
        days = [effects.first + timedelta(days=day) for day in range(effects.days)]
        mean, deviation = self.model.effects(totals, effects, sums)
        columns: dict[str, Any] = {"queue": own.queue, by: days if by == "day" else effects.names}
        columns["factor"] = np.exp(mean)
        columns["lower"] = np.exp(mean - 1.96 * deviation)
        columns["upper"] = np.exp(mean + 1.96 * deviation)
        return pd.DataFrame(columns)
