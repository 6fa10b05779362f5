"""What a rule asks to be held inside shifts: a training, a meeting, a rest, a turn on a queue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wfm.problem import Problem
    from wfm.rule import Rule

RECOVERY = "recovery"
"""Name of the activity that follows a turn on a queue."""


@dataclass(frozen=True)
class Piece:
    """An activity that some shifts are to hold.

    Each of the agents has it alone, in one of the shifts that start on the days or in each of
    them; or they have it together. It lies wholly inside a shift, beside the shift's breaks.

    Attributes
    ----------
    name : str
        What the activity is called.
    minutes : int
        Its length.
    agents : tuple of str
        Who is to have it.
    days : tuple of int
        Days on which the shifts start that may hold it.
    spans : tuple of tuple of int, optional
        Elapsed minutes ``[start, end)``, in one of which it lies wholly; any time by default.
    begins : tuple of int, optional
        Earliest and latest minute after the shift's start at which it begins.
    each_shift : int
        So many of them in each shift of the days; if 0, one in one of these shifts. Of turns, the
        most that a shift may hold.
    longer_than : int
        Shifts of so many minutes and fewer need none.
    together : int
        How many of the agents at least have it at one and the same time; if 0, each has it alone.
    off_excuses : bool
        Whether an agent who starts no shift on the days needs none.
    queues : tuple of str
        If given, it is a turn on these queues, which the agents answer at no other time. No turn
        has to be taken, so none is ever missing.
    recovery : int
        Minutes of rest from all queues that directly follow a turn.
    """

    name: str
    minutes: int
    agents: tuple[str, ...]
    days: tuple[int, ...]
    spans: tuple[tuple[int, int], ...] | None = None
    begins: tuple[int, int] | None = None
    each_shift: int = 0
    longer_than: int = 0
    together: int = 0
    off_excuses: bool = False
    queues: tuple[str, ...] = ()
    recovery: int = 0

    @property
    def most(self) -> int:
        """How many of it an agent may have in a shift."""
        return self.each_shift if self.queues else max(1, self.each_shift)

    def may_start(self, shift: int, minute: int) -> bool:
        """Whether it may start at an elapsed minute, in a shift that starts at another."""
        if self.begins is not None:
            earliest, latest = self.begins
            if not earliest <= minute - shift <= latest:
                return False
        if self.spans is None:
            return True
        return any(start <= minute and minute + self.minutes <= end for start, end in self.spans)


def asked(problem: Problem) -> Iterator[tuple[Rule, Piece]]:
    """Every piece that the rules of a problem ask for, with its rule."""
    for rule in problem.rules:
        for piece in rule.pieces(problem):
            yield rule, piece
