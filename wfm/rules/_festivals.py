"""Festivals as limits read them; the judge has its own reading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from wfm.limit import Cells, Grid

if TYPE_CHECKING:
    from wfm.rules.festivals import Festival


def worked_before(
    x: Grid, agents: Iterable[str], festivals: Sequence[Festival]
) -> dict[str, tuple[frozenset[int], frozenset[int]]]:
    """For each agent, which festivals were worked before the horizon, and which the last time."""
    counters = x.problem.previous.counters
    spans = [_spans(x, festival) for festival in festivals]
    found = {}
    for agent in agents:
        named = {
            k for k, f in enumerate(festivals) if counters.get(f.counter, {}).get(agent, 0) > 0
        }
        worked = {k for k in named if max(festivals[k].dates) < x.horizon.start}
        for shift in x.before(agent):
            worked |= {k for k, own in enumerate(spans) if any(shift.overlap(*s) for s in own)}
        found[agent] = (frozenset(worked), frozenset(named))
    return found


def touching(x: Grid, festival: Festival) -> Cells | None:
    """One for each shift that touches a festival, None if none can."""
    hit = x.touching(_spans(x, festival))
    days = np.flatnonzero(hit.any(axis=1))
    if not len(days):
        return None
    first, last = int(days[0]), int(days[-1])
    return Cells(first, hit[first : last + 1].astype(np.int64))


def _spans(x: Grid, festival: Festival) -> list[tuple[int, int]]:
    days = [x.horizon.day(when) for when in festival.dates]
    return [(x.horizon.midnight(day), x.horizon.midnight(day + 1)) for day in days]
