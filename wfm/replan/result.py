"""What a schedule that was planned anew has changed, and what that brings."""

from __future__ import annotations

from datetime import date
from typing import Literal

from wfm.judge.report import Costs
from wfm.problem import Problem
from wfm.schedule import Schedule, Shift
from wfm.value import Value

Kind = Literal["away", "break", "longer", "shorter", "moved", "called_in", "taken_out"]


class Standing(Value):
    """What a schedule costs, and the service that it plans.

    Parameters
    ----------
    costs : Costs
        Of the whole horizon, as `verify` finds them.
    planned : dict
        Queue's id -> contacts planned to be answered in time on the days that may change.
    """

    costs: Costs
    planned: dict[str, float]


class DayChange(Value):
    """What is other than published on a day of someone.

    Parameters
    ----------
    agent : str
        Id of the agent.
    day : datetime.date
        On which the shift starts.
    kind : str
        ``"away"`` for what has happened: the agent is not there, for all of the shift or a part.
        All others are changes of the plan: ``"break"`` if only breaks move, ``"longer"`` and
        ``"shorter"`` if a shift does, ``"moved"`` if it starts at another time, ``"called_in"``
        for one on a day off, ``"taken_out"`` for none.
    before, after : Shift or None
        The shift as published and as it is; None for a day off.
    price : float
        By `ChangePrices`, in money; 0 for what has happened.
    words : str
        The change in a sentence.
    """

    agent: str
    day: date
    kind: Kind
    before: Shift | None
    after: Shift | None
    price: float
    words: str

    @property
    def moved_breaks(self) -> int:
        """How many breaks begin at another time, in a shift that starts when it did."""
        if self.before is None or self.after is None or not self.before.begins_like(self.after):
            return 0
        both = zip(self.before.breaks, self.after.breaks, strict=True)
        return sum(old.start != new.start for old, new in both)


class Replan(Value):
    """A schedule that was planned anew in the course of the day.

    Parameters
    ----------
    problem : Problem
        What the new schedule keeps: the one given with all that has happened and been agreed. It
        is what `verify` judges the schedule by, and what the next re-plan begins with.
    schedule : Schedule
        The new schedule.
    published : Standing
        Cost and service of the schedule as published, had nothing happened.
    before : Standing
        With all that has happened, the plan untouched.
    after : Standing
        Of the new schedule.
    changes : tuple of DayChange
        All in which the new schedule differs from the published one, agent by agent.
    """

    problem: Problem
    schedule: Schedule
    published: Standing
    before: Standing
    after: Standing
    changes: tuple[DayChange, ...]

    @property
    def recovered(self) -> float | None:
        """Share of the service cost that had been lost and is so no more; None if none was."""
        lost = self.before.costs.service - self.published.costs.service
        won = self.before.costs.service - self.after.costs.service
        return won / lost if lost > 0 else None

    @property
    def price(self) -> float:
        """What all changes together cost by `ChangePrices`, in money."""
        return sum(change.price for change in self.changes)

    def __str__(self) -> str:
        names = ("published", "before", "after")
        rows = [(name, getattr(self, name).costs) for name in names]
        head = f"{'':<10} {'service':>12} {'wages':>12} {'rules':>12} {'total':>12}"
        lines = [
            f"{name:<10} {costs.service:>12,.2f} {costs.wages + costs.premiums:>12,.2f} "
            f"{costs.rules:>12,.2f} {costs.total:>12,.2f}"
            for name, costs in rows
        ]
        said = [change.words for change in self.changes] or ["Nothing changes."]
        return "\n".join([head, *lines, "", *said])
