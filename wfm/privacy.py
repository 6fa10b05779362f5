"""What others read of a private rule: that somebody is not available, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from wfm.errors import InputError

if TYPE_CHECKING:
    from wfm.problem import Problem

PRIVATE = "private"
"""What stands in place of a private rule's name, and of the name of what it asks to be held."""
UNTOLD = "Somebody is not available for what is planned."
"""A breach of a private rule, where it is not known to whom names belong."""


def unavailable(problem: Problem, agents: Sequence[str], day: int | None) -> str:
    """Say a breach of a private rule: who is not available for what is planned, and on which day.

    Parameters
    ----------
    problem : Problem
        Whose agents and days.
    agents : sequence of str
        Ids of those concerned; nobody in particular if there are none.
    day : int or None
        Day on which it shows.
    """
    names = " and ".join(str(problem.agent(agent)) for agent in agents) or "Somebody"
    are = "are" if len(agents) > 1 else "is"
    when = "" if day is None else f" on {problem.horizon.day_label(day)}"
    return f"{names} {are} not available for what is planned{when}."


@contextmanager
def discreet(private: object) -> Iterator[None]:
    """Let an `InputError` of what is private tell its place, and not what was found there."""
    try:
        yield
    except InputError as error:
        found: BaseException | None = error if private else None
        while isinstance(found, InputError):
            found.forget()
            found = found.__context__  # what Python keeps of what was raised before
        raise
