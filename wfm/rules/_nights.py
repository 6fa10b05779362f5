"""Night shifts as limits read them; the judges have their own reading."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wfm.horizon import DAY
from wfm.limit import Grid
from wfm.rules._night_rule import NightRule
from wfm.schedule import Shift
from wfm.window import Window, clock

NEAR = 2
"""Days on either side of a shift's own whose windows it may reach."""


def night_options(x: Grid, rule: NightRule) -> NDArray[np.bool_]:
    """Whether an option is a night shift, shape ``(days, options)``."""
    start, end = x.options.start, x.options.end
    inside = np.zeros_like(start)
    for day in range(-NEAR, x.horizon.days + NEAR):
        span = _night(x, rule.window, day)
        if span is not None:
            near = slice(max(0, day - NEAR), day + NEAR + 1)
            shared = np.minimum(end[near], span[1]) - np.maximum(start[near], span[0])
            inside[near] += np.maximum(0, shared)
    return inside >= rule.at_least_minutes


def nights_before(x: Grid, rule: NightRule, agent: str) -> frozenset[int]:
    """Days on which an agent's night shifts of the previous period start."""
    return frozenset(s.day for s in x.before(agent) if _is_night(x, rule, s))


def _is_night(x: Grid, rule: NightRule, shift: Shift) -> bool:
    days = range(shift.day - NEAR, shift.day + NEAR + 1)
    spans = (_night(x, rule.window, day) for day in days)
    return sum(shift.overlap(*span) for span in spans if span) >= rule.at_least_minutes


def _night(x: Grid, window: Window, day: int) -> tuple[int, int] | None:
    if not window.holds(x.horizon.date_of(day), x.horizon.day_type(day)):
        return None
    first, last = clock(window.start), clock(window.end)
    last += DAY if last <= first else 0
    return x.horizon.minute(day, first), x.horizon.minute(day, last)
