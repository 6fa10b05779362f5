"""A swap that can be made, and what it changes."""

from __future__ import annotations

from datetime import date
from typing import Literal

from wfm.horizon import Horizon
from wfm.problem import Problem
from wfm.schedule import Schedule, Shift
from wfm.value import Value


class SwapMove(Value):
    """What one agent has on one day, before and after.

    Parameters
    ----------
    agent : str
        Id of the agent.
    day : datetime.date
        The day.
    before, after : Shift or None
        The shift that starts on it; None for a day off.
    """

    agent: str
    day: date
    before: Shift | None = None
    after: Shift | None = None


class WishChange(Value):
    """By how much the rules with a price are kept worse or better.

    Parameters
    ----------
    agents : tuple of str
        Ids of those concerned; none if it is nobody in particular, such as who is on duty.
    rule : str
        Name of the rule, where the asking agent is concerned or nobody in particular is. What is
        others' own is not named, and summed for each of them.
    change : float
        Change of the cost of broken rules, in money; negative where they are kept better.
    """

    agents: tuple[str, ...]
    rule: str
    change: float


class Effects(Value):
    """What a change of a schedule changes.

    Parameters
    ----------
    wages : float
        Change of wages and premiums, in money.
    service : float
        Change of the cost of lost service, in money.
    answers : dict
        Queue's id -> change of the contacts planned to be answered in time, over the horizon.
    wishes : tuple of WishChange
        Whose rules with a price are kept worse or better.
    """

    wages: float
    service: float
    answers: dict[str, float]
    wishes: tuple[WishChange, ...] = ()

    @property
    def wish_cost(self) -> float:
        """Change of the cost of all rules with a price, in money."""
        return sum(each.change for each in self.wishes)

    @property
    def total(self) -> float:
        """Change of the whole cost, in money."""
        return self.wages + self.service + self.wish_cost


class SwapOption(Effects):
    """A trade or a give-away that adds no breach of a hard rule, and what it changes.

    Parameters
    ----------
    kind : {"give_away", "trade"}
        Whether the other agent gives a shift in return.
    agent, other : str
        Ids of the agent who asks, and of the one who takes the shift.
    day : datetime.date
        On which the shift starts that is given away.
    back : datetime.date or None
        On which the shift starts that is given in return.
    moves : tuple of SwapMove
        Every day of the two that changes.
    wages, service, answers, wishes
        As in `Effects`.
    """

    kind: Literal["give_away", "trade"]
    agent: str
    other: str
    day: date
    back: date | None = None
    moves: tuple[SwapMove, ...]

    def applied(self, schedule: Schedule) -> Schedule:
        """The schedule after the swap."""
        gone = [move.before for move in self.moves if move.before is not None]
        left = [shift for shift in schedule.shifts if shift not in gone]
        new = [move.after for move in self.moves if move.after is not None]
        return Schedule.of_shifts([*left, *new])

    def shift_of(self, agent: str) -> Shift | None:
        """The shift that one of the two takes over; None for nothing."""
        mine = (move.after for move in self.moves if move.agent == agent)
        return next((shift for shift in mine if shift is not None), None)

    def words(self, problem: Problem) -> str:
        """The swap in a sentence."""
        agent, other = problem.agent(self.agent), problem.agent(self.other)
        given, back = self.shift_of(self.other), self.shift_of(self.agent)
        sentence = f"{other} takes {told(problem.horizon, given)} of {agent}"
        if back is None:
            return f"{sentence}."
        return f"{sentence}, who takes {told(problem.horizon, back)} in return."


def told(horizon: Horizon, shift: Shift | None) -> str:
    """Write a shift with its day for people: ``'early' Mon 7 Dec 06:00–14:30``."""
    if shift is None:
        return "nothing"
    start, end = (f"{horizon.local(at):%H:%M}" for at in (shift.start, shift.end))
    return f"{shift.template!r} {horizon.day_label(shift.day)} {start}–{end}"
