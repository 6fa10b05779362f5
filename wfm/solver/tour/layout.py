"""A product of automata, and the classes of options, laid out as the arrays of a programme."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wfm.solver.book import Promise
from wfm.solver.tour.automaton import Layer
from wfm.solver.tour.distinct import unique_rows
from wfm.solver.tour.programme import Programme

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def assemble(
    open_cells: Bools, pairs: Floats, layers: list[Layer], dropped: tuple[Promise, ...]
) -> Programme:
    """Lay the automaton and the classes of options out as arrays."""
    days = len(open_cells)
    parts = [_classes(day, open_cells, pairs, layers[day].kind) for day in range(days)]
    groups = np.array([tables.shape[1] for _, tables in parts], dtype=np.int64)
    group = np.stack([part[0] for part in parts])
    table = np.zeros((3, days, int(groups.max())), dtype=np.int64)
    for day, (_, tables) in enumerate(parts):
        table[:, day, : tables.shape[1]] = tables
    enter, leave, use = table
    step = _steps(open_cells, pairs, group, enter, leave)
    sizes = np.array([layer.follow.size for layer in layers])
    tolls = any(layer.toll.any() for layer in layers)
    return Programme(
        group=group,
        enter=enter,
        leave=leave,
        use=use,
        groups=groups,
        step=step,
        begin=np.cumsum(sizes) - sizes,
        uses=np.array([layer.follow.shape[1] for layer in layers]),
        follow=np.concatenate([layer.follow.ravel() for layer in layers]).astype(np.int32),
        toll=np.concatenate([layer.toll.ravel() for layer in layers]) if tolls else np.zeros(1),
        states=np.array([*(len(layer.follow) for layer in layers), 1]),
        dropped=dropped,
    )


def _classes(day: int, open_cells: Bools, pairs: Floats, used: Ints) -> tuple[Ints, Ints]:
    """Group of each option of a day; the enter, leave and use class of each group, (3, groups)."""
    days, columns = open_cells.shape
    cells = np.flatnonzero(open_cells[day])
    nothing = np.zeros((len(cells), 1))
    came = pairs[day - 1][open_cells[day - 1]][:, cells].T if day else nothing
    goes = pairs[day][cells][:, open_cells[day + 1]] if day + 1 < days else nothing
    kinds = [
        unique_rows(np.ascontiguousarray(rows + 0.0).view(np.int64))[1] for rows in (came, goes)
    ]
    tables, which = unique_rows(np.stack([*kinds, used[cells]], axis=1))
    group = np.full(columns, -1, dtype=np.int64)
    group[cells] = which
    return group, tables.T


def _steps(open_cells: Bools, pairs: Floats, group: Ints, enter: Ints, leave: Ints) -> Floats:
    """Cost of each pair of classes, read off one option of either."""
    days = len(group)
    step = np.zeros((days, int(leave.max()) + 1, int(enter.max()) + 1))
    for day in range(1, days):
        before, after = np.flatnonzero(open_cells[day - 1]), np.flatnonzero(open_cells[day])
        rows = leave[day - 1][group[day - 1][before]]
        columns = enter[day][group[day][after]]
        step[day][np.ix_(rows, columns)] = pairs[day - 1][np.ix_(before, after)]
    return step
