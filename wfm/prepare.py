"""The past of a centre before the first day to forecast, cleaned in the open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from wfm.forecast import (
    Cleaned,
    History,
    StructuralForecaster,
    clean,
    known_days,
    read_history,
)
from wfm.forecast.newcomer.choosing import newcomers
from wfm.forecast.notes import notes_on
from wfm.horizon import Horizon
from wfm.io.center import CENTER
from wfm.io.desk import ForecastDesk
from wfm.io.place import at


@dataclass(frozen=True, eq=False)
class Prepared:
    """The past of a centre before a day, made ready to be forecast from.

    Attributes
    ----------
    desk : ForecastDesk
        The centre.
    read : History
        The past as it was read.
    cleaned : Cleaned
        The past to learn from, and what differs from that which was read.
    """

    desk: ForecastDesk
    read: History
    cleaned: Cleaned

    @property
    def past(self) -> History:
        """The past to learn from."""
        return self.cleaned.history

    def forecaster(self) -> StructuralForecaster:
        """The forecaster by default, with the centre's calendar and its new queues."""
        return StructuralForecaster(calendar=self.desk.calendar, new=self.desk.new_queues)

    def horizon(self, start: date, days: int) -> Horizon:
        """Days to forecast, in the history's interval."""
        return Horizon(
            start=start, days=days, timezone=self.read.timezone, interval=self.read.interval
        )

    def notes(self, horizon: Horizon) -> tuple[str, ...]:
        """What was borrowed, what is odd, and what the past cannot teach, in sentences."""
        borrowed = self.forecaster().borrowed(self.past, horizon)
        found = notes_on(self.read, horizon.start, horizon.days, self.desk.calendar)
        return (*(f"borrowed: {each}" for each in borrowed), *found)


def prepare(
    desk: ForecastDesk, start: date, *, history: Path | None = None, cleaning: bool = True
) -> Prepared:
    """Read and clean what came before a day.

    Parameters
    ----------
    desk : ForecastDesk
        The centre, with its rules of cleaning.
    start : datetime.date
        First day that is not looked at.
    history : pathlib.Path, optional
        A file in place of the desk's own.
    cleaning : bool
        Whether anything is changed.

    Raises
    ------
    InputError
        Naming file and row, or the rule or the new queue that does not fit.
    """
    source = history or desk.history
    read = read_history(source, timezone=desk.timezone, queues=desk.queues).until(start)
    cleaned = Cleaned(read, ())
    if cleaning:
        with at(f"{CENTER} [cleaning]", without="CleaningRules."):
            cleaned = clean(read, desk.cleaning, known_days(desk.calendar, read))
    with at(f"{CENTER} [[new_queues]]", without="new"):
        newcomers(cleaned.history, desk.new_queues)
    return Prepared(desk, read, cleaned)
