"""How `wfm forecast` forecasts, by name, and how good that would have been."""

from __future__ import annotations

from datetime import timedelta
from typing import Protocol

from wfm.cli._method import Method
from wfm.errors import InputError
from wfm.forecast import (
    AutoForecaster,
    Backtest,
    DayForecaster,
    ExponentialSmoothing,
    History,
    Scenarios,
    SeasonalNaive,
    Volume,
    WeekdayMean,
    backtest,
)
from wfm.forecast.choice.trial import only
from wfm.forecast.clock import EPOCH
from wfm.horizon import Horizon
from wfm.prepare import Prepared

BASELINE = "mean of last 4"
TESTED = timedelta(weeks=12)
"""Last stretch of the history that a backtest forecasts."""
LEARNED = timedelta(weeks=4)
"""Least history of a queue before it."""
SAMPLES = 200


class Drawer(Protocol):
    """A forecaster that draws scenarios."""

    def forecast(self, history: History, horizon: Horizon) -> Volume:
        """Forecast every queue."""
        ...

    def scenarios(
        self, history: History, horizon: Horizon, samples: int = 500, seed: int = 1
    ) -> Scenarios:
        """Draw courses of the horizon."""
        ...


def candidates(prepared: Prepared) -> dict[str, Drawer]:
    """Every single method by its name, the one by default first."""
    desk = prepared.desk
    smoothing = DayForecaster(ExponentialSmoothing(), calendar=desk.calendar, new=desk.new_queues)
    return {
        Method.STRUCTURAL.value: prepared.forecaster(),
        Method.SMOOTHING.value: smoothing,
        Method.WEEKDAY_MEAN.value: WeekdayMean(weeks=4),
        Method.SEASONAL_NAIVE.value: SeasonalNaive(),
    }


def chosen(method: Method, prepared: Prepared) -> tuple[Drawer, list[str]]:
    """The forecaster of a name, and lines that say why it was chosen."""
    if method is not Method.AUTO:
        return candidates(prepared)[method.value], []
    choice = AutoForecaster(candidates(prepared)).choose(prepared.past)
    return choice, str(choice).splitlines()


def tried(method: Method, prepared: Prepared) -> Backtest:
    """Backtest of a method, or of all of them for ``auto``, beside the mean of 4 weekdays.

    Raises
    ------
    InputError
        If no queue has a history that is long enough.
    """
    past = prepared.past
    all_of_them = candidates(prepared)
    names = list(all_of_them) if method is Method.AUTO else [method.value]
    given = {name: all_of_them[name] for name in names if name != Method.WEEKDAY_MEAN.value}
    day = past.wall_clock.day
    if not len(day):
        raise InputError("--backtest", "have a history to forecast again", "none")
    oldest = [int(day[past.codes == code].min()) for code in range(len(past.queues))]
    newest = int(day.max())
    first = max(newest + 1 - TESTED.days, min(oldest) + LEARNED.days)
    if first > newest:
        must = f"have more than {LEARNED.days} days of history"
        raise InputError("--backtest", must, f"{newest + 1 - min(oldest)} days")
    old = [
        queue
        for queue, begin in zip(past.queues, oldest, strict=True)
        if begin + LEARNED.days <= first
    ]
    return backtest(
        only(past, old),
        {**given, BASELINE: WeekdayMean(weeks=4)},
        horizons=[days for days in (1, 7, 28) if first + days <= newest + 1],
        first=EPOCH + timedelta(days=first),
        queues=[queue for queue in prepared.desk.queues if queue.id in old],
        samples=SAMPLES,
    )
