"""Which activities a schedule lacks, for judges."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta

from wfm.horizon import Horizon
from wfm.problem import Problem
from wfm.rules._judge import iso_weeks
from wfm.schedule import Schedule, Shift
from wfm.window import Window

Times = dict[int, set[str]]
"""Who has an activity, by the minute at which it begins."""
Due = tuple[str, int, str, tuple[Window, ...]]
"""What an activity is called, its minutes, how often it is due, and in which windows."""


def lacking(
    problem: Problem,
    schedule: Schedule,
    agents: Sequence[str],
    due: Due,
    least: int,
) -> Iterator[tuple[list[int], tuple[str, ...]]]:
    """Stretches of days in which an activity is due, and those who do not have it.

    Parameters
    ----------
    problem : Problem
        Whose previous period counts.
    schedule : Schedule
        Where it is looked for.
    agents : sequence of str
        Who is to have it.
    due : tuple
        As in `Due`.
    least : int
        How many are to have it at one time; if 0, each alone.
    """
    name, minutes, per, windows = due
    horizon = problem.horizon
    past = Schedule.of_shifts(problem.previous.shifts)
    for days in _stretches(horizon, per, seen=bool(past.shifts)):
        if not any(_opens(horizon, windows, day) for day in days if day >= 0):
            continue
        old = (s for a in agents for s in past.of(a) if per == "once" or s.day in days)
        new = (s for a in agents for s in schedule.of(a) if s.day in days)
        had = _times(horizon, old, name, windows, None)
        has = _times(horizon, new, name, windows, minutes)
        if least:
            if not any(len(who) >= least for times in (had, has) for who in times.values()):
                yield days, tuple(agents)
            continue
        without = set(agents).difference(*had.values(), *has.values())
        if without:
            yield days, tuple(agent for agent in agents if agent in without)


def _stretches(horizon: Horizon, per: str, *, seen: bool) -> list[list[int]]:
    every = list(range(horizon.days))
    if per == "once":
        return [every]
    if per == "day":
        return [[day] for day in every]
    earliest = -7 if seen else 0
    weeks = iso_weeks(horizon)
    return [week for week in weeks if week[0] >= earliest and week[-1] < horizon.days]


def _opens(horizon: Horizon, windows: Iterable[Window], day: int) -> bool:
    return any(w.holds(horizon.date_of(day), horizon.day_type(day)) for w in windows)


def _times(
    horizon: Horizon,
    shifts: Iterable[Shift],
    name: str,
    windows: Sequence[Window],
    minutes: int | None,
) -> Times:
    found: Times = defaultdict(set)
    for shift in shifts:
        for held in shift.activities:
            length = held.end - held.start
            if held.activity == name and minutes in (None, length) and not held.queues:
                near = [horizon.date_of(shift.day + more) for more in (-1, 0, 1)]
                if any(
                    _holds(horizon, w, day, held.start, held.end) for w in windows for day in near
                ):
                    found[held.start].add(shift.agent)
    return found


def _holds(horizon: Horizon, window: Window, when: date, start: int, end: int) -> bool:
    """Whether a window that starts on a date holds a time wholly."""
    if not window.holds(when, horizon.day_type(horizon.day(when))):
        return False
    opens, closes = (datetime.combine(when, time()) + _clock(t) for t in (window.start, window.end))
    closes += timedelta(days=int(closes <= opens))
    return horizon.elapsed(opens) <= start and end <= horizon.elapsed(closes)


def _clock(text: str) -> timedelta:
    hours, minutes = text.split(":")
    return timedelta(hours=int(hours), minutes=int(minutes))
