"""All limits of a problem, sorted by whom they bind and by the days that they look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from wfm.limit import Cells, Limit, by_value, each
from wfm.problem import Problem

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
STANDING = -1


@dataclass(frozen=True, eq=False)
class Entry:
    """A limit with the index of the rule that states it; `weight` is None where it is hard."""

    rule: int
    weight: float | None
    limit: Limit

    @cached_property
    def days(self) -> range:
        """From the first to the last day on which a shift changes what it counts."""
        touched = [
            cells.day + int(row)
            for roles in (self.limit.cells, *(some.cells for some in self.limit.any_of))
            for cells in roles
            for row in np.flatnonzero(cells.grid.any(axis=1))
        ]
        first = self.limit.cells[0].day
        return range(min(touched, default=first), max(touched, default=first) + 1)

    def price(self, breach: Floats) -> Floats:
        """Cost of breaches, infinite where the limit is hard."""
        if self.weight is None:
            return np.where(breach > 0, np.inf, 0.0)
        return self.weight * breach


@dataclass(frozen=True, eq=False)
class Promise:
    """Entries that bind one agent alone, of whose breaches only the largest counts.

    Most are single; soft ones of a rule that share a slack are together.
    """

    entries: tuple[Entry, ...]

    @cached_property
    def days(self) -> range:
        """From the first to the last day that any of them looks at."""
        days = [entry.days for entry in self.entries]
        return range(min(some.start for some in days), max(some.stop for some in days))

    @property
    def weight(self) -> float | None:
        """Price of a unit of breach; None where it is hard."""
        return self.entries[0].weight


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


def promises(entries: tuple[Entry, ...]) -> list[Promise]:
    """Entries of one agent, put together where they share a slack and are soft."""
    shared: dict[object, list[Entry]] = {}
    for number, entry in enumerate(entries):
        alone = entry.weight is None or not entry.limit.slack
        shared.setdefault(number if alone else (entry.rule, entry.limit.slack), []).append(entry)
    return [Promise(tuple(found)) for found in shared.values()]


def parted(entries: tuple[Entry, ...]) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """Entries of promises that look at a single day, and those of all others."""
    found: tuple[list[Entry], list[Entry]] = ([], [])
    for promise in promises(entries):
        found[len(promise.days) > 1].extend(promise.entries)
    return tuple(found[0]), tuple(found[1])


def mask_cost(entries: tuple[Entry, ...], days: int, options: int) -> Floats:
    """Cost of each cell by the promises on single days, shape ``(days, options + 1)``.

    The last column is a day off.
    """
    total = np.zeros((days, options + 1))
    for promise in promises(entries):
        if len(promise.days) == 1:
            day = promise.days[0]
            costs = [_priced(entry, _row(entry, day)) for entry in promise.entries]
            total[day] += np.max(costs, axis=0)
    return total


def transition_cost(found: list[Promise], days: int, options: int) -> Floats:
    """Cost of each pair of cells on adjacent days, ``(days - 1, options + 1, options + 1)``."""
    total = np.zeros((max(days - 1, 0), options + 1, options + 1))
    for promise in found:
        if len(promise.days) == 2:
            day = promise.days[0]
            costs = [_priced(entry, _pair(entry, day)) for entry in promise.entries]
            total[day] += costs[0] if len(costs) == 1 else np.max(costs, axis=0)
    return total


def _priced(entry: Entry, count: Ints) -> Floats:
    return entry.price(np.maximum(0, count - entry.limit.most).astype(float))


def _row(entry: Entry, day: int) -> Ints:
    """Count of a limit by the column of its only day."""
    limit = entry.limit
    total = row_of(limit.cells[0], day).copy()
    for some in limit.any_of:
        total += some.factor * (row_of(some.cells[0], day) > some.over)
    return total


def _pair(entry: Entry, day: int) -> Ints:
    """Count of a limit by the columns of a day and of the day after."""
    limit = entry.limit
    total = _sums(limit.cells[0], day)
    for some in limit.any_of:
        total += some.factor * (_sums(some.cells[0], day) > some.over)
    return total


def _sums(cells: Cells, day: int) -> Ints:
    return row_of(cells, day)[:, None] + row_of(cells, day + 1)[None, :]


def row_of(cells: Cells, day: int) -> Ints:
    """Coefficients of a day with that of a day off, shape ``(options + 1,)``."""
    if day in cells.days:
        return np.append(cells.grid[day - cells.day], 0)
    return np.zeros(cells.grid.shape[1] + 1, dtype=np.int64)


def count_of(limit: Limit, tour: Ints) -> int:
    """What a limit on one agent counts on a tour: the option of each day, past the last if off."""
    total = limit.cells[0].of(tour)
    for some in limit.any_of:
        total += some.factor * (some.cells[0].of(tour) > some.over)
    return total


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
        over = count_of(entry.limit, tour) - entry.limit.most
        if over > 0:
            if entry.weight is None:
                return np.inf
            key = (entry.rule, entry.limit.slack or number)
            worst[key] = max(worst.get(key, 0.0), entry.weight * over)
    return sum(worst.values())
