"""What schedules hold inside their shifts, put into the roster in hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfm.errors import InputError
from wfm.piece import RECOVERY
from wfm.schedule import ActivityTime, Shift

if TYPE_CHECKING:
    from wfm.solver.search import Search


def read_activities(search: Search, agent: int, shift: Shift) -> None:
    """Put the activities of a schedule's shift into the roster in hand.

    Raises
    ------
    InputError
        If one is not asked for.
    """
    for held in lay_down(search, agent, shift):
        if held.activity != RECOVERY:
            place = f"activity {held.activity!r} of {shift.agent!r} on day {shift.day}"
            raise InputError(place, "be one that a rule asks for", held.start)


def lay_down(search: Search, agent: int, shift: Shift) -> list[ActivityTime]:
    """Put those activities of a shift into the roster that are asked for; returns the others."""
    instance, roster = search.instance, search.roster
    others = []
    width = instance.problem.horizon.interval
    items = instance.pieces.items.get((agent, shift.day), ())
    for held in shift.activities:
        start, named = held.start // width, (held.activity, held.queues, held.end - held.start)
        rows = [
            row
            for row, item in enumerate(items)
            if (item.piece.name, item.piece.queues, item.piece.minutes) == named
            and item.piece.may_start(shift.start, held.start)
            and roster.marks[agent, shift.day, row] < 0
        ]
        if rows:
            roster.marks[agent, shift.day, rows[0]] = start
            if items[rows[0]].meeting >= 0:
                roster.times[items[rows[0]].meeting] = start
        else:
            others.append(held)
    return others
