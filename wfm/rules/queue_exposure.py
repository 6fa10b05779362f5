"""No more than so many hours a day on a hard queue, in turns with a recovery after each."""

from __future__ import annotations

from collections.abc import Iterator
from math import floor

import numpy as np
from pydantic import Field

from wfm.agent_rule import AgentRule
from wfm.limit import Cells, Grid, Limit, each
from wfm.piece import RECOVERY, Piece
from wfm.problem import Problem
from wfm.rule import Example, Violation
from wfm.rules._named import check_named, check_whole
from wfm.rules.example import example
from wfm.schedule import Schedule


class QueueExposure(AgentRule):
    """Those who serve a queue are on it for so many hours of a shift at most, in turns.

    Each turn is as long as all others, and is directly followed by a paid recovery, in which no
    queue is answered. Outside their turns these agents answer their other queues only. So whoever
    serves no other queue is not to be on duty for longer than all turns and recoveries last; the
    unit of breach is a minute of such a shift, breaks left out, beyond that. Turns that are too
    many, too long, or without their recovery are no fault of degree: a schedule that holds one is
    no schedule. A shift belongs to the day on which it starts, also if it reaches past the
    horizon's end; shifts of the previous period are not judged again.

    Parameters
    ----------
    queue : str
        Id of the queue.
    hours : float
        On the queue in a shift at most.
    turn : int
        Minutes of a turn.
    recovery : int
        Minutes of paid recovery after a turn; 0 for none.
    """

    queue: str = Field(min_length=1)
    hours: float = Field(ge=0, le=24)
    turn: int = Field(default=60, ge=5, le=720)
    recovery: int = Field(default=15, ge=0, le=240)

    def check(self, problem: Problem) -> None:
        """Raise `InputError` if people or the queue are unknown, or a length is not whole."""
        super().check(problem)
        problem.must_know("queues", (self.queue,), f"rule {self.name()}.queue")
        check_named(problem, f"rule {self.name()}.queue", self.queue)
        check_named(problem, f"rule {self.name()}.recovery", RECOVERY)
        check_whole(problem, f"rule {self.name()}.turn", self.turn)
        check_whole(problem, f"rule {self.name()}.recovery", self.recovery)

    @property
    def _turns(self) -> int:
        return int(60 * self.hours + 1e-6) // self.turn

    def _serving(self, problem: Problem) -> list[str]:
        """Whom it binds of those who serve the queue."""
        queue = [each.id for each in problem.demand.queues].index(self.queue)
        bound = set(self.who(problem))
        serves = zip(problem.agents, problem.serves[:, queue], strict=True)
        return [agent.id for agent, may in serves if may and agent.id in bound]

    def pieces(self, problem: Problem) -> Iterator[Piece]:
        """Turns in each shift, none of which has to be taken."""
        agents = tuple(self._serving(problem))
        if agents:
            yield Piece(
                name=self.queue,
                minutes=self.turn,
                agents=agents,
                days=tuple(range(problem.horizon.days)),
                each_shift=self._turns,
                queues=(self.queue,),
                recovery=self.recovery,
            )

    def limits(self, x: Grid) -> Iterator[Limit]:
        """On each day, for those who serve no other queue: no minute beyond the turns."""
        alone = x.problem.serves.sum(axis=1) == 1
        serving = set(self._serving(x.problem))
        agents = [
            agent.id
            for agent, one in zip(x.problem.agents, alone, strict=True)
            if one and agent.id in serving
        ]
        templates = x.options.templates
        breaks = np.array([sum(b.minutes for b in t.breaks) for t in templates], dtype=np.int64)
        work = x.options.length - breaks[x.options.template]
        over = np.maximum(0, work - self._turns * (self.turn + self.recovery))
        if agents and over.any():
            for day in range(x.horizon.days):
                yield Limit((Cells(day, over[None, :]),), 0, each(agents))

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Compare the working time of each shift with what the turns fill."""
        opened = {skill.id: set(skill.queues) for skill in problem.skills}
        count = floor(round(60 * self.hours, 6) / self.turn)
        filled = count * self.turn + count * self.recovery
        for agent in self.who(problem):
            queues = set().union(*(opened[skill] for skill in problem.agent(agent).skills))
            if queues != {self.queue}:
                continue
            for shift in schedule.of(agent):
                rest = sum(taken.end - taken.start for taken in shift.breaks)
                over = shift.end - shift.start - rest - filled
                if over > 0:
                    sentence = (
                        f"{problem.agent(agent)} serves only {self.queue}, and is on duty for "
                        f"{shift.end - shift.start - rest} min on "
                        f"{problem.horizon.day_label(shift.day)}; turns and recovery fill "
                        f"{filled} min."
                    )
                    yield self.breach((agent,), shift.day, over, sentence)

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        told = (
            f"{self.whom(problem)} is on {self.queue} for at most {self.hours:g} hours of a shift"
        )
        after = f", with {self.recovery} min of recovery after each" if self.recovery else ""
        return f"{told}, in turns of {self.turn} min{after}"

    @classmethod
    def examples(cls) -> list[Example]:
        """Shifts of people who serve the queue alone, as long as the turns and longer."""
        four = cls(queue="calls", hours=4, recovery=0)
        three = cls(agents=("anna",), queue="calls", hours=3, recovery=30)
        halves = cls(agents=("anna", "ben"), queue="calls", hours=4.75, turn=90, recovery=30)
        never = cls(skills=("lead",), queue="calls", hours=0, recovery=30)
        return [
            example("as long as the turns", four, {"anna": "S-S----"}),
            example("four hours too long", four, {"anna": "SD-----", "ben": "E-----E"}, 720),
            example("at the horizon's end", four, {"cleo": "------E"}, 240),
            example("across midnight", four, {"cleo": "-N-----"}, 240),
            example("recovery fills time too", three, {"anna": "SDN", "ben": "D--"}, 420),
            example("turns of an hour and a half", halves, {"anna": "D-N", "ben": "--S"}, 240),
            example("never on it", never, {"anna": "S--", "ben": "S--", "cleo": "--S"}, 480),
            example("not in the past", four, {"anna": "-S"}, before={"anna": "D"}),
        ]
