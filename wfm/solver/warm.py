"""Going on from a schedule: whoever's shifts there keep the hard rules begins with them."""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np
from numpy.typing import NDArray

from wfm.schedule import Schedule, Shift
from wfm.solver.activities.items import HARD
from wfm.solver.activities.lacks import lacks_of
from wfm.solver.activities.reading import lay_down
from wfm.solver.rows import place_breaks
from wfm.solver.search import Search

Ints = NDArray[np.int64]


def take_over(search: Search, schedule: Schedule) -> set[int]:
    """Seat the agents of a schedule whose tours keep every hard rule.

    Where a hard rule that couples people is broken, those of them give way who break most. Agents
    whom the problem does not have are left out, and breaks that are not where they may be placed.

    Parameters
    ----------
    search : Search
        Its roster is empty and is filled.
    schedule : Schedule
        Where to begin.

    Returns
    -------
    set of int
        Who is seated.
    """
    rows = {agent.id: row for row, agent in enumerate(search.instance.problem.agents)}
    shifts: dict[int, list[Shift]] = defaultdict(list)
    for shift in schedule.shifts:
        if shift.agent in rows:
            shifts[rows[shift.agent]].append(shift)
    seated = {row for row in rows.values() if _seat(search, row, shifts[row])}
    while True:
        absent = frozenset(rows.values()) - seated
        counts = search.coupling.counts(search.roster.tours, absent)
        broken = np.flatnonzero(search.coupling.hard & (counts > search.coupling.most))
        breaks = Counter(
            agent
            for limit in broken
            for agent in search.book.joint[limit].agents
            if agent in seated
        )
        if not breaks:
            return seated
        agent = breaks.most_common(1)[0][0]
        search.put(agent, -1)
        search.roster.tours[agent] = search.instance.off
        search.roster.places[agent] = 0
        search.roster.own[agent] = 0.0
        search.roster.marks[agent] = -1
        search.roster.lacks[agent] = 0.0
        seated.remove(agent)


def _seat(search: Search, agent: int, shifts: list[Shift]) -> bool:
    """Give an agent some shifts, if they are on offer and keep the agent's own hard rules."""
    instance, roster = search.instance, search.roster
    options = instance.problem.options
    tour = np.full(instance.days, instance.off)
    places = np.zeros_like(roster.places[agent])
    placed = True
    for shift in shifts:
        option = options.find(shift.template, shift.day, shift.start, shift.end)
        if option is None or tour[shift.day] != instance.off:
            return False
        tour[shift.day] = option
        starts = _breaks(search, option, shift)
        if starts is None:
            placed = False
        else:
            places[shift.day, : len(starts)] = starts
    own = search.own_cost(agent, tour)
    if not np.isfinite(own):
        return False
    roster.tours[agent], roster.places[agent], roster.own[agent] = tour, places, own
    if placed and _holds(search, agent, shifts):
        search.put(agent)
    else:
        place_breaks(search, agent, tour)
    return True


def _holds(search: Search, agent: int, shifts: list[Shift]) -> bool:
    """Take over what an agent's shifts hold; False if that is not, or not all, what they must."""
    roster = search.roster
    for shift in shifts:
        lay_down(search, agent, shift)
    roster.lacks[agent], met = lacks_of(search, agent)
    return met and roster.lacks[agent] < HARD


def _breaks(search: Search, option: int, shift: Shift) -> Ints | None:
    """Slots of a shift's breaks, None if they are not where they may be."""
    instance = search.instance
    many = int(instance.counts[option])
    width = instance.problem.horizon.interval
    minutes = np.array([pause.start for pause in shift.breaks], dtype=np.int64)
    if len(minutes) != many or (minutes % width).any():
        return None
    starts = minutes // width
    after = starts - shift.start // width
    ends = starts + instance.pause[option, :many]
    fits = (after >= instance.earliest[option, :many]) & (after <= instance.latest[option, :many])
    return starts if fits.all() and (ends[:-1] <= starts[1:]).all() else None
