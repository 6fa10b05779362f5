"""All limits of a problem, sorted by whom they bind and by the days that they look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wfm.limit import Cells, Limit, by_value, each
from wfm.problem import Problem

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
STANDING = -1


@dataclass(frozen=True, eq=False)
class Entry:
    """A limit with the index of the rule that states it; `weight` is None where it is hard."""

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


def open_book(problem: Problem) -> Book:
    """Ask every rule for its limits; that shifts do not overlap goes without saying."""
    index = {agent.id: row for row, agent in enumerate(problem.agents)}
    own: list[list[Entry]] = [[] for _ in problem.agents]
    joint: list[Joint] = []
    entries = [Entry(STANDING, None, limit) for limit in _apart(problem)]
    for number, rule in enumerate(problem.rules):
        if not rule.informative:
            entries += [Entry(number, rule.weight, limit) for limit in rule.limits(problem.grid)]
    for entry in entries:
        for group in entry.limit.groups:
            who = tuple(index[agent] for agent in group)
            if len(who) == 1:
                own[who[0]].append(entry)
            else:
                joint.append(Joint(entry, who))
    return Book(tuple(map(tuple, own)), tuple(joint))


def _apart(problem: Problem) -> Iterator[Limit]:
    """No shift starts before an earlier one has ended, nor before the last period's have."""
    start, end = problem.options.start, problem.options.end
    agents = [agent.id for agent in problem.agents]
    past = problem.previous.shifts
    ends = {agent: max((s.end for s in past if s.agent == agent), default=0) for agent in agents}
    for last_end, who in by_value(agents, ends.__getitem__).items():
        for cells in problem.grid.marked(start < last_end):
            yield Limit((cells,), 0, each(who))
    # A shift of a day that starts at midnight may reach into the day after the next.
    for day, later in ((d, d + ahead) for ahead in (1, 2) for d in range(len(start) - ahead)):
        for ending in np.unique(end[day][end[day] > start[later].min()]):
            both = np.zeros((later - day + 1, start.shape[1]), dtype=np.int64)
            both[0], both[-1] = end[day] >= ending, start[later] < ending
            yield Limit((Cells(day, both),), 1, each(agents))


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


def tour_cost(entries: tuple[Entry, ...], tour: Ints) -> float:
    """Cost of what a tour breaks, infinite if hard; a shared slack counts once, at its largest.

    Parameters
    ----------
    entries : tuple of Entry
        Limits of one agent.
    tour : ndarray of int, shape (days,)
        The option of each day, past the last option when off.
    """
    worst: dict[tuple[int, object], float] = {}
    for number, entry in enumerate(entries):
        over = entry.cells.of(tour) - entry.limit.most
        if over > 0:
            if entry.weight is None:
                return np.inf
            key = (entry.rule, entry.limit.slack or number)
            worst[key] = max(worst.get(key, 0.0), entry.weight * over)
    return sum(worst.values())
