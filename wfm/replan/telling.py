"""Changes of people's days in words."""

from __future__ import annotations

from collections.abc import Iterator

from wfm.advice.option import told
from wfm.horizon import Horizon
from wfm.problem import Problem
from wfm.replan.facts import AWAY
from wfm.replan.price import DayPrices
from wfm.replan.result import DayChange, Kind
from wfm.schedule import Schedule, Shift


def changes_of(
    problem: Problem,
    published: Schedule,
    schedule: Schedule,
    away: set[tuple[str, int]],
    prices: DayPrices,
) -> tuple[DayChange, ...]:
    """All in which a schedule differs from the published one, agent by agent, day by day."""
    return tuple(_changes(problem, published, schedule, away, prices))


def _changes(
    problem: Problem,
    published: Schedule,
    schedule: Schedule,
    away: set[tuple[str, int]],
    prices: DayPrices,
) -> Iterator[DayChange]:
    known, new = (
        {(shift.agent, shift.day): shift for shift in each.shifts} for each in (published, schedule)
    )
    for agent, day in sorted({*known, *new}, key=lambda cell: (problem.rows[cell[0]], cell[1])):
        before, after = known.get((agent, day)), new.get((agent, day))
        if before == after:
            continue
        gone = (agent, day) in away
        kind = kind_of(before, after, away=gone)
        said = "; ".join(_said(problem.horizon, before, after, kind))
        yield DayChange(
            agent=agent,
            day=problem.horizon.date_of(day),
            kind=kind,
            before=before,
            after=after,
            price=0.0 if gone else prices.of(before, after),
            words=f"{problem.agent(agent)} {said}.",
        )


def kind_of(before: Shift | None, after: Shift | None, *, away: bool) -> Kind:
    """Say what kind of change it is."""
    if away:
        return "away"
    if before is None:
        return "called_in"
    if after is None:
        return "taken_out"
    if before.minutes != after.minutes:
        return "longer" if after.minutes > before.minutes else "shorter"
    return "break" if before.begins_like(after) else "moved"


def _said(horizon: Horizon, before: Shift | None, after: Shift | None, kind: Kind) -> Iterator[str]:
    if kind == "away":
        yield f"is not there for {_missed(horizon, before, after)}"
    elif before is None:
        yield f"comes for {told(horizon, after)}, as offered"
    elif after is None:
        yield f"need not come for {told(horizon, before)}, as offered"
    elif kind != "break":
        offered = "" if kind == "moved" else f", {_difference(before, after)} as offered"
        yield f"has {told(horizon, after)} in place of {_hours(horizon, before)}{offered}"
    if before and after and before.begins_like(after):
        for old, new in zip(before.breaks, after.breaks, strict=True):
            if old.start != new.start:
                first, then = (f"{horizon.local(at.start):%H:%M}" for at in (old, new))
                when = "" if kind != "break" else f" on {horizon.day_label(before.day)}"
                yield f"has {new.label} at {then} in place of {first}{when}"


def _missed(horizon: Horizon, before: Shift | None, after: Shift | None) -> str:
    """The part of a shift in which its agent is away, newly."""
    if after is None:
        return f"{told(horizon, before)}"
    known = before.activities if before else ()
    times = [held for held in after.activities if held.activity == AWAY and held not in known]
    first, last = times[0].start, times[-1].end
    return f"{told(horizon, after)} from {_clock(horizon, first)} to {_clock(horizon, last)}"


def _difference(before: Shift, after: Shift) -> str:
    more = abs(after.minutes - before.minutes)
    return f"{more} min {'more' if after.minutes > before.minutes else 'less'},"


def _hours(horizon: Horizon, shift: Shift) -> str:
    return f"{_clock(horizon, shift.start)}–{_clock(horizon, shift.end)}"


def _clock(horizon: Horizon, minute: int) -> str:
    return f"{horizon.local(minute):%H:%M}"
