"""Weekends as limits read them; the judges have their own reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from wfm.limit import AnyOf, Cells, Grid, by_value
from wfm.window import clock


def weekend(x: Grid, monday: int, from_friday: str | None) -> Cells | None:
    """One for each shift by which the weekend of a week is worked, None if no day is planned.

    Parameters
    ----------
    x : Grid
        The days and options.
    monday : int
        First day of the week.
    from_friday : str, optional
        Time of Friday past which a shift of Friday counts too.
    """
    friday = monday + 4
    if from_friday is None or not 0 <= friday < x.horizon.days:
        cells = x.works(friday + 1, friday + 2)
        return cells if len(cells.grid) else None
    cells = x.works(friday, friday + 2)
    late = x.options.end[friday] > x.horizon.minute(friday, clock(from_friday))
    return Cells(friday, np.vstack([late.astype(np.int64), cells.grid[1:]]))


def worked_before(x: Grid, agent: str, from_friday: str | None) -> frozenset[int]:
    """Monday of each week whose weekend the previous period's shifts of an agent have taken."""
    found = set()
    for shift in x.before(agent):
        weekday = x.horizon.weekday(shift.day)
        late = (
            from_friday is not None
            and weekday == 4
            and shift.end > x.horizon.minute(shift.day, clock(from_friday))
        )
        if weekday >= 5 or late:
            found.add(shift.day - weekday)
    return frozenset(found)


def still_open(
    x: Grid,
    mondays: Sequence[int],
    past: Mapping[str, frozenset[int]],
    from_friday: str | None,
) -> Iterator[tuple[int, list[str], tuple[AnyOf, ...]]]:
    """How many of some weekends are worked already, by whom, and the others, one of each counting.

    Parameters
    ----------
    x : Grid
        The days and options.
    mondays : sequence of int
        First day of the week of each weekend.
    past : mapping of str to frozenset of int
        What `worked_before` finds of each agent.
    from_friday : str, optional
        Time of Friday past which a shift of Friday counts too.
    """
    found = {monday: weekend(x, monday, from_friday) for monday in mondays}
    taken = by_value(past, lambda agent: past[agent].intersection(mondays))
    for done, agents in taken.items():
        others = (found[monday] for monday in mondays if monday not in done)
        yield len(done), agents, tuple(AnyOf((cells,)) for cells in others if cells is not None)
