"""Never too many with a skill."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from pydantic import Field

from wfm.number import Number
from wfm.problem import Problem
from wfm.rule import Example
from wfm.rules._group import group_words
from wfm.rules._most_on_duty import MostOnDuty
from wfm.rules.example import SPRING_SATURDAY, example
from wfm.window import Window


class MaxSkillOnDuty(MostOnDuty):
    """At no moment of some windows are more agents with a skill on duty than so many.

    The unit of breach is a person too many for a planning interval. Someone on a break is on duty.
    Who is still on duty from the previous period counts, but cannot be called back: what is too
    many by that alone is not counted. Shifts count past the horizon's end, as far as they reach.

    Parameters
    ----------
    skill : str
        Id of the skill. Of those whom `sites`, `teams` and the like choose, who has it counts.
    at_most : int
        How many agents.
    windows : tuple of Window
        When it holds; always by default. Where windows overlap, an interval counts once.
    """

    numbers: ClassVar[tuple[Number, ...]] = (Number("at_most", 1),)

    skill: str
    at_most: int = Field(ge=0)

    def check(self, problem: Problem) -> None:
        """Raise `InputError` if the skill or someone named is not in the problem."""
        super().check(problem)
        problem.must_know("skills", (self.skill,), f"rule {self.name()}.skill")

    def who(self, problem: Problem) -> list[str]:
        """Ids of those with the skill, in the problem's order."""
        chosen = super().who(problem)
        return [agent for agent in chosen if self.skill in problem.agent(agent).skills]

    def bound(self) -> int:
        """How many may be on duty."""
        return self.at_most

    def told(self, problem: Problem) -> str:
        """The group and the bound in a sentence."""
        group = group_words(self, problem)
        return f"at most {self.at_most} of {group} with skill {self.skill!r} may be"

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        return f"{self.told(problem)} on duty at the same time{self.when()}"

    @classmethod
    def examples(cls) -> list[Example]:
        """Two with the skill, together by day, at night, and across both ends."""
        one = cls(skill="lead", at_most=1)
        mornings = (
            Window(days=("Mon",), start="09:00", end="12:00"),
            Window(start="11:00", end="13:00"),
        )
        morning = cls(skill="lead", at_most=1, windows=mornings)
        none = cls(skill="lead", at_most=0, windows=(Window(days=("Sun",)),))
        voices = cls(skill="voice", at_most=2)
        red = cls(skill="lead", at_most=0, teams=("red",))
        changed = SPRING_SATURDAY + timedelta(days=1)
        two_nights = {"anna": "N", "cleo": "N"}
        return [
            example("one at a time", one, {"anna": "E-L", "cleo": "-D-", "ben": "EDL"}),
            example("two at a time", one, {"anna": "E-L", "cleo": "D-N"}, 12),
            example("in the mornings", morning, {"anna": "ED-", "cleo": "DL-"}, 8),
            example("two of three", voices, {"anna": "EE-", "ben": "DE-", "cleo": "LD-"}, 12),
            example("nobody on Sunday", none, {"anna": "-----N-", "ben": "------E"}, 12),
            example("of one team", red, {"anna": "S------", "cleo": "E------"}, 8),
            example("at the horizon's end", one, {"anna": "------N", "cleo": "------L"}, 1),
            example("past the horizon's end", one, {"anna": "------N", "cleo": "------N"}, 16),
            example("across the seam", one, {"cleo": "E"}, 2, before={"anna": "N"}, start=changed),
            example("too many by the past alone", one, {"cleo": "-"}, before=two_nights),
        ]
