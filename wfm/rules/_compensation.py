"""Days off for days worked as limits read them; the judge has its own reading."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from wfm.limit import Cells, Grid


def in_a_row(
    judged: list[tuple[int, range]],
) -> Iterator[tuple[list[tuple[int, range]], str]]:
    """Each of the days together with some next ones, as long as their times overlap."""
    slack = ""
    for first, (day, time) in enumerate(judged):
        if not first or time[0] > judged[first - 1][1][-1]:
            slack = f"from day {day}"
        for last in range(first, len(judged)):
            if last > first and judged[last][1][0] > judged[last - 1][1][-1]:
                break
            yield judged[first : last + 1], slack


def rows(x: Grid, days: list[int]) -> Cells:
    """One for each shift that starts on some days."""
    grid = np.zeros((max(days) - min(days) + 1, len(x.options)), dtype=np.int64)
    grid[np.array(days) - min(days)] = 1
    return Cells(min(days), grid)


def spare(special: set[int], usual: set[int], worked: set[int]) -> int:
    """How many of the days ahead may be worked, after what was worked before."""
    return max(0, len(usual - worked) - len(special & worked))
