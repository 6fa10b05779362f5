"""A first roster: CP-SAT where hard rules couple people, the tour programme for everyone."""

from __future__ import annotations

import numpy as np

from wfm.solver.conflict import Team, explain, feasible_tours, teams
from wfm.solver.rows import insert, place_breaks
from wfm.solver.search import Search


class InfeasibleError(Exception):
    """No schedule keeps the hard rules; `sentences` say which of them conflict."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = tuple(sentences)


def start(search: Search, seed: int) -> None:
    """Fill the empty roster of a search with tours that keep every hard rule.

    Raises
    ------
    InfeasibleError
        If there are none.
    """
    lost = [team for team in teams(search.book) if not _seat(search, team, seed)]
    if lost:
        raise InfeasibleError([s for team in lost for s in explain(search.instance, team, seed)])
    for agent in search.random.permutation(len(search.roster.tours)):
        search.put(agent, -1)
        if not insert(search, int(agent), frozenset()):
            search.put(agent)
    search.set_worth(search.worth)


def _seat(search: Search, team: Team, seed: int) -> bool:
    """Give a team any tours that keep its hard rules; False if there are none."""
    if len(team.agents) == 1:
        agent = team.agents[0]
        if search.programmes[agent].complete:
            total, tour = search.programmes[agent].best(-search.cell_cost[agent])
            if not np.isfinite(total):
                return False
            place_breaks(search, agent, tour)
            return True
    tours = feasible_tours(search.instance, team, seed)
    for agent, tour in (tours or {}).items():
        place_breaks(search, agent, tour)
    return tours is not None
