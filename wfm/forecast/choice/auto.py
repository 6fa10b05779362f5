"""The best of several forecasters for each queue, by what they would have done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

import pandas as pd

from wfm.errors import InputError
from wfm.forecast.backtesting.setting import named
from wfm.forecast.choice.chosen import Choice
from wfm.forecast.choice.trial import check_trial, try_out
from wfm.forecast.forecaster import Forecaster
from wfm.forecast.history import History
from wfm.forecast.scenarios import Scenarios
from wfm.forecast.volume import Volume
from wfm.horizon import Horizon

Measure = Literal["wape", "wape_day", "pinball"]


@dataclass(frozen=True)
class AutoForecaster:
    """Choose a forecaster for each queue by a backtest on the last weeks of its history.

    Where the history is too short for one, the first candidate forecasts; so it does for queues
    of less than four weeks before the trial, and where candidates do equally well the earlier one
    is chosen. A candidate that cannot forecast the trial is not chosen.

    Parameters
    ----------
    candidates : mapping of str to Forecaster
        Among whom to choose, by name.
    by : {"wape", "wape_day", "pinball"}
        Measure of :meth:`Backtest.table` that is to be least.
    horizon : int
        Days ahead that count.
    origins : int
        Forecasts of the trial, a week apart.
    samples : int
        Scenarios of each, for the pinball loss.
    """

    candidates: Mapping[str, Forecaster]
    by: Measure = "wape"
    horizon: int = 7
    origins: int = 8
    samples: int = 200

    def __post_init__(self) -> None:
        named(self.candidates)
        check_trial("AutoForecaster", self.horizon, self.origins)
        if self.by not in get_args(Measure):
            must = f"be one of {', '.join(get_args(Measure))}"
            raise InputError("AutoForecaster.by", must, self.by)
        if self.samples < 1:
            raise InputError("AutoForecaster.samples", "be at least 1", self.samples)
        if self.by == "pinball":
            for name, candidate in self.candidates.items():
                if not hasattr(candidate, "scenarios"):
                    must = "have scenarios, or be chosen by another measure than pinball"
                    raise InputError(f"AutoForecaster.candidates[{name!r}]", must, candidate)

    def choose(self, history: History) -> Choice:
        """Make the choice for each queue of a history, to be looked at and forecast by.

        Parameters
        ----------
        history : History
            The past, up to the day from which on is to be forecast.
        """
        trial = try_out(
            history,
            self.candidates,
            horizon=self.horizon,
            origins=self.origins,
            samples=self.samples if self.by == "pinball" else 0,
        )
        first, *_ = self.candidates
        chosen = dict.fromkeys(history.queues, first)
        if len(trial.table):
            chosen |= _least(trial.table, self.by)
        return Choice(dict(self.candidates), chosen, trial.table, trial.refused)

    def forecast(self, history: History, horizon: Horizon) -> Volume:
        """Choose by the time before the horizon, and forecast."""
        past = history.until(horizon.start)
        return self.choose(past).forecast(past, horizon)

    def scenarios(
        self, history: History, horizon: Horizon, samples: int = 500, seed: int = 1
    ) -> Scenarios:
        """Choose by the time before the horizon, and draw futures."""
        past = history.until(horizon.start)
        return self.choose(past).scenarios(past, horizon, samples, seed)


def _least(table: pd.DataFrame, measure: Measure) -> dict[str, str]:
    """Candidate with the least of a measure, the first of equals, of each queue with any."""
    each = table[[measure]].dropna().reset_index()
    best = each.loc[each.groupby("queue", sort=False)[measure].idxmin()]
    return dict(zip(best["queue"], best["forecaster"], strict=True))
