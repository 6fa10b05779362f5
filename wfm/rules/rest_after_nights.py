"""A longer rest after a run of nights."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from wfm.agent_rule import AgentRule
from wfm.horizon import DAY
from wfm.limit import Cells, Grid, Limit, by_value, each
from wfm.number import Number
from wfm.problem import Problem
from wfm.rule import Example, Violation
from wfm.rules.example import SPRING_SATURDAY, example
from wfm.schedule import Schedule, Shift

NEVER = -(10**6)
"""An end of a rest that binds nothing."""


class RestAfterNights(AgentRule):
    """After a run of nights, so many hours until a shift that is none of them.

    The unit of breach is a shift that starts too early. A run is nights on consecutive days, those
    of the previous period included; another night may follow it at any time. Shifts reach past the
    horizon's end, but no promise is judged there.

    Parameters
    ----------
    hours : float
        Hours from the end of the run's last night to the start of any other shift.
    templates : tuple of str
        Ids of the shift templates that are nights.
    nights : int
        Fewest nights in a row after which the rest is due.
    """

    answers: ClassVar[tuple[str, ...]] = ("rest", "nights", "seam")
    numbers: ClassVar[tuple[Number, ...]] = (Number("hours", -1, "hours"),)

    hours: float = Field(gt=0, le=168)
    templates: tuple[str, ...] = Field(min_length=1)
    nights: int = Field(default=1, ge=1, le=14)

    def check(self, problem: Problem) -> None:
        """Raise `InputError` if someone bound or a template is not in the problem."""
        super().check(problem)
        problem.must_know("shifts", self.templates, f"rule {self.name()}.templates")

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each last night of a run and each end of it: no other shift too soon after."""
        rest = ceil(self.hours * 60 - 1e-9)
        everyone = self.who(x.problem)
        past = {a: [s for s in x.before(a) if s.template in self.templates] for a in everyone}
        night = x.works_template(0, self.templates).grid[0] > 0
        for until, agents in by_value(everyone, lambda a: self._until(past[a], rest)).items():
            for day in range(x.horizon.days):
                early = ~night & (x.options.start[day] < until)
                if early.any():
                    cells = Cells(day, early[None, :].astype(np.int64))
                    yield Limit((cells,), 0, each(agents), f"day {day}")
        for last in range(x.horizon.days - 1):
            first = last - self.nights + 1
            bound = [a for a in everyone if {s.day for s in past[a]}.issuperset(range(first, 0))]
            for cells in self._too_soon(x, last, night, rest) if bound else ():
                most = last - max(first, 0) + 1
                yield Limit((cells,), most, each(bound), f"day {cells.days[-1]}")

    def _until(self, nights: list[Shift], rest: int) -> int:
        """When the rest ends that the previous period's nights leave behind."""
        days = {shift.day for shift in nights}
        ends = [s.end for s in nights if days.issuperset(range(s.day - self.nights + 1, s.day))]
        return max(ends, default=NEVER) + rest

    def _too_soon(self, x: Grid, last: int, night: NDArray[np.bool_], rest: int) -> Iterator[Cells]:
        """One for each night of a run that ends on a day, and for each shift too soon after it."""
        first = max(0, last - self.nights + 1)
        ends = np.unique(x.options.end[last][night & x.options.offered[last]])
        for day in range(last + 1, min(last + 3 + rest // DAY, x.horizon.days)):
            told = np.zeros(len(night), dtype=bool)
            for end in ends:
                early = ~night & x.options.offered[day] & (x.options.start[day] < end + rest)
                if (early == told).all():
                    continue
                told = early
                grid = np.zeros((day - first + 1, len(night)), dtype=np.int64)
                grid[: last - first] = night
                grid[last - first] = night & (x.options.end[last] >= end)
                grid[-1] = early
                yield Cells(first, grid)

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Look back from each shift that is no night to the runs before it."""
        past = Schedule.of_shifts(problem.previous.shifts)
        for agent in self.who(problem):
            run, night, ended = 0, NEVER, None
            for shift in [*past.of(agent), *schedule.of(agent)]:
                if shift.template in self.templates:
                    run = run + 1 if shift.day - night <= 1 else 1
                    night = shift.day
                    ended = shift.end if run >= self.nights else ended
                elif ended is not None and shift.day >= 0:
                    rest = (shift.start - ended) / 60
                    if rest < self.hours:
                        sentence = (
                            f"{problem.agent(agent)} rests {rest:g} h from the last night until "
                            f"the shift on {problem.horizon.label(shift.start)}; "
                            f"at least {self.hours:g} h are due."
                        )
                        yield self.breach((agent,), shift.day, 1, sentence)

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        run = "a night" if self.nights == 1 else f"{self.nights} nights in a row or more"
        return (
            f"{self.whom(problem)} rests at least {self.hours:g} h after {run} "
            f"({' or '.join(self.templates)}) until any other shift"
        )

    @classmethod
    def examples(cls) -> list[Example]:
        """Rest after one night and after several, inside the horizon and at both its ends."""
        two_days = cls(hours=48, templates=("night",))
        run = cls(hours=72, templates=("night",), nights=3)
        soon = cls(hours=24, templates=("night", "late"), agents=("anna", "ben"))
        changed = cls(hours=24, templates=("night",))
        return [
            example("two days off after nights", two_days, {"anna": "NNN--DD"}),
            example("one day off after nights", two_days, {"anna": "NN-D---", "ben": "--NE---"}, 2),
            example("one day off and an early shift", two_days, {"anna": "-N-ED--"}, 1),
            example("both too early", two_days, {"anna": "-NLE---"}, 2),
            example("night after a day off", two_days, {"anna": "N-N-N--"}),
            example("at the horizon's end", two_days, {"anna": "----N-L", "ben": "-----NL"}, 2),
            example("two nights are no run", run, {"anna": "NN-D-NN"}),
            example("three nights are one", run, {"anna": "NNN--L-", "ben": "-NNNN-D"}, 2),
            example("a night off breaks the run", run, {"anna": "N-NND--"}),
            example("a night between", run, {"anna": "NNN-ND-"}, 1),
            example("across the seam", two_days, {"anna": "DDD"}, 2, before={"anna": "N"}),
            example("a run across the seam", run, {"anna": "N-D---D"}, 1, before={"anna": "NN"}),
            example("a run of the past", run, {"anna": "--D"}, 1, before={"anna": "NNN"}),
            example("no run of the past", run, {"anna": "-ND"}, before={"anna": "NN"}),
            example("two templates", soon, {"anna": "LNLE---", "ben": "L-S", "cleo": "NE-"}, 1),
            example("the clocks take an hour", changed, {"anna": "N-E"}, 1, start=SPRING_SATURDAY),
        ]
