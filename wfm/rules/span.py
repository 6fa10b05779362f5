"""How long a day's work stretches, its gaps included."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from math import floor
from typing import ClassVar

import numpy as np
from pydantic import Field

from wfm.agent_rule import AgentRule
from wfm.limit import Cells, Grid, Limit, each
from wfm.number import Number
from wfm.problem import Problem
from wfm.rule import Example, Violation
from wfm.rules.example import SPRING_SATURDAY, example
from wfm.schedule import Schedule


class Span(AgentRule):
    """From the first start to the last end of a day's work at most so many hours.

    The unit of breach is a minute beyond. Breaks are part of the span, and so is the long gap of a
    split shift. What starts on a day belongs to it, past midnight and past the horizon's end; the
    previous period's days are not judged again.

    Parameters
    ----------
    hours : float
        The longest span.
    """

    answers: ClassVar[tuple[str, ...]] = ("span",)
    numbers: ClassVar[tuple[Number, ...]] = (Number("hours", 1, "hours"),)

    hours: float = Field(gt=0, le=24)

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each day: no minute beyond in the shift, of which there is at most one."""
        beyond = np.maximum(0, x.options.length - floor(60 * self.hours + 1e-9))
        agents = each(self.who(x.problem))
        for day in range(x.horizon.days):
            row = beyond * x.options.offered[day]
            if row.any():
                yield Limit((Cells(day, row[None, :]),), 0, agents)

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Measure each day's work from its first start to its last end."""
        most = int(60 * self.hours + 1e-9)
        label = problem.horizon.label
        for agent in self.who(problem):
            for day, shifts in groupby(schedule.of(agent), key=lambda shift: shift.day):
                group = list(shifts)
                start, end = group[0].start, max(shift.end for shift in group)
                if end - start > most:
                    sentence = (
                        f"{problem.agent(agent)}'s work from {label(start)} to {label(end)} "
                        f"stretches over {round((end - start) / 60, 2):g} h; "
                        f"at most {self.hours:g} h are allowed."
                    )
                    yield self.breach((agent,), day, end - start - most, sentence)

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        return (
            f"{self.whom(problem)} works within {self.hours:g} h a day, from the first start to "
            f"the last end"
        )

    @classmethod
    def examples(cls) -> list[Example]:
        """Measure days that fit, days that do not, and the last one."""
        fits = cls(hours=8.5)
        eight = cls(hours=8)
        six = cls(agents=("anna",), hours=6)
        changed = cls(hours=7)
        return [
            example("breaks included", fits, {"anna": "EDLNS--"}),
            example("half an hour beyond", eight, {"anna": "E-L----", "ben": "-D-----"}, 90),
            example("a short day and nights fit", eight, {"anna": "SNS-NN-"}),
            example("a night is beyond", six, {"anna": "--N----", "ben": "N-N----"}, 120),
            example("on the first day", six, {"anna": "E------"}, 150),
            example("at the horizon's end", eight, {"anna": "------L"}, 30),
            example("a night's morning does not count", eight, {"anna": "NL-----"}, 30),
            example("not again over the seam", eight, {"anna": "S------"}, before={"anna": "EL"}),
            example("as long as time ran", changed, {"anna": "NN"}, 120, start=SPRING_SATURDAY),
        ]
