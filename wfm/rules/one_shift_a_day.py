"""No second shift on a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import ClassVar

from wfm.agent_rule import AgentRule
from wfm.limit import Grid, Limit, each
from wfm.problem import Problem
from wfm.rule import Example, Violation
from wfm.rules.example import example
from wfm.schedule import Schedule


class OneShiftADay(AgentRule):
    """At most one shift starts on a day.

    The unit of breach is a shift too many. A shift that began the day before and lasts past
    midnight belongs to the day before.
    """

    answers: ClassVar[tuple[str, ...]] = ("span",)

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each day: at most one of its shifts."""
        agents = each(self.who(x.problem))
        for day in range(x.horizon.days):
            yield Limit((x.works(day, day),), 1, agents)

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Count the shifts that each agent starts on each day."""
        for agent in self.who(problem):
            starts = Counter(shift.day for shift in schedule.of(agent))
            for day, count in starts.items():
                if count > 1:
                    sentence = (
                        f"{problem.agent(agent)} starts {count} shifts on "
                        f"{problem.horizon.day_label(day)}; at most one is allowed."
                    )
                    yield self.breach((agent,), day, count - 1, sentence)

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        return f"{self.whom(problem)} starts at most one shift a day"

    @classmethod
    def examples(cls) -> list[Example]:
        """Start a second shift on the first, a middle and the last day."""
        rule = cls()
        night = {"anna": "N"}
        return [
            example("one a day", rule, {"anna": "EEEEE--", "ben": "--LLLLL"}),
            example("a second on the first day", rule, {"anna": "S------"}, 1, also={"anna": "L"}),
            example("three in one day", rule, {"ben": "-SS----"}, 2, also={"ben": "-LL"}),
            example("at the horizon's end", rule, {"cleo": "------S"}, 1, also={"cleo": "------L"}),
            example("a night ends on the next shift's day", rule, {"anna": "NL-----"}),
            example("a night of the previous period", rule, {"anna": "L------"}, before=night),
            example("others do not count", cls(agents=("ben",)), {"anna": "S"}, also={"anna": "L"}),
        ]
