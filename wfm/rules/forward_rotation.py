"""Later and later, and never back without a day off."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import ClassVar

import numpy as np
from pydantic import Field

from wfm.agent_rule import AgentRule
from wfm.limit import Cells, Grid, Limit, by_value, each
from wfm.number import Number
from wfm.problem import Problem
from wfm.rule import Example, Violation
from wfm.rules._clock import clock_start, clock_starts
from wfm.rules._judge_clock import started
from wfm.rules.example import example
from wfm.schedule import Schedule


class ForwardRotation(AgentRule):
    """The next shift does not start earlier on the clock than the one before, until a day off.

    The unit of breach is a minute by which a shift starts too early on the clock. The order is by
    the wall-clock time at which shifts start, so that a night of 22:00 comes last, and an early
    shift on the day after it goes back. The last shift of the previous period counts.

    Parameters
    ----------
    tolerance : int
        Minutes by which a shift may start earlier all the same.
    after_days_off : int
        Days off after which the order begins anew.
    """

    numbers: ClassVar[tuple[Number, ...]] = (Number("tolerance", 1, "minutes"),)

    tolerance: int = Field(default=0, ge=0, le=1440)
    after_days_off: int = Field(default=1, ge=1, le=7)

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each two days: the first start less the second, if nothing is worked between."""
        everyone = self.who(x.problem)
        clock = clock_starts(x)
        last = {agent: _last(x, agent) for agent in everyone}
        for found, agents in by_value(everyone, last.__getitem__).items():
            if found is not None:
                yield from self._from_the_past(clock, found, agents)
        for first in range(x.horizon.days - 1):
            for then in range(first + 1, min(first + self.after_days_off + 1, x.horizon.days)):
                bound = int(clock[[first, then]].max())
                if clock[first].max() - clock[then].min() > self.tolerance:
                    grid = np.full((then - first + 1, clock.shape[1]), -2 * bound)
                    grid[0] = clock[first]
                    grid[-1] = bound - clock[then]
                    most = bound + self.tolerance
                    yield Limit((Cells(first, grid),), most, each(everyone))

    def _from_the_past(
        self, clock: np.ndarray, found: tuple[int, int], agents: list[str]
    ) -> Iterator[Limit]:
        day, start = found
        for then in range(min(day + self.after_days_off + 1, len(clock))):
            early = np.maximum(0, start - self.tolerance - clock[then])
            if early.any():
                grid = np.full((then + 1, clock.shape[1]), -int(early.max()))
                grid[-1] = early
                yield Limit((Cells(0, grid),), 0, each(agents))

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Compare each shift's start on the clock with the shift before."""
        horizon = problem.horizon
        past = Schedule.of_shifts(problem.previous.shifts)
        for agent in self.who(problem):
            for one, other in pairwise([*past.of(agent), *schedule.of(agent)]):
                if other.day < 0 or not 0 < other.day - one.day <= self.after_days_off:
                    continue
                early = started(one, horizon) - started(other, horizon) - self.tolerance
                if early > 0:
                    sentence = (
                        f"{problem.agent(agent)} starts on {horizon.label(other.start)}, after a "
                        f"shift that started on {horizon.label(one.start)}: "
                        f"{early + self.tolerance} min earlier on the clock, where at most "
                        f"{self.tolerance} min may be."
                    )
                    yield self.breach((agent,), other.day, early, sentence)

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        tolerance = f" by more than {self.tolerance} min" if self.tolerance else ""
        off = "a day" if self.after_days_off == 1 else f"{self.after_days_off} days"
        return (
            f"{self.whom(problem)} starts no shift earlier on the clock{tolerance} than the one "
            f"before it, unless {off} off lies between"
        )

    @classmethod
    def examples(cls) -> list[Example]:
        """Go forward, back, and back after a day off."""
        rule = cls()
        hours = cls(tolerance=300)
        two = cls(after_days_off=2)
        return [
            example("forward", rule, {"anna": "EDLNNN-"}),
            example("early after late", rule, {"anna": "-LE----"}, 480),
            example("back after a day off", rule, {"anna": "LN-E-SE"}, 180),
            example("within the tolerance", hours, {"anna": "-LD----"}),
            example("beyond the tolerance", hours, {"anna": "-LE----", "ben": "NL-----"}, 360),
            example("one day off is too few", two, {"anna": "L-E--E-"}, 480),
            example("two days off are enough", two, {"anna": "NN--E--", "ben": "L-N--E-"}),
            example("each shift is compared with the last", two, {"anna": "NDE----"}, 960),
            example("across midnight", rule, {"anna": "--NLL--"}, 480),
            example("at the horizon's end", rule, {"anna": "----ENE"}, 960),
            example("across the seam", rule, {"anna": "DL-----"}, 300, before={"anna": "EL"}),
            example("a day off at the seam", rule, {"anna": "E------"}, before={"anna": "L-"}),
            example("too few at the seam", two, {"anna": "E------"}, 480, before={"anna": "L-"}),
            example("worked at the seam", two, {"anna": "LE-----"}, 480, before={"anna": "L-"}),
        ]


def _last(x: Grid, agent: str) -> tuple[int, int] | None:
    shifts = x.before(agent)
    return (shifts[-1].day, clock_start(x, shifts[-1])) if shifts else None
