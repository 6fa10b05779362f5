"""A first roster: CP-SAT where hard rules couple people, the tour programme for everyone."""

from __future__ import annotations

import numpy as np

from wfm.solver.conflict import Team, explain, feasible_tours, teams
from wfm.solver.meetings import make_room, seat_meetings
from wfm.solver.rows import insert, place_breaks
from wfm.solver.search import Search


class InfeasibleError(Exception):
    """No schedule keeps the hard rules, or none was found in the time.

    Attributes
    ----------
    sentences : tuple of str
        Which rules conflict.
    proven : bool
        Whether they are known to.
    """

    def __init__(self, sentences: list[str], *, proven: bool) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = tuple(sentences)
        self.proven = proven


def start(search: Search, seed: int, seconds: float) -> None:
    """Fill the empty roster of a search with tours that keep every hard rule.

    Parameters
    ----------
    search : Search
        Its roster is filled.
    seed : int
        Of the engine.
    seconds : float
        How long the engine may look for the tours of people whom rules couple.

    Raises
    ------
    InfeasibleError
        If there are none, or none are found.
    """
    lost = [team for team in teams(search.book) if not _seat(search, team, seed, seconds)]
    told = [list(explain(search.instance, team, seed)) for team in lost]
    if lost:
        proven = any(len(sentences) > 1 for sentences in told)
        raise InfeasibleError([s for sentences in told for s in sentences], proven=proven)
    seat_meetings(search)
    for agent in search.random.permutation(len(search.roster.tours)):
        search.put(agent, -1)
        if not insert(search, int(agent), frozenset()):
            search.put(agent)
    search.set_worth(search.worth)
    lacking = make_room(search, seconds)
    if lacking:
        rules = (search.instance.problem.rules[number] for number in lacking)
        words = [rule.words(search.instance.problem) for rule in rules]
        sentences = [f"{each[0].upper()}{each[1:]}." for each in words]
        head = "No schedule was found within the time with room for all that is asked for:"
        raise InfeasibleError([head, *sentences], proven=False)


def _seat(search: Search, team: Team, seed: int, seconds: float) -> bool:
    """Give a team any tours that keep its hard rules; False if there are none."""
    if len(team.agents) == 1:
        agent = team.agents[0]
        if search.programmes[agent].complete:
            total, tour = search.programmes[agent].best(-search.cell_cost[agent])
            if not np.isfinite(total):
                return False
            place_breaks(search, agent, tour)
            return True
    tours = feasible_tours(search.instance, team, seed, max(1.0, seconds))
    for agent, tour in (tours or {}).items():
        place_breaks(search, agent, tour)
    return tours is not None
