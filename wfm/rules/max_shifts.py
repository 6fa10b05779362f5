"""How many shifts of some templates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import numpy as np
from pydantic import Field

from wfm.agent_rule import AgentRule
from wfm.limit import Cells, Grid, Limit, each
from wfm.number import Number
from wfm.problem import Problem
from wfm.rule import Example, Violation
from wfm.rules.example import example
from wfm.schedule import Schedule


class MaxShifts(AgentRule):
    """At most so many shifts of some templates in the whole horizon.

    The unit of breach is a shift too many. Shifts of the previous period do not count.

    Parameters
    ----------
    templates : tuple of str
        Ids of shift templates, whose shifts are counted together.
    most : int
        How many; with 0 none of them is worked at all.
    """

    numbers: ClassVar[tuple[Number, ...]] = (Number("most", 1),)

    templates: tuple[str, ...] = Field(min_length=1)
    most: int = Field(ge=0)

    def check(self, problem: Problem) -> None:
        """Raise `InputError` if an agent, a contract or a template is not in the problem."""
        super().check(problem)
        problem.must_know("shifts", self.templates, f"rule {self.name()}.templates")

    def limits(self, x: Grid) -> Iterator[Limit]:
        """Over all days: at most so many of the templates' shifts."""
        row = x.works_template(0, self.templates).grid
        grid = np.repeat(row, x.horizon.days, axis=0)
        yield Limit((Cells(0, grid),), self.most, each(self.who(x.problem)))

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Count each agent's shifts by their templates."""
        named = " or ".join(repr(template) for template in self.templates)
        for agent in self.who(problem):
            worked = [shift for shift in schedule.of(agent) if shift.template in self.templates]
            over = len(worked) - self.most
            if over > 0:
                sentence = (
                    f"{problem.agent(agent)} works {len(worked)} shifts of {named}; "
                    f"at most {self.most} may be."
                )
                yield self.breach((agent,), worked[-1].day, over, sentence)

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        named = " or ".join(repr(template) for template in self.templates)
        return f"{self.whom(problem)} works at most {self.most} shifts of {named}"

    @classmethod
    def examples(cls) -> list[Example]:
        """Count one template and two together, up to the horizon's end."""
        two = cls(templates=("late",), most=2)
        both = cls(templates=("early", "night"), most=3)
        none = cls(agents=("ben",), templates=("night",), most=0)
        return [
            example("as many as may be", two, {"anna": "LL-EE--", "ben": "L-----L"}),
            example("one and two too many", two, {"anna": "LLL----", "ben": "LLLL---"}, 3),
            example("at the horizon's end", two, {"anna": "L-L---L"}, 1),
            example("two templates together", both, {"anna": "EENN---", "ben": "NNN--DD"}, 1),
            example("none at all", none, {"anna": "NN-----", "ben": "--EN---"}, 1),
            example("a night past the horizon's end", none, {"ben": "------N"}, 1),
            example(
                "the previous period does not count", two, {"anna": "LL"}, before={"anna": "L"}
            ),
        ]
