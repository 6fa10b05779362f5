"""What a calibration gives back: its rounds, and the schedule that it ended with."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from wfm.problem import Problem
from wfm.schedule import SCHEMA_VERSION, Schedule
from wfm.value import Value

Standing = Literal["met", "held above", "above", "below", "out of reach"]
Status = Literal["met", "cannot be met", "rounds exhausted", "interrupted", "no schedule"]


class QueueRound(Value):
    """A target period of a queue in one round: what was planned, and what came out.

    Parameters
    ----------
    queue, period : str
        Id of the queue; date, ISO week, or horizon.
    target : float
        Level that is promised.
    planned : float
        Level that the round's curves planned; may be negative where agents are too few.
    simulated, low, high : float
        Level of the simulation and its confidence interval.
    standing : str
        ``"met"``: within the tolerance. ``"held above"``: more than the target, in the plan too or
        whatever was tried, since rules, floors or other queues ask for these agents. ``"above"``
        and ``"below"``: the plan is at its target and wrong. ``"out of reach"``: below, and the
        plan itself is short.
    """

    queue: str
    period: str
    target: float
    planned: float
    simulated: float
    low: float
    high: float
    standing: Standing

    @property
    def half_width(self) -> float:
        """Half of the confidence interval."""
        return (self.high - self.low) / 2


class CalibrationRound(Value):
    """One schedule of the loop.

    Parameters
    ----------
    number : int
        From 1.
    cost : float
        Wages, premiums and broken soft rules; what missed contacts would cost is left out, since
        each round counts them by other curves.
    hours : float
        Paid hours of everyone.
    queues : tuple of QueueRound
        Each queue's target periods with contacts.
    """

    number: int = Field(ge=1)
    cost: float
    hours: float
    queues: tuple[QueueRound, ...]

    @property
    def worst(self) -> float:
        """Farthest that a period lies below its target, not below 0."""
        return max((each.target - each.simulated for each in self.queues), default=0.0)

    def __str__(self) -> str:
        # The text is laid out elsewhere, since it reads these values.
        from wfm.calibration.text import round_text  # noqa: PLC0415

        return round_text(self)


class Calibration(Value):
    """A schedule whose service is simulated to be what is promised, or why there is none.

    Parameters
    ----------
    status : str
        ``"met"``: every target period is within the tolerance, or held above its target.
        ``"cannot be met"``: the plan itself falls short, and so does the simulation.
        ``"rounds exhausted"``, ``"interrupted"``: some period is still off. ``"no schedule"``: the
        search found none.
    reasons : tuple of str
        What is not as promised, in sentences; empty if all is met.
    schedule : Schedule or None
        Of the round that is kept: of those in which no period is short, the one of least cost;
        if there is none, the one whose worst period is least short.
    problem : Problem
        The problem with curves that are fitted to that schedule's simulation, period by period:
        `wfm.verify` with it states the level that came out, and `wfm.solve` goes on from there.
    kept : int
        Number of that round; 0 if there is none.
    rounds : tuple of CalibrationRound
        The history.
    """

    schema_version: int = Field(default=SCHEMA_VERSION, ge=1, le=SCHEMA_VERSION)
    status: Status
    reasons: tuple[str, ...] = ()
    schedule: Schedule | None = None
    problem: Problem
    kept: int = Field(ge=0)
    rounds: tuple[CalibrationRound, ...]

    @property
    def verdict(self) -> str:
        """How it ended, and which round is kept."""
        return f"{self.status}, round {self.kept} is kept" if self.kept else self.status

    def __str__(self) -> str:
        from wfm.calibration.text import calibration_text  # noqa: PLC0415

        return calibration_text(self)
