"""What is to be held inside shifts, compiled: who may hold what in the shift of which day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from wfm.errors import InputError
from wfm.piece import Piece
from wfm.problem import Problem
from wfm.solver.posts import binding, bits_of, usual_bits

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
HARD = 1e8
"""What the lack of a piece of a hard rule seems to cost: more than any schedule."""
MOST = 8
"""Activities that may be held in one shift."""


@dataclass(frozen=True, eq=False)
class Item:
    """A piece as one agent is to have it.

    Attributes
    ----------
    rule : int
        Number of the rule that asks for it.
    piece : Piece
        What is asked for.
    price : float
        Cost of its lack; `HARD` if the rule is hard, 0 if nothing is ever missing.
    meeting : int
        Number of the meeting that it is; -1 if the agent has it alone.
    slots, rest : int
        Its length, and that of the recovery after it.
    starts : ndarray of bool, shape (width,)
        Slots in which it may begin.
    begins : tuple of int
        Slots after the shift's start in which it may begin, first and last.
    longer : int
        Shifts of so many slots and fewer do not hold it.
    after : bool
        Whether it comes after the item before it, which is alike.
    group : int
        Skill group to which the agent belongs meanwhile; -1 if no queue is answered.
    known : dict
        What has been asked of `open`.
    """

    rule: int
    piece: Piece
    price: float
    meeting: int
    slots: int
    rest: int
    starts: Bools
    begins: tuple[int, int]
    longer: int
    after: bool
    group: int
    known: dict[tuple[int, int], Bools] = field(default_factory=dict)

    @property
    def local(self) -> bool:
        """Whether each shift holds its own."""
        return self.piece.each_shift > 0

    def open(self, first: int, length: int) -> Bools:
        """Slots of a shift in which it may begin, shape ``(length + 1,)``; not to be changed."""
        if (first, length) in self.known:
            return self.known[first, length]
        into = np.arange(length + 1)
        may = (self.begins[0] <= into) & (into <= self.begins[1])
        may &= (into + self.slots + self.rest <= length) & (length > self.longer)
        inside = first + into < len(self.starts)
        may &= inside & self.starts[np.where(inside, first + into, 0)]
        self.known[first, length] = may
        return may


@dataclass(frozen=True, eq=False)
class Meeting:
    """A piece that several agents have together.

    Attributes
    ----------
    rule : int
        Number of the rule that asks for it.
    price : float
        Cost if it is not held.
    least : int
        How many are to be there.
    agents : tuple of int
        Who may be.
    cells : tuple of ndarray of int
        Agent, day, and place among the day's items of each shift that may hold it.
    slots : int
        Its length.
    times : ndarray of int
        Slots in which it may begin.
    """

    rule: int
    price: float
    least: int
    agents: tuple[int, ...]
    cells: tuple[Ints, Ints, Ints]
    slots: int
    times: Ints


@dataclass(frozen=True, eq=False)
class Pieces:
    """All that is to be held inside shifts.

    Attributes
    ----------
    items : dict
        Agent and day -> what the shift of that day may hold.
    days : dict
        Agent -> days that have items, in order.
    meetings : tuple of Meeting
        Those that are held together.
    most : int
        Most items of a day.
    usual : ndarray of int, shape (agents,)
        Skill group of each agent outside turns.
    soft : frozenset of int
        Rules whose missing pieces are counted here, and not by their limits.
    rooms : dict
        Meeting, slot and day -> shifts with room, as far as it has been asked.
    times : dict
        Meeting -> slots at which enough can be on duty, as far as it has been asked.
    """

    items: dict[tuple[int, int], tuple[Item, ...]]
    days: dict[int, tuple[int, ...]]
    meetings: tuple[Meeting, ...]
    most: int
    usual: Ints
    soft: frozenset[int]
    rooms: dict[tuple[int, int, int], Bools] = field(default_factory=dict)
    times: dict[int, Ints] = field(default_factory=dict)


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
    rows = {agent.id: row for row, agent in enumerate(problem.agents)}
    found: dict[tuple[int, int], list[Item]] = defaultdict(list)
    meetings: list[Meeting] = []
    asked = binding(problem)
    for rule, weight, piece in asked:
        price = 0.0 if piece.queues else HARD if weight is None else weight
        number = len(meetings) if piece.together else -1
        starts = _starts(piece, width, problem.horizon.interval)
        cells = []
        for agent in (rows[name] for name in piece.agents):
            during = int(bits[agent]) & bits_of(problem, piece.queues)
            group = int(np.searchsorted(masks, during)) if piece.queues else -1
            for day in piece.days if piece.queues else ():
                found[agent, day]  # Without a turn, too, the queue is not answered on the day.
            for copy in range(piece.most):
                item = _item(problem, (rule, price, number, copy), piece, starts, group)
                for day in piece.days:
                    cells.append((agent, day, len(found[agent, day])))
                    found[agent, day].append(item)
        if piece.together:
            table = np.array(cells, dtype=np.int64).reshape(-1, 3)
            meetings.append(
                Meeting(
                    rule=rule,
                    price=price,
                    least=piece.together,
                    agents=tuple(rows[name] for name in piece.agents),
                    cells=(table[:, 0], table[:, 1], table[:, 2]),
                    slots=piece.minutes // problem.horizon.interval,
                    times=np.flatnonzero(starts),
                )
            )
    most = max((len(items) for items in found.values()), default=0)
    if most > MOST:
        raise InputError("Problem.rules", f"ask for at most {MOST} activities in a shift", most)
    days: dict[int, list[int]] = defaultdict(list)
    for agent, day in sorted(found):
        days[agent].append(day)
    return Pieces(
        items={key: tuple(items) for key, items in found.items()},
        days={agent: tuple(mine) for agent, mine in days.items()},
        meetings=tuple(meetings),
        most=most,
        usual=np.searchsorted(masks, usual_bits(problem, bits)).astype(np.int64),
        soft=frozenset(
            rule for rule, weight, piece in asked if weight is not None and not piece.queues
        ),
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
