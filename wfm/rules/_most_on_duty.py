"""Never more of a group on duty than a bound; the base of such rules."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator

import numpy as np
from pydantic import Field

from wfm.agent_rule import AgentRule
from wfm.limit import Grid, Limit
from wfm.problem import Problem
from wfm.rule import Violation
from wfm.rules._on_duty import stretches
from wfm.rules._presence import presence, reach, runs, watched
from wfm.schedule import Schedule
from wfm.window import Window

NAMED = 6
"""How many of those on duty a sentence names."""


class MostOnDuty(AgentRule, ABC):
    """At no moment of some windows are more of a group on duty than a bound.

    The unit of breach is a person too many for a planning interval. Someone on a break is on duty.
    Who is still on duty from the previous period counts, but cannot be called back: what is too
    many by that alone is not counted. Shifts count past the horizon's end, as far as they reach.

    Parameters
    ----------
    windows : tuple of Window
        When it holds; always by default.
    """

    windows: tuple[Window, ...] = Field(default=(Window(),), min_length=1)

    @abstractmethod
    def bound(self) -> int:
        """How many may be on duty."""

    @abstractmethod
    def told(self, problem: Problem) -> str:
        """The group and the bound in a sentence: "at most 2 with skill 'new' may be"."""

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each stretch of equal intervals: those of the group on duty <= the bound."""
        group = tuple(self.who(x.problem))
        if len(group) <= self.bound():
            return
        past = [shift for agent in group for shift in x.before(agent) if shift.end > 0]
        for stretch in stretches(x, self.windows, past, beyond=True):
            most = max(0, self.bound() - len(stretch.touched_by(past)))
            roles = (stretch.cells * stretch.slots,) * len(group)
            yield Limit(roles, most * stretch.slots, (group,))

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Count who is there in each interval, and report each unbroken stretch."""
        horizon = problem.horizon
        group = self.who(problem)
        slots = reach(horizon)
        old = presence(problem.previous.shifts, group, horizon, slots)
        there = presence(schedule.shifts, group, horizon, slots) | old
        allowed = np.maximum(self.bound(), old.sum(axis=0))
        over = np.maximum(0, there.sum(axis=0) - allowed)
        over = np.where(watched(self.windows, horizon, slots), over, 0)
        for first, last in runs(over):
            worst = first + int(over[first:last].argmax())
            agents = tuple(agent for agent, on in zip(group, there[:, worst], strict=True) if on)
            names = [str(problem.agent(agent)) for agent in agents]
            more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
            start, end = (horizon.label(slot * horizon.interval) for slot in (first, last))
            sentence = (
                f"From {start} to {end} up to {len(agents)} are on duty "
                f"({', '.join(names[:NAMED])}{more}); {self.told(problem)}."
            )
            day = min(horizon.day_of(first * horizon.interval), horizon.days - 1)
            yield self.breach(agents, day, int(over[first:last].sum()), sentence)

    def when(self) -> str:
        """Say when it holds, with a blank before; nothing if always."""
        if self.windows == (Window(),):
            return ""
        return f" ({'; '.join(str(window) for window in self.windows)})"
