"""Linear limits on tours, stated once for every engine.

A tour is a 0/1 grid of days x shift options. A :class:`Limit` bounds a weighted count of its
cells, for one agent or several together, and may count some of them once however many are worked
(:class:`AnyOf`). CP-SAT posts it as a constraint, a given tour is judged by a dot product, and the
tour programme reads it as a mask (one day), a transition (two days) or a counter (more).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

from wfm.horizon import DAY, Horizon
from wfm.schedule import Shift
from wfm.shift import ShiftOptions
from wfm.window import Window, clock

if TYPE_CHECKING:
    from wfm.problem import Problem

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, eq=False)
class Cells:
    """Integer coefficients on consecutive days of one agent's tour.

    Attributes
    ----------
    day : int
        First day.
    grid : ndarray of int, shape (days, options)
        Coefficient of each cell.
    """

    day: int
    grid: NDArray[np.int64]

    def __neg__(self) -> Cells:
        return Cells(self.day, -self.grid)

    def __mul__(self, factor: int) -> Cells:
        return Cells(self.day, self.grid * factor)

    @property
    def days(self) -> range:
        """Days that it covers."""
        return range(self.day, self.day + len(self.grid))

    def of(self, tour: NDArray[np.int64]) -> int:
        """Weighted count on a tour: the option of each day, past the last option when off."""
        chosen = tour[self.day : self.day + len(self.grid)]
        works = np.flatnonzero(chosen < self.grid.shape[1])
        return int(self.grid[works, chosen[works]].sum())


@dataclass(frozen=True, eq=False)
class AnyOf:
    """Counts `factor` if the roles' cells together count more than `over`, and else nothing.

    Attributes
    ----------
    cells : tuple of Cells
        One for each role of the limit that it belongs to.
    over : int
        Bound of the count; with 0 and cells of one each, it tells whether any of them is worked.
    factor : int
        What it counts for in the limit.
    """

    cells: tuple[Cells, ...]
    over: int = 0
    factor: int = 1


@dataclass(frozen=True, eq=False)
class Limit:
    """``sum over the roles of cells + sum of any_of <= most``, for each group of agents apart.

    Attributes
    ----------
    cells : tuple of Cells
        One for each role; most limits have a single one.
    most : int
        The bound.
    groups : tuple of tuple of str
        Who plays the roles; every group must keep the limit for itself.
    slack : str
        Limits of a rule with the same name here are one promise to a group: only the largest
        breach among them counts.
    any_of : tuple of AnyOf
        Counted on top of the cells: a weekend on which any shift is worked, a block of rest into
        which any shift reaches.
    """

    cells: tuple[Cells, ...]
    most: int
    groups: tuple[tuple[str, ...], ...]
    slack: str = field(default="")
    any_of: tuple[AnyOf, ...] = ()


def each(agents: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Groups of one: every agent keeps the limit alone."""
    return tuple((agent,) for agent in agents)


def by_value(agents: Iterable[str], value: Callable[[str], Key]) -> dict[Key, list[str]]:
    """Agents grouped by a value of theirs, such as what the previous period left behind."""
    groups: dict[Key, list[str]] = {}
    for agent in agents:
        groups.setdefault(value(agent), []).append(agent)
    return groups


