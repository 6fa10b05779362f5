"""What has happened, put into a problem and its schedule: nothing is planned yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wfm.demand import Demand
from wfm.errors import InputError
from wfm.horizon import Horizon
from wfm.leave import still_due, windows_of
from wfm.problem import Problem
from wfm.replan.values import Absence, Happening, LateArrival, NewForecast
from wfm.rule import Rule
from wfm.rules.activity import Activity
from wfm.rules.availability import Availability
from wfm.schedule import ActivityTime, Schedule, Shift

CALLER = "reoptimise"
AWAY = "away"
"""What the part of a shift is called in which its agent is not there."""
LONGEST = 720
"""Minutes of an activity at most."""
Span = tuple[int, int]


@dataclass(frozen=True, eq=False)
class Facts:
    """A problem and its schedule after all that has happened.

    Attributes
    ----------
    problem : Problem
        With what is expected now, and with rules that ask for the times away.
    schedule : Schedule
        As published, with the times away.
    away : set of (str, int)
        Agents and days of shifts in which they are not there for a time, or that are gone.
    """

    problem: Problem
    schedule: Schedule
    away: set[tuple[str, int]]


def facts_of(
    problem: Problem, published: Schedule, minute: int, changes: Iterable[Happening]
) -> Facts:
    """Put absences, late arrivals and new forecasts into a problem and its schedule.

    A shift that has not begun and lies wholly in a time away is taken out; otherwise the shift
    stays, and the part of it in which the agent is not there is an activity of the name ``away``,
    in whole intervals, that a rule asks for. Breaks stay where they are.
    """
    schedule, seen, away = published, problem, set[tuple[str, int]]()
    rules: list[Rule] = []
    for number, change in enumerate(changes):
        place = f"{CALLER}: changes[{number}]"
        if isinstance(change, NewForecast):
            seen = seen.model_copy(update={"demand": _sound(change, problem, place)})
        if not isinstance(change, Absence | LateArrival):
            continue
        problem.must_know("agents", (change.agent,), f"{place}.agent")
        span = _span(problem.horizon, schedule, change, place)
        for shift in schedule.of(change.agent):
            if not shift.overlap(*span):
                continue
            after = _without(problem.horizon, shift, span, gone=shift.start >= minute)
            away.add((shift.agent, shift.day))
            schedule = _replaced(schedule, shift, after)
        rules += _unavailable(problem.horizon, schedule, change.agent, span, minute)
    before = [shift for shift in published.shifts if (shift.agent, shift.day) in away]
    for shift in before:
        rules += _asked(problem.horizon, shift, schedule.on(shift.agent, shift.day))
    kept: Iterable[Rule] = problem.rules
    for agent in dict.fromkeys(agent for agent, _ in sorted(away)):
        kept = [*still_due(problem, kept, agent, published, schedule)]
    return Facts(seen.model_copy(update={"rules": (*kept, *rules)}), schedule, away)


def _sound(change: NewForecast, problem: Problem, place: str) -> Demand:
    demand = change.demand
    if demand.horizon != problem.horizon:
        raise InputError(f"{place}.demand", "be for the horizon of the problem")
    if [q.id for q in demand.queues] != [q.id for q in problem.demand.queues]:
        raise InputError(f"{place}.demand", "be for the queues of the problem")
    return demand


def _span(horizon: Horizon, schedule: Schedule, change: Absence | LateArrival, place: str) -> Span:
    """Elapsed minutes of a time away; it must touch a shift."""
    shifts = schedule.of(change.agent)
    if isinstance(change, LateArrival):
        until = horizon.elapsed(change.until)
        late = next((shift for shift in shifts if shift.start < until < shift.end), None)
        if late is None:
            must = f"lie inside a shift of {change.agent!r}"
            raise InputError(f"{place}.until", must, change.until)
        return late.start, until
    start = horizon.elapsed(change.start)
    if change.end is not None:
        span = start, horizon.elapsed(change.end)
    else:
        day = horizon.day_of(start)
        ends = [s.end for s in shifts if s.end > start and (s.start <= start or s.day == day)]
        span = start, min(ends, default=start)
    if not any(shift.overlap(*span) for shift in shifts):
        must = f"touch a shift of {change.agent!r}"
        raise InputError(f"{place}.start", must, change.start)
    return span


def _without(horizon: Horizon, shift: Shift, span: Span, *, gone: bool) -> Shift | None:
    """A shift whose agent is away for a time; None if it is taken out."""
    if gone and span[0] <= shift.start and shift.end <= span[1]:
        return None
    width = horizon.interval
    start = max(shift.start, span[0] // width * width)
    end = min(shift.end, -(-span[1] // width) * width)
    others = [a for a in shift.activities if a.end <= start or a.start >= end]
    # Who has been away twice is away in the times of both together.
    others += [a for a in shift.activities if a not in others and a.activity == AWAY]
    taken = [(each.start, each.end) for each in shift.breaks]
    taken += [(each.start, each.end) for each in others]
    pieces = [
        ActivityTime(start=first, end=last, activity=AWAY)
        for first, last in _pieces(horizon, (start, min(end, horizon.minutes)), sorted(taken))
    ]
    held = sorted([*others, *pieces], key=lambda each: each.start)
    return shift.model_copy(update={"activities": tuple(held)})


def _pieces(horizon: Horizon, span: Span, taken: list[Span]) -> Iterator[Span]:
    """A time without what is taken of it, cut at midnight and where it gets too long."""
    start, end = span
    for first, last in [*taken, (end, end)]:
        while start < min(first, end):
            midnight = horizon.midnight(horizon.day_of(start) + 1)
            stop = min(first, end, midnight, start + LONGEST)
            yield start, stop
            start = stop
        start = max(start, last)


def _replaced(schedule: Schedule, before: Shift, after: Shift | None) -> Schedule:
    others = [shift for shift in schedule.shifts if shift is not before]
    return Schedule.of_shifts(others if after is None else [*others, after])


def _asked(horizon: Horizon, before: Shift, after: Shift | None) -> Iterator[Rule]:
    """Rules that ask for what a shift holds anew."""
    for held in () if after is None else after.activities:
        if held.activity == AWAY and held not in before.activities:
            yield Activity(
                agents=(before.agent,),
                activity=AWAY,
                minutes=held.end - held.start,
                windows=windows_of(horizon, [(held.start, held.end)]),
            )


def _unavailable(
    horizon: Horizon, schedule: Schedule, agent: str, span: Span, minute: int
) -> Iterator[Rule]:
    """A rule that keeps shifts from a time away that is to come, but for those that hold it."""
    start, end = max(span[0], minute), min(span[1], horizon.minutes)
    free: list[Span] = []
    for shift in schedule.of(agent):
        if start < min(shift.start, end):
            free.append((start, min(shift.start, end)))
        start = max(start, shift.end) if shift.overlap(start, end) else start
    if start < end:
        free.append((start, end))
    if free:
        yield Availability(agents=(agent,), unavailable=windows_of(horizon, free))
