"""Never too large a share with a skill."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, field_validator

from wfm.agent_rule import AgentRule
from wfm.errors import InputError
from wfm.limit import Grid, Limit
from wfm.problem import Problem
from wfm.rule import Example, Violation
from wfm.rules._group import group_words
from wfm.rules._on_duty import stretches
from wfm.rules._presence import presence, runs, watched
from wfm.rules.example import SPRING_SATURDAY, example
from wfm.schedule import Schedule
from wfm.window import Window

MOST_PARTS = 100
"""Largest denominator of a share."""


class MaxShareOnDuty(AgentRule):
    """Of those on duty, at every moment, no more than a share has a skill, such as new people.

    With a share of p/q, q times those with the skill are at most p times all who are on duty. The
    unit of breach is the q-th part of a person for a planning interval: one with the skill and
    nobody else breaks a third by two thirds. Someone on a break is on duty. Who is still on duty
    from the previous period counts; what is too much by that alone is not counted. Intervals after
    the horizon's end belong to the next period.

    Parameters
    ----------
    skill : str
        Id of the skill. The share is that of those whom `sites`, `teams` and the like choose.
    share : str
        The share, below one, as ``"1/3"`` or ``"0.25"``.
    windows : tuple of Window
        When it holds; always by default. Where windows overlap, an interval counts once.
    """

    skill: str
    share: str = Field(coerce_numbers_to_str=True)
    windows: tuple[Window, ...] = Field(default=(Window(),), min_length=1)

    @field_validator("share", mode="after")
    @classmethod
    def _is_share(cls, text: str) -> str:
        try:
            share = Fraction(text)
        except (ValueError, ZeroDivisionError):
            raise InputError(
                "MaxShareOnDuty.share", "be a share such as 1/3 or 0.25", text
            ) from None
        if not 0 <= share < 1 or share.denominator > MOST_PARTS:
            must = f"be at least 0 and below 1, in parts of {MOST_PARTS} or fewer"
            raise InputError("MaxShareOnDuty.share", must, text)
        return text

    def check(self, problem: Problem) -> None:
        """Raise `InputError` if the skill or someone named is not in the problem."""
        super().check(problem)
        problem.must_know("skills", (self.skill,), f"rule {self.name()}.skill")

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each stretch of equal intervals: (q - p) * holders - p * others <= 0."""
        share = Fraction(self.share)
        group = tuple(self.who(x.problem))
        holds = {agent: self.skill in x.problem.agent(agent).skills for agent in group}
        counts = {agent: share.denominator * holds[agent] - share.numerator for agent in group}
        if not any(holds.values()):
            return
        past = [shift for agent in group for shift in x.before(agent) if shift.end > 0]
        for stretch in stretches(x, self.windows, past, beyond=False):
            carried = sum(counts[agent] for agent in stretch.touched_by(past))
            cells = {
                count: stretch.cells * (count * stretch.slots) for count in set(counts.values())
            }
            roles = tuple(cells[counts[agent]] for agent in group)
            yield Limit(roles, max(0, -carried) * stretch.slots, (group,))

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Compare those with the skill and all who are there, and report each unbroken stretch."""
        horizon = problem.horizon
        group = self.who(problem)
        skilled = np.array(
            [self.skill in problem.agent(agent).skills for agent in group], dtype=bool
        )
        old = presence(problem.previous.shifts, group, horizon, horizon.slots)
        new = presence(schedule.shifts, group, horizon, horizon.slots)
        before, after = (self._excess(there, skilled) for there in (old, old | new))
        over = after - np.maximum(0, before)
        over = np.where(watched(self.windows, horizon, horizon.slots), np.maximum(0, over), 0)
        for first, last in runs(over):
            worst = first + int(over[first:last].argmax())
            there = (old | new)[:, worst]
            start, end = (horizon.label(slot * horizon.interval) for slot in (first, last))
            sentence = (
                f"From {start} to {end} {int(there[skilled].sum())} of {int(there.sum())} on duty "
                f"have skill {self.skill!r} at the worst; at most {self.share} of them may."
            )
            day = horizon.day_of(first * horizon.interval)
            yield self.breach((), day, int(over[first:last].sum()), sentence)

    def _excess(self, there: NDArray[np.bool_], skilled: NDArray[np.bool_]) -> NDArray[np.int64]:
        share = Fraction(self.share)
        weights = share.denominator * skilled.astype(np.int64) - share.numerator
        return weights @ there.astype(np.int64)

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        group = group_words(self, problem)
        always = self.windows == (Window(),)
        when = "" if always else f" ({'; '.join(str(window) for window in self.windows)})"
        return (
            f"of {group} on duty, at most {self.share} have skill {self.skill!r} at the same time"
            f"{when}"
        )

    @classmethod
    def examples(cls) -> list[Example]:
        """Shares of two and three people, in windows, at night, and across both ends."""
        half = cls(skill="lead", share="1/2")
        third = cls(skill="lead", share="1/3")
        none = cls(
            skill="lead",
            share="0",
            windows=(Window(days=("Sun",)), Window(start="10:00", end="11:00")),
        )
        quarters = cls(skill="lead", share="0.75", sites=("north", "south"))
        north = cls(skill="voice", share="1/2", sites=("south",))
        changed = SPRING_SATURDAY + timedelta(days=1)
        return [
            example("one of two", half, {"anna": "EL-", "ben": "ELN", "cleo": "---"}),
            example("one of one", half, {"anna": "E--", "ben": "D--", "cleo": "---"}, 6),
            example("two of three", third, {"anna": "E-", "ben": "E-", "cleo": "E-"}, 51),
            example(
                "nobody in a window", none, {"anna": "------S", "ben": "------S", "cleo": "D-"}, 10
            ),
            example("all of two", quarters, {"anna": "S-", "cleo": "S-"}, 16),
            example("two of three are fewer", quarters, {"anna": "S-", "ben": "S-", "cleo": "S-"}),
            example("of one site", north, {"anna": "S------", "ben": "--S----"}, 8),
            example("at the horizon's end", half, {"anna": "------N", "ben": "-------"}, 4),
            example("across midnight", half, {"anna": "N--", "ben": "NE-", "cleo": "-E-"}),
            example("across the seam", half, {"anna": "E"}, 15, before={"ben": "N"}, start=changed),
            example(
                "the past had too many", third, {"ben": "N"}, before={"anna": "N", "cleo": "N"}
            ),
            example(
                "both, now and before", half, {"cleo": "E"}, 17, before={"anna": "N"}, start=changed
            ),
        ]
