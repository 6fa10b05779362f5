"""What is to be held inside shifts, compiled: who may hold what in the shift of which day."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from wfm.piece import Piece

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
