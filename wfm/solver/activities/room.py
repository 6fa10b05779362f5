"""Shifts and tours of one agent that have room for what is to be held inside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wfm.solver.activities.arrangement import charge
from wfm.solver.activities.items import HARD
from wfm.solver.activities.lacks import attending
from wfm.solver.activities.one_agent import hold
from wfm.solver.activities.one_shift import lay
from wfm.solver.activities.worths import Worths, worths_of

if TYPE_CHECKING:
    from wfm.solver.search import Search

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
TRIES = 4
"""Tours that are tried for an agent whose best tour lacks room."""
FAR = 1e6
"""What a shift without room seems to cost."""


def insert_holding(
    search: Search, agent: int, priced: tuple[Floats, Ints], worths: Worths, rounds: int
) -> bool:
    """Give an agent whose shifts hold activities the best tour that has room for them.

    Parameters
    ----------
    search : Search
        Its roster is changed.
    agent : int
        Who; not counted in the supply.
    priced : tuple of ndarray
        Value of each cell, and its cheapest breaks.
    worths : Worths
        What the agent is worth.
    rounds : int
        Prices to try for what the agent's programme does not carry.

    Returns
    -------
    bool
        False, and nothing changed, if no such tour was found.
    """
    roster, off = search.roster, search.instance.off
    fields = (roster.tours, roster.places, roster.own, roster.marks, roster.lacks)
    before = [field[agent].copy() for field in fields]
    value, places = priced[0].copy(), priced[1]
    _charge(search, agent, worths, value)
    days = np.arange(len(value))
    for _ in range(TRIES):
        total, tour = search.best_tour(agent, value, rounds)
        if not np.isfinite(total):
            break
        own = search.own_cost(agent, tour)
        if np.isfinite(own):
            chosen = places[days, np.minimum(tour, off - 1)]
            roster.tours[agent] = tour
            roster.places[agent] = np.where((tour < off)[:, None], chosen, 0)
            roster.own[agent] = own
            if hold(search, agent, worths):
                search.put(agent)
                return True
        works = tour < off
        value[days[works], tour[works]] -= FAR * search.random.random(int(works.sum()))
    for field, old in zip(fields, before, strict=True):
        field[agent] = old
    return False


def _charge(search: Search, agent: int, worths: Worths, value: Floats) -> None:
    """Take off each shift's value, nearly, what it loses by what each shift is to hold."""
    instance = search.instance
    usual = np.append(0.0, np.cumsum(worths.usual))
    nothing = np.zeros(len(usual))
    turns = {group: np.append(0.0, np.cumsum(turn)) for group, turn in worths.turns.items()}
    for day in instance.pieces.days[agent]:
        for item in instance.pieces.items[agent, day]:
            # One stands for all that are alike.
            if item.local and not item.after:
                charge(
                    usual,
                    turns.get(item.group, nothing),
                    np.array([item.slots, item.rest, item.piece.each_shift, item.longer]),
                    np.array(item.begins),
                    item.starts,
                    instance.first[day],
                    instance.length,
                    value[day],
                )


def meeting_cost(search: Search, agent: int) -> Floats | None:
    """Cost of cells without room for meetings at which the agent is needed; None if at none."""
    pieces, roster = search.instance.pieces, search.roster
    total: Floats | None = None
    for number, meeting in enumerate(pieces.meetings):
        if agent not in meeting.agents or roster.times[number] < 0:
            continue
        others = attending(search, number) - _there(search, number, agent)
        if others >= meeting.least:
            continue
        day, room = _room(search, number, agent)
        if day >= 0:
            if total is None:
                total = np.zeros(search.cell_cost[agent].shape)
            total[day] += np.where(room, 0.0, min(meeting.price, FAR))
    return total


def _there(search: Search, number: int, agent: int) -> int:
    agents, days, rows = search.instance.pieces.meetings[number].cells
    mine = agents == agent
    return int((search.roster.marks[agent, days[mine], rows[mine]] >= 0).sum())


def _room(search: Search, number: int, agent: int) -> tuple[int, NDArray[np.bool_]]:
    """Day whose shifts can hold a meeting at its time, -1 if none; and which, (options + 1,)."""
    instance, pieces = search.instance, search.instance.pieces
    start = int(search.roster.times[number])
    agents, days, _ = pieces.meetings[number].cells
    nothing = worths_of(search, -1, None)
    best = (-1, np.zeros(instance.off + 1, dtype=bool))
    for day in days[agents == agent].tolist():
        key = (number, start, day)
        if key not in pieces.rooms:
            items = tuple(i for i in pieces.items[agent, day] if i.meeting == number)
            room = np.zeros(instance.off + 1, dtype=bool)
            end = start + pieces.meetings[number].slots
            until = instance.first[day] + instance.length
            for option in np.flatnonzero((instance.first[day] <= start) & (until >= end)).tolist():
                laid = lay(search, items, (day, option), nothing, search.roster.times)
                room[option] = not laid.absent and np.isfinite(laid.best[-1])
            pieces.rooms[key] = room
        room = pieces.rooms[key] & np.isfinite(search.cell_cost[agent][day])
        if room.sum() > best[1].sum():
            best = (day, room)
    return best


def close_full(search: Search) -> None:
    """Forbid shifts without room for all that each shift of the agent has to hold."""
    instance = search.instance
    nothing = Worths(np.zeros(instance.width), {})
    times = np.full(len(instance.pieces.meetings), -1, dtype=np.int64)
    for agent, days in instance.pieces.days.items():
        # What an agent is to hold is asked of no one else.
        search.cell_cost[agent] = search.cell_cost[agent].copy()
        for day in days:
            must = tuple(
                i for i in instance.pieces.items[agent, day] if i.local and i.price >= HARD
            )
            # One rule's own limits speak of its room alone.
            if len({item.rule for item in must}) > 1:
                row = search.cell_cost[agent][day]
                for option in np.flatnonzero(np.isfinite(row[:-1])).tolist():
                    here = tuple(i for i in must if instance.length[option] > i.longer)
                    laid = lay(search, here, (day, option), nothing, times)
                    if laid.absent or not np.isfinite(laid.best[-1]):
                        row[option] = np.inf
