"""What is known of a queue that has little past or none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from pydantic import Field, model_validator

from wfm.errors import InputError
from wfm.horizon import DAY
from wfm.value import Value

SETTLED: Final = 14
"""Days of its own from which on a queue borrows nothing."""


class NewQueue(Value):
    """What is known of a queue that has little past or none.

    Parameters
    ----------
    like : str, optional
        A queue whose days it takes after, in share and in shape.
    share : float, optional
        Its contacts by those of `like`; None: as its own days show.
    week : tuple of tuple of float, optional
        In place of `like`: contacts of a typical week, a row from Monday to Sunday each, by
        intervals of the history.
    aht : float, optional
        Average handle time in seconds, needed with `week` if no contact was handled yet; None:
        as its own contacts or those of `like` show.
    """

    like: str | None = None
    share: float | None = Field(default=None, gt=0)
    week: tuple[tuple[float, ...], ...] | None = None
    aht: float | None = Field(default=None, gt=0, le=86_400)

    @model_validator(mode="after")
    def _one_source(self) -> NewQueue:
        if (self.like is None) == (self.week is None):
            raise InputError("NewQueue", "have either like or week", self.like)
        if self.week is not None and self.share is not None:
            raise InputError("NewQueue.share", "be left out where a week is given", self.share)
        if self.week is not None:
            self._check_week(self.week)
        return self

    @staticmethod
    def _check_week(week: tuple[tuple[float, ...], ...]) -> None:
        lengths = {len(day) for day in week}
        if len(week) != 7 or len(lengths) != 1 or DAY % max(1, *lengths):
            must = "have 7 rows, from Monday to Sunday, of equally many intervals of a day"
            raise InputError("NewQueue.week", must, f"{len(week)} rows of {sorted(lengths)}")
        wrong = next((value for day in week for value in day if not 0 <= value < np.inf), None)
        if wrong is not None or not any(map(any, week)):
            raise InputError("NewQueue.week", "be numbers from 0 up, one of them above", wrong)


@dataclass(frozen=True)
class Borrowed:
    """What a queue has borrowed.

    Parameters
    ----------
    queue : str
        Who.
    like : str or None
        From which queue; None from a typical week that is given.
    share : float
        Its contacts by those of `like`, or by those of the week.
    days : int
        Days of its own that went into the share.
    """

    queue: str
    like: str | None
    share: float
    days: int

    def __str__(self) -> str:
        source = "the typical week given" if self.like is None else self.like
        return (
            f"{self.queue} has {self.days} days of its own, fewer than {SETTLED}: its days take "
            f"after {source}, with {self.share:.3g} times the contacts."
        )
