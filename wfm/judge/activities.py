"""Whether the activities inside shifts are those that the rules ask for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from wfm.piece import RECOVERY, Piece, asked
from wfm.problem import Problem
from wfm.schedule import ActivityTime, Schedule, Shift

Fault = tuple[str, int, str]
"""An agent, a day, and a sentence."""


def check_activities(problem: Problem, schedule: Schedule) -> Iterator[Fault]:
    """Say of each activity what is wrong with it.

    Each has to be asked for by a rule: in this agent's shift of this day, of this length, at a
    time that the rule allows, and not more often. What several people have together they have at
    the same time. A turn on a queue is followed by its recovery.

    Parameters
    ----------
    problem : Problem
        Whose rules ask for activities.
    schedule : Schedule
        Shifts that can be read.
    """
    if not any(shift.activities for shift in schedule.shifts):
        return
    pieces = [piece for _, piece in asked(problem)]
    known: dict[str, list[Piece]] = defaultdict(list)
    for piece in pieces:
        for agent in piece.agents:
            known[agent].append(piece)
    found: dict[int, list[tuple[Shift, ActivityTime]]] = defaultdict(list)
    for shift in schedule.shifts:
        mine = [piece for piece in known[shift.agent] if shift.day in piece.days]
        for index, held in enumerate(shift.activities):
            before = shift.activities[index - 1] if index else None
            wrong = _wrong(problem, shift, held, before, mine)
            if wrong:
                subject = f"The {held.activity} of {problem.agent(shift.agent)}"
                when = problem.horizon.label(held.start)
                yield shift.agent, shift.day, f"{subject} on {when} {wrong}."
        for piece, held in _given(shift, mine):
            found[id(piece)].append((shift, held))
    for piece in pieces:
        yield from _too_often(problem, piece, found[id(piece)])


def _wrong(
    problem: Problem,
    shift: Shift,
    held: ActivityTime,
    before: ActivityTime | None,
    pieces: list[Piece],
) -> str:
    """What is wrong with one activity, to complete a sentence; empty if nothing is."""
    width, minutes = problem.horizon.interval, held.end - held.start
    if held.start % width or held.end % width:
        return f"does not lie on the {width}-minute intervals"
    rests = [p for p in pieces if before and p.recovery and _is(before, p)]
    if rests and held.activity == RECOVERY and before and held.start == before.end:
        return _wrong_length(minutes, rests[0].recovery)
    named = [piece for piece in pieces if _is(held, piece)]
    if not named:
        return "is asked for by no rule"
    fitting = [piece for piece in named if piece.minutes == minutes]
    if not fitting:
        return _wrong_length(minutes, named[0].minutes)
    if not any(piece.may_start(shift.start, held.start) for piece in fitting):
        return "lies outside the times that are allowed for it"
    due = max(piece.recovery for piece in fitting)
    alone = due and not _recovers(shift, held, due)
    return f"is not followed by {due} min of {RECOVERY}" if alone else ""


def _wrong_length(minutes: int, due: int) -> str:
    return "" if minutes == due else f"lasts {minutes} min; {due} min are due"


def _is(held: ActivityTime, piece: Piece) -> bool:
    return held.activity == piece.name and held.queues == piece.queues


def _recovers(shift: Shift, turn: ActivityTime, minutes: int) -> bool:
    span = (turn.end, turn.end + minutes)
    return any(a.activity == RECOVERY and (a.start, a.end) == span for a in shift.activities)


def _given(shift: Shift, pieces: list[Piece]) -> Iterator[tuple[Piece, ActivityTime]]:
    """Each activity with one piece that it can be; those of one name in turn."""
    taken: Counter[int] = Counter()
    for held in shift.activities:
        fitting = [p for p in pieces if _is(held, p) and p.may_start(shift.start, held.start)]
        if fitting:
            room = (p for p in fitting if taken[id(p)] < p.most)
            piece = next(room, fitting[-1])
            taken[id(piece)] += 1
            yield piece, held


def _too_often(
    problem: Problem, piece: Piece, held: list[tuple[Shift, ActivityTime]]
) -> Iterator[Fault]:
    """Who has a piece more often than it is asked for, or at another time than the others."""
    times = Counter((shift.agent, shift.day if piece.each_shift else None) for shift, _ in held)
    most = piece.most
    for (agent, day), count in times.items():
        if count > most:
            last = max(shift.day for shift, _ in held if shift.agent == agent)
            where = "in one shift" if piece.each_shift else "in the time for which it is asked"
            sentence = (
                f"{problem.agent(agent)} has {count} times {piece.name} {where}; "
                f"{most} {'is' if most == 1 else 'are'} allowed."
            )
            yield agent, last if day is None else day, sentence
    if piece.together:
        starts = Counter(activity.start for _, activity in held)
        common = max(starts, key=starts.__getitem__, default=0)
        for shift, activity in held:
            if activity.start != common:
                sentence = (
                    f"The {piece.name} of {problem.agent(shift.agent)} is on "
                    f"{problem.horizon.label(activity.start)}, that of others on "
                    f"{problem.horizon.label(common)}."
                )
                yield shift.agent, shift.day, sentence
