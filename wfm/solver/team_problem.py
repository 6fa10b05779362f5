"""The problem of a team beside others whose heads serve the same queues."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from wfm.problem import Kind, Problem
from wfm.value import Value

Ints = NDArray[np.int64]
STRANGER = ""
"""Whose shift tells a team of whom nobody worked before that the days before are known."""


class Heads(Value):
    """Agents of others who are at work and not away, in each slot.

    Parameters
    ----------
    queues : tuple of str
        Ids of the queues that each of them answers.
    heads : tuple of int, shape (slots,)
        How many.
    """

    queues: tuple[str, ...]
    heads: tuple[int, ...]


class TeamProblem(Problem):
    """A problem in which others are at work as well, who are not for it to schedule.

    The others' heads are divided over the queues together with its own, so what its schedules cost
    differs from what they cost the whole by the others' wages and rules alone. The previous period
    may hold a shift of the `STRANGER`.

    Parameters
    ----------
    beside : tuple of Heads
        The others.
    """

    beside: tuple[Heads, ...] = ()

    def must_know(self, kind: Kind, ids: Iterable[str], place: str) -> None:
        """Raise `InputError` naming `place` if an id is not one of the problem's `kind`."""
        super().must_know(kind, (each for each in ids if each != STRANGER), place)

    def beside_masks(self) -> list[int]:
        """Queues of each of the others' groups, a bit for each."""
        bit = {queue.id: 1 << row for row, queue in enumerate(self.demand.queues)}
        return [sum(bit[queue] for queue in group.queues) for group in self.beside]


def with_beside(problem: Problem, masks: Ints, base: Ints) -> tuple[Ints, Ints]:
    """Skill groups and their standing heads, with the others of a team's problem among them.

    Parameters
    ----------
    problem : Problem
        A team's, or a whole one, to which nothing is added.
    masks : ndarray of int, shape (groups,)
        Queues that a group of the problem's own agents serves, a bit for each.
    base : ndarray of int, shape (groups, slots)
        Heads of theirs that are there whatever is planned.
    """
    if not isinstance(problem, TeamProblem):
        return masks, base
    others = problem.beside_masks()
    every = np.union1d(masks, others).astype(np.int64)
    heads = np.zeros((len(every), base.shape[1]), dtype=np.int64)
    heads[np.searchsorted(every, masks)] = base
    for mask, group in zip(others, problem.beside, strict=True):
        heads[np.searchsorted(every, mask)] += np.asarray(group.heads, dtype=np.int64)
    return every, heads
