"""Paid time as limits bound it; the judges have their own reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import pairwise

from wfm.limit import Grid, Limit, by_value, each


def paid_before(x: Grid, agent: str, first: int) -> int:
    """Paid minutes of an agent's shifts before the horizon, from a day on."""
    return sum(s.paid_minutes for s in x.before(agent) if s.day >= first)


def bounded(
    x: Grid,
    days: tuple[int, int],
    past: Mapping[str, int],
    *,
    least: int | None = None,
    most: int | None = None,
) -> Iterator[Limit]:
    """A floor and a ceiling for each number of minutes already worked.

    Parameters
    ----------
    x : Grid
        The days and options.
    days : tuple of int
        First and last day, cut to the horizon.
    past : mapping
        Agent's id -> minutes already worked.
    least, most : int, optional
        Paid minutes. What the past has taken beyond the most is not asked back.
    """
    minutes = x.minutes(*days)
    can_be = int(x.options.paid.max()) * len(minutes.grid)
    for done, agents in by_value(past, past.__getitem__).items():
        if most is not None and can_be > max(0, most - done):
            yield Limit((minutes,), max(0, most - done), each(agents))
        if least is not None and least > done:
            yield Limit((-minutes,), done - least, each(agents))


def months_of(x: Grid) -> list[tuple[int, int]]:
    """First and last day of each calendar month that the horizon touches, not cut to it."""
    firsts = [1 - x.horizon.start.day]
    while firsts[-1] < x.horizon.days:
        late = x.horizon.date_of(firsts[-1]).replace(day=28) + timedelta(days=4)
        firsts.append(x.horizon.day(late.replace(day=1)))
    return [(first, then - 1) for first, then in pairwise(firsts)]