@dataclass(frozen=True, eq=False)
class Grid:
    """What rules read to state limits: coefficients over days and shift options.

    Attributes
    ----------
    problem : Problem
        Whose days, options and previous period are read.
    """

    problem: Problem

    @property
    def horizon(self) -> Horizon:
        """The days."""
        return self.problem.horizon

    @property
    def options(self) -> ShiftOptions:
        """The columns."""
        return self.problem.options

    @cached_property
    def _before(self) -> dict[str, list[Shift]]:
        found: dict[str, list[Shift]] = defaultdict(list)
        for shift in sorted(self.problem.previous.shifts, key=lambda shift: shift.start):
            found[shift.agent].append(shift)
        return dict(found)

    def before(self, agent: str) -> list[Shift]:
        """Shifts of an agent in the previous period, in time order."""
        return list(self._before.get(agent, ()))

    @cached_property
    def nothing(self) -> Cells:
        """Cells that count nothing, for limits that only count `AnyOf`."""
        return Cells(0, np.zeros((1, len(self.options)), dtype=np.int64))

    def weeks(self, *, whole: bool = False) -> list[tuple[int, int]]:
        """First and last day of each ISO week that the horizon touches, not cut to it.

        Parameters
        ----------
        whole : bool
            Only those of which every day is known: they end inside the horizon, and begin inside
            it or in a previous period whose shifts are given.
        """
        monday = -self.horizon.weekday(0)
        found = [(first, first + 6) for first in range(monday, self.horizon.days, 7)]
        if not whole:
            return found
        earliest = -6 if self.problem.previous.shifts else 0
        return [week for week in found if week[0] >= earliest and week[1] < self.horizon.days]

    def spans(self, windows: Iterable[Window]) -> list[tuple[int, int]]:
        """Elapsed minutes ``[start, end)`` of every time that a shift may reach, in order of start.

        Unlike `Window.spans` it looks past the horizon's end too, where the last shifts reach.
        """
        found = []
        for window in windows:
            first, last = clock(window.start), clock(window.end)
            last += DAY if last <= first else 0
            found += [
                (self.horizon.minute(day, first), self.horizon.minute(day, last))
                for day in range(-2, self.horizon.days + 2)
                if window.holds(self.horizon.date_of(day), self.horizon.day_type(day))
            ]
        return sorted(found)

    def touching(self, spans: Iterable[tuple[int, int]]) -> NDArray[np.bool_]:
        """Whether a shift, breaks included, touches one of the spans, shape ``(days, options)``."""
        hit = np.zeros(self.options.start.shape, dtype=bool)
        for start, end in spans:
            hit |= (self.options.start < end) & (self.options.end > start)
        return hit

    def marked(self, mask: NDArray[np.bool_]) -> Iterator[Cells]:
        """One for each marked shift, day by day; a mask of shape ``(days, options)``."""
        for day in np.flatnonzero(mask.any(axis=1)):
            yield Cells(int(day), mask[day : day + 1].astype(np.int64))

    def works(self, first: int, last: int) -> Cells:
        """One for each shift on the days ``first..last``, both included and cut to the horizon."""
        days = range(max(first, 0), min(last, self.horizon.days - 1) + 1)
        return Cells(max(first, 0), np.ones((len(days), len(self.options)), dtype=np.int64))

    def minutes(self, first: int, last: int) -> Cells:
        """Paid minutes of the shifts on the days ``first..last``."""
        cells = self.works(first, last)
        return Cells(cells.day, cells.grid * self.options.paid)

    def works_template(self, day: int, templates: Iterable[str]) -> Cells:
        """One for each shift of the named templates on a day."""
        names = set(templates)
        hit = np.array(
            [template.id in names for template in self.options.templates], dtype=np.int64
        )
        return Cells(day, hit[self.options.template][None, :])

    def overlaps(self, start: int, end: int) -> Cells | None:
        """One for each shift that is on, breaks included, at some time in ``[start, end)``.

        None if no option of any day can be.
        """
        earliest, latest = self._reach
        days = np.flatnonzero((earliest < end) & (latest > start))
        if not len(days):
            return None
        near = slice(int(days[0]), int(days[-1]) + 1)
        hit = (self.options.start[near] < end) & (self.options.end[near] > start)
        rows = np.flatnonzero(hit.any(axis=1))
        if not len(rows):
            return None
        first, last = int(rows[0]), int(rows[-1])
        return Cells(near.start + first, hit[first : last + 1].astype(np.int64))

    @cached_property
    def _reach(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        return self.options.start.min(axis=1), self.options.end.max(axis=1)

    def starts_before(self, day: int, minute: int) -> Cells:
        """One for each shift on a day that starts before an elapsed minute."""
        return Cells(day, (self.options.start[day] < minute).astype(np.int64)[None, :])

    def pair(self, day: int, first: NDArray[np.bool_], second: NDArray[np.bool_]) -> Cells:
        """One for each marked option of a day and of the day after, masks of shape (options,)."""
        return Cells(day, np.stack([first, second]).astype(np.int64))
