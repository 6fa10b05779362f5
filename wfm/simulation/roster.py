"""From a schedule to the changes of the roster: who comes, goes, pauses and changes queues."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from wfm.problem import Problem
from wfm.schedule import Schedule, Shift
from wfm.simulation.records import AWAY, EVENT, Floats, Ints, Records
from wfm.simulation.routes import Routes, turn_queues, usual_queues
from wfm.simulation.values import Assumptions

Piece = tuple[float, int, int, float, int, float]
Span = tuple[int, int, int, int]
"""Start, end, group and length of the break that it is, if any; in minutes."""


@dataclass(frozen=True, eq=False)
class Roster:
    """A schedule cut into pieces, in order of agent and time.

    A piece lasts until the next one of its agent; the last one of a shift is away.

    Attributes
    ----------
    start : ndarray, shape (pieces,)
        Seconds since the horizon's start.
    agent, group : ndarray of int, shape (pieces,)
        Who, and the group of agents meanwhile, or away.
    pause : ndarray, shape (pieces,)
        Seconds of the break that begins with the piece, otherwise 0.
    shift : ndarray of int, shape (pieces,)
        Number of its shift.
    lost : ndarray, shape (pieces,)
        Probability that the agent is away all the same.
    shift_start : ndarray, shape (shifts,)
        Seconds since the horizon's start.
    """

    start: Floats
    agent: Ints
    group: Ints
    pause: Floats
    shift: Ints
    lost: Floats
    shift_start: Floats

    def draw(self, seed: np.random.SeedSequence, assumptions: Assumptions) -> Records:
        """Changes of one replication in order of time, an array of `EVENT`."""
        if not (assumptions.absence or assumptions.lateness or self.lost.any()):
            return self._as_planned
        group, start = self.group.copy(), self.start.copy()
        coming, being, leaving = map(np.random.default_rng, seed.spawn(3))
        shifts = len(self.shift_start)
        missing = coming.random(shifts) < assumptions.absence
        group[missing[self.shift]] = AWAY
        group[leaving.random(len(group)) < self.lost] = AWAY
        late = assumptions.lateness
        if late is not None:
            delays = np.where(
                being.random(shifts) < late.probability,
                60 * late.minutes * being.exponential(size=shifts),
                0.0,
            )
            due = (self.shift_start + delays)[self.shift]
            # Of the pieces that are missed, the last one is begun late; the shift's end stays.
            follows = np.append(self.shift[1:] == self.shift[:-1], False)
            ends = np.append(start[1:], np.inf)
            group[follows & (ends <= due)] = AWAY
            start = np.where(follows & (start < due) & (ends > due), due, start)
        return _changes(start, self.agent, group, self.pause)

    @cached_property
    def _as_planned(self) -> Records:
        return _changes(self.start, self.agent, self.group, self.pause)


def _changes(start: Floats, agent: Ints, group: Ints, pause: Floats) -> Records:
    """What differs from the piece before, in order of time."""
    first = np.append(True, agent[1:] != agent[:-1])
    before = np.where(first, AWAY, np.roll(group, 1))
    paused = np.where(first, 0.0, np.roll(pause, 1))
    kept = (group != before) | (pause != paused)
    events = np.zeros(int(kept.sum()), dtype=EVENT)
    for name, values in (("time", start), ("agent", agent), ("group", group), ("pause", pause)):
        events[name] = values[kept]
    return events[np.argsort(events["time"], kind="stable")]


def read_roster(
    problem: Problem, schedule: Schedule, assumptions: Assumptions, routes: Routes
) -> Roster:
    """Cut the shifts of a schedule, and those before that reach into the horizon, into pieces."""
    everything = Schedule.of_shifts([*problem.previous.shifts, *schedule.shifts])
    usual = usual_queues(problem)
    left = np.array([queue.available(problem.horizon) for queue in problem.demand.queues])
    rows: list[Piece] = []
    starts: list[float] = []
    for row, agent in enumerate(problem.agents):
        group = routes.group(agent, usual[row])
        lost = np.zeros(left.shape[1])
        if assumptions.shrinkage and problem.serves[row].any():
            lost = 1 - left[problem.serves[row]].mean(axis=0)
        for shift in everything.of(agent.id):
            if shift.end <= 0:
                continue
            for span in _spans(problem, shift, group, routes):
                for minute, share in _cut(span, assumptions.spell, lost, problem.horizon.interval):
                    rows.append((60.0 * minute, row, span[2], 60.0 * span[3], len(starts), share))
            starts.append(60.0 * max(shift.start, 0))
    columns = np.array(rows, dtype=float).reshape(-1, 6).T
    agents, groups, number = (columns[place].astype(np.int64) for place in (1, 2, 4))
    return Roster(columns[0], agents, groups, columns[3], number, columns[5], np.array(starts))


def _cut(span: Span, spell: int, lost: Floats, interval: int) -> Iterator[tuple[int, float]]:
    """Minutes at which pieces of a span begin, and the chance that its agent is away in each."""
    start, end, group, _ = span
    if group == AWAY or not lost[start // interval : -(-end // interval)].any():
        yield start, 0.0
        return
    for minute in range(start, end, spell):
        yield minute, float(lost[min(minute // interval, len(lost) - 1)])


def _spans(problem: Problem, shift: Shift, group: int, routes: Routes) -> Iterator[Span]:
    """A shift span by span; at last its end, which takes no time."""
    agent = problem.agent(shift.agent)
    away = [(pause.start, pause.end, AWAY, pause.end - pause.start) for pause in shift.breaks]
    for held in shift.activities:
        queues = turn_queues(problem, shift.agent, held)
        away.append(
            (held.start, held.end, routes.group(agent, queues) if queues.any() else AWAY, 0)
        )
    now = shift.start
    for start, end, which, pause in [*sorted(away), (shift.end, shift.end, AWAY, 0)]:
        if start > now:
            yield from _inside(now, start, group, 0)
        yield from _inside(start, end, which, pause)
        now = end


def _inside(start: int, end: int, group: int, pause: int) -> Iterator[Span]:
    """A span without what lies before the horizon."""
    if end > 0:
        yield max(start, 0), end, group, pause
