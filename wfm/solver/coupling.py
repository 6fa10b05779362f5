"""What the limits that couple people leave to one agent while the others stay."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from wfm.solver.book import Book
from wfm.solver.instance import Instance
from wfm.solver.joint_cost import price_cells
from wfm.solver.joint_counts import BLOCKED, FREE, add_counts, bounds, broken_cost
from wfm.solver.joint_lines import Part, joint_lines

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Coupling:
    """The joint limits of a book over the agents' tours.

    What lines and limits count is kept from call to call; only the tours that have changed are
    counted anew.

    Attributes
    ----------
    joint : tuple of Joint
        The limits.
    most, weight, slack, switches, grids, parts
        As in :class:`~wfm.solver.joint_lines.JointLines`.
    hard : ndarray of bool, shape (limits,)
        Whether a limit may not be broken at any price.
    """

    def __init__(self, instance: Instance, book: Book) -> None:
        self.joint = book.joint
        found = joint_lines(instance, book)
        self.most, self.weight, self.slack = found.most, found.weight, found.slack
        self.switches, self.grids, self.parts = found.switches, found.grids, found.parts
        self.hard = np.isinf(self.weight)
        self._lines = np.zeros(len(self.most) + len(self.switches.over), dtype=np.int64)
        self._limits = self.totals(self._lines)
        self._used = {agent: np.zeros(len(p.lines), np.int64) for agent, p in self.parts.items()}
        self._worst = np.zeros(int(self.slack.max(initial=-1)) + 1)
        self._coupled = np.array(sorted(self.parts), dtype=np.int64)
        self._tours = np.full((len(self._coupled), instance.days), -1, dtype=np.int64)

    def _follow(self, tours: Ints) -> None:
        """Count anew the tours that have changed."""
        theirs = tours[self._coupled]
        changed = (theirs != self._tours).any(axis=1)
        for agent in self._coupled[changed].tolist():
            part, before = self.parts[agent], self._used[agent]
            used = part.factor * self.grids.count(part.grid, tours[agent])
            self._add(part, used - before, self._lines, self._limits)
            self._used[agent] = used
        self._tours = theirs

    def _add(self, part: Part, more: Ints, lines: Ints, limits: Ints) -> None:
        add_counts(part.lines, more, self.switches, lines, limits)

    def _state(self, tours: Ints, absent: Iterable[int] = ()) -> tuple[Ints, Ints]:
        """What lines and limits count; absent agents count as little as any tour of theirs could.

        The arrays are the caller's own.
        """
        self._follow(tours)
        lines, limits = self._lines.copy(), self._limits.copy()
        for agent in absent:
            if agent in self.parts:
                part = self.parts[agent]
                self._add(part, part.least - self._used[agent], lines, limits)
        return lines, limits

    def lines(self, tours: Ints) -> Ints:
        """What each line counts."""
        return self._state(tours)[0]

    def totals(self, lines: Ints) -> Ints:
        """What each limit counts, by what its lines count."""
        many = len(self.most)
        total = lines[:many].copy()
        owner, over, factor = self.switches
        np.add.at(total, owner, factor * (lines[many:] > over))
        return total

    def counts(self, tours: Ints, absent: frozenset[int] = frozenset()) -> Ints:
        """What each limit counts; absent agents count as little as any tour of theirs could."""
        return self._state(tours, absent)[1]

    def kept(self, tours: Ints) -> bool:
        """Whether every hard limit holds."""
        self._follow(tours)
        return not (self.hard & (self._limits > self.most)).any()

    def cost(self, tours: Ints) -> float:
        """Cost of the soft limits that are broken; a shared slack counts once."""
        self._follow(tours)
        return float(broken_cost(self._limits, self.most, self.weight, self.slack, self._worst))

    def broken(self, tours: Ints) -> Ints:
        """Hard limits that are broken."""
        return np.flatnonzero(self.hard & (self.counts(tours) > self.most))

    def excess(self, tours: Ints) -> int:
        """By how much hard limits are broken, added up."""
        over = np.maximum(0, self.counts(tours) - self.most)
        return int(over[self.hard].sum())

    def cell_cost(
        self,
        agent: int,
        tours: Ints,
        absent: frozenset[int],
        turn: int,
        price: float = np.inf,
    ) -> Floats | None:
        """Cost of each cell of an agent, the others given, shape ``(days, options + 1)``.

        A limit over several days is split into days: each may use what the agent's present tour
        uses of it, or as little as it can; what room is left, or lacking, goes to some days after
        each other. An `AnyOf` is the agent's to decide unless the others decide it; those that the
        present tour sets off may go on, and others as far as there is room. None if nothing is
        limited.

        Parameters
        ----------
        agent : int
            Whose cells; its own tour in `tours` is only a guide.
        tours : ndarray of int, shape (agents, days)
            Everyone's tours.
        absent : frozenset of int
            Others who are out; they count as little as they can.
        turn : int
            Where the room that is left goes first, and how it is split.
        price : float
            Of a unit by which a hard limit is broken.
        """
        part = self.parts.get(agent)
        if part is None:
            return None
        lines, limits = self._state(tours, absent - {agent})
        used = self._used[agent]
        self._add(part, -used, lines, limits)
        weight = np.where(self.hard, price, self.weight)
        room = np.empty(len(part.begin) - 1, dtype=np.int64)
        tight = np.zeros(len(room), dtype=np.bool_)
        state = bounds(part, self.switches, self.most, weight, lines, limits, room, tight)
        if state == FREE:
            return None
        cost = np.zeros((tours.shape[1], self.grids.columns))
        if state == BLOCKED:
            # Nothing that this agent does keeps such a limit: no cell is allowed.
            return np.full(cost.shape, np.inf)
        switches, layout, tour = self.switches, self.grids.layout, tours[agent]
        price_cells(part, used, weight, switches, lines, room, tight, turn, layout, tour, cost)
        return cost

    def on_day(self, agent: int, day: int) -> Ints:
        """Roles of an agent in which a shift of some day counts."""
        part = self.parts.get(agent)
        if part is None:
            return np.zeros(0, dtype=np.int64)
        grids = self.grids
        return np.flatnonzero((grids.day[part.grid] <= day) & (grids.last[part.grid] >= day))

    def row(self, agent: int, role: int, day: int) -> Ints:
        """What each column of a day counts in a role, shape ``(options + 1,)``."""
        part, grids = self.parts[agent], self.grids
        grid = part.grid[role]
        return np.asarray(part.factor[role] * grids.rows[grids.begin[grid] + day - grids.day[grid]])
