"""When an activity is due, and whether the past had it, for `limits`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from wfm.horizon import DAY
from wfm.limit import Grid
from wfm.window import Window, clock

ANY_DAY = -(10**6)


def stretches(x: Grid, windows: Sequence[Window], per: str) -> list[tuple[int, int]]:
    """First and last day of each stretch in which some window still starts.

    A first day may lie before the horizon, and last days never after it.
    """
    last = x.horizon.days - 1
    if per == "week":
        found = x.weeks(whole=True)
    elif per == "day":
        found = [(day, day) for day in range(last + 1)]
    else:
        found = [(ANY_DAY, last)]
    return [
        (first, end)
        for first, end in found
        if any(_starts(x, windows, day) for day in range(max(0, first), end + 1))
    ]


def _starts(x: Grid, windows: Sequence[Window], day: int) -> bool:
    when, kind = x.horizon.date_of(day), x.horizon.day_type(day)
    return any(window.holds(when, kind) for window in windows)


def open_times(x: Grid, windows: Sequence[Window], minutes: int) -> NDArray[np.bool_]:
    """Whether an activity that begins in a slot lies inside a window, past the horizon too."""
    width = x.horizon.interval
    found = np.zeros(int(x.options.end.max()) // width + 1, dtype=bool)
    for start, end in x.spans(windows):
        first = max(0, -(-start // width))
        found[first : max(first, (end - minutes) // width + 1)] = True
    return found


def had_it(
    x: Grid, name: str, windows: Sequence[Window], agents: Sequence[str], first: int, least: int
) -> bool:
    """Whether so many agents had an activity at one time, in past shifts from a day on."""
    at = Counter(
        held.start
        for agent in agents
        for shift in x.before(agent)
        if shift.day >= first
        for held in shift.activities
        if held.activity == name and _inside(x, windows, shift.day, held.start, held.end)
    )
    return any(count >= least for count in at.values())


def _inside(x: Grid, windows: Sequence[Window], day: int, start: int, end: int) -> bool:
    for window in windows:
        opens, closes = clock(window.start), clock(window.end)
        closes += DAY if closes <= opens else 0
        for near in (day - 1, day, day + 1):
            holds = window.holds(x.horizon.date_of(near), x.horizon.day_type(near))
            span = (x.horizon.minute(near, opens), x.horizon.minute(near, closes))
            if holds and span[0] <= start and end <= span[1]:
                return True
    return False
