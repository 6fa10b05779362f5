"""Every swap of a shift that can be thought of, whatever the rules say of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from wfm.advice.plan import Cell, Change, Plan
from wfm.errors import InputError
from wfm.piece import RECOVERY, Piece, asked
from wfm.schedule import ActivityTime, Shift


@dataclass(frozen=True, eq=False)
class Candidate:
    """A swap: with whom, the day of the shift given in return, and what each has then."""

    other: int
    back: int | None
    change: Change


@dataclass(frozen=True, eq=False)
class Hands:
    """Shifts of a plan, from hand to hand."""

    plan: Plan

    def candidates(self, row: int, day: int) -> Iterator[Candidate]:
        """Swaps of the shift that an agent has on a day, for shifts that the takers may work.

        Nobody has two shifts on a day, so a shift is given to someone who is off on the day, for
        nothing or for one on another day on which the agent is off; or for another shift of the
        same day.
        """
        plan = self.plan
        shift = plan.shifts[row, day]
        for other in range(len(plan.tours)):
            if other == row or not self._may_work(other, shift):
                continue
            theirs = plan.shifts.get((other, day))
            if theirs is None:
                gift = {(row, day): None, (other, day): self._handed(shift, other)}
                yield Candidate(other, None, gift)
                for back, returned in self._returns(row, other):
                    mine = {(row, back): self._handed(returned, row), (other, back): None}
                    yield Candidate(other, back, {**gift, **mine})
            elif plan.option(theirs) != plan.option(shift) and self._may_work(row, theirs):
                traded = {
                    (row, day): self._handed(theirs, row),
                    (other, day): self._handed(shift, other),
                }
                yield Candidate(other, day, traded)

    def _returns(self, row: int, other: int) -> Iterator[tuple[int, Shift]]:
        """Shifts of another agent on days on which the first one is off."""
        plan = self.plan
        for day in range(plan.tours.shape[1]):
            found = plan.shifts.get((other, day))
            if found is not None and (row, day) not in plan.shifts and self._may_work(row, found):
                yield day, found

    def _may_work(self, row: int, shift: Shift) -> bool:
        """Whether the agent's contract allows the shift's template."""
        problem = self.plan.problem
        allowed = problem.contract_of(problem.agents[row].id).shifts
        return not allowed or shift.template in allowed

    def _handed(self, shift: Shift, row: int) -> Shift:
        """The shift as the taker has it: its breaks, and what the taker holds on the day."""
        taken = shift.model_copy(
            update={"agent": self.plan.problem.agents[row].id, "activities": ()}
        )
        return self.holding(taken, (row, shift.day))

    def holding(self, shift: Shift, cell: Cell) -> Shift:
        """The shift with all activities that its agent holds on the day, if there is room."""
        before = self.plan.shifts.get(cell)
        if before is None or not before.activities:
            return shift
        if not all(self._fits(shift, held) for held in before.activities):
            return shift
        try:
            return shift.model_copy(update={"activities": before.activities})
        except InputError:  # A break, or the shift's end, is in the way.
            return shift

    def _fits(self, shift: Shift, held: ActivityTime) -> bool:
        """Whether an activity may be held at its time in a shift."""
        return held.activity == RECOVERY or any(
            (piece.name, piece.queues) == (held.activity, held.queues)
            and piece.minutes == held.end - held.start
            and shift.day in piece.days
            and piece.may_start(shift.start, held.start)
            for piece in self._pieces[shift.agent]
        )

    @cached_property
    def _pieces(self) -> dict[str, list[Piece]]:
        found: dict[str, list[Piece]] = defaultdict(list)
        for _, piece in asked(self.plan.problem):
            for agent in piece.agents:
                found[agent].append(piece)
        return found
