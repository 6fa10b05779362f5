"""Stretches of weeks over which paid time is averaged, as judges read them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from wfm.horizon import Horizon
from wfm.problem import Problem
from wfm.schedule import Schedule, Shift


class Averaged(NamedTuple):
    """Weeks in a row: the Mondays of all and of those known, and minutes before and planned."""

    mondays: list[date]
    known: list[date]
    carried: int
    paid: int


def averaged(problem: Problem, schedule: Schedule, agent: str, weeks: int) -> Iterator[Averaged]:
    """Each stretch of weeks that ends in the horizon and is known, the last one as far as it is."""
    horizon = problem.horizon
    sundays = [d for d in map(horizon.date_of, range(horizon.days)) if d.isoweekday() == 7]
    before = _by_week(horizon, [s for s in problem.previous.shifts if s.agent == agent])
    planned = _by_week(horizon, schedule.of(agent))
    for sunday in sundays:
        mondays = [sunday - timedelta(days=7 * back + 6) for back in reversed(range(weeks))]
        carried = [_carried(problem, agent, monday, before) for monday in mondays]
        known = [m for m, minutes in zip(mondays, carried, strict=True) if minutes is not None]
        if known == mondays or sunday == sundays[-1]:
            paid = sum(planned[monday] for monday in known)
            yield Averaged(mondays, known, sum(m for m in carried if m is not None), paid)


def _by_week(horizon: Horizon, shifts: Iterable[Shift]) -> Counter[date]:
    found: Counter[date] = Counter()
    for shift in shifts:
        when = horizon.date_of(shift.day)
        found[when - timedelta(days=when.weekday())] += shift.paid_minutes
    return found


def _carried(problem: Problem, agent: str, monday: date, before: Counter[date]) -> int | None:
    start, previous = problem.horizon.start, problem.previous
    if monday >= start:
        return 0
    year, week, _ = monday.isocalendar()
    counted = previous.counters.get(f"paid minutes {year}-W{week:02d}", {}).get(agent)
    if counted is not None:
        return counted
    dates = [problem.horizon.date_of(shift.day) for shift in previous.shifts]
    seam = monday + timedelta(days=6) >= start
    if dates and (seam or min(dates) <= monday):
        return before[monday]
    return None
