"""The people of an instance, and the hours that they can give to each queue."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.instances.centre import CONTRACTS, NAMES, skill_groups
from benchmarks.instances.specification import Specification
from wfm.agent import Agent

POPULAR = (0.40, 0.25, 0.20, 0.15)
"""How the people with one queue are divided over the queues."""
SINGLE, PAIR, ALL = 0.5, 0.3, 0.2
"""Shares of the people with one queue, with two, and with all of them."""
OF_PART_TIME = (0.6, 0.4)
"""Of those in part time, shares with thirty and with twenty hours."""


def people(spec: Specification, random: np.random.Generator) -> tuple[Agent, ...]:
    """Draw who has which contract and which skills; the shares are as specified."""
    part = 1 - spec.full_share
    mix = [spec.full_share, *(part * share for share in OF_PART_TIME)]
    contract = _dealt(np.array(mix), spec.agents, random)
    groups = skill_groups(spec)
    group = _dealt(_group_shares(groups), spec.agents, random)
    width = len(str(spec.agents))
    return tuple(
        Agent(
            id=f"p{number:0{width}}",
            contract=CONTRACTS[contract[number - 1]].id,
            skills=tuple(NAMES[queue] for queue in groups[group[number - 1]]),
        )
        for number in range(1, spec.agents + 1)
    )


def capacity(spec: Specification, agents: Sequence[Agent]) -> NDArray[np.float64]:
    """Hours of the whole horizon that people can give to each queue, shape ``(queues,)``.

    Contract hours less breaks; who answers several queues gives each an equal part.
    """
    hours = {each.id: each.weekly * each.productive for each in CONTRACTS}
    given = np.zeros(spec.queues)
    for agent in agents:
        mine = [NAMES.index(skill) for skill in agent.skills]
        given[mine] += hours[agent.contract] / len(mine)
    return given * spec.weeks


def _group_shares(groups: Sequence[tuple[int, ...]]) -> NDArray[np.float64]:
    """Share of the people of each group; groups of a size are weighed by their queues."""
    sizes = np.array([len(group) for group in groups])
    weight = np.array([np.mean([POPULAR[queue] for queue in group]) for group in groups])
    share = np.where(sizes == 1, SINGLE, np.where(sizes == 2, PAIR, ALL))
    for size in np.unique(sizes):
        weight[sizes == size] *= share[sizes == size] / weight[sizes == size].sum()
    return np.asarray(weight / weight.sum())


def _dealt(
    shares: NDArray[np.float64], count: int, random: np.random.Generator
) -> NDArray[np.int64]:
    """So many labels in a random order, each as often as its share says, by largest remainder."""
    exact = shares / shares.sum() * count
    number = np.floor(exact).astype(np.int64)
    late = np.argsort(number - exact, kind="stable")[: count - number.sum()]
    number[late] += 1
    return random.permutation(np.repeat(np.arange(len(shares)), number))
