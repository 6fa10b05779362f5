"""Limits on runs of working days or of days off; judges never read them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from wfm.limit import Cells, Grid, Limit, by_value, each
from wfm.rules._stretches import known_day


def no_short_runs(
    x: Grid, least: int, agents: list[str], *, worked: bool, templates: tuple[str, ...] = ()
) -> Iterator[Limit]:
    """For each run shorter than `least` days, by its length and the day that ends it: not this one.

    Parameters
    ----------
    x : Grid
        The grid.
    least : int
        Fewest days of a run; each missing one counts.
    agents : list of str
        Whom it binds.
    worked : bool
        Whether runs of working days are meant, or runs of days off.
    templates : tuple of str
        If given, a day is worked only by a shift of one of these.
    """
    counted = x.works_template(0, templates).grid if templates else x.works(0, 0).grid
    past = by_value(agents, lambda agent: _run_before(x, agent, templates, worked=worked))
    for end in range(x.horizon.days):
        for length in range(1, least):
            first = end - length
            bound = agents if first > 0 else past.get(-first, [])
            if not bound:
                continue
            row = np.ones(end - max(0, first - 1) + 1, dtype=np.int64)
            row[-1] = -1
            row[0] = -1 if first > 0 else row[0]
            row *= 1 if worked else -1
            grid = row[:, None] * counted
            missing = least - length
            most = int((row > 0).sum()) - 1
            yield Limit((Cells(max(0, first - 1), missing * grid),), missing * most, each(bound))


def _run_before(x: Grid, agent: str, templates: tuple[str, ...], *, worked: bool) -> int | None:
    """Days in a row, worked or off, up to the horizon's eve; None if they began unseen."""
    days = {shift.day for shift in x.before(agent) if not templates or shift.template in templates}
    known = known_day(x)
    run = 0
    while -1 - run >= known and (-1 - run in days) == worked:
        run += 1
    return run if -1 - run >= known else None
