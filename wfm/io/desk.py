"""What staffing and forecasting need to know of a centre, without the people who work there."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator

from wfm.demand import BusyFactor
from wfm.errors import InputError
from wfm.forecast import Calendar, CleaningRules, Event, NewQueue
from wfm.horizon import Horizon, Swaps, zone_of
from wfm.queue import Queue
from wfm.value import Value


class Desk(Value):
    """What staffing needs to know of a centre: when and for what its people are there.

    Parameters
    ----------
    timezone : str
        IANA name of the zone whose wall clock the centre lives by.
    interval : {5, 10, 15, 30, 60}
        Minutes of a planning interval.
    swaps : tuple of SwapDay
        Dates that count as another weekday, such as a working Saturday, whenever they come: in
        plans, in the history and in the forecast.
    queues : tuple of Queue
        With their targets.
    busy : BusyFactor, optional
        How far whole days may be busier or quieter than forecast, and what to staff for then.
    """

    timezone: str
    interval: Literal[5, 10, 15, 30, 60] = 15
    swaps: Swaps = ()
    queues: tuple[Queue, ...] = Field(min_length=1)
    busy: BusyFactor | None = None

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        zone_of(name, f"{cls.__name__}.timezone")
        return name

    def horizon(self, start: date, days: int) -> Horizon:
        """Days of the centre, cut into its intervals."""
        return Horizon(
            start=start,
            days=days,
            timezone=self.timezone,
            interval=self.interval,
            swaps=self.swaps,
        )

    def swapped(self, horizon: Horizon) -> Horizon:
        """The same days, some of which count as another weekday; unless they say so themselves."""
        if not self.swaps or horizon.swaps:
            return horizon
        return horizon.model_copy(update={"swaps": self.swaps})


class ForecastDesk(Desk):
    """What forecasting needs to know of a centre: a :class:`Desk`, its past and its calendar.

    Parameters
    ----------
    name : str
        For titles.
    country : str or tuple of str, optional
        Codes of the countries, such as ``"CN"`` or ``"DE-BY"``, whose public holidays count.
    events : tuple of Event
        What else makes days unlike others.
    history : pathlib.Path
        File of past contacts.
    cleaning : CleaningRules
        What is done about faults of the history.
    new_queues : Mapping of str to NewQueue
        What is known of queues with little past or none.
    """

    name: str = ""
    country: str | tuple[str, ...] | None = None
    events: tuple[Event, ...] = ()
    history: Path = Path("history.csv")
    cleaning: CleaningRules = Field(default_factory=CleaningRules)
    new_queues: dict[str, NewQueue] = Field(default_factory=dict)

    @field_validator("country", mode="before")
    @classmethod
    def _known_country(cls, given: object) -> object:
        place = f"{cls.__name__}.country"
        codes = [given] if isinstance(given, str) else [] if given is None else given
        if not isinstance(codes, list | tuple):
            raise InputError(place, "be a country's code, or a list of codes", given)
        for code in codes:
            try:
                Calendar.of(code)
            except InputError as error:
                raise InputError(place, error.must, error.got) from None
        if len(set(codes)) < len(codes):
            raise InputError(place, "name each country once", given)
        return given

    def __hash__(self) -> int:
        return hash(self.to_json())

    @property
    def calendar(self) -> Calendar:
        """Holidays, swapped days and events that the forecast knows."""
        codes = (self.country,) if isinstance(self.country, str) else self.country or ()
        return Calendar(countries=codes, events=self.events, swapped=self.swaps)
