"""Never everyone of a household on duty at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from typing import ClassVar, Literal

from pydantic import Field

from wfm.limit import Grid, Limit
from wfm.problem import Problem
from wfm.rule import Example, Rule, Violation
from wfm.rules._judge import occurrences
from wfm.rules.example import SPRING_SATURDAY, example
from wfm.schedule import Schedule
from wfm.window import Window


class SomeoneAtHome(Rule):
    """In a window, at least so many members of a household are not on duty, at every moment.

    The unit of breach is a missing member for a planning interval. Who is still on duty from the
    previous period cannot be called back: what is missing by that alone is not counted.

    Parameters
    ----------
    household : str
        Id of the household.
    windows : tuple of Window
        When someone must be at home.
    at_least : int
        How many must be at home.
    """

    kind: ClassVar[Literal["work", "family", "wish"]] = "family"

    household: str
    windows: tuple[Window, ...] = (Window(),)
    at_least: int = Field(default=1, ge=1)

    def check(self, problem: Problem) -> None:
        """Raise `InputError` if the household is not in the problem."""
        problem.must_know("households", (self.household,), f"rule {self.name()}.household")

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each interval of a window: members on duty <= members - at_least."""
        members = x.problem.household(self.household).members
        most = len(members) - self.at_least
        for start, end in _intervals(x, self.windows):
            cells = x.overlaps(start, end)
            if cells is not None:
                away = sum(any(s.overlap(start, end) for s in x.before(m)) for m in members)
                yield Limit((cells,) * len(members), max(0, most - away), (members,))

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Count who is away in each interval, and report each unbroken stretch."""
        home = problem.household(self.household)
        past = [shift for shift in problem.previous.shifts if shift.agent in home.members]
        planned = [shift for member in home.members for shift in schedule.of(member)]
        width = problem.horizon.interval
        for span in occurrences(self.windows, problem.horizon):
            missing = 0
            first = None
            edges = range(width * (max(0, span[0]) // width + 1), span[1], width)
            for start, until in pairwise([max(0, span[0]), *edges, span[1]]):
                before = {shift.agent for shift in past if shift.overlap(start, until)}
                away = {shift.agent for shift in planned if shift.overlap(start, until)} | before
                due = min(self.at_least, len(home.members) - len(before))
                short = due - (len(home.members) - len(away))
                if short > 0:
                    missing += short
                    first = start if first is None else first
            if first is not None:
                names = ", ".join(str(problem.agent(member)) for member in home.members)
                sentence = (
                    f"Of {names}, too few are at home from {problem.horizon.label(first)}; "
                    f"at least {self.at_least} must be ({missing * width} min short)."
                )
                day = min(problem.horizon.day_of(first), problem.horizon.days - 1)
                yield self.breach(home.members, day, missing, sentence)

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        members = " and ".join(str(problem.agent(m)) for m in self._members(problem))
        when = "; ".join(str(window) for window in self.windows)
        return f"at least {self.at_least} of {members} is at home ({when})"

    def _members(self, problem: Problem) -> tuple[str, ...]:
        return problem.household(self.household).members

    @classmethod
    def examples(cls) -> list[Example]:
        """Early and late shifts that meet for half an hour break an always-on window."""
        nights = cls(household="home", windows=(Window(start="20:00", end="07:00"),))
        always = cls(household="home")
        return [
            example("early, then late", nights, {"anna": "EEE----", "ben": "LLL----"}),
            example("nobody at home 14:00–14:30", always, {"anna": "E------", "ben": "L------"}, 1),
            example("both on nights", nights, {"anna": "-N-----", "ben": "-N-----"}, 16),
            example("at the horizon's end", nights, {"anna": "------N", "ben": "------N"}, 16),
            example("past the horizon's end", always, {"anna": "------N", "ben": "------N"}, 16),
            example("at home across the seam", nights, {"anna": "E"}, before={"ben": "N"}),
            example(
                "nobody at home across the seam",
                always,
                {"anna": "E"},
                2,
                before={"ben": "N"},
                start=SPRING_SATURDAY + timedelta(days=1),
            ),
            example(
                "missing by the past alone", always, {"anna": "-"}, before={"anna": "N", "ben": "N"}
            ),
            example("each off in turn", always, {"anna": "D-D-D--", "ben": "-D-D-D-"}),
        ]


def _intervals(x: Grid, windows: tuple[Window, ...]) -> Iterator[tuple[int, int]]:
    width = x.horizon.interval
    for first, last in x.spans(windows):
        # Cut where shifts can begin and end, so that nobody has two of them in one piece.
        for slot in range(max(0, first) // width, -(-last // width)):
            yield max(0, first, slot * width), min(last, (slot + 1) * width)
