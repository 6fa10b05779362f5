"""No more people than seats."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from pydantic import Field

from wfm.number import Number
from wfm.problem import Problem
from wfm.rule import Example
from wfm.rules._group import group_words
from wfm.rules._most_on_duty import MostOnDuty
from wfm.rules.example import SPRING_SATURDAY, example
from wfm.window import Window


class Seats(MostOnDuty):
    """At no moment are more of a site, a team or another group on duty than there are seats.

    A seat is one person, who keeps it during breaks. The unit of breach is a person too many for a
    planning interval. Who is still on duty from the previous period keeps the seat: what is too
    many by that alone is not counted. Shifts count past the horizon's end, as far as they reach.

    Parameters
    ----------
    seats : int
        How many there are.
    windows : tuple of Window
        When there are no more than that; always by default. Where windows overlap, an interval
        counts once.
    """

    numbers: ClassVar[tuple[Number, ...]] = (Number("seats", 1),)

    seats: int = Field(ge=0)

    def bound(self) -> int:
        """How many may be on duty."""
        return self.seats

    def told(self, problem: Problem) -> str:
        """The group and the bound in a sentence."""
        are = "is 1 seat" if self.seats == 1 else f"are {self.seats} seats"
        return f"there {are} for {group_words(self, problem)}"

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        seats = f"at most {self.seats} of {group_words(self, problem)} have a seat and are on duty"
        return f"{seats} at the same time{self.when()}"

    @classmethod
    def examples(cls) -> list[Example]:
        """Seats of a site, a team and everyone, by day, by night and at both ends."""
        one = cls(sites=("north",), seats=1)
        two = cls(seats=2)
        shut = cls(seats=1, windows=(Window(since=date(2026, 12, 8), until=date(2026, 12, 8)),))
        nights = cls(seats=1, windows=(Window(start="23:00", end="05:00"), Window(end="06:00")))
        pair = cls(agents=("anna", "ben"), seats=1, waived_by=("cleo",))
        none = cls(teams=("blue",), seats=0, windows=(Window(days=("Sat", "Sun")),))
        changed = SPRING_SATURDAY + timedelta(days=1)
        two_nights = {"anna": "N", "ben": "N"}
        return [
            example("one after the other", one, {"anna": "E-L", "cleo": "-ES", "ben": "ENE"}),
            example("half an hour together", one, {"anna": "EL-", "cleo": "LE-"}, 2),
            example("three on two seats", two, {"anna": "EE-", "ben": "DD-", "cleo": "DL-"}, 12),
            example(
                "a seat less on one day", shut, {"anna": "-S-", "ben": "SSN", "cleo": "--N"}, 8
            ),
            example("windows that overlap are one", nights, {"anna": "-N-", "ben": "-N-"}, 14),
            example("at the horizon's end", one, {"anna": "------N", "cleo": "------L"}, 1),
            example("past the horizon's end", pair, {"anna": "------N", "ben": "------N"}, 16),
            example("no seat at all", none, {"cleo": "----NDN"}, 33),
            example("across the seam", one, {"cleo": "E"}, 2, before={"anna": "N"}, start=changed),
            example("too many by the past alone", pair, {"cleo": "D"}, before=two_nights),
            example(
                "no seat left by the past", two, {"cleo": "E"}, 2, before=two_nights, start=changed
            ),
            example(
                "as many seats as people", cls(seats=3), {"anna": "E", "ben": "E", "cleo": "E"}
            ),
        ]
