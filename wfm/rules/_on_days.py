"""Days on which a rule holds, chosen as a window's are; the base of rules of single days."""

from __future__ import annotations

from abc import ABC
from datetime import date
from typing import Literal, Self

from pydantic import model_validator

from wfm.errors import InputError
from wfm.horizon import WEEKDAYS, Horizon
from wfm.limit import Grid
from wfm.rule import AgentRule
from wfm.window import DateRange, Weekday, Window


class DaysRule(AgentRule, ABC):
    """A rule that holds on some days, each for itself; on all of them unless some are chosen.

    Parameters
    ----------
    days : tuple of str
        Weekdays on which it holds; all by default.
    weeks : {"every", "even", "odd"} or tuple of int
        ISO weeks in which it holds: all, alternate ones, or listed ones.
    dates : tuple of datetime.date
        If given, it holds on these dates only, whatever `days` and `weeks` say.
    since, until : datetime.date, optional
        First and last date on which it holds.
    during, outside : tuple of DateRange
        If given, it holds in one of the first, such as terms, and in none of the second, such as
        holidays; on `dates` it holds whatever these say.
    """

    days: tuple[Weekday, ...] = WEEKDAYS  # type: ignore[assignment]
    weeks: Literal["every", "even", "odd"] | tuple[int, ...] = "every"
    dates: tuple[date, ...] = ()
    since: date | None = None
    until: date | None = None
    during: tuple[DateRange, ...] = ()
    outside: tuple[DateRange, ...] = ()

    @model_validator(mode="after")
    def _dates_in_order(self) -> Self:
        if self.since and self.until and self.until < self.since:
            place = f"{type(self).__name__}.until"
            raise InputError(place, f"not be before since ({self.since})", self.until)
        return self

    def stated_days(self, x: Grid) -> list[int]:
        """Days of the horizon on which it holds, for `limits`."""
        chosen = {name: getattr(self, name) for name in Window.model_fields if hasattr(self, name)}
        window = Window(**{**chosen, "start": "00:00", "end": "24:00"})
        days = range(x.horizon.days)
        return [d for d in days if window.holds(x.horizon.date_of(d), x.horizon.day_type(d))]

    def holds_on(self, horizon: Horizon, day: int) -> bool:
        """Whether it holds on a day, for `violations`."""
        when = horizon.date_of(day)
        begun = self.since is None or self.since <= when
        over = self.until is not None and self.until < when
        if over or not begun:
            return False
        if self.dates:
            return when in self.dates
        inside = [span for span in self.during if span.first <= when <= span.last]
        away = [span for span in self.outside if span.first <= when <= span.last]
        if away or (self.during and not inside):
            return False
        week = when.isocalendar().week
        fits = {"every": True, "even": week % 2 == 0, "odd": week % 2 == 1}
        in_week = fits[self.weeks] if isinstance(self.weeks, str) else week in self.weeks
        return in_week and WEEKDAYS[horizon.day_type(day)] in self.days

    def when(self) -> str:
        """Say on which days it holds, with a blank before; nothing if on all of them."""
        said = []
        if self.dates:
            said.append("on " + ", ".join(map(str, self.dates)))
        elif self.days != WEEKDAYS:
            said.append("on " + " ".join(self.days))
        if not self.dates and self.weeks != "every":
            alternate = isinstance(self.weeks, str)
            listed = (
                f"{self.weeks} weeks" if alternate else f"weeks {', '.join(map(str, self.weeks))}"
            )
            said.append(f"in {listed}")
        said += [f"from {self.since}"] if self.since else []
        said += [f"until {self.until}"] if self.until else []
        if not self.dates:
            said += [f"during {', '.join(map(str, self.during))}"] if self.during else []
            said += [f"but for {', '.join(map(str, self.outside))}"] if self.outside else []
        return "".join(f" {words}" for words in said)
