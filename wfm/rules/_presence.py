"""Who is on duty in each interval, for judges; limits have `_on_duty`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from wfm.horizon import Horizon
from wfm.rules._judge import occurrences
from wfm.schedule import Shift
from wfm.window import Window


def reach(horizon: Horizon) -> int:
    """Number of intervals that the horizon's shifts may reach, also past its end."""
    return horizon.midnight(horizon.days + 2) // horizon.interval


def presence(
    shifts: Iterable[Shift],
    agents: Sequence[str],
    horizon: Horizon,
    slots: int,
    *,
    whole: bool = False,
) -> NDArray[np.bool_]:
    """Whether each agent is on duty, breaks included, shape ``(agents, slots)``.

    Parameters
    ----------
    shifts : iterable of Shift
        Anybody's.
    agents : sequence of str
        The rows.
    horizon : Horizon
        From whose start the slots are counted.
    slots : int
        How many.
    whole : bool
        Whether an interval counts only if the agent is there for all of it.
    """
    rows = {agent: row for row, agent in enumerate(agents)}
    there = np.zeros((len(agents), slots), dtype=bool)
    width = horizon.interval
    for shift in shifts:
        if shift.agent in rows:
            outer = (shift.start // width, (shift.end + width - 1) // width)
            inner = ((shift.start + width - 1) // width, shift.end // width)
            first, last = inner if whole else outer
            there[rows[shift.agent], max(0, first) : max(0, last)] = True
    return there


def watched(windows: Iterable[Window], horizon: Horizon, slots: int) -> NDArray[np.bool_]:
    """Whether a window touches an interval, shape ``(slots,)``."""
    starts = np.arange(slots) * horizon.interval
    found = np.zeros(slots, dtype=bool)
    for begin, end in occurrences(windows, horizon):
        found |= (begin < starts + horizon.interval) & (starts < end)
    return found


def runs(amounts: NDArray[np.int64]) -> list[tuple[int, int]]:
    """First slot and the one after the last of each unbroken run of amounts above zero."""
    edges = np.flatnonzero(np.diff((amounts > 0).astype(np.int64), prepend=0, append=0))
    return [(int(first), int(last)) for first, last in edges.reshape(-1, 2)]
