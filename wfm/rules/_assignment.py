"""What one agent does on one date, and how it is read from a schedule."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pydantic import Field, model_validator

from wfm.errors import InputError
from wfm.horizon import DAY, Horizon
from wfm.problem import Problem
from wfm.schedule import Shift
from wfm.value import Value
from wfm.window import Clock


class Assignment(Value):
    """What one agent does on one date, as far as it is said.

    Parameters
    ----------
    agent : str
        Id of the agent.
    day : datetime.date
        The date on which the shift starts.
    template : str, optional
        Id of its shift template; any if left out.
    start : str, optional
        Its wall-clock start ``HH:MM``; any if left out.
    minutes : int, optional
        Its length in elapsed minutes, breaks included; any if left out.
    off : bool
        No shift starts on the date.
    until : str, optional
        With `off`: none starts before this wall-clock time; later ones may.
    """

    agent: str
    day: date
    template: str | None = None
    start: Clock | None = None
    minutes: int | None = Field(default=None, gt=0)
    off: bool = False
    until: Clock | None = None

    @model_validator(mode="after")
    def _on_or_off(self) -> Assignment:
        shift = (self.template, self.start, self.minutes)
        if self.off and shift != (None, None, None):
            raise InputError("Assignment.off", "be false where a shift is described", self.off)
        if self.until is not None and not self.off:
            raise InputError("Assignment.until", "be left out where the day is not off", self.until)
        return self


def check_assigned(problem: Problem, place: str, assignments: Iterable[Assignment]) -> None:
    """Raise `InputError` if an agent or a template of some assignments is not in the problem."""
    for one in assignments:
        problem.must_know("agents", (one.agent,), place)
        if one.template is not None:
            problem.must_know("shifts", (one.template,), place)


def assignment_of(problem: Problem, shift: Shift) -> Assignment:
    """A shift with all that an assignment can say of it."""
    return Assignment(
        agent=shift.agent,
        day=problem.horizon.date_of(shift.day),
        template=shift.template,
        start=clock_of(problem.horizon, shift),
        minutes=shift.minutes,
    )


def clock_of(horizon: Horizon, shift: Shift) -> str:
    """Start of a shift as ``"HH:MM"`` of the day to which it belongs; ``"24:00"`` is its end."""
    when = horizon.local(shift.start)
    ahead = horizon.day(when.date()) - shift.day
    minutes = DAY * ahead + 60 * when.hour + when.minute
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


class AgentDay(Value):
    """One agent on one date.

    Parameters
    ----------
    agent : str
        Id of the agent.
    day : datetime.date
        The date.
    """

    agent: str
    day: date
