"""From what rules ask to be held inside shifts to what the search reads."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from wfm.errors import InputError
from wfm.piece import Piece
from wfm.problem import Problem
from wfm.solver.activities.items import HARD, MOST, Item, Meeting, Pieces
from wfm.solver.activities.queues import binding, bits_of, usual_bits

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Found = dict[tuple[int, int], list[Item]]
"""Items by agent and day."""


def compile_pieces(problem: Problem, bits: Ints, masks: Ints, width: int) -> Pieces:
    """Compile the pieces that the rules ask for.

    Parameters
    ----------
    problem : Problem
        Whose rules ask.
    bits : ndarray of int, shape (agents,)
        Queues that each agent serves.
    masks : ndarray of int, shape (groups,)
        Queues of each skill group.
    width : int
        Slots of the horizon and of the longest shift that reaches past it.

    Raises
    ------
    InputError
        If an agent's shift may hold more activities than can be placed exactly.
    """
    found: Found = defaultdict(list)
    meetings: list[Meeting] = []
    asked = binding(problem)
    for rule, weight, piece in asked:
        starts = _starts(piece, width, problem.horizon.interval)
        number = len(meetings) if piece.together else -1
        price = 0.0 if piece.queues else HARD if weight is None else weight
        cells = _give(problem, found, piece, (rule, price, number), starts, bits, masks)
        if piece.together:
            meetings.append(_meeting(problem, piece, (rule, price), starts, cells))
    most = max((len(items) for items in found.values()), default=0)
    if most > MOST:
        raise InputError("Problem.rules", f"ask for at most {MOST} activities in a shift", most)
    days: dict[int, list[int]] = defaultdict(list)
    for agent, day in sorted(found):
        days[agent].append(day)
    counted = (rule for rule, weight, piece in asked if weight is not None and not piece.queues)
    return Pieces(
        items={key: tuple(items) for key, items in found.items()},
        days={agent: tuple(mine) for agent, mine in days.items()},
        meetings=tuple(meetings),
        most=most,
        usual=np.searchsorted(masks, usual_bits(problem, bits)).astype(np.int64),
        soft=frozenset(counted),
    )


def _give(
    problem: Problem,
    found: Found,
    piece: Piece,
    asked: tuple[int, float, int],
    starts: Bools,
    bits: Ints,
    masks: Ints,
) -> Ints:
    """Add a piece to its agents' days; returns agent, day and place of each, ``(cells, 3)``."""
    rows = {agent.id: row for row, agent in enumerate(problem.agents)}
    cells = []
    for agent in (rows[name] for name in piece.agents):
        during = int(bits[agent]) & bits_of(problem, piece.queues)
        group = int(np.searchsorted(masks, during)) if piece.queues else -1
        for day in piece.days if piece.queues else ():
            found[agent, day]  # Without a turn, too, the queue is not answered on the day.
        for copy in range(piece.most):
            item = _item(problem, (*asked, copy), piece, starts, group)
            for day in piece.days:
                cells.append((agent, day, len(found[agent, day])))
                found[agent, day].append(item)
    return np.array(cells, dtype=np.int64).reshape(-1, 3)


def _meeting(
    problem: Problem, piece: Piece, asked: tuple[int, float], starts: Bools, cells: Ints
) -> Meeting:
    return Meeting(
        rule=asked[0],
        price=asked[1],
        least=piece.together,
        agents=tuple(dict.fromkeys(cells[:, 0].tolist())),
        cells=(cells[:, 0], cells[:, 1], cells[:, 2]),
        slots=piece.minutes // problem.horizon.interval,
        times=np.flatnonzero(starts),
    )


def _item(
    problem: Problem, key: tuple[int, float, int, int], piece: Piece, starts: Bools, group: int
) -> Item:
    width = problem.horizon.interval
    rule, price, meeting, copy = key
    earliest, latest = piece.begins or (0, 24 * 60)
    return Item(
        rule=rule,
        piece=piece,
        price=price,
        meeting=meeting,
        slots=piece.minutes // width,
        rest=piece.recovery // width,
        starts=starts,
        begins=(-(-earliest // width), latest // width),
        longer=piece.longer_than // width,
        after=copy > 0,
        group=group,
    )


def _starts(piece: Piece, width: int, interval: int) -> Bools:
    """Slots in which a piece may begin, by its spans."""
    if piece.spans is None:
        return np.ones(width, dtype=bool)
    found = np.zeros(width, dtype=bool)
    for start, end in piece.spans:
        first = max(0, -(-start // interval))
        found[first : max(first, (end - piece.minutes) // interval + 1)] = True
    return found
