"""The calendar that a centre lives by: countries, festivals, and events of its own."""

from __future__ import annotations

from collections import Counter

from pydantic import Field, model_validator

from wfm.errors import InputError
from wfm.forecast.calendar.event import Event
from wfm.forecast.calendar.public import holidays_of
from wfm.horizon import Swaps
from wfm.value import Value

LUNAR = frozenset({"CN", "HK", "TW", "SG", "MY", "VN", "KR"})
"""Countries whose people keep the festivals of the lunar calendar."""


class Calendar(Value):
    """Which dates are unlike others, for each queue.

    Parameters
    ----------
    countries : tuple of str
        Whose public holidays count: codes such as ``"CN"``, or with a subdivision ``"DE-BY"``. A
        day is a holiday if it is one in any of them; the weekend is that of the first.
    queues : dict of str to tuple of str
        Countries of single queues, in place of `countries`.
    swaps : bool
        Whether days that make up for a swapped holiday, such as China's working weekends, follow
        the weekday that they replace. They are known once a country has published them and the
        installed `holidays` package holds them, for China in November for the next year.
    swapped : tuple of SwapDay
        Further dates that count as another weekday, such as a centre's own working Saturday. What
        they say goes before what `swaps` finds.
    lunar : bool, optional
        Whether festivals of the lunar calendar that are no public holidays count. None: where a
        queue's countries hold one of CN, HK, TW, SG, MY, VN and KR.
    around : int
        Number of days before and after a holiday with an effect of their own.
    days_of_month : bool
        Whether the day of the month and its first and last business days count.
    events : tuple of Event
        What else happens, with names that differ.
    """

    countries: tuple[str, ...] = ()
    queues: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    swaps: bool = True
    swapped: Swaps = ()
    lunar: bool | None = None
    around: int = Field(default=2, ge=0, le=14)
    days_of_month: bool = True
    events: tuple[Event, ...] = ()

    @model_validator(mode="after")
    def _known_countries(self) -> Calendar:
        named = {"countries": self.countries} | {
            f"queues[{queue!r}]": codes for queue, codes in self.queues.items()
        }
        for field, codes in named.items():
            for index, code in enumerate(codes):
                holidays_of(code, (), f"Calendar.{field}[{index}]")
            if len(set(codes)) < len(codes):
                raise InputError(f"Calendar.{field}", "name each country once", codes)
        return self

    @model_validator(mode="after")
    def _names_differ(self) -> Calendar:
        counts = Counter(event.name for event in self.events)
        twice = [name for name, count in counts.items() if count > 1]
        if twice:
            raise InputError("Calendar.events", "have names that differ", twice[0])
        return self

    def __hash__(self) -> int:
        return hash((self.countries, tuple(sorted(self.queues.items())), self.events, self.swapped))

    @classmethod
    def of(cls, code: str | Calendar | None) -> Calendar:
        """A calendar as it is, that of a country's code, or without countries.

        Parameters
        ----------
        code : str, Calendar or None
            What an argument such as ``holidays="DE-BY"`` holds.
        """
        if isinstance(code, Calendar):
            return code
        if code is None:
            return cls()
        if not isinstance(code, str):
            raise InputError("holidays", "be a Calendar or a country's code", code)
        holidays_of(code, ())
        return cls(countries=(code,))

    def countries_of(self, queue: str) -> tuple[str, ...]:
        """Codes of the countries whose holidays a queue feels."""
        return self.queues.get(queue, self.countries)

    def events_of(self, queue: str) -> tuple[Event, ...]:
        """Events that a queue feels."""
        return tuple(event for event in self.events if not event.queues or queue in event.queues)

    def keeps_lunar(self, queue: str) -> bool:
        """Whether lunar festivals count for a queue."""
        if self.lunar is not None:
            return self.lunar
        return any(code.partition("-")[0] in LUNAR for code in self.countries_of(queue))
