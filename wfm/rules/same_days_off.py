"""Members of a household off on the same days."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import ClassVar, Literal

from wfm.horizon import WEEKDAYS
from wfm.limit import Grid, Limit
from wfm.problem import Problem
from wfm.rule import Example, Rule, Violation
from wfm.rules.example import example
from wfm.schedule import Schedule
from wfm.window import Weekday


class SameDaysOff(Rule):
    """On each day, either all members of a household work or none does.

    The unit of breach is, on a day, two members next to each other in the household's list of whom
    one works and the other does not. A day is worked if a shift starts on it.

    Parameters
    ----------
    household : str
        Id of the household.
    days : tuple of str
        Weekdays on which it holds; all by default.
    """

    kind: ClassVar[Literal["work", "family", "wish"]] = "family"

    household: str
    days: tuple[Weekday, ...] = WEEKDAYS  # type: ignore[assignment]

    def check(self, problem: Problem) -> None:
        """Raise `InputError` if the household is not in the problem."""
        problem.must_know("households", (self.household,), f"rule {self.name()}.household")

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each day and two neighbours: neither works without the other."""
        pairs = tuple(pairwise(x.problem.household(self.household).members))
        for day in range(x.horizon.days):
            if WEEKDAYS[x.horizon.day_type(day)] in self.days:
                works = x.works(day, day)
                yield Limit((works, -works), 0, pairs)
                yield Limit((-works, works), 0, pairs)

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Compare, day by day, who works and who does not."""
        members = problem.household(self.household).members
        worked = {member: {shift.day for shift in schedule.of(member)} for member in members}
        for day in range(problem.horizon.days):
            label = problem.horizon.day_label(day)
            if WEEKDAYS[problem.horizon.day_type(day)] not in self.days:
                continue
            working = [member for member in members if day in worked[member]]
            steps = sum((one in working) != (other in working) for one, other in pairwise(members))
            if steps:
                at_work = " and ".join(str(problem.agent(member)) for member in working)
                rest = " and ".join(str(problem.agent(m)) for m in members if m not in working)
                sentence = (
                    f"On {label} there is a shift for {at_work} but none for {rest}; "
                    f"their days off are to be the same."
                )
                yield self.breach(members, day, steps, sentence)

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        names = [str(problem.agent(m)) for m in problem.household(self.household).members]
        days = "" if self.days == WEEKDAYS else f" on {' '.join(self.days)}"
        return f"{' and '.join(names)} have the same days off{days}"

    @classmethod
    def examples(cls) -> list[Example]:
        """Work and rest together, apart, and apart on other days than those named."""
        rule = cls(household="home")
        weekend = cls(household="home", days=("Sat", "Sun"))
        return [
            example("together", rule, {"anna": "EEE--EN", "ben": "NLE--DE", "cleo": "-E-----"}),
            example("one works alone", rule, {"anna": "EEE----", "ben": "EE-----"}, 1),
            example("each works alone once", rule, {"anna": "E------", "ben": "-E-----"}, 2),
            example("at the horizon's end", rule, {"anna": "-------", "ben": "------N"}, 1),
            example("a night's morning is off", rule, {"anna": "N------", "ben": "E------"}),
            example("apart on a weekday", weekend, {"anna": "EE---D-", "ben": "--EE-D-"}),
            example("apart on the weekend", weekend, {"anna": "-----D-", "ben": "------D"}, 2),
            example("the previous period is over", rule, {"anna": "-------"}, before={"anna": "D"}),
        ]
