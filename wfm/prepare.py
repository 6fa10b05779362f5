"""The past of a centre before the first day to forecast, cleaned in the open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from wfm.errors import InputError
from wfm.forecast import (
    Cleaned,
    History,
    StructuralForecaster,
    clean,
    known_days,
    read_history,
)
from wfm.forecast.newcomer.choosing import days_of, newcomers
from wfm.forecast.newcomer.new_queue import SETTLED
from wfm.forecast.notes import notes_on
from wfm.horizon import Horizon, check_years
from wfm.io.center import CENTER
from wfm.io.desk import ForecastDesk
from wfm.io.place import at
from wfm.io.toml import TomlFile, read_toml


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
        zone, interval = self.read.timezone, self.read.interval
        return self.desk.swapped(Horizon(start=start, days=days, timezone=zone, interval=interval))

    def notes(self, horizon: Horizon) -> tuple[str, ...]:
        """What was borrowed, what is odd, and what the past cannot teach, in sentences."""
        borrowed = self.forecaster().borrowed(self.past, horizon)
        found = notes_on(self.read, horizon.start, horizon.days, self.desk.calendar)
        return (*(f"borrowed: {each}" for each in borrowed), *self._unused(), *found)

    def _unused(self) -> list[str]:
        """A sentence for each new queue that is new no longer."""
        days = dict(zip(self.past.queues, days_of(self.past).sum(axis=1), strict=True))
        return [
            f"unused: [[new_queues]] of {queue} has no say: it has {days[queue]} days of its own, "
            f"and {SETTLED} are enough."
            for queue in self.desk.new_queues
            if days.get(queue, 0) >= SETTLED
        ]


def prepare(
    desk: ForecastDesk,
    start: date,
    *,
    history: Path | None = None,
    cleaning: bool = True,
    center: Path | None = None,
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
    center : pathlib.Path, optional
        The file that the desk was read from, whose name and lines errors tell.

    Raises
    ------
    InputError
        Naming file and row, or the rule or the new queue that does not fit, or a queue of which
        neither the history nor a new queue tells anything.
    """
    check_years("start", start)
    source = history or desk.history
    file = TomlFile(CENTER, "", {}) if center is None else read_toml(center)
    read = read_history(source, timezone=desk.timezone, queues=desk.queues).until(start)
    _check_known(desk, read, f"{source.name} before {start}", file)
    cleaned = Cleaned(read, ())
    if cleaning:
        with at(file.section("cleaning")):
            cleaned = clean(read, desk.cleaning, known_days(desk.calendar, read))
    try:
        newcomers(cleaned.history, desk.new_queues)
    except InputError as error:
        raise InputError.of(_in_file(fault, desk, file) for fault in error.faults) from None
    return Prepared(desk, read, cleaned)


def _check_known(desk: ForecastDesk, read: History, source: str, file: TomlFile) -> None:
    """Refuse queues of which nothing is known."""
    held = ", ".join(read.queues)
    if not read.queues:
        return
    for index, queue in enumerate(desk.queues):
        if queue.id not in read.queues and queue.id not in desk.new_queues:
            raise InputError(
                f"{file.place('queues', index)} {queue.id!r}",
                f"have rows in {source}, which has those of {held}, or a table [[new_queues]] "
                "that says what is known of it",
            )
    if not any(queue.id in read.queues for queue in desk.queues):
        raise InputError(source, f"have rows of {', '.join(q.id for q in desk.queues)}", held)


def _in_file(fault: InputError, desk: ForecastDesk, file: TomlFile) -> InputError:
    """A fault of a new queue, with the place of its table."""
    for index, queue in enumerate(desk.new_queues):
        own = f"new[{queue!r}]."
        if fault.place.startswith(own):
            place = f"{file.place('new_queues', index)} {fault.place.removeprefix(own)}"
            return InputError(place, fault.must, fault.got)
    return fault
