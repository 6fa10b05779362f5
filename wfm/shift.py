"""Shift templates, their breaks, and the concrete options that they expand into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from wfm.errors import InputError
from wfm.horizon import DAY, WEEKDAYS, Horizon
from wfm.value import Value
from wfm.window import Clock, Weekday, clock

if TYPE_CHECKING:
    from wfm.agent import Contract


class Break(Value):
    """A break that a shift holds, somewhere inside a window.

    Parameters
    ----------
    minutes : int
        Length.
    earliest, latest : int
        When it may begin, in minutes after the shift's start.
    paid : bool
        Whether it counts as paid time.
    label : str
        What it is called in a roster.
    """

    minutes: int = Field(ge=5, le=480)
    earliest: int = Field(ge=0)
    latest: int = Field(ge=0)
    paid: bool = True
    label: str = "break"

    @model_validator(mode="after")
    def _in_order(self) -> Break:
        if self.latest < self.earliest:
            raise InputError("Break.latest", f"be at least earliest ({self.earliest})", self.latest)
        return self


class ShiftTemplate(Value):
    """A family of shifts: a window of starts, the lengths, and the breaks.

    Parameters
    ----------
    id : str
        Name that contracts and rules refer to.
    start : str
        Earliest start, wall-clock ``HH:MM``.
    latest : str, optional
        Latest start; by default the earliest is the only one.
    step : int
        Minutes between two possible starts.
    lengths : tuple of int
        Possible lengths in elapsed minutes, breaks included.
    days : tuple of str
        Weekdays on which it may start.
    breaks : tuple of Break
        In the order in which they are taken.
    """

    id: str = Field(min_length=1)
    start: Clock
    latest: Clock | None = None
    step: int = Field(default=30, ge=5)
    lengths: tuple[int, ...] = Field(min_length=1)
    days: tuple[Weekday, ...] = WEEKDAYS  # type: ignore[assignment]
    breaks: tuple[Break, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> ShiftTemplate:
        place = f"ShiftTemplate {self.id!r}"
        if clock(self.latest or self.start) < clock(self.start):
            raise InputError(f"{place}.latest", f"not be before start ({self.start})", self.latest)
        odd = next((n for n in self.lengths if not 0 < n <= DAY), None)
        if odd is not None:
            raise InputError(f"{place}.lengths", "be in 1..1440 minutes", odd)
        earliest_end = 0
        for taken in self.breaks:
            earliest_end = max(earliest_end, taken.earliest) + taken.minutes
            if taken.latest + taken.minutes > min(self.lengths):
                raise InputError(f"{place}.breaks", "fit inside the shortest length", taken.label)
            if earliest_end > taken.latest + taken.minutes:
                raise InputError(f"{place}.breaks", "leave room after the one before", taken.label)
        return self

    @property
    def starts(self) -> range:
        """Wall-clock minutes after midnight of each possible start."""
        return range(clock(self.start), clock(self.latest or self.start) + 1, self.step)

    @property
    def unpaid(self) -> int:
        """Unpaid minutes of its breaks."""
        return sum(taken.minutes for taken in self.breaks if not taken.paid)


@dataclass(frozen=True)
class ShiftOptions:
    """Every concrete shift that the templates allow; the columns of the grid of a tour.

    Attributes
    ----------
    template, clock, length, paid : ndarray of int, shape (options,)
        Template's index, wall-clock start, elapsed and paid minutes.
    start, end : ndarray of int, shape (days, options)
        Elapsed minutes at which the option starts and ends on each day.
    offered : ndarray of bool, shape (days, options)
        Whether the template may start on that weekday.
    """

    templates: tuple[ShiftTemplate, ...]
    template: NDArray[np.int64]
    clock: NDArray[np.int64]
    length: NDArray[np.int64]
    paid: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    offered: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.template)

    def allowed(self, contract: Contract) -> NDArray[np.bool_]:
        """Options that a contract lets an agent work, shape ``(days, options)``."""
        named = np.array([not contract.shifts or t.id in contract.shifts for t in self.templates])
        return np.asarray(self.offered & named[self.template])

    def find(self, template: str, day: int, start: int, end: int) -> int | None:
        """Index of the option with this start and end on a day, or None."""
        if not 0 <= day < len(self.start):
            return None
        same = (self.start[day] == start) & (self.end[day] == end) & self.offered[day]
        hits = [o for o in np.flatnonzero(same) if self.templates[self.template[o]].id == template]
        return int(hits[0]) if hits else None


def expand(templates: Sequence[ShiftTemplate], horizon: Horizon) -> ShiftOptions:
    """Expand templates into concrete options: start window x step x lengths.

    Parameters
    ----------
    templates : sequence of ShiftTemplate
        The families of shifts.
    horizon : Horizon
        The days on which they may start.
    """
    rows = [
        (index, at, length, length - template.unpaid)
        for index, template in enumerate(templates)
        for at in template.starts
        for length in template.lengths
    ]
    columns = np.array(rows, dtype=np.int64).reshape(-1, 4).T
    clocks, place = np.unique(columns[1], return_inverse=True)
    days = range(horizon.days)
    starts = np.array([[horizon.minute(day, int(at)) for at in clocks] for day in days])
    start = starts.astype(np.int64).reshape(horizon.days, -1)[:, place]
    weekday = np.array(
        [
            [WEEKDAYS[horizon.day_type(day)] in template.days for template in templates]
            for day in days
        ]
    )
    return ShiftOptions(
        templates=tuple(templates),
        template=columns[0],
        clock=columns[1],
        length=columns[2],
        paid=columns[3],
        start=start,
        end=start + columns[2],
        offered=weekday.reshape(horizon.days, -1)[:, columns[0]],
    )
