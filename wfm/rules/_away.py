"""When members of a household are away from home, travel included, for limits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from wfm.limit import AnyOf, Cells, Grid, Limit


@dataclass(frozen=True, eq=False)
class Moment:
    """Some time in which nobody leaves and nobody comes home.

    Attributes
    ----------
    cells : Cells or None
        Shifts during which, or during the way to and from which, it lies.
    past : frozenset of str
        Members who are away by a shift of the previous period.
    """

    cells: Cells | None
    past: frozenset[str]

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for moments that bind the same."""
        cells = self.cells
        return (self.past, *((cells.day, cells.grid.tobytes()) if cells is not None else ()))

    def implies(self, other: Moment) -> bool:
        """Whether whoever is away at the other is away at this one too."""
        mine, its = self.cells, other.cells
        if self.past != other.past or mine is None or its is None:
            return its is None and self.past == other.past
        if its.day < mine.day or its.days.stop > mine.days.stop:
            return False
        first = its.day - mine.day
        return bool((mine.grid[first : first + len(its.grid)] >= its.grid).all())


def moments(x: Grid, members: tuple[str, ...], travel: int, span: tuple[int, int]) -> list[Moment]:
    """Moments of a stretch that bind most: each other one is implied by one of them."""
    start, end = span
    width = x.horizon.interval
    past = [shift for member in members for shift in x.before(member)]
    edges = {start, end}
    for way in {travel % width, -travel % width}:
        edges.update(range(start + (way - start) % width, end, width))
    for shift in past:
        edges.update((max(start, shift.start - travel), min(end, shift.end + travel)))
    found: list[Moment] = []
    for first, last in pairwise(sorted(edge for edge in edges if start <= edge <= end)):
        before, after = first - travel, last + travel
        gone = frozenset(s.agent for s in past if s.overlap(before, after))
        new = Moment(x.overlaps(before, after), gone)
        if not any(one.implies(new) for one in found):
            found = [*(one for one in found if not new.implies(one)), new]
    return found


def limit(
    x: Grid, members: tuple[str, ...], moment: Moment, at_home: int, times: int, slack: str
) -> Iterator[Limit]:
    """At most so many members are away that enough are at home, in so many equal intervals.

    Who is away by the past is left out: that one cannot be called back.
    """
    cells = moment.cells
    near = [member for member in members if member not in moment.past]
    most = max(0, len(near) - at_home)
    if cells is None or len(near) <= most:
        return
    none = (x.nothing,) * len(members)
    if _both_worked(x, cells):
        any_of = tuple(
            AnyOf(tuple(cells if one == other else x.nothing for one in members), factor=times)
            for other in near
        )
        yield Limit(none, most * times, (members,), slack, any_of)
    else:
        roles = tuple(cells * times if one in near else x.nothing for one in members)
        yield Limit(roles, most * times, (members,), slack)


def _both_worked(x: Grid, cells: Cells) -> bool:
    """Whether a tour may hold two of the shifts, one after the other."""
    worked = [day for day in cells.days if cells.grid[day - cells.day].any()]
    ends = [int(x.options.end[day][cells.grid[day - cells.day] > 0].min()) for day in worked]
    starts = [int(x.options.start[day][cells.grid[day - cells.day] > 0].max()) for day in worked]
    return any(ends[one] <= starts[other] for other in range(len(worked)) for one in range(other))
