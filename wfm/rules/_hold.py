"""Activities put into random rosters, by trying every place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from wfm.piece import RECOVERY, Piece, asked
from wfm.problem import Problem
from wfm.schedule import ActivityTime, BreakTime, Shift
from wfm.shift import Break

Key = tuple[str, int]


def hold(problem: Problem, shifts: Sequence[Shift], random: np.random.Generator) -> list[Shift]:
    """Put all pieces that the rules ask for into shifts that have room, each at a random time.

    Parameters
    ----------
    problem : Problem
        Whose rules ask.
    shifts : sequence of Shift
        One at most for each agent and day.
    random : numpy.random.Generator
        Source of chance.
    """
    found = {(shift.agent, shift.day): shift for shift in shifts}
    for _, piece in asked(problem):
        if piece.together:
            _hold_together(problem, found, piece, random)
            continue
        for agent in piece.agents:
            days = [day for day in random.permutation(piece.days).tolist() if (agent, day) in found]
            for day in days:
                longer = found[agent, day].minutes > piece.longer_than
                new = _full(problem, found[agent, day], piece, random) if longer else None
                if new is not None:
                    found[agent, day] = new
                    if not piece.each_shift:
                        break
    return list(found.values())


def recall(problem: Problem, shifts: Sequence[Shift], random: np.random.Generator) -> list[Shift]:
    """Put some activities of the names that rules ask for into shifts of the past."""
    pieces = [piece for _, piece in asked(problem) if not piece.queues]
    found = []
    for shift in shifts:
        mine = [piece for piece in pieces if shift.agent in piece.agents]
        if mine and random.random() < 0.5:
            piece = mine[random.integers(len(mine))]
            latest = shift.end - piece.minutes
            starts = range(shift.start, latest + 1, problem.horizon.interval)
            free = [s for s in starts if _breaks_fit(shift, s, s + piece.minutes)]
            if free:
                held = _held(piece, int(random.choice(free)))
                found.append(shift.model_copy(update={"activities": held[:1]}))
                continue
        found.append(shift)
    return found


def _breaks_fit(shift: Shift, start: int, end: int) -> bool:
    return all(end <= taken.start or taken.end <= start for taken in shift.breaks)


def _hold_together(
    problem: Problem, found: dict[Key, Shift], piece: Piece, random: np.random.Generator
) -> None:
    """Hold a piece at a random one of the times at which enough of its agents can."""
    near = [found[a, d] for a in piece.agents for d in piece.days if (a, d) in found]
    times = sorted({s for shift in near for s in _starts(problem, shift, piece)})
    for start in random.permutation(times).tolist():
        new = [_with(problem, shift, piece, [start]) for shift in near]
        able = [shift for shift in new if shift is not None]
        if len(able) >= piece.together:
            found |= {(shift.agent, shift.day): shift for shift in able}
            return


def _full(
    problem: Problem, shift: Shift, piece: Piece, random: np.random.Generator
) -> Shift | None:
    """The shift with as many of a piece as it is to hold, or as fit; None if none fits."""
    most = piece.most
    if piece.queues:
        most = int(random.integers(most + 1))
    starts = random.permutation(_starts(problem, shift, piece)).tolist()
    for count in range(most, 0, -1):
        for chosen in _choices(starts, count, piece.minutes + piece.recovery):
            new = _with(problem, shift, piece, chosen)
            if new is not None:
                return new
    return None


def _starts(problem: Problem, shift: Shift, piece: Piece) -> list[int]:
    latest = shift.end - piece.minutes - piece.recovery
    every = range(shift.start, latest + 1, problem.horizon.interval)
    return [start for start in every if piece.may_start(shift.start, start)]


def _choices(starts: list[int], count: int, apart: int) -> Iterator[list[int]]:
    """Sets of starts, none of which lie closer to each other than `apart`."""
    if count == 0:
        yield []
        return
    for index, start in enumerate(starts):
        later = [s for s in starts[index + 1 :] if abs(s - start) >= apart]
        for rest in _choices(later, count - 1, apart):
            yield [start, *rest]


def _with(problem: Problem, shift: Shift, piece: Piece, starts: list[int]) -> Shift | None:
    """The shift with the piece at all of these times, breaks moved for it; None if none can be."""
    new = [held for start in starts for held in _held(piece, start)]
    activities = sorted([*shift.activities, *new], key=lambda held: held.start)
    spans = [(held.start, held.end) for held in activities]
    edges = [shift.start, *(edge for span in spans for edge in span), shift.end]
    template = next(each for each in problem.shifts if each.id == shift.template)
    if edges != sorted(edges):
        return None
    breaks = _breaks(shift, template.breaks, spans, problem.horizon.interval, shift.start)
    if breaks is None:
        return None
    return shift.model_copy(update={"breaks": breaks, "activities": tuple(activities)})


def _held(piece: Piece, start: int) -> tuple[ActivityTime, ...]:
    end = start + piece.minutes
    held = ActivityTime(start=start, end=end, activity=piece.name, queues=piece.queues)
    if not piece.recovery:
        return (held,)
    return held, ActivityTime(start=end, end=end + piece.recovery, activity=RECOVERY)


def _breaks(
    shift: Shift, due: Sequence[Break], taken: list[tuple[int, int]], width: int, free_from: int
) -> tuple[BreakTime, ...] | None:
    """Places of breaks, in their order, beside what is taken; None if there are none."""
    if not due:
        return ()
    first = due[0]
    for after in range(first.earliest, first.latest + 1, width):
        start, end = shift.start + after, shift.start + after + first.minutes
        if start < free_from or any(start < e and s < end for s, e in taken):
            continue
        rest = _breaks(shift, due[1:], taken, width, end)
        if rest is not None:
            one = BreakTime(start=start, end=end, paid=first.paid, label=first.label)
            return (one, *rest)
    return None
