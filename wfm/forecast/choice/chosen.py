"""A forecaster for each queue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from wfm.forecast.choice.drawing import coverage_of, drawn
from wfm.forecast.choice.trial import only
from wfm.forecast.forecaster import Forecaster
from wfm.forecast.history import History
from wfm.forecast.scenarios import Scenarios
from wfm.forecast.volume import MEASURES, Volume
from wfm.horizon import Horizon


@dataclass(frozen=True, eq=False)
class Choice:
    """Who forecasts which queue, and why.

    Parameters
    ----------
    candidates : mapping of str to Forecaster
        By name. The first one sees the whole history, so that it can learn for a queue from the
        others, and forecasts any queue for which none was chosen; the others see their queues.
    chosen : mapping of str to str
        Queue -> name of its forecaster.
    table : pandas.DataFrame
        Measures by candidate, horizon and queue; empty if there was no trial.
    refused : mapping of str to str
        Candidates that could not forecast the trial, with what they said.
    """

    candidates: Mapping[str, Forecaster]
    chosen: Mapping[str, str]
    table: pd.DataFrame
    refused: Mapping[str, str]

    def forecast(self, history: History, horizon: Horizon) -> Volume:
        """Forecast each queue by its own forecaster."""
        history = history.until(horizon.start)
        parts = {
            name: self.candidates[name].forecast(past, horizon)
            for name, past in self._shares(history).items()
        }
        arrays = {
            measure: np.stack(
                [
                    parts[self._name(queue)].array(measure)[parts[self._name(queue)].of(queue)]
                    for queue in history.queues
                ]
            )
            for measure in MEASURES
        }
        coverage = coverage_of(list(parts.values()))
        return Volume(horizon=horizon, queues=history.queues, coverage=coverage, **arrays)

    def scenarios(
        self, history: History, horizon: Horizon, samples: int = 500, seed: int = 1
    ) -> Scenarios:
        """Draw futures of each queue by its own forecaster."""
        history = history.until(horizon.start)
        parts = {
            name: drawn(name, self.candidates[name], past, horizon, samples, seed)
            for name, past in self._shares(history).items()
        }
        contacts = np.empty((samples, len(history.queues), horizon.slots), dtype=np.int32)
        aht = np.empty((len(history.queues), horizon.slots))
        for row, queue in enumerate(history.queues):
            part = parts[self._name(queue)]
            contacts[:, row] = part.contacts[:, part.queues.index(queue)]
            aht[row] = part.aht[part.queues.index(queue)]
        return Scenarios(horizon, history.queues, contacts, aht)

    def _name(self, queue: str) -> str:
        return self.chosen.get(queue, next(iter(self.candidates)))

    def _shares(self, history: History) -> dict[str, History]:
        """What each forecaster that is used sees of a history."""
        first = next(iter(self.candidates))
        names = dict.fromkeys(self._name(queue) for queue in history.queues) or {first: None}
        queues = {
            name: [queue for queue in history.queues if self._name(queue) == name] for name in names
        }
        return {
            name: history if name == first else only(history, own) for name, own in queues.items()
        }

    def __str__(self) -> str:
        lines = [f"{queue}: {self._reason(queue, name)}" for queue, name in self.chosen.items()]
        lines += [f"{name} was left out: {message}" for name, message in self.refused.items()]
        return "\n".join(lines)

    def _reason(self, queue: str, name: str) -> str:
        tried = len(self.table) and queue in self.table.index.get_level_values("queue")
        if not tried or self.table.xs(queue, level="queue")["wape"].isna().all():
            return f"{name}, the first candidate; the history is too short to choose by"
        errors = self.table.xs(queue, level="queue")["wape"].droplevel("horizon")
        each = ", ".join(f"{other} {error:.1%}" for other, error in errors.items())
        return f"{name} (WAPE: {each})"
