"""Never too many of a group away on one day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from pydantic import Field

from wfm.limit import Grid, Limit
from wfm.number import Number
from wfm.problem import Problem
from wfm.rule import Example, Violation
from wfm.rules._group import group_words
from wfm.rules._on_days import DaysRule
from wfm.rules.example import example
from wfm.schedule import Schedule


class MaxAbsent(DaysRule):
    """On each day, at most so many of a group do not work: all the others do.

    Who starts a shift on a day works on it, however late; a night that began on the day before, in
    the previous period or in this one, does not count. The unit of breach is a person too many who
    does not work, on a day.

    Parameters
    ----------
    most : int
        How many may be away.
    """

    numbers: ClassVar[tuple[Number, ...]] = (Number("most", 1),)

    most: int = Field(ge=0)

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each day: at least the group's size less the most work."""
        group = tuple(self.who(x.problem))
        due = len(group) - self.most
        if due > 0:
            for day in self.stated_days(x):
                yield Limit((-x.works(day, day),) * len(group), -due, (group,))

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Name those who start no shift, day by day."""
        group = self.who(problem)
        for day in range(problem.horizon.days):
            if self.holds_on(problem.horizon, day):
                away = tuple(agent for agent in group if schedule.on(agent, day) is None)
                if len(away) > self.most:
                    names = ", ".join(str(problem.agent(agent)) for agent in away)
                    sentence = (
                        f"On {problem.horizon.day_label(day)} {len(away)} of {len(group)} have no "
                        f"shift ({names}); at most {self.most} may be without one."
                    )
                    yield self.breach(away, day, len(away) - self.most, sentence)

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        size = len(self.who(problem))
        group = group_words(self, problem)
        return f"at most {self.most} of {group} ({size}) have no shift on the same day{self.when()}"

    @classmethod
    def examples(cls) -> list[Example]:
        """A whole centre and a team, on all days, on some weekdays, and within dates."""
        one = cls(most=1)
        red = cls(teams=("red",), most=0, days=("Mon", "Sun"))
        two = cls(most=2, dates=(date(2026, 12, 8), date(2026, 12, 10)))
        spell = cls(
            agents=("anna", "cleo"), most=0, since=date(2026, 12, 8), until=date(2026, 12, 9)
        )
        even = cls(most=0, waived_by=("ben", "cleo"), days=("Wed",), weeks="even")
        return [
            example("two of three work", one, {"anna": "EEE", "ben": "DD-", "cleo": "--E"}),
            example("one of three works", one, {"anna": "E-E", "ben": "DD-", "cleo": "---"}, 2),
            example("nobody works", one, {"anna": "E--", "ben": "N--"}, 4),
            example("on Monday and Sunday", red, {"anna": "E-----E", "ben": "---EEE-"}, 2),
            example("at the horizon's end", red, {"anna": "E------", "ben": "E-----E"}, 1),
            example("a night's morning", one, {"anna": "NN", "ben": "N-", "cleo": "--"}, 1),
            example("on two dates", two, {"anna": "--E-E--"}, 2),
            example("within dates", spell, {"anna": "-E-E", "cleo": "-EE-"}, 1),
            example("one in even weeks", even, {"anna": "EE-EE--EE-----"}, 1),
            example("across the seam", one, {"anna": "-", "ben": "E"}, 1, before={"anna": "N"}),
        ]
