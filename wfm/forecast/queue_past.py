"""What a forecaster has of each queue: its past on the wall clock, and the calendar around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from wfm.errors import InputError
from wfm.forecast.calendar.calendar import Calendar
from wfm.forecast.calendar.effects import Effects
from wfm.forecast.calendar.effects import effects as calendar_effects
from wfm.forecast.days.model import RECENT
from wfm.forecast.fitting import past_before
from wfm.forecast.history import History
from wfm.forecast.newcomer.new_queue import NewQueue
from wfm.forecast.profile.day_shape import DayShape, day_shape
from wfm.forecast.profile.daygrid import DayGrid, day_grid
from wfm.horizon import Horizon


@dataclass(frozen=True, eq=False)
class QueuePast:
    """One queue before a horizon.

    Parameters
    ----------
    queue : str
        Its name.
    grid : DayGrid
        Its past.
    effects : Effects
        The calendar of the grid's days and of the horizon's.
    behind, ahead : int
        Number of days from the grid's first to the horizon, and in the horizon.
    """

    queue: str
    grid: DayGrid
    effects: Effects
    behind: int
    ahead: int

    def shape(self, half_life: float) -> DayShape:
        """Totals and shape of its days; `half_life` is that of :func:`day_shape`.

        Raises
        ------
        InputError
            If there is no day to learn from.
        """
        shape = day_shape(self.grid, self.effects, self.behind, half_life)
        teaching = shape.totals.known & ~self.effects.unknown[: self.behind]
        if not teaching[-RECENT:].any():
            start = self.effects.first + timedelta(days=self.behind)
            must = f"hold a day to learn from, no outage, in the {RECENT} days before {start}"
            raise InputError(f"history of {self.queue}", must)
        return shape


def past_of(history: History, horizon: Horizon, new: Mapping[str, NewQueue]) -> History:
    """Take the time before a horizon, which must fit the history.

    Raises
    ------
    InputError
        If zone or interval differ, or a queue of which nothing is said has no contacts.
    """
    past = past_before(history, horizon)
    if not past.queues and not new:
        raise InputError("history", f"hold a day or more before {horizon.start}", "none")
    contacts = np.bincount(past.codes, past.frame["offered"], minlength=len(past.queues))
    for queue, sum_ in zip(past.queues, contacts.tolist(), strict=True):
        if not sum_ and queue not in new:
            raise InputError(f"history of {queue}", f"hold contacts before {horizon.start}")
    return past


def queue_pasts(
    past: History, queues: Sequence[str], horizon: Horizon, calendar: Calendar
) -> Iterator[QueuePast]:
    """Each of some queues with its past and its calendar."""
    for queue in queues:
        grid = day_grid(past, queue, horizon.start)
        behind = (horizon.start - grid.monday).days
        count = max(grid.age.size, behind + horizon.days)
        effects = calendar_effects(calendar, grid.monday, count, queue)
        yield QueuePast(queue, grid, effects, behind, horizon.days)
