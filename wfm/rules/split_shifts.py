"""How many split shifts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import numpy as np
from pydantic import Field

from wfm.agent_rule import AgentRule
from wfm.horizon import DAY
from wfm.limit import Cells, Grid, Limit, by_value, each
from wfm.number import Number
from wfm.problem import Problem
from wfm.rule import Example, Violation
from wfm.rules._judge import iso_weeks
from wfm.rules._judge_weeks import told
from wfm.rules.example import FRIDAY, example
from wfm.schedule import Schedule, Shift


class SplitShifts(AgentRule):
    """In a week at most so many shifts that a long unpaid break splits in two.

    The unit of breach is a split shift too many. A shift belongs to the week of the day on which it
    starts; weeks are ISO weeks, those that the horizon cuts included. The previous period's split
    shifts of the first week count, but what they alone have taken beyond is not counted again.

    Parameters
    ----------
    gap : int
        Minutes of a single unpaid break that split a shift.
    most : int
        Split shifts a week; none by default.
    """

    answers: ClassVar[tuple[str, ...]] = ("span", "seam")
    numbers: ClassVar[tuple[Number, ...]] = (Number("most", 1),)

    gap: int = Field(ge=5, le=DAY)
    most: int = Field(default=0, ge=0, le=7)

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each week: at most so many, less those before the horizon."""
        split = np.array(
            [
                any(b.minutes >= self.gap and not b.paid for b in template.breaks)
                for template in x.options.templates
            ]
        )
        row = split[x.options.template]
        everyone = self.who(x.problem)
        past = {a: [s.day for s in x.before(a) if _is_split(s, self.gap)] for a in everyone}
        for first, last in x.weeks() if row.any() else ():
            days = range(max(first, 0), min(last, x.horizon.days - 1) + 1)
            cells = Cells(days[0], np.tile(row.astype(np.int64), (len(days), 1)))
            done = {agent: sum(day >= first for day in past[agent]) for agent in everyone}
            for count, agents in by_value(everyone, done.__getitem__).items():
                most = max(0, self.most - count)
                if most == 0:
                    yield from (Limit((one,), 0, each(agents)) for one in _single_days(cells))
                elif most < len(days):
                    yield Limit((cells,), most, each(agents))

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Count each agent's split shifts week by week."""
        past = Schedule.of_shifts(problem.previous.shifts)
        for agent in self.who(problem):
            for week in iso_weeks(problem.horizon):
                before, now = (
                    [s for s in shifts.of(agent) if s.day in week and self._splits(s)]
                    for shifts in (past, schedule)
                )
                over = min(len(now), len(before) + len(now) - self.most)
                if over > 0:
                    sentence = (
                        f"{problem.agent(agent)} has {_shifts(len(before) + len(now))} "
                        f"{told(problem.horizon, week)}; at most {self.most} may be."
                    )
                    yield self.breach((agent,), now[-1].day, over, sentence)

    def _splits(self, shift: Shift) -> bool:
        unpaid = [pause.end - pause.start for pause in shift.breaks if not pause.paid]
        return max(unpaid, default=0) >= self.gap

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        most = f"at most {_shifts(self.most)} a week" if self.most else "no split shift"
        return f"{self.whom(problem)} has {most} (unpaid breaks from {self.gap} min on)"

    @classmethod
    def examples(cls) -> list[Example]:
        """Count split shifts in a week, in cut weeks, and over the seam."""
        none = cls(agents=("anna", "ben"), gap=30)
        two = cls(gap=30, most=2)
        long = cls(gap=45)
        three = {"anna": "DED"}
        return [
            example("no split shift", none, {"anna": "S-NN---", "cleo": "E------"}),
            example("three split shifts", none, {"anna": "S-N-E--", "ben": "-L--D--"}, 3),
            example("two a week", two, {"anna": "EE-NN--DD-S-S-"}),
            example("three a week", two, {"anna": "EE-NL--DDD----"}, 2),
            example("at the horizon's end", two, {"anna": "----DDD"}, 1),
            example("in a cut week", two, {"anna": "-------DDD"}, 1),
            example("the night before is last week's", two, {"anna": "NDD----"}, before=three),
            example("across the seam", two, {"anna": "-E-"}, 1, before=three, start=FRIDAY),
            example(
                "one of two across the seam",
                two,
                {"anna": "EE-"},
                1,
                before={"anna": "NSE"},
                start=FRIDAY,
            ),
            example("the breaks are short", long, {"anna": "EDLNS--"}),
        ]


def _single_days(cells: Cells) -> Iterator[Cells]:
    yield from (Cells(cells.day + n, cells.grid[n : n + 1]) for n in range(len(cells.grid)))


def _is_split(shift: Shift, gap: int) -> bool:
    return any(not pause.paid and pause.start + gap <= pause.end for pause in shift.breaks)


def _shifts(count: int) -> str:
    return "1 split shift" if count == 1 else f"{count} split shifts"
