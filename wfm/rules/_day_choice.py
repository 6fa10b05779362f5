"""Days on which a rule holds, chosen as a window's are."""

from __future__ import annotations

from datetime import date
from typing import Literal, Self

from pydantic import model_validator

from wfm.errors import InputError
from wfm.horizon import WEEKDAYS, Horizon
from wfm.limit import Grid
from wfm.rules._days import days_of
from wfm.rules._judge_days import is_chosen
from wfm.value import Value
from wfm.window import DateRange, Weekday, Window


class DayChoice(Value):
    """Some days: all of them, unless some are chosen.

    Parameters
    ----------
    days : tuple of str
        Weekdays on which it holds; all by default.
    weeks : {"every", "even", "odd"} or tuple of int
        ISO weeks in which it holds: all, alternate ones, or listed ones.
    anchor : datetime.date, optional
        A date of an even week, from which even and odd ones are counted instead.
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
    anchor: date | None = None
    dates: tuple[date, ...] = ()
    since: date | None = None
    until: date | None = None
    during: tuple[DateRange, ...] = ()
    outside: tuple[DateRange, ...] = ()

    @model_validator(mode="after")
    def _alternates(self) -> Self:
        if self.anchor is not None and self.weeks not in ("even", "odd"):
            must = "be left out unless weeks are even or odd"
            raise InputError(f"{type(self).__name__}.anchor", must, self.anchor)
        return self

    @property
    def window(self) -> Window:
        """The chosen days as whole days of a window, for `limits`."""
        chosen = {name: getattr(self, name) for name in DayChoice.model_fields}
        return Window(**chosen)

    def stated_days(self, x: Grid) -> list[int]:
        """Days of the horizon on which it holds, for `limits`."""
        return days_of(x, self.window)

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
        return is_chosen(horizon, day, self.days, self.weeks, self.anchor)

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
            said += [f"counted from {self.anchor}"] if self.anchor else []
        said += [f"from {self.since}"] if self.since else []
        said += [f"until {self.until}"] if self.until else []
        if not self.dates:
            said += [f"during {', '.join(map(str, self.during))}"] if self.during else []
            said += [f"but for {', '.join(map(str, self.outside))}"] if self.outside else []
        return "".join(f" {words}" for words in said)
