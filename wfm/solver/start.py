"""A first roster: everyone's best tour one after the other, mended where rules couple people."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from wfm.conflict import Conflict
from wfm.schedule import Schedule
from wfm.solver.activities.meetings import make_room, seat_meetings
from wfm.solver.conflicts.find import explain
from wfm.solver.conflicts.holding import feasible_tours
from wfm.solver.conflicts.teams import Team, group_of, teams
from wfm.solver.rows import insert, place_breaks
from wfm.solver.search import Search
from wfm.solver.warm import take_over

ROUNDS = 20
"""Prices that are tried for what a programme does not carry."""
DEAR = 1e5
"""Price of a unit by which a hard limit is broken while it is mended."""
MENDS = 8
"""Tours that are found anew for each agent, at most, to mend what is broken."""
GROUPS = 10
"""Small groups that the engine seats anew before it takes a whole team."""
FEW = 5
"""Agents in such a group."""
BRIEFLY = 5.0
"""Seconds that the engine has for one."""


class InfeasibleError(Exception):
    """No schedule keeps the hard rules, or none was found in the time.

    Attributes
    ----------
    sentences : tuple of str
        Which rules conflict.
    proven : bool
        Whether they are known to.
    conflicts : tuple of Conflict
        The same as values.
    """

    def __init__(
        self, sentences: Sequence[str], *, proven: bool, conflicts: Sequence[Conflict] = ()
    ) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = tuple(sentences)
        self.proven = proven
        self.conflicts = tuple(conflicts)


def start(search: Search, seed: int, start_from: Schedule | None = None) -> None:
    """Fill the empty roster of a search with tours that keep every hard rule.

    Parameters
    ----------
    search : Search
        Its roster is filled.
    seed : int
        Of the engine.
    start_from : Schedule, optional
        Whose tours are taken over wherever they keep the hard rules.

    Raises
    ------
    InfeasibleError
        If there are none, or none are found.
    """
    began = search.budget.clock
    seated = set() if start_from is None else take_over(search, start_from)
    everyone = search.random.permutation(len(search.roster.tours)).tolist()
    waiting = [agent for agent in everyone if agent not in seated]
    nowhere: set[int] = set()
    while waiting:
        agent = waiting.pop(0)
        if not _seat(search, agent, frozenset(waiting) | nowhere, seed):
            nowhere.add(agent)
    _mend(search)
    every = teams(search.book)
    lost = [team for team in every if not nowhere.isdisjoint(team.agents)]
    if not lost:
        _mend_groups(search, seed, began + search.budget.total)
        broken = search.coupling.broken(search.roster.tours)
        bad = {search.book.joint[limit].agents[0] for limit in broken}
        lost = [
            team
            for team in every
            if not bad.isdisjoint(team.agents)
            and not _seat_all(search, team, seed, _patience(search))
        ]
    if lost:
        found = explain(search.instance, lost, seed)
        raise InfeasibleError(
            found.sentences, proven=bool(found.conflicts), conflicts=found.conflicts
        )
    seat_meetings(search)
    for agent in search.random.permutation(len(search.roster.tours)).tolist():
        if agent in search.instance.pieces.days and agent not in seated:
            search.put(agent, -1)
            if not insert(search, agent, frozenset()):
                search.put(agent)
    search.set_worth(search.worth)
    lacking = make_room(search, _patience(search))
    if lacking:
        rules = (search.instance.problem.rules[number] for number in lacking)
        words = [rule.shown_words(search.instance.problem) for rule in rules]
        sentences = [f"{each[0].upper()}{each[1:]}." for each in words]
        head = "No schedule was found within the time with room for all that is asked for:"
        raise InfeasibleError([head, *sentences], proven=False)


def _patience(search: Search) -> float:
    """Seconds that the engine may take for people without whom there is no schedule."""
    return max(1.0, search.budget.total)


def _seat(search: Search, agent: int, absent: frozenset[int], seed: int) -> bool:
    """Give an agent the best tour beside those who are seated; False if its own limits forbid all.

    The tour breaks limits that couple people only where every tour that is found does.
    """
    for price in (np.inf, DEAR):
        if insert(search, agent, absent, price=price, rounds=ROUNDS):
            return True
    if search.programmes[agent].complete:
        total, tour = search.programmes[agent].best(-search.cell_cost[agent])
        if np.isfinite(total):
            # Its shifts have no room yet for what they are to hold.
            place_breaks(search, agent, tour)
        return bool(np.isfinite(total))
    alone = Team((agent,), group_of(search.book, (agent,)).own, ())
    tours = feasible_tours(search.instance, alone, seed, search.budget, _patience(search))
    if tours is None:
        return False
    place_breaks(search, agent, tours[agent])
    return True


def _mend(search: Search) -> None:
    """Find tours anew for those who have a role in what is broken, as long as that helps."""
    roster, coupling = search.roster, search.coupling
    for _ in range(MENDS * len(roster.tours)):
        broken = coupling.broken(roster.tours)
        if not len(broken):
            return
        agent = int(search.random.choice(search.book.joint[search.random.choice(broken)].agents))
        excess = coupling.excess(roster.tours)
        fields = (roster.tours, roster.places, roster.own, roster.marks, roster.lacks)
        before = [field[agent].copy() for field in fields]
        search.put(agent, -1)
        if insert(search, agent, frozenset(), noise=0.1, price=DEAR):
            if coupling.excess(roster.tours) <= excess:
                continue
            search.put(agent, -1)
        for field, old in zip(fields, before, strict=True):
            field[agent] = old
        search.put(agent)


def _mend_groups(search: Search, seed: int, until: float) -> None:
    """Let the engine seat a few of those who break a limit anew, all others staying."""
    coupling, joint = search.coupling, search.book.joint
    for _ in range(GROUPS):
        broken = coupling.broken(search.roster.tours)
        left = until - search.budget.clock
        if not len(broken) or left <= 0:
            return
        agents = search.random.permutation(joint[search.random.choice(broken)].agents)
        group = group_of(search.book, list(dict.fromkeys(agents.tolist()))[:FEW])
        _seat_all(search, group, seed, min(left, BRIEFLY))


def _seat_all(search: Search, team: Team, seed: int, seconds: float) -> bool:
    """Give a team tours from the engine that keep its hard rules beside the others."""
    fixed = search.roster.tours
    tours = feasible_tours(search.instance, team, seed, search.budget, max(1.0, seconds), fixed)
    if tours is None:
        return False
    for agent in team.agents:
        search.put(agent, -1)
    for agent, tour in tours.items():
        place_breaks(search, agent, tour)
    for agent in team.agents:
        search.put(agent, -1)
        if not insert(search, agent, frozenset()):
            search.put(agent)
    return True
