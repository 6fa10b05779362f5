"""How many shifts of some templates at least."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from wfm.agent_rule import AgentRule
from wfm.limit import Cells, Grid, Limit, by_value, each
from wfm.number import Number
from wfm.problem import Problem
from wfm.rule import Example, Violation
from wfm.rules._judge_weeks import told, whole_weeks
from wfm.rules.example import FRIDAY, example
from wfm.schedule import Schedule


class MinShifts(AgentRule):
    """At least so many shifts of some templates in each week or in the whole horizon.

    The unit of breach is a missing shift. Weeks are ISO weeks, and only those of which every day
    is known are judged: a week ends inside the horizon, and begins inside it or in a previous
    period whose shifts are given, which then count. Those do not count towards the horizon's.

    Parameters
    ----------
    templates : tuple of str
        Ids of shift templates, whose shifts are counted together.
    least : int
        How many.
    per : {"week", "horizon"}
        The stretch over which they are counted.
    """

    answers: ClassVar[tuple[str, ...]] = ("seam",)
    numbers: ClassVar[tuple[Number, ...]] = (Number("least", -1),)

    templates: tuple[str, ...] = Field(min_length=1)
    least: int = Field(ge=1)
    per: Literal["week", "horizon"] = "week"

    def check(self, problem: Problem) -> None:
        """Raise `InputError` if an agent, a contract or a template is not in the problem."""
        super().check(problem)
        problem.must_know("shifts", self.templates, f"rule {self.name()}.templates")

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each stretch: at least so many of the templates' shifts, less those of the past."""
        everyone = self.who(x.problem)
        weeks = x.weeks(whole=True) if self.per == "week" else [(0, x.horizon.days - 1)]
        row = x.works_template(0, self.templates).grid
        for first, last in weeks:
            begin = max(0, first)
            cells = Cells(begin, -np.repeat(row, last - begin + 1, axis=0))
            past = {
                agent: sum(s.day >= first and s.template in self.templates for s in x.before(agent))
                for agent in everyone
            }
            for done, agents in by_value(everyone, past.__getitem__).items():
                if done < self.least:
                    yield Limit((cells,), done - self.least, each(agents))

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Count each agent's shifts by their templates, stretch by stretch."""
        named = " or ".join(repr(template) for template in self.templates)
        horizon = problem.horizon
        whole = [list(range(horizon.days))]
        stretches = whole if self.per == "horizon" else whole_weeks(problem, 1, None)
        past = Schedule.of_shifts(problem.previous.shifts)
        for agent in self.who(problem):
            shifts = [*past.of(agent), *schedule.of(agent)]
            worked = [shift.day for shift in shifts if shift.template in self.templates]
            for days in stretches:
                found = sum(day in days for day in worked)
                if found < self.least and days[-1] >= 0:
                    sentence = (
                        f"{problem.agent(agent)} works {found} shifts of {named} "
                        f"{told(horizon, days)}; at least {self.least} are due."
                    )
                    yield self.breach((agent,), days[-1], self.least - found, sentence)

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        named = " or ".join(repr(template) for template in self.templates)
        stretch = "a week" if self.per == "week" else "over the horizon"
        return f"{self.whom(problem)} works at least {self.least} shifts of {named} {stretch}"

    @classmethod
    def examples(cls) -> list[Example]:
        """Count one template and two together, by the week and over all."""
        one = cls(agents=("anna",), templates=("night",), least=1)
        both = cls(agents=("anna", "ben"), templates=("early", "night"), least=3)
        horizon = cls(agents=("anna",), templates=("late",), least=2, per="horizon")
        return [
            example("as many as are due", both, {"anna": "EEN----", "ben": "E-E-N-N"}),
            example("one and three missing", both, {"anna": "EED----", "ben": "LLLL---"}, 4),
            example("at the horizon's end", one, {"anna": "-LL---N"}),
            example("too late for its week", one, {"anna": "-------N------"}, 1),
            example("a week cut by the end", one, {"anna": "N-------"}),
            example("a week that began unseen", one, {"anna": "---"}, start=FRIDAY),
            example("across the seam", one, {"anna": "---"}, before={"anna": "N-L"}, start=FRIDAY),
            example(
                "none on either side", one, {"anna": "DD-"}, 1, before={"anna": "LLL"}, start=FRIDAY
            ),
            example("over the horizon", horizon, {"anna": "L-E-L"}),
            example("one missing over it", horizon, {"anna": "L-E"}, 1, before={"anna": "LL"}),
        ]
