"""People who are alike, counted by shift instead of named.

Their tours are a flow of people through the states of their programme, and whole people who flow
fall into as many tours.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wfm.solver.alike import alike_agents
from wfm.solver.search import Search
from wfm.solver.tour.programme import Programme

Ints = NDArray[np.int64]
Node = tuple[int, int]
START: Node = (0, 0)


class Way(NamedTuple):
    """A way through one day: from a state and leave class, by a group of options, to the next."""

    before: Node
    kind: int
    after: Node
    cost: float


@dataclass(frozen=True, eq=False)
class Crowd:
    """People who are alike and whom no rule couples with others.

    Attributes
    ----------
    agents : tuple of int
        Who they are; the first stands for all.
    programme : Programme
        That of each.
    ways : tuple of list of Way
        Ways through each day.
    """

    agents: tuple[int, ...]
    programme: Programme
    ways: tuple[list[Way], ...]

    def flows(self, tours: Ints) -> list[Counter[int]]:
        """How many go each way through each day, by the way's number; tours of all agents."""
        found: list[Counter[int]] = [Counter() for _ in self.ways]
        known = [{(way.before, way.kind): n for n, way in enumerate(day)} for day in self.ways]
        for agent in self.agents:
            node = START
            for day, option in enumerate(tours[agent].tolist()):
                number = known[day][node, int(self.programme.group[day, option])]
                found[day][number] += 1
                node = self.ways[day][number].after
        return found

    def tours(
        self, flows: list[list[int]], works: Mapping[tuple[int, int], int], off: int
    ) -> dict[int, Ints]:
        """Tours of each agent, by how many go each way and how many work each shift."""
        found = {agent: np.full(len(self.ways), off, dtype=np.int64) for agent in self.agents}
        there: dict[Node, list[int]] = {START: list(self.agents)}
        for day, ways in enumerate(self.ways):
            after: dict[Node, list[int]] = defaultdict(list)
            chosen: dict[int, list[int]] = defaultdict(list)
            for way, many in zip(ways, flows[day], strict=True):
                gone = [there[way.before].pop() for _ in range(many)]
                after[way.after] += gone
                chosen[way.kind] += gone
            for (at, option), many in works.items():
                if at == day:
                    kind = int(self.programme.group[day, option])
                    for _ in range(many):
                        found[chosen[kind].pop()][day] = option
            there = after
        return found


def crowds_of(search: Search, choices: list[int]) -> list[Crowd]:
    """Those whom it is less to count than to name.

    Parameters
    ----------
    search : Search
        Whose problem it is.
    choices : list of int
        How many shifts with places of their breaks each agent can be given.
    """
    coupled = {agent for joint in search.book.joint for agent in joint.agents}
    found = []
    for alike in alike_agents(search):
        programme = search.programmes[alike.agent]
        if alike.many > 1 and programme.complete and coupled.isdisjoint(alike.agents):
            ways = _ways(programme, (alike.many - 1) * choices[alike.agent])
            if ways is not None:
                found.append(Crowd(alike.agents, programme, ways))
    return found


def _ways(programme: Programme, most: int) -> tuple[list[Way], ...] | None:
    """Ways through all days, if they are not more than some number."""
    found = []
    nodes = {START}
    for day, groups in enumerate(programme.groups.tolist()):
        if most < len(nodes) * groups:
            return None
        here = [
            way
            for node in sorted(nodes)
            for kind in range(groups)
            if (way := _way(programme, day, node, kind)) is not None
        ]
        most -= len(here)
        found.append(here)
        nodes = {way.after for way in here}
    return tuple(found)


def _way(programme: Programme, day: int, node: Node, kind: int) -> Way | None:
    """The way from a node by a group of options, if it is open."""
    state, left = node
    place = int(programme.begin[day] + state * programme.uses[day] + programme.use[day, kind])
    cost = float(programme.step[day, left, programme.enter[day, kind]])
    cost += float(programme.toll[place]) if programme.toll.size > 1 else 0.0
    after = int(programme.follow[place])
    if after < 0 or np.isinf(cost):
        return None
    return Way(node, kind, (after, int(programme.leave[day, kind])), cost)
