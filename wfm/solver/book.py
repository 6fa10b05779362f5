"""All limits of a problem, sorted by whom they bind and by the days that they look at."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wfm.limit import Cells, Limit
from wfm.problem import Problem

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Entry:
    """A limit with the rule that states it; `weight` is None where it is hard."""

    rule: int
    weight: float | None
    limit: Limit

    @property
    def cells(self) -> Cells:
        """The cells of a limit with a single role."""
        return self.limit.cells[0]

    def price(self, breach: Floats) -> Floats:
        """Cost of breaches, infinite where the limit is hard."""
        if self.weight is None:
            return np.where(breach > 0, np.inf, 0.0)
        return self.weight * breach


@dataclass(frozen=True, eq=False)
class Joint:
    """A limit on several agents, for one group of them: who, by index, plays each role."""

    entry: Entry
    agents: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Book:
    """The limits of a problem.

    Attributes
    ----------
    own : tuple, one for each agent
        Entries that bind the agent alone.
    joint : tuple of Joint
        Limits that bind several agents together.
    """

    own: tuple[tuple[Entry, ...], ...]
    joint: tuple[Joint, ...]

    def joint_of(self, agents: set[int]) -> list[Joint]:
        """Joint limits that concern any of the agents."""
        return [joint for joint in self.joint if agents.intersection(joint.agents)]


def open_book(problem: Problem, without: frozenset[int] = frozenset()) -> Book:
    """Ask every rule for its limits.

    Parameters
    ----------
    problem : Problem
        Whose rules to ask.
    without : frozenset of int
        Indexes of rules to leave out.
    """
    index = {agent.id: row for row, agent in enumerate(problem.agents)}
    own: list[list[Entry]] = [[] for _ in problem.agents]
    joint: list[Joint] = []
    for number, rule in enumerate(problem.rules):
        if number in without:
            continue
        for limit in rule.limits(problem.grid):
            entry = Entry(number, rule.weight, limit)
            for group in limit.groups:
                who = tuple(index[agent] for agent in group)
                if len(who) == 1:
                    own[who[0]].append(entry)
                else:
                    joint.append(Joint(entry, who))
    return Book(tuple(map(tuple, own)), tuple(joint))


def mask_cost(entries: tuple[Entry, ...], days: int, options: int) -> Floats:
    """Cost of each cell by the limits on single days, shape ``(days, options + 1)``.

    The last column is a day off. Breaches that share a slack count once, at their largest.
    """
    shared: dict[tuple[int, str, int], Floats] = {}
    total = np.zeros((days, options + 1))
    for entry in entries:
        if len(entry.cells.grid) != 1:
            continue
        cost = entry.price(breach(entry, 0))
        day, slack = entry.cells.day, entry.limit.slack
        if slack and entry.weight is not None:
            key = (entry.rule, slack, day)
            shared[key] = np.maximum(shared.get(key, 0.0), cost)
        else:
            total[day] += cost
    for (_, _, day), cost in shared.items():
        total[day] += cost
    return total


def transition_cost(entries: tuple[Entry, ...], days: int, options: int) -> Floats:
    """Cost of each pair of cells on adjacent days, ``(days - 1, options + 1, options + 1)``."""
    shared: dict[tuple[int, str, int], Floats] = {}
    total = np.zeros((max(days - 1, 0), options + 1, options + 1))
    for entry in entries:
        if len(entry.cells.grid) != 2:
            continue
        first, second = (np.append(row, 0) for row in entry.cells.grid)
        over = np.maximum(0, first[:, None] + second[None, :] - entry.limit.most)
        day, slack = entry.cells.day, entry.limit.slack
        key = (entry.rule, slack or f"#{len(shared)}", day)
        shared[key] = np.maximum(shared.get(key, 0.0), entry.price(over.astype(float)))
    for (_, _, day), cost in shared.items():
        total[day] += cost
    return total


def breach(entry: Entry, row: int) -> Floats:
    """By how much each option of one row, and a day off, breaks a limit on that row alone."""
    used = np.append(entry.cells.grid[row], 0)
    return np.asarray(np.maximum(0, used - entry.limit.most), dtype=float)


def breaches(entries: tuple[Entry, ...], tour: Ints) -> dict[int, float]:
    """Amount by which an agent's tour breaks each rule, counting a shared slack once."""
    worst: dict[tuple[int, object], int] = {}
    for number, entry in enumerate(entries):
        over = entry.cells.of(tour) - entry.limit.most
        if over > 0:
            key = (entry.rule, entry.limit.slack or number)
            worst[key] = max(worst.get(key, 0), over)
    return _by_rule(worst)


def joint_breaches(joint: tuple[Joint, ...], tours: Ints) -> dict[int, float]:
    """Amount by which tours, shape ``(agents, days)``, break each rule that couples people."""
    worst: dict[tuple[int, object], int] = {}
    for number, item in enumerate(joint):
        roles = zip(item.entry.limit.cells, item.agents, strict=True)
        over = sum(cells.of(tours[agent]) for cells, agent in roles) - item.entry.limit.most
        if over > 0:
            slack = item.entry.limit.slack
            key = (item.entry.rule, (item.agents, slack) if slack else number)
            worst[key] = max(worst.get(key, 0), over)
    return _by_rule(worst)


def _by_rule(worst: dict[tuple[int, object], int]) -> dict[int, float]:
    total: dict[int, float] = defaultdict(float)
    for (rule, _), amount in worst.items():
        total[rule] += amount
    return dict(total)
