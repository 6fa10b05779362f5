"""The search's state: everyone's tour and breaks, the heads that they make, and what it costs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wfm.piece import RECOVERY
from wfm.schedule import ActivityTime, BreakTime, Schedule, Shift
from wfm.solver.allocation import Curves, Division, allocate, answered, copied, no_division
from wfm.solver.instance import Instance

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


ROWS = ("tours", "places", "own", "marks", "lacks")
WHOLE = ("supply", "times")


class Saved(NamedTuple):
    """What a roster held before a move.

    Attributes
    ----------
    agents : list of int
        Who may move.
    rows, whole : list of ndarray
        Their rows of the fields that have one for each agent, and the other fields.
    division : Division
        That before.
    """

    agents: list[int]
    rows: list[NDArray[Any]]
    whole: list[NDArray[Any]]
    division: Division


@dataclass(eq=False)
class Roster:
    """Tours of all agents.

    Attributes
    ----------
    tours : ndarray of int, shape (agents, days)
        Option of each day; the instance's `off` column when off.
    places : ndarray of int, shape (agents, days, breaks)
        Slot at which each break starts.
    own : ndarray, shape (agents,)
        Wages, premiums and broken own limits of each agent.
    supply : ndarray of int, shape (groups, width)
        Heads at work by skill group.
    division : Division
        How they are divided over the queues at the worths in hand.
    marks : ndarray of int, shape (agents, days, items)
        Slot at which each item of the day begins that is held inside the shift, else -1.
    lacks : ndarray, shape (agents,)
        Cost of what each agent lacks of what is to be held alone.
    times : ndarray of int, shape (meetings,)
        Slot at which each meeting begins, -1 if at none.
    """

    tours: Ints
    places: Ints
    own: Floats
    supply: Ints
    division: Division
    marks: Ints
    lacks: Floats
    times: Ints

    @classmethod
    def empty(cls, instance: Instance) -> Roster:
        """Everyone off; only the previous period's shifts reach in."""
        agents = len(instance.group)
        supply = np.zeros((len(instance.masks), instance.width), dtype=np.int64)
        supply[:, : instance.slots] = instance.base
        return cls(
            np.full((agents, instance.days), instance.off, dtype=np.int64),
            np.zeros((agents, instance.days, instance.pause.shape[1]), dtype=np.int64),
            np.zeros(agents),
            supply,
            no_division(len(instance.planned), instance.slots),
            np.full((agents, instance.days, instance.pieces.most), -1, dtype=np.int64),
            np.zeros(agents),
            np.full(len(instance.pieces.meetings), -1, dtype=np.int64),
        )

    def saved(self, agents: Sequence[int]) -> Saved:
        """What moves of some agents may change, to be put back if they are refused."""
        who = list(agents)
        rows = [getattr(self, name)[who] for name in ROWS]
        whole = [getattr(self, name).copy() for name in WHOLE]
        return Saved(who, rows, whole, copied(self.division))

    def put_back(self, saved: Saved) -> None:
        """Undo moves of the agents who were saved."""
        for name, rows in zip(ROWS, saved.rows, strict=True):
            getattr(self, name)[saved.agents] = rows
        for name, values in zip(WHOLE, saved.whole, strict=True):
            getattr(self, name)[:] = values
        now: Sequence[NDArray[Any]] = self.division
        for part, before in zip(now, saved.division, strict=True):
            part[:] = before

    def copy(self) -> Roster:
        """A roster that can change apart from this one."""
        others = {name: getattr(self, name).copy() for name in (*ROWS, *WHOLE)}
        return Roster(division=copied(self.division), **others)

    def cover(self, instance: Instance, agent: int) -> Ints:
        """One in each slot that an agent is at work and not on a break, shape ``(width,)``."""
        return instance.cover(self.tours[agent], self.places[agent])

    def schedule(self, instance: Instance) -> Schedule:
        """The roster as a schedule in elapsed minutes."""
        problem = instance.problem
        shifts = [
            self._shift(instance, agent, int(day))
            for agent in range(len(problem.agents))
            for day in np.flatnonzero(self.tours[agent] != instance.off)
        ]
        return Schedule.of_shifts(shifts)

    def _shift(self, instance: Instance, agent: int, day: int) -> Shift:
        option = int(self.tours[agent, day])
        options = instance.problem.options
        template = options.templates[options.template[option]]
        starts = self.places[agent, day] * instance.problem.horizon.interval
        return Shift(
            agent=instance.problem.agents[agent].id,
            day=day,
            template=template.id,
            start=int(options.start[day, option]),
            end=int(options.end[day, option]),
            breaks=tuple(
                BreakTime(
                    start=int(start),
                    end=int(start) + pause.minutes,
                    paid=pause.paid,
                    label=pause.label,
                )
                for start, pause in zip(starts, template.breaks, strict=False)
            ),
            activities=tuple(self._held(instance, agent, day)),
        )

    def _held(self, instance: Instance, agent: int, day: int) -> Iterator[ActivityTime]:
        """What a shift holds, in time order."""
        width = instance.problem.horizon.interval
        items = instance.pieces.items.get((agent, day), ())
        marks = self.marks[agent, day].tolist()
        for start, row in sorted(zip(marks, range(len(items)), strict=False)):
            if start >= 0:
                piece, begin = items[row].piece, start * width
                end = begin + piece.minutes
                yield ActivityTime(start=begin, end=end, activity=piece.name, queues=piece.queues)
                if piece.recovery:
                    yield ActivityTime(start=end, end=end + piece.recovery, activity=RECOVERY)


@dataclass(frozen=True, eq=False)
class Service:
    """The best division of a roster's heads over the queues at given worths of an answer.

    Attributes
    ----------
    heads : ndarray of int, shape (queues, slots)
        Agents on each queue.
    totals : ndarray, shape (periods,)
        Planned answers in time; of deferred work, what can be done in each slot.
    slope : ndarray, shape (periods,)
        How the cost changes with the worths: contacts to answer less those that are.
    cost : float
        Lost service with a shortfall priced at the worths: never above its true cost, and equal
        to it at the best worths, by duality.
    value : ndarray, shape (slots,)
        What the division is worth in each slot.
    """

    heads: Ints
    totals: Floats
    slope: Floats
    cost: float
    value: Floats


def divide(
    instance: Instance, supply: Ints, worth: Floats, division: Division | None = None
) -> Service:
    """Divide heads over queues by the worth of an answer in each period, shape ``(periods,)``.

    A division of about so many heads by about such worths, if given, is changed to this one.
    """
    if division is None:
        division = no_division(len(instance.planned), instance.slots)
    every = np.arange(instance.slots)
    curves = Curves(worth[instance.period], instance.planned, instance.floor)
    allocate(every, supply, instance.masks, curves, division)
    heads, value = division.heads.copy(), division.value.copy()
    totals = np.zeros(len(instance.target))
    answered(instance.planned, heads, instance.period, totals)
    asked, due = instance.ask(worth)
    return Service(heads, totals, due - totals, float(asked - value.sum()), value)
