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
    agent : int
        One of them, who stands for all.
    many : int
        How many they are.
    """

    group: int
    agent: int
    many: int


def alike_agents(search: Search) -> list[Alike]:
    """Split the agents into those who are alike."""
    first: dict[tuple[int, int, int], int] = {}
    many: dict[int, int] = {}
    costs: dict[bytes, int] = {}
    said = {
        id(cost): costs.setdefault(cost.tobytes(), len(costs))
        for cost in {id(cost): cost for cost in search.cell_cost}.values()
    }
    for agent, group in enumerate(search.instance.group.tolist()):
        key = (group, id(search.programmes[agent]), said[id(search.cell_cost[agent])])
        stands = first.setdefault(key, agent)
        many[stands] = many.get(stands, 0) + 1
    return [Alike(key[0], agent, many[agent]) for key, agent in first.items()]
