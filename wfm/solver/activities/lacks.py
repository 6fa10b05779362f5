"""What a roster lacks of what is to be held inside shifts, and what schedules say of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from wfm.errors import InputError
from wfm.piece import RECOVERY
from wfm.schedule import ActivityTime, Shift
from wfm.solver.activities.items import HARD, Item, Pieces
from wfm.solver.activities.one_agent import attending
from wfm.solver.activities.one_shift import Worths, lay
from wfm.solver.book import Book

if TYPE_CHECKING:
    from wfm.solver.search import Search


def without_meetings(book: Book, pieces: Pieces) -> Book:
    """Leave out what soft rules say of meetings, whose lack a roster counts itself."""
    kept = (j for j in book.joint if j.entry.weight is None or j.entry.rule not in pieces.soft)
    return replace(book, joint=tuple(kept)) if pieces.soft else book


def lack_cost(search: Search) -> float:
    """Cost of all that the roster in hand lacks."""
    total = float(search.roster.lacks.sum())
    for number, meeting in enumerate(search.instance.pieces.meetings):
        if attending(search, number) < meeting.least:
            total += meeting.price
    return total


def lacking_rules(search: Search) -> list[int]:
    """Numbers of the hard rules whose pieces the roster in hand lacks, or that take their room."""
    roster, pieces = search.roster, search.instance.pieces
    found = {
        meeting.rule
        for number, meeting in enumerate(pieces.meetings)
        if meeting.price >= HARD and attending(search, number) < meeting.least
    }
    for agent in np.flatnonzero(roster.lacks >= HARD).tolist():
        for day in pieces.days[agent]:
            for row, item in enumerate(pieces.items[agent, day]):
                hard = item.price >= HARD and item.meeting < 0
                days = [day] if item.local else list(item.piece.days)
                if hard and not _has(search, agent, days, item, row):
                    beside = (other for d in days for other in pieces.items[agent, d])
                    found |= {other.rule for other in beside if other.price >= HARD}
    return sorted(found)


def _has(search: Search, agent: int, days: list[int], item: Item, row: int) -> bool:
    items, marks = search.instance.pieces.items, search.roster.marks
    if item.local:
        return bool(marks[agent, days[0], row] >= 0)
    cells = ((day, items[agent, day].index(item)) for day in days)
    return any(marks[agent, day, place] >= 0 for day, place in cells)


def close_full(search: Search) -> None:
    """Forbid shifts without room for all that each shift of the agent has to hold."""
    instance = search.instance
    nothing = Worths(np.zeros(instance.width), {})
    times = np.full(len(instance.pieces.meetings), -1, dtype=np.int64)
    for agent, days in instance.pieces.days.items():
        for day in days:
            must = tuple(
                i for i in instance.pieces.items[agent, day] if i.local and i.price >= HARD
            )
            # One rule's own limits speak of its room alone.
            if len({item.rule for item in must}) > 1:
                row = search.cell_cost[agent, day]
                for option in np.flatnonzero(np.isfinite(row[:-1])).tolist():
                    here = tuple(i for i in must if instance.length[option] > i.longer)
                    laid = lay(search, here, (day, option), nothing, times)
                    if laid.absent or not np.isfinite(laid.best[-1]):
                        row[option] = np.inf


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
