"""Who works what when, and pure look-ups of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from wfm.errors import InputError
from wfm.horizon import Horizon
from wfm.value import Value

SCHEMA_VERSION = 1
SHIFT = "shift"
"""What a whole shift is called where activities have names."""


class BreakTime(Value):
    """A break taken, in elapsed minutes ``[start, end)``."""

    start: int
    end: int
    paid: bool = True
    label: str = "break"


class ActivityTime(Value):
    """Paid time inside a shift, ``[start, end)`` in elapsed minutes, that is not for all queues.

    Parameters
    ----------
    start, end : int
        When it is held.
    activity : str
        What it is called, such as ``"coaching"``.
    queues : tuple of str
        Ids of the queues that are answered meanwhile, out of the agent's own; none by default.
    """

    start: int
    end: int
    activity: str = Field(min_length=1)
    queues: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _no_shift(self) -> ActivityTime:
        if self.activity == SHIFT:
            raise InputError("ActivityTime.activity", f"be no {SHIFT!r}", self.activity)
        return self


class Shift(Value):
    """One shift of one agent.

    Parameters
    ----------
    agent : str
        Id of the agent.
    day : int
        Index of the day on which it starts; negative in the previous period.
    template : str
        Id of the shift template.
    start, end : int
        Elapsed minutes ``[start, end)`` since the horizon's start.
    breaks : tuple of BreakTime
        In time order.
    activities : tuple of ActivityTime
        In time order, beside the breaks; always paid.
    """

    agent: str
    day: int
    template: str
    start: int
    end: int
    breaks: tuple[BreakTime, ...] = ()
    activities: tuple[ActivityTime, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> Shift:
        edges = [self.start, *(edge for b in self.breaks for edge in (b.start, b.end)), self.end]
        if edges != sorted(edges) or self.start == self.end:
            place = f"Shift of {self.agent!r} on day {self.day}"
            raise InputError(place, "start before it ends, with its breaks inside, in order", edges)
        return self

    @model_validator(mode="after")
    def _one_thing_at_a_time(self) -> Shift:
        held = [(a.start, a.end) for a in self.activities]
        taken = [*held, *((b.start, b.end) for b in self.breaks)]
        edges = [self.start, *(edge for span in sorted(taken) for edge in span), self.end]
        if held and (held != sorted(held) or edges != sorted(edges)):
            place = f"Shift of {self.agent!r} on day {self.day}"
            must = "hold its activities inside, in order, and beside its breaks"
            raise InputError(place, must, held)
        empty = next((a for a in self.activities if a.start == a.end), None)
        if empty is not None:
            place = f"Shift of {self.agent!r} on day {self.day}"
            raise InputError(place, "hold activities that start before they end", empty.activity)
        return self

    @property
    def minutes(self) -> int:
        """Elapsed minutes, breaks included."""
        return self.end - self.start

    @property
    def paid_minutes(self) -> int:
        """Minutes without the unpaid breaks."""
        return self.minutes - sum(b.end - b.start for b in self.breaks if not b.paid)

    def begins_like(self, other: Shift) -> bool:
        """Whether it starts when another does and is of the same template, with the same breaks."""
        return (self.template, self.start) == (other.template, other.start)

    def overlap(self, start: int, end: int) -> int:
        """Minutes that the shift, breaks included, shares with ``[start, end)``."""
        return max(0, min(self.end, end) - max(self.start, start))


class Schedule(Value):
    """The shifts of all agents over a horizon, kept in order of agent and start."""

    schema_version: int = Field(default=SCHEMA_VERSION, ge=1, le=SCHEMA_VERSION)
    shifts: tuple[Shift, ...] = ()

    @classmethod
    def of_shifts(cls, shifts: Sequence[Shift]) -> Schedule:
        """Build a schedule from shifts in any order."""
        return cls(shifts=tuple(sorted(shifts, key=lambda s: (s.agent, s.start, s.end))))

    @cached_property
    def _by_agent(self) -> dict[str, tuple[Shift, ...]]:
        found: dict[str, list[Shift]] = defaultdict(list)
        for shift in self.shifts:
            found[shift.agent].append(shift)
        return {agent: tuple(sorted(s, key=lambda s: s.start)) for agent, s in found.items()}

    def of(self, agent: str) -> tuple[Shift, ...]:
        """Shifts of one agent in time order."""
        return self._by_agent.get(agent, ())

    def on(self, agent: str, day: int) -> Shift | None:
        """Shift that an agent starts on a day, or None."""
        return next((shift for shift in self.of(agent) if shift.day == day), None)

    def at_work(self, horizon: Horizon, agents: Sequence[str]) -> NDArray[np.bool_]:
        """Who is at work, not on a break and in no activity, shape ``(agents, slots)``.

        A slot counts when the agent works all of it. Activities that answer some queues are work.
        """
        there = np.zeros((len(agents), horizon.slots), dtype=bool)
        width = horizon.interval
        for row, agent in enumerate(agents):
            for shift in self.of(agent):
                there[row, max(0, -(-shift.start // width)) : max(0, shift.end // width)] = True
                away = [(pause.start, pause.end) for pause in shift.breaks]
                away += [(held.start, held.end) for held in shift.activities if not held.queues]
                for start, end in away:
                    there[row, max(0, start // width) : max(0, -(-end // width))] = False
        return there
