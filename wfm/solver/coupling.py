"""What the limits that couple people leave to one agent while the others stay."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wfm.solver.book import Book
from wfm.solver.instance import Instance

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Part:
    """One agent's roles in the joint limits.

    Attributes
    ----------
    limits : ndarray of int, shape (roles,)
        Index of the joint limit.
    day : ndarray of int, shape (roles,)
        First day of the role's cells.
    grid : ndarray of int, shape (roles, rows, options + 1)
        Coefficients, the last column a day off; rows past the cells are zero.
    least, peak : ndarray of int, shape (roles,)
        Smallest and largest count that a tour can reach.
    """

    limits: Ints
    day: Ints
    grid: Ints
    least: Ints
    peak: Ints

    def rows(self, tour: Ints) -> Ints:
        """What each row of each role counts on a tour, shape ``(roles, rows)``."""
        rows = np.arange(self.grid.shape[1])
        days = np.minimum(self.day[:, None] + rows, len(tour) - 1)
        return np.take_along_axis(self.grid, tour[days][:, :, None], axis=2)[:, :, 0]


class Coupling:
    """The joint limits of a book over the agents' tours."""

    def __init__(self, instance: Instance, book: Book) -> None:
        self.joint = book.joint
        self.most = np.array([joint.entry.limit.most for joint in book.joint], dtype=np.int64)
        weights = [joint.entry.weight for joint in book.joint]
        self.weight = np.array([np.inf if w is None else w for w in weights])
        self.hard = np.isinf(self.weight)
        self.slack = _slack_groups(book)
        self.parts = {
            agent: _part(instance, book, agent)
            for agent in sorted({agent for joint in book.joint for agent in joint.agents})
        }
        self._limits = np.concatenate([[0], *(p.limits for p in self.parts.values())]).astype(int)
        self._known: dict[int, tuple[bytes, Ints]] = {}

    def counts(self, tours: Ints, absent: frozenset[int] = frozenset()) -> Ints:
        """What each limit counts; absent agents count as little as any tour of theirs could."""
        used = [np.zeros(1, dtype=np.int64)]
        for agent, part in self.parts.items():
            used.append(part.least if agent in absent else self._used(agent, tours[agent]))
        total = np.bincount(self._limits, np.concatenate(used), len(self.joint))
        return total.astype(np.int64)

    def _used(self, agent: int, tour: Ints) -> Ints:
        """What an agent's tour counts in each role; remembered until the tour changes."""
        key = tour.tobytes()
        known = self._known.get(agent)
        if known is None or known[0] != key:
            known = self._known[agent] = (key, self.parts[agent].rows(tour).sum(axis=1))
        return known[1]

    def kept(self, tours: Ints) -> bool:
        """Whether every hard limit holds."""
        return bool((self.counts(tours) <= self.most)[self.hard].all())

    def cost(self, tours: Ints) -> float:
        """Cost of the soft limits that are broken; a shared slack counts once."""
        if self.hard.all():
            return 0.0
        over = np.where(self.hard, 0, np.maximum(0, self.counts(tours) - self.most))
        price = over * np.where(self.hard, 0.0, self.weight)
        worst = np.zeros(int(self.slack.max()) + 1)
        np.maximum.at(worst, self.slack, price)
        return float(worst.sum())

    def cell_cost(self, agent: int, tours: Ints, absent: frozenset[int], row: int) -> Floats | None:
        """Cost of each cell of an agent, the others given, shape ``(days, options + 1)``.

        A limit over several days is split by what the agent's present tour uses of it; the room
        that is left goes to the row with number `row`. None if nothing is limited.
        """
        part = self.parts.get(agent)
        if part is None:
            return None
        others = self.counts(tours, absent | {agent})
        others -= np.bincount(part.limits, part.least, len(self.joint)).astype(np.int64)
        room = (self.most - others)[part.limits]
        tight = np.flatnonzero(room < part.peak)
        if not len(tight):
            return None
        return self._split(part, tight, room[tight], tours[agent], row)

    def _split(self, part: Part, tight: Ints, room: Ints, tour: Ints, row: int) -> Floats:
        grid, weight = part.grid[tight], self.weight[part.limits[tight]]
        now = part.rows(tour)[tight]
        # A tour that breaks a limit is no guide: start from the least that any could use.
        now = np.where((now.sum(axis=1) > room)[:, None], grid.min(axis=2), now)
        allowed = now.copy()
        allowed[:, row % grid.shape[1]] += np.maximum(room - now.sum(axis=1), 0)
        # Nothing that this agent does keeps such a limit: no cell is allowed.
        allowed[np.isinf(weight) & (room < part.least[tight])] = np.iinfo(np.int32).min
        cost = np.zeros((len(tour), grid.shape[2]))
        charge(part.day[tight], grid, allowed, weight, cost)
        return cost


@njit(cache=True, nogil=True)
def charge(day: Ints, grid: Ints, allowed: Ints, weight: Floats, cost: Floats) -> None:
    """Add the price of what each cell uses beyond its row's allowance to `cost`."""
    for limit in range(grid.shape[0]):
        for row in range(grid.shape[1]):
            at = day[limit] + row
            if at < cost.shape[0]:
                for column in range(grid.shape[2]):
                    over = grid[limit, row, column] - allowed[limit, row]
                    if over > 0:
                        cost[at, column] += over * weight[limit]


def _slack_groups(book: Book) -> Ints:
    names: dict[object, int] = {}
    return np.array(
        [
            names.setdefault(
                (joint.entry.rule, joint.agents, joint.entry.limit.slack or number), len(names)
            )
            for number, joint in enumerate(book.joint)
        ],
        dtype=np.int64,
    )


def _part(instance: Instance, book: Book, agent: int) -> Part:
    roles = [
        (number, cells)
        for number, joint in enumerate(book.joint)
        for who, cells in zip(joint.agents, joint.entry.limit.cells, strict=True)
        if who == agent
    ]
    rows = max(len(cells.grid) for _, cells in roles)
    grid = np.zeros((len(roles), rows, instance.off + 1), dtype=np.int64)
    for place, (_, cells) in enumerate(roles):
        grid[place, : len(cells.grid), :-1] = cells.grid
    day = np.array([cells.day for _, cells in roles], dtype=np.int64)
    peak = np.array([_peak(instance, *item) for item in zip(day, grid, strict=True)])
    limits = np.array([number for number, _ in roles])
    return Part(limits, day, grid, grid.min(axis=2).sum(axis=1), peak)


def _peak(instance: Instance, day: int, grid: Ints) -> int:
    """Largest count of two shifts on adjacent days that do not overlap, or of the rows summed."""
    if len(grid) != 2 or day + 1 >= instance.days:
        return int(grid.max(axis=1).sum())
    end = np.append(instance.first[day] + instance.length, -1)
    start = np.append(instance.first[day + 1], np.iinfo(np.int64).max)
    both = np.where(
        end[:, None] <= start[None, :], grid[0][:, None] + grid[1][None, :], np.iinfo(np.int64).min
    )
    return int(both.max())
