"""Agents for whom the same tours are open at the same cost, with the same queues."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from wfm.solver.search import Search


class Alike(NamedTuple):
    """Some agents who are alike, but for rules that couple people.

    Attributes
    ----------
    group : int
        Their skill group.
    agents : tuple of int
        Who they are; the first stands for all.
    """

    group: int
    agents: tuple[int, ...]

    @property
    def agent(self) -> int:
        """Who stands for all."""
        return self.agents[0]

    @property
    def many(self) -> int:
        """How many they are."""
        return len(self.agents)


def alike_agents(search: Search) -> list[Alike]:
    """Split the agents into those who are alike."""
    found: dict[tuple[int, int, int], list[int]] = {}
    costs: dict[bytes, int] = {}
    said = {
        id(cost): costs.setdefault(cost.tobytes(), len(costs))
        for cost in {id(cost): cost for cost in search.cell_cost}.values()
    }
    for agent, group in enumerate(search.instance.group.tolist()):
        key = (group, id(search.programmes[agent]), said[id(search.cell_cost[agent])])
        found.setdefault(key, []).append(agent)
    return [Alike(key[0], tuple(agents)) for key, agents in found.items()]
