"""What the limits that couple people leave to one agent while the others stay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wfm.limit import Cells
from wfm.solver.book import Book
from wfm.solver.counts import NOTHING, Grids, Rows, count_one
from wfm.solver.instance import Instance

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
AS_NOW, ANEW = 0, 1
"""How room is split over days: beside what the present tour uses, or from nothing."""


@dataclass(frozen=True, eq=False)
class Part:
    """One agent's roles in the joint limits; one for each line in which it counts.

    Attributes
    ----------
    lines, grid, factor : ndarray of int, shape (roles,)
        Line, grid of coefficients and their factor.
    least, peak : ndarray of int, shape (roles,)
        Smallest and largest count that a tour can reach.
    limits : ndarray of int
        Joint limits in which it has a role.
    """

    lines: Ints
    grid: Ints
    factor: Ints
    least: Ints
    peak: Ints
    limits: Ints


class Coupling:
    """The joint limits of a book over the agents' tours.

    A line is a sum over several agents' tours: first the cells of each limit, then those of each
    `AnyOf`, turned round where it counts below zero. What lines count is kept from call to call;
    only the tours that have changed are counted anew.

    Attributes
    ----------
    most : ndarray of int, shape (limits,)
        Bound of each limit.
    weight : ndarray, shape (limits,)
        Price of a unit of breach, infinite where hard.
    slack : ndarray of int, shape (limits,)
        Limits with the same number count once, at the largest breach.
    owner, over, factor : ndarray of int, shape (any_of,)
        Limit, bound and value of each `AnyOf`.
    parts : dict
        Agent's index -> its roles.
    """

    def __init__(self, instance: Instance, book: Book) -> None:
        self.joint = book.joint
        self.most = np.array([joint.entry.limit.most for joint in book.joint], dtype=np.int64)
        weights = [joint.entry.weight for joint in book.joint]
        self.weight = np.array([np.inf if w is None else w for w in weights])
        self.hard = np.isinf(self.weight)
        self.slack = _slack_groups(book)
        self.grids = Grids(instance.off + 1)
        roles = self._roles(book)
        self.grids.close()
        self._range = _ranges(self.grids, instance)
        self.parts = {agent: self._part(*table) for agent, table in roles.items()}
        self._own = {agent: np.unique(part.limits) for agent, part in self.parts.items()}
        self._totals = np.zeros(len(self.most) + len(self.over), dtype=np.int64)
        self._used = {agent: np.zeros(len(p.lines), np.int64) for agent, p in self.parts.items()}
        self._tours: dict[int, bytes] = {}

    def _roles(self, book: Book) -> dict[int, tuple[Ints, Ints, Ints]]:
        """Line, grid and factor of each agent's roles."""
        owner: list[int] = []
        over: list[int] = []
        factor: list[int] = []
        table: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        kept = []
        seen: dict[tuple[int, int], tuple[int, int]] = {}
        for number, joint in enumerate(book.joint):
            lines = [(number, joint.entry.limit.cells, 1)]
            for some in joint.entry.limit.any_of:
                sign = 1 if some.factor > 0 else -1
                lines.append((len(book.joint) + len(owner), some.cells, sign))
                owner.append(number)
                # Counting f < 0 if above `over` is f, and -f more if not.
                self.most[number] -= min(some.factor, 0)
                over.append(some.over if sign > 0 else -some.over - 1)
                factor.append(abs(some.factor))
            twice = len(set(joint.agents)) < len(joint.agents)
            for line, cells, sign in lines:
                roles: Iterable[tuple[int, Cells]] = zip(joint.agents, cells, strict=True)
                if twice:
                    added = _by_agent(joint.agents, cells)
                    kept.append(added)
                    roles = added.items()
                for agent, mine in roles:
                    key = (mine.day, id(mine.grid))
                    if key not in seen:
                        seen[key] = self.grids.add(mine)
                    grid, times = seen[key]
                    if grid != NOTHING:
                        table[agent].append((line, grid, sign * times))
        self.owner = np.array(owner, dtype=np.int64)
        self.over = np.array(over, dtype=np.int64)
        self.factor = np.array(factor, dtype=np.int64)
        self._owners, self._starts = np.unique(self.owner, return_index=True)
        return {agent: tuple(np.array(rows).T) for agent, rows in sorted(table.items())}

    def _part(self, lines: Ints, grid: Ints, factor: Ints) -> Part:
        low, high = self._range[:, grid] * factor
        least, peak = np.minimum(low, high), np.maximum(low, high)
        return Part(lines, grid, factor, least, peak, self._limits(lines))

    def _limits(self, lines: Ints) -> Ints:
        """The limit of each line."""
        many = len(self.most)
        inner = lines >= many
        found = lines.copy()
        found[inner] = self.owner[lines[inner] - many]
        return found

    def lines(self, tours: Ints, absent: frozenset[int] = frozenset()) -> Ints:
        """What each line counts; absent agents count as little as any tour of theirs could."""
        for agent, part in self.parts.items():
            key = tours[agent].tobytes()
            if self._tours.get(agent) != key:
                self._tours[agent] = key
                used = part.factor * self.grids.count(part.grid, tours[agent])
                self._totals[part.lines] += used - self._used[agent]
                self._used[agent] = used
        total = self._totals.copy()
        for agent in absent:
            if agent in self.parts:
                part = self.parts[agent]
                total[part.lines] += part.least - self._used[agent]
        return total

    def totals(self, lines: Ints) -> Ints:
        """What each limit counts, by what its lines count."""
        many = len(self.most)
        if not len(self.over):
            return lines
        total = lines[:many].copy()
        set_off = self.factor * (lines[many:] > self.over)
        total[self._owners] += np.add.reduceat(set_off, self._starts)
        return total

    def counts(self, tours: Ints, absent: frozenset[int] = frozenset()) -> Ints:
        """What each limit counts; absent agents count as little as any tour of theirs could."""
        return self.totals(self.lines(tours, absent))

    def kept(self, tours: Ints) -> bool:
        """Whether every hard limit holds."""
        return not (self.hard & (self.counts(tours) > self.most)).any()

    def cost(self, tours: Ints) -> float:
        """Cost of the soft limits that are broken; a shared slack counts once."""
        if self.hard.all():
            return 0.0
        over = self.counts(tours) - self.most
        broken = np.flatnonzero((over > 0) & ~self.hard)
        worst: dict[int, float] = {}
        for limit in broken.tolist():
            slack = int(self.slack[limit])
            worst[slack] = max(worst.get(slack, 0.0), float(over[limit] * self.weight[limit]))
        return sum(worst.values())

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
        now = self.lines(tours, absent)
        if agent in absent:
            now[part.lines] += self._used[agent] - part.least
        others = now.copy()
        others[part.lines] -= self._used[agent]
        low, high = others.copy(), others.copy()
        low[part.lines] += part.least
        high[part.lines] += part.peak
        mine = self._own[agent]
        least = self.totals(low)[mine]
        tight = self.totals(high)[mine] > self.most[mine]
        if not tight.any():
            return None
        cost = np.zeros((tours.shape[1], self.grids.columns))
        weight = np.where(self.hard, price, self.weight)
        if np.isinf(weight[mine][tight & (least > self.most[mine])]).any():
            # Nothing that this agent does keeps such a limit: no cell is allowed.
            return np.full(cost.shape, np.inf)
        bounds = (others, low, high)
        self._charge(agent, bounds, weight, mine[tight], tours[agent], turn, cost)
        return cost

    def _charge(
        self,
        agent: int,
        bounds: tuple[Ints, Ints, Ints],
        weight: Floats,
        tight: Ints,
        tour: Ints,
        turn: int,
        cost: Floats,
    ) -> None:
        """Add the price of what each cell uses beyond its allowance in the tight limits."""
        others, low, high = bounds
        part, many = self.parts[agent], len(self.most)
        wanted = np.zeros(many, dtype=bool)
        wanted[tight] = True
        roles = np.flatnonzero(wanted[part.limits])
        room = self.most - others[:many]
        price, once = weight[part.limits[roles]], np.zeros(len(roles), dtype=bool)
        left = np.zeros(len(roles), dtype=np.int64)
        if len(self.over):
            # What the others have decided takes its room; what is open is this agent's to decide.
            sure = low[many:] > self.over
            np.subtract.at(room, self.owner[sure], self.factor[sure])
            inner = part.lines[roles] >= many
            open_ = np.zeros(len(roles), dtype=bool)
            which = part.lines[roles[inner]] - many
            open_[inner] = (high[many:] > self.over)[which] & ~sure[which]
            barred = self._barred(agent, roles[open_], room, others, turn)
            kept = ~inner
            kept[open_] = barred
            once = inner
            price[inner] *= self.factor[which]
            left[inner] = self.over[which] - others[many:][which]
            left[~inner] = room[part.limits[roles[~inner]]]
            roles, price, once, left = roles[kept], price[kept], once[kept], left[kept]
        else:
            left = room[part.limits[roles]]
        grids = self.grids
        charge(
            part.grid[roles],
            part.factor[roles],
            left,
            price,
            once,
            turn // 4,
            ANEW if turn % 4 == 3 else AS_NOW,
            grids.day,
            grids.begin,
            grids.rows,
            grids.low,
            grids.high,
            tour,
            cost,
        )

    def _barred(
        self, agent: int, roles: Ints, room: Ints, others: Ints, turn: int
    ) -> NDArray[np.bool_]:
        """Which open `AnyOf` an agent may not set off; takes the room of the others."""
        many, part, used = len(self.most), self.parts[agent], self._used[agent]
        barred = np.ones(len(roles), dtype=bool)
        by_limit: dict[int, list[int]] = defaultdict(list)
        for place, role in enumerate(roles.tolist()):
            by_limit[int(part.limits[role])].append(place)
        for limit, places in by_limit.items():
            linear = np.flatnonzero(part.lines == limit)
            now, least = int(used[linear].sum()), int(part.least[linear].sum())
            lines = part.lines[roles[places]]
            on = others[lines] + used[roles[places]] > self.over[lines - many]
            factors = self.factor[lines - many]
            takes = now + int(factors[on].sum())
            if takes > room[limit] or turn % 4 == 3:
                on[:] = False
                takes = least
            for at in np.random.default_rng(turn).permutation(len(places)).tolist():
                if not on[at] and takes + factors[at] <= room[limit]:
                    on[at] = True
                    takes += int(factors[at])
            barred[places] = ~on
            room[limit] -= int(factors[on].sum())
        return barred

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


