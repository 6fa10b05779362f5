"""Stretches of weeks over which paid time is averaged, as limits read them."""

from __future__ import annotations

from dataclasses import dataclass

from wfm.limit import Grid


@dataclass(frozen=True)
class Stretch:
    """Some weeks in a row, those of which an agent's minutes are known.

    Attributes
    ----------
    monday : int
        First day of the stretch.
    first, last : int
        First and last of the days that are planned.
    known : int
        Number of weeks that are known.
    past : int
        Paid minutes before the horizon.
    """

    monday: int
    first: int
    last: int
    known: int
    past: int


def ends(x: Grid) -> list[int]:
    """Last day of each week that ends in the horizon."""
    return [last for _, last in x.weeks() if last < x.horizon.days]


def stretch(x: Grid, agent: str, weeks: int, end: int) -> Stretch | None:
    """The weeks up to a day, or None if they promise nothing to an agent.

    Parameters
    ----------
    x : Grid
        The days and the previous period.
    agent : str
        Id of the agent.
    weeks : int
        How many weeks.
    end : int
        Their last day, a Sunday of the horizon.
    """
    monday = end - 7 * weeks + 1
    past = {first: _minutes_before(x, agent, first) for first in range(monday, end, 7)}
    known = {first: minutes for first, minutes in past.items() if minutes is not None}
    planned = [first for first in known if first > -7]
    shortened = len(known) < weeks
    if not planned or (shortened and end != ends(x)[-1]):
        return None
    return Stretch(monday, max(0, planned[0]), end, len(known), sum(known.values()))


def _minutes_before(x: Grid, agent: str, monday: int) -> int | None:
    if monday >= 0:
        return 0
    previous = x.problem.previous
    counter = previous.counters.get(f"paid minutes {x.horizon.date_of(monday):%G-W%V}", {})
    if agent in counter:
        return counter[agent]
    unseen = all(shift.day > monday for shift in previous.shifts)
    if not previous.shifts or (unseen and monday <= -7):
        return None
    return sum(s.paid_minutes for s in x.before(agent) if monday <= s.day < monday + 7)
