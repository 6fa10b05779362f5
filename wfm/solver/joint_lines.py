"""The limits that couple people, laid out by whose tours count in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wfm.limit import Cells
from wfm.solver.book import Book
from wfm.solver.counts import NOTHING, Grids
from wfm.solver.instance import Instance

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Part(NamedTuple):
    """One agent's roles in the joint limits, in the order of these; one for each line.

    Attributes
    ----------
    lines, grid, factor : ndarray of int, shape (roles,)
        Line, grid of coefficients and their factor.
    least, peak : ndarray of int, shape (roles,)
        Smallest and largest count that a tour can reach.
    limits : ndarray of int, shape (roles,)
        Joint limit of each role.
    begin : ndarray of int, shape (limits in which it has a role + 1,)
        Where the roles of each limit begin.
    """

    lines: Ints
    grid: Ints
    factor: Ints
    least: Ints
    peak: Ints
    limits: Ints
    begin: Ints


class Switches(NamedTuple):
    """Each `AnyOf` of the joint limits.

    Attributes
    ----------
    owner, over, factor : ndarray of int, shape (any_of,)
        Its limit, bound and value.
    """

    owner: Ints
    over: Ints
    factor: Ints


@dataclass(frozen=True, eq=False)
class JointLines:
    """The joint limits of a book.

    A line is a sum over several agents' tours: first the cells of each limit, then those of each
    `AnyOf`, turned round where it counts below zero.

    Attributes
    ----------
    most : ndarray of int, shape (limits,)
        Bound of each limit.
    weight : ndarray, shape (limits,)
        Price of a unit of breach, infinite where hard.
    slack : ndarray of int, shape (limits,)
        Limits with the same number count once, at the largest breach.
    switches : Switches
        Each `AnyOf`.
    grids : Grids
        What the cells count.
    parts : dict
        Agent's index -> its roles.
    """

    most: Ints
    weight: Floats
    slack: Ints
    switches: Switches
    grids: Grids
    parts: dict[int, Part]


def joint_lines(instance: Instance, book: Book) -> JointLines:
    """Lay the joint limits of a book out."""
    grids = Grids(instance.off + 1)
    most = np.array([joint.entry.limit.most for joint in book.joint], dtype=np.int64)
    weights = [joint.entry.weight for joint in book.joint]
    any_of: list[tuple[int, int, int]] = []
    table: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    counted = Counted(grids)
    for number, joint in enumerate(book.joint):
        lines = [(number, joint.entry.limit.cells, 1)]
        for some in joint.entry.limit.any_of:
            sign = 1 if some.factor > 0 else -1
            lines.append((len(book.joint) + len(any_of), some.cells, sign))
            # Counting f < 0 if above `over` is f, and -f more if not.
            most[number] -= min(some.factor, 0)
            over = some.over if sign > 0 else -some.over - 1
            any_of.append((number, over, abs(some.factor)))
        for line, cells, sign in lines:
            for agent, grid, times in counted.by(joint.agents, cells):
                table[agent].append((line, grid, sign * times))
    grids.close()
    switches = Switches(*np.array(any_of, dtype=np.int64).reshape(-1, 3).T.copy())
    limits = np.concatenate([np.arange(len(most)), switches.owner])
    ranges = _ranges(grids, instance)
    return JointLines(
        most,
        np.array([np.inf if weight is None else weight for weight in weights]),
        _slack_groups(book),
        switches,
        grids,
        {agent: _part(np.array(rows).T, limits, ranges) for agent, rows in sorted(table.items())},
    )


def _part(roles: Ints, limits: Ints, ranges: Ints) -> Part:
    """Roles of an agent, given as rows of lines, grids and factors."""
    lines, grid, factor = roles[:, np.argsort(limits[roles[0]], kind="stable")]
    low, high = ranges[:, grid] * factor
    least, peak = np.minimum(low, high), np.maximum(low, high)
    mine = limits[lines]
    begin = np.append(np.flatnonzero(np.diff(mine, prepend=-1)), len(mine))
    return Part(lines, grid, factor, least, peak, mine, begin)


class Counted:
    """Which grids of whom some roles' cells are; what several limits share is looked at once."""

    def __init__(self, grids: Grids) -> None:
        self._grids = grids
        self._found: dict[tuple[int, tuple[int, ...]], list[tuple[int, int, int]]] = {}
        self._kept: list[object] = []

    def by(self, agents: tuple[int, ...], roles: tuple[Cells, ...]) -> list[tuple[int, int, int]]:
        """Agent, grid and factor of the roles that count anything."""
        key = (id(roles), agents)
        if key not in self._found:
            self._found[key] = list(self._look(agents, roles))
            # The key is an address: no other tuple may come to lie there.
            self._kept.append(roles)
        return self._found[key]

    def _look(
        self, agents: tuple[int, ...], roles: tuple[Cells, ...]
    ) -> Iterator[tuple[int, int, int]]:
        mine: dict[int, Cells] = {}
        for agent, cells in zip(agents, roles, strict=True):
            mine[agent] = _sum(mine[agent], cells) if agent in mine else cells
        self._kept.append(mine)
        for agent, cells in mine.items():
            grid, times = self._grids.add(cells)
            if grid != NOTHING:
                yield agent, grid, times


def _sum(one: Cells, other: Cells) -> Cells:
    first = min(one.day, other.day)
    last = max(one.days.stop, other.days.stop)
    grid = np.zeros((last - first, one.grid.shape[1]), dtype=np.int64)
    for cells in (one, other):
        grid[cells.day - first : cells.days.stop - first] += cells.grid
    return Cells(first, grid)


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


def _ranges(grids: Grids, instance: Instance) -> Ints:
    """Smallest and largest count of each grid on any tour, shape ``(2, grids)``."""
    found = np.zeros((2, len(grids.day)), dtype=np.int64)
    for number, day in enumerate(grids.day.tolist()):
        rows = grids.rows[grids.begin[number] : grids.begin[number + 1]].astype(np.int64)
        found[0, number] = rows.min(axis=1).sum()
        found[1, number] = _peak(instance, day, rows)
    return found


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
