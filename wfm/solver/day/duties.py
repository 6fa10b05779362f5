"""What an agent can do on a day: shifts with all inside them placed, or a day off."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wfm.solver.activities.one_day import Placed, may_be_off, placed
from wfm.solver.activities.posts import day_posts
from wfm.solver.day.model import SCALE, DayModel, Duty
from wfm.solver.gain import gain_of
from wfm.solver.rows import price_options
from wfm.solver.search import Search

Ints = NDArray[np.int64]
PATTERNS = 3
"""Placements of breaks that are tried: the cheapest, and others at disturbed gains."""


def offer(built: DayModel, agent: int) -> None:
    """The duties that an agent's own limits allow beside the tour of the other days."""
    search, roster, day = built.search, built.search.roster, built.day
    off = built.instance.off
    cost = search.day_cost(agent, day)
    now = int(roster.tours[agent, day])
    duties = [Placed(now, roster.places[agent, day].copy(), roster.marks[agent, day].copy())]
    duties += _patterns(search, agent, day, np.flatnonzero(np.isfinite(cost[:off])))
    if np.isfinite(cost[off]) and may_be_off(search, agent, day):
        nothing = np.full_like(roster.marks[agent, day], -1)
        duties.append(Placed(off, np.zeros_like(roster.places[agent, day]), nothing))
    known: dict[tuple[int, bytes, bytes], Duty] = {}
    for option, places, marks in duties:
        key = (option, places.tobytes(), marks.tobytes())
        if key not in known:
            takes = built.model.new_bool_var(f"takes_{agent}_{len(known)}")
            built.model.add_hint(takes, not known)
            built.costs.append((takes, round(SCALE * float(cost[option]))))
            posts = day_posts(search, (agent, day, option), places, marks)
            known[key] = Duty(option, places, marks, posts, takes)
    built.duties[agent] = list(known.values())
    built.model.add_exactly_one([duty.takes for duty in known.values()])


def _patterns(search: Search, agent: int, day: int, options: Ints) -> list[Placed]:
    """Shifts with breaks where they cost least, at the gains in hand and at disturbed ones."""
    search.put(agent, -1)
    gain = gain_of(search, agent)
    search.put(agent)
    found: list[Placed] = []
    for number in range(PATTERNS):
        shaken = gain * search.random.uniform(0.0, 2.0, gain.size) if number else gain
        _, places = price_options(search, shaken, search.cell_cost[agent])
        found += placed(search, (agent, day), options, places[day], shaken)
    return found
