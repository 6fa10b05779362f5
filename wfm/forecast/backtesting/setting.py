"""What a backtest is asked to do, checked, and from which days it forecasts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from wfm.errors import InputError
from wfm.forecast.argument import able, instance, whole
from wfm.forecast.clock import EPOCH, to_date
from wfm.forecast.fitting import check_history
from wfm.forecast.forecaster import Forecaster
from wfm.forecast.history import History
from wfm.queue import Queue

LEARNING: Final = 70
"""Days before the first origin, if none is named."""


@dataclass(frozen=True, eq=False)
class Setting:
    """What is common to all origins and forecasters."""

    history: History
    horizons: tuple[int, ...]
    levels: tuple[float, ...]
    samples: int
    seed: int
    queues: tuple[Queue, ...]

    def __post_init__(self) -> None:
        check_history(self.history)
        if not self.history.queues:
            raise InputError("history", "hold at least one row", "none")
        days = self.horizons
        if not days or min(days) < 1 or max(days) > 366 or len(set(days)) < len(days):
            raise InputError("horizons", "be different numbers of days from 1 to 366", days)
        whole("samples", self.samples, least=0)
        whole("seed", self.seed, least=0)
        known = self.history.queues
        lost = next((queue.id for queue in self.queues if queue.id not in known), None)
        if lost is not None:
            raise InputError("queues", f"be in the history ({', '.join(known)})", lost)

    @property
    def first_day(self) -> date:
        """First local day of the history."""
        return EPOCH + timedelta(days=int(self.history.wall_clock.day.min()))

    @property
    def last_day(self) -> date:
        """Last local day of the history."""
        return EPOCH + timedelta(days=int(self.history.wall_clock.day.max()))

    def ahead(self, origin: date) -> tuple[int, ...]:
        """Horizons that end within the history, if they start on a day."""
        left = (self.last_day - origin).days + 1
        return tuple(days for days in self.horizons if days <= left)

    def origins(self, first: date | str | None, step: int) -> tuple[date, ...]:
        """First days of the forecasts, from `first` on, so many days apart."""
        whole("step", step, least=1)
        start = self.first_day + timedelta(days=LEARNING)
        start = start if first is None else to_date(first, "first")
        span = f"{self.first_day} to {self.last_day}"
        if start <= self.first_day:
            raise InputError("first", f"lie after the first day of the history ({span})", start)
        count = (self.last_day - start).days // step + 1
        days = [start + timedelta(days=step * index) for index in range(max(0, count))]
        origins = tuple(day for day in days if self.ahead(day))
        if not origins:
            must = f"leave the shortest horizon ({min(self.horizons)} days) of the history ({span})"
            raise InputError("first", must, f"{start}")
        return origins


def named(forecasters: Mapping[str, Forecaster]) -> dict[str, Forecaster]:
    """Forecasters by name; raises InputError if there is none, or one that cannot forecast."""
    if not isinstance(forecasters, Mapping) or not forecasters:
        raise InputError("forecasters", "map at least one name to a forecaster", forecasters)
    for name, forecaster in forecasters.items():
        able(f"forecasters[{name!r}]", forecaster, "forecast", "history, horizon")
    return dict(forecasters)


def staffed(queues: Sequence[Queue] | None) -> tuple[Queue, ...]:
    """Queues whose staffing is compared: those given that are not deferred."""
    given = () if queues is None else queues
    instance("queues", given, Sequence, "be queues")
    for index, queue in enumerate(given):
        instance(f"queues[{index}]", queue, Queue, "be a Queue")
    return tuple(queue for queue in given if queue.channel != "deferred")
