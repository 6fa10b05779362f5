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


class BreakTime(Value):
    """A break taken, in elapsed minutes ``[start, end)``."""

    start: int
    end: int
    paid: bool = True
    label: str = "break"


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
    """

    agent: str
    day: int
    template: str
    start: int
    end: int
    breaks: tuple[BreakTime, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> Shift:
        edges = [self.start, *(edge for b in self.breaks for edge in (b.start, b.end)), self.end]
        if edges != sorted(edges) or self.start == self.end:
            place = f"Shift of {self.agent!r} on day {self.day}"
            raise InputError(place, "start before it ends, with its breaks inside, in order", edges)
        return self

    @property
    def minutes(self) -> int:
        """Elapsed minutes, breaks included."""
        return self.end - self.start

    @property
    def paid_minutes(self) -> int:
        """Minutes without the unpaid breaks."""
        return self.minutes - sum(b.end - b.start for b in self.breaks if not b.paid)

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
        """Who is at work and not on a break, shape ``(agents, slots)``.

        A slot counts when the agent works all of it.
        """
        there = np.zeros((len(agents), horizon.slots), dtype=bool)
        width = horizon.interval
        for row, agent in enumerate(agents):
            for shift in self.of(agent):
                there[row, max(0, -(-shift.start // width)) : max(0, shift.end // width)] = True
                for pause in shift.breaks:
                    there[row, max(0, pause.start // width) : max(0, -(-pause.end // width))] = (
                        False
                    )
        return there