@njit(cache=True, nogil=True)
def charge(
    grid: Ints,
    factor: Ints,
    room: Ints,
    price: Floats,
    once: NDArray[np.bool_],
    turn: int,
    split: int,
    day: Ints,
    begin: Ints,
    rows: Rows,
    low: Ints,
    high: Ints,
    tour: Ints,
    cost: Floats,
) -> None:
    """Add to `cost` the price of what each cell of some roles uses beyond its day's allowance."""
    for role in range(grid.size):
        which, times = grid[role], factor[role]
        first, many = begin[which], begin[which + 1] - begin[which]
        used = times * count_one(which, day, begin, rows, tour)
        left = room[role] - used
        if split == ANEW:
            left = room[role]
            for row in range(first, first + many):
                left -= times * low[row] if times > 0 else times * high[row]
        # All limits that look at one day start with it, so that they give way on the same days.
        start = turn % cost.shape[0] - day[which]
        start = start if 0 <= start < many else turn % many
        for step in range(many):
            at = (start + step) % many
            row, today = first + at, day[which] + at
            least = times * low[row] if times > 0 else times * high[row]
            most = times * high[row] if times > 0 else times * low[row]
            allowed = least if split == ANEW else times * rows[row, tour[today]]
            # Where the tour uses too much, some days have to go back to less.
            more = max(least - allowed, min(left, most - allowed))
            left -= more
            allowed += more
            if allowed < most:
                for column in range(cost.shape[1]):
                    over = times * rows[row, column] - allowed
                    if over > 0:
                        cost[today, column] += price[role] * (1 if once[role] else over)


def _by_agent(agents: tuple[int, ...], roles: tuple[Cells, ...]) -> dict[int, Cells]:
    """The cells of each agent, those of several roles of one added up."""
    found: dict[int, Cells] = {}
    for agent, cells in zip(agents, roles, strict=True):
        found[agent] = _sum(found[agent], cells) if agent in found else cells
    return found


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
