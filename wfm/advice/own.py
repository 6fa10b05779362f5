"""By how much tours break the limits that bind one agent alone."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from wfm.solver.book import Entry, count_of

Ints = NDArray[np.int64]
Breaches = dict[int, int]
"""Rule's number -> amount by which it is broken."""


class OwnBreaches:
    """The limits of one agent, beside a tour of which only some days change.

    Parameters
    ----------
    entries : iterable of Entry
        Hard and soft limits of the agent.
    tour : ndarray of int, shape (days,)
        The tour as it is.
    """

    def __init__(self, entries: Iterable[Entry], tour: Ints) -> None:
        self.tour = tour
        self.entries = tuple(entries)
        self.now = [self._over(entry, tour) for entry in self.entries]
        self._known: dict[bytes, tuple[Breaches, Breaches]] = {}

    def of(self, tour: Ints) -> tuple[Breaches, Breaches]:
        """What a tour breaks of hard rules, and of those with a price; kept rules are left out."""
        key = tour.tobytes()
        if key not in self._known:
            changed = set(np.flatnonzero(tour != self.tour).tolist())
            over = [
                now if changed.isdisjoint(entry.days) else self._over(entry, tour)
                for entry, now in zip(self.entries, self.now, strict=True)
            ]
            self._known[key] = self._added_up(over)
        return self._known[key]

    def _over(self, entry: Entry, tour: Ints) -> int:
        return max(0, count_of(entry.limit, tour) - entry.limit.most)

    def _added_up(self, over: list[int]) -> tuple[Breaches, Breaches]:
        """Breaches by rule; of those that share a slack only the largest counts."""
        worst: dict[tuple[int, bool, object], int] = {}
        for number, (entry, amount) in enumerate(zip(self.entries, over, strict=True)):
            if amount > 0:
                key = (entry.rule, entry.weight is None, entry.limit.slack or number)
                worst[key] = max(worst.get(key, 0), amount)
        hard: Breaches = {}
        soft: Breaches = {}
        for (rule, is_hard, _), amount in worst.items():
            kind = hard if is_hard else soft
            kind[rule] = kind.get(rule, 0) + amount
        return hard, soft
