"""Moves that keep what is to be held inside shifts: times of meetings, and room for all."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wfm.solver.activities.items import HARD
from wfm.solver.activities.lacks import attending, lacking_rules
from wfm.solver.activities.one_agent import hold
from wfm.solver.activities.one_shift import lay
from wfm.solver.activities.worths import Worths, worths_of
from wfm.solver.gain import gain_of
from wfm.solver.rows import insert, reinsert
from wfm.solver.search import Search

Ints = NDArray[np.int64]
NOISE = 0.3
"""Disturbance of what hours are worth while room is looked for."""
TIMES = 16
"""Times of a meeting that are looked at in one move."""


def seat_meetings(search: Search) -> None:
    """Give each meeting the time that suits the tours in hand best, before the search begins."""
    for number in range(len(search.instance.pieces.meetings)):
        move_meeting(search, number, every=True)


def move_meeting(search: Search, number: int, *, every: bool = False) -> bool:
    """Hold a meeting at another time inside the shifts in hand, if that costs less.

    Parameters
    ----------
    search : Search
        Its roster is changed if the cost falls.
    number : int
        Which meeting.
    every : bool
        Whether all times are looked at, not only some.
    """
    meeting = search.instance.pieces.meetings[number]
    before, cost = search.roster.saved(meeting.agents), search.cost()
    roster = search.roster
    for agent in meeting.agents:
        search.put(agent, -1)
    roster.marks[meeting.cells] = -1
    times = _candidates(search, number)
    if not every and len(times) > TIMES:
        times = search.random.permutation(times)[:TIMES]
    worths = {a: worths_of(search, a, gain_of(search, a)) for a in meeting.agents}
    losses = [(_loss(search, number, int(start), worths), int(start)) for start in times]
    loss, best = min(losses, default=(np.inf, -1))
    roster.times[number] = best if loss < meeting.price else -1
    for agent in meeting.agents:
        hold(search, agent, worths_of(search, agent, gain_of(search, agent)))
        search.put(agent)
    after = search.cost()
    if after < cost - 1e-9:
        search.total = after
        return True
    search.roster.put_back(before)
    return False


def _candidates(search: Search, number: int) -> Ints:
    """Times at which enough of the agents of a meeting have a shift, breaks left aside."""
    instance, roster = search.instance, search.roster
    meeting = instance.pieces.meetings[number]
    there = np.zeros(instance.width + 1, dtype=np.int64)
    agents, days, _ = meeting.cells
    for agent, day in zip(agents.tolist(), days.tolist(), strict=True):
        option = int(roster.tours[agent, day])
        if option < instance.off:
            first = int(instance.first[day, option])
            last = first + int(instance.length[option]) - meeting.slots
            there[first : max(first, last + 1)] += 1
    return meeting.times[there[meeting.times] >= meeting.least]


def _loss(search: Search, number: int, start: int, worths: dict[int, Worths]) -> float:
    """What a meeting at a time costs in service, nearly; infinite if too few have room."""
    instance, roster = search.instance, search.roster
    meeting = instance.pieces.meetings[number]
    times = roster.times.copy()
    times[number] = start
    losses = []
    agents, days, _ = meeting.cells
    for agent, day in zip(agents.tolist(), days.tolist(), strict=True):
        option = int(roster.tours[agent, day])
        if option == instance.off:
            continue
        first, length = int(instance.first[day, option]), int(instance.length[option])
        if first <= start and start + meeting.slots <= first + length:
            marks = roster.marks[agent, day].tolist()
            items = instance.pieces.items[agent, day]
            rows = [r for r, i in enumerate(items) if marks[r] >= 0 or i.meeting == number]
            mine = tuple(items[row] for row in rows)
            laid = lay(search, mine, (day, option), worths[agent], times)
            if not laid.absent:
                one = next(bit for bit, item in enumerate(mine) if item.meeting == number)
                losses.append(float(laid.best[-1] - laid.best[len(laid.best) - 1 - (1 << one)]))
    losses = sorted(loss for loss in losses if np.isfinite(loss))[: meeting.least]
    return sum(losses) if len(losses) >= meeting.least else np.inf


def _possible(search: Search, number: int) -> Ints:
    """Times at which enough of the agents of a meeting can have a shift, breaks left aside."""
    instance = search.instance
    known = instance.pieces.times
    if number not in known:
        meeting = instance.pieces.meetings[number]
        many = np.zeros(instance.width, dtype=np.int64)
        agents, days, _ = meeting.cells
        for agent in meeting.agents:
            there = np.zeros(instance.width + 1, dtype=np.int64)
            for day in days[agents == agent].tolist():
                last = instance.length - meeting.slots
                may = np.isfinite(search.cell_cost[agent][day, :-1]) & (last >= 0)
                first = instance.first[day, may]
                np.add.at(there, first, 1)
                np.add.at(there, first + last[may] + 1, -1)
            many += np.cumsum(there)[:-1] > 0
        known[number] = meeting.times[many[meeting.times] >= meeting.least]
    return known[number]


def gather(search: Search, number: int) -> bool:
    """Hold a meeting at a time drawn by chance, with the tours that suit it; keep it if cheaper."""
    meeting = search.instance.pieces.meetings[number]
    times = _possible(search, number)
    if not len(times):
        return False
    before, cost = search.roster.saved(meeting.agents), search.cost()
    roster = search.roster
    for agent in meeting.agents:
        search.put(agent, -1)
    roster.marks[meeting.cells] = -1
    roster.times[number] = int(search.random.choice(times))
    waiting = search.random.permutation(meeting.agents).tolist()
    while waiting:
        if not insert(search, waiting.pop(0), frozenset(waiting)):
            search.roster.put_back(before)
            return False
    after = search.cost()
    if after < cost - 1e-9 and search.coupling.kept(roster.tours):
        search.total = after
        return True
    search.roster.put_back(before)
    return False


def make_room(search: Search, seconds: float) -> list[int]:
    """Look for tours with room for all that must be held; returns the rules that still lack it."""
    until = search.budget.clock + seconds
    pieces, roster = search.instance.pieces, search.roster
    while pieces.items and search.budget.clock < until:
        lacking = np.flatnonzero(search.roster.lacks >= HARD)
        meetings = [
            number
            for number, meeting in enumerate(pieces.meetings)
            if meeting.price >= HARD and attending(search, number) < meeting.least
        ]
        if not len(lacking) and not meetings:
            return []
        for number in meetings:
            if not move_meeting(search, number, every=True):
                gather(search, number)
        if len(lacking):
            others = search.random.permutation(len(roster.tours))[:1].tolist()
            first = int(search.random.choice(lacking))
            reinsert(search, list(dict.fromkeys([*others, first])), 0.0, NOISE)
    return lacking_rules(search) if pieces.items else []
