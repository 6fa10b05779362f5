"""What a roster lacks of what is to be held inside shifts, and what that costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wfm.solver.activities.items import HARD, Item

if TYPE_CHECKING:
    from wfm.solver.search import Search


def attending(search: Search, meeting: int) -> int:
    """How many have a meeting in the roster in hand."""
    cells = search.instance.pieces.meetings[meeting].cells
    return int((search.roster.marks[cells] >= 0).sum())


def lacks_of(search: Search, agent: int) -> tuple[float, bool]:
    """Cost of what an agent lacks alone; and whether the agent is where meetings must have him."""
    pieces, roster = search.instance.pieces, search.roster
    tour, marks = roster.tours[agent], roster.marks[agent]
    lack: dict[int, float] = {}
    total, met = 0.0, True
    seen: set[int] = set()
    there: set[int] = set()
    for day in pieces.days.get(agent, ()):
        works = tour[day] < search.instance.off
        for row, item in enumerate(pieces.items[agent, day]):
            held = marks[day, row] >= 0
            if item.meeting >= 0:
                seen.add(item.meeting)
                if held:
                    there.add(item.meeting)
            elif item.local:
                due = works and search.instance.length[tour[day]] > item.longer
                total += item.price if due and not held else 0.0
            elif held:
                lack[id(item)] = 0.0
            elif works or not item.piece.off_excuses:
                lack.setdefault(id(item), item.price)
    for meeting in seen - there:
        one = pieces.meetings[meeting]
        # Where fewer than all suffice, others may still join.
        if one.price >= HARD and roster.times[meeting] >= 0 and one.least == len(one.agents):
            met = False
    return total + sum(lack.values()), met


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
