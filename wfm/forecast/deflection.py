"""Contacts that self-service or a bot takes away, and what is left of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BeforeValidator, Field, model_validator

from wfm.errors import InputError
from wfm.forecast.argument import able, instance
from wfm.forecast.clock import EPOCH
from wfm.forecast.forecaster import Forecaster
from wfm.forecast.history import History
from wfm.forecast.scenarios import Scenarios
from wfm.forecast.volume import Volume
from wfm.forecast.wrapping import (
    Draw,
    altered,
    draw_of,
    known_queues,
    scaled,
    scaled_scenarios,
)
from wfm.horizon import Horizon
from wfm.value import Value

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def _as_points(shares: Any) -> Any:
    return tuple(shares.items()) if isinstance(shares, Mapping) else shares


class Deflection(Value):
    """Share of a queue's contacts that never reach an agent, over time.

    Parameters
    ----------
    queue : str
        Its name.
    shares : mapping of datetime.date to float, or pairs of them
        Share from 0 up to below 1 on some days, in their order; in between it runs in a straight
        line, before the first and after the last it stays. Two days in a row make a step.
    handle_time_ratio : float
        AHT that the contacts taken away would have had with an agent, by the AHT of all contacts;
        below 1 if the easy ones go, as they do.

    Notes
    -----
    With AHT A of all contacts, share s and ratio r, what remains takes A (1 - s r)/(1 - s): the
    time of all less that of the deflected, by the contacts that remain. It must be above 0.
    """

    queue: str
    shares: Annotated[tuple[tuple[date, float], ...], BeforeValidator(_as_points)] = Field(
        min_length=1
    )
    handle_time_ratio: float = Field(default=1.0, gt=0)

    @model_validator(mode="after")
    def _possible(self) -> Deflection:
        last = None
        for day, share in self.shares:
            place = f"Deflection of {self.queue}, share on {day},"
            if last is not None and day <= last:
                raise InputError(place, f"come after the one on {last}")
            last = day
            if not 0 <= share < 1:
                raise InputError(place, "be from 0 up to below 1", share)
            if share * self.handle_time_ratio >= 1:
                must = "leave some handle time: share x handle_time_ratio below 1"
                raise InputError(place, must, share * self.handle_time_ratio)
        return self

    def share(self, days: Ints) -> Floats:
        """Share on days given as days since 1970-01-01, same shape."""
        known = [(day - EPOCH).days for day, _ in self.shares]
        return np.interp(days, known, [share for _, share in self.shares])

    def factors(self, days: Ints) -> tuple[Floats, Floats]:
        """Factors that deflection puts on contacts and on AHT, days as for `share`."""
        share = self.share(days)
        return 1 - share, (1 - share * self.handle_time_ratio) / (1 - share)


@dataclass(frozen=True)
class DeflectedForecaster:
    """Another forecaster on what contacts would be without deflection, with deflection put back.

    The history's contacts and handle times are brought to what they would have been with nothing
    deflected, those are forecast, and the shares of the coming days are applied to contacts, band
    and handle times. So a bot that was introduced some weeks ago is no fall of demand that goes
    on, and one that is planned is no surprise.

    Parameters
    ----------
    deflections : sequence of Deflection
        At most one of each queue; the others are forecast as they are.
    forecaster : Forecaster
        For what would come without deflection. If it draws scenarios, so does this.
    """

    deflections: Sequence[Deflection]
    forecaster: Forecaster

    def __post_init__(self) -> None:
        instance("DeflectedForecaster.deflections", self.deflections, list | tuple, "be a list")
        for index, each in enumerate(self.deflections):
            place = f"DeflectedForecaster.deflections[{index}]"
            instance(place, each, Deflection, "be a Deflection")
        place = "DeflectedForecaster.forecaster"
        able(place, self.forecaster, "forecast", "history, horizon")
        names = [each.queue for each in self.deflections]
        if len(set(names)) < len(names):
            raise InputError("DeflectedForecaster.deflections", "name each queue once", names)

    def forecast(self, history: History, horizon: Horizon) -> Volume:
        """Forecast every queue of the history, those with deflection by what remains of them."""
        past = self._restored(history.until(horizon.start))
        return deflected(self.forecaster.forecast(past, horizon), self.deflections)

    @property
    def scenarios(self) -> Draw:
        """Draw courses as the inner forecaster does; not there if it does not draw."""
        draw = draw_of(self.forecaster)

        def drawn(
            history: History, horizon: Horizon, samples: int = 500, seed: int = 1
        ) -> Scenarios:
            past = self._restored(history.until(horizon.start))
            found = draw(past, horizon, samples, seed)
            contacts, aht = _factors(found.queues, horizon, self.deflections)
            rows = {each.queue: found.queues.index(each.queue) for each in self.deflections}
            shares = {queue: contacts[row] for queue, row in rows.items()}
            return scaled_scenarios(found, shares, seed, aht)

        return drawn

    def _restored(self, past: History) -> History:
        known_queues((each.queue for each in self.deflections), past, "Deflection.queue")
        return restored(past, self.deflections)


def restored(history: History, deflections: Sequence[Deflection]) -> History:
    """Bring a history to what would have come without deflection."""
    contacts, aht = np.ones(len(history.frame)), np.ones(len(history.frame))
    for each in deflections:
        if each.queue in history.queues:
            rows = history.codes == history.queues.index(each.queue)
            contacts[rows], aht[rows] = each.factors(history.wall_clock.day[rows])
    return altered(history, 1 / contacts, 1 / aht)


def deflected(volume: Volume, deflections: Sequence[Deflection]) -> Volume:
    """Take away from a forecast of all contacts what will be deflected."""
    return scaled(volume, *_factors(volume.queues, volume.horizon, deflections))


def _factors(
    queues: tuple[str, ...], horizon: Horizon, deflections: Sequence[Deflection]
) -> tuple[Floats, Floats]:
    """Factors on contacts and AHT, each of shape ``(queues, slots)``."""
    contacts, aht = np.ones((2, len(queues), horizon.slots))
    days = (horizon.start - EPOCH).days + horizon.slot_days
    for each in deflections:
        if each.queue in queues:
            row = queues.index(each.queue)
            contacts[row], aht[row] = each.factors(days)
    return contacts, aht
