"""Candidates tried on the last weeks of a history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from wfm.errors import InputError
from wfm.forecast.argument import number, whole
from wfm.forecast.backtesting.backtest import backtest
from wfm.forecast.clock import EPOCH
from wfm.forecast.forecaster import Forecaster
from wfm.forecast.history import History

LEAST: Final = 28
"""Days of a queue that lie before the first origin, at least."""
WEEK: Final = 7


class Trial(NamedTuple):
    """How candidates did."""

    table: pd.DataFrame
    """Measures by candidate and queue, as :meth:`Backtest.table` has them; empty without trial."""
    refused: dict[str, str]
    """Candidates that could not forecast, with what they said."""


def try_out(
    history: History,
    candidates: Mapping[str, Forecaster],
    *,
    horizon: int,
    origins: int,
    samples: int = 0,
) -> Trial:
    """Backtest candidates on the last weeks, those queues that are long enough.

    Parameters
    ----------
    history : History
        The past.
    candidates : mapping of str to Forecaster
        Who forecasts, by name.
    horizon : int
        Days ahead.
    origins : int
        Forecasts, a week apart, of which the last one ends with the history; fewer where it is
        short.
    samples : int
        Scenarios of each forecast.
    """
    if not history.queues:
        return Trial(pd.DataFrame(), {})
    code, day = history.codes, history.wall_clock.day
    firsts = np.array([day[code == index].min() for index in range(len(history.queues))])
    last = int(day.max()) + 1 - horizon
    room = (last - LEAST - int(firsts.min())) // WEEK + 1
    start = last - WEEK * (min(origins, room) - 1)
    able = [name for name, day in zip(history.queues, firsts, strict=True) if day <= start - LEAST]
    if room < 1 or not able:
        return Trial(pd.DataFrame(), {})
    past, first = only(history, able), EPOCH + timedelta(days=start)
    tables, refused = [], {}
    for name, candidate in candidates.items():
        try:
            found = backtest(past, {name: candidate}, (horizon,), first=first, samples=samples)
        except InputError as error:
            refused[name] = str(error)
        else:
            tables.append(found.table(by_queue=True))
    return Trial(pd.concat(tables) if tables else pd.DataFrame(), refused)


def only(history: History, queues: Iterable[str]) -> History:
    """Keep the rows of some queues."""
    chosen = np.array([queue in set(queues) for queue in history.queues], dtype=bool)
    if chosen.all():
        return history
    return replace(history, frame=history.frame[chosen[history.codes]].reset_index(drop=True))


def check_trial(name: str, horizon: int, origins: int) -> None:
    """Refuse a trial that cannot be made."""
    must = "be from 1 to 366 days"
    number(f"{name}.horizon", horizon, must, lambda days: days in range(1, 367))
    whole(f"{name}.origins", origins, least=1)
