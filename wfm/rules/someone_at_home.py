"""Never everyone of a household on duty at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import groupby, pairwise
from typing import ClassVar, Literal

from pydantic import Field

from wfm.agent import Household
from wfm.limit import Grid, Limit
from wfm.number import Number
from wfm.problem import Problem
from wfm.rule import Example, Rule, Violation
from wfm.rules._away import Moment, limit, moments
from wfm.rules._judge import occurrences
from wfm.rules.example import SPRING_SATURDAY, example
from wfm.schedule import Schedule, Shift
from wfm.window import Window


class SomeoneAtHome(Rule):
    """In a window, at least so many members of a household are not on duty, at every moment.

    The unit of breach is a missing member for a planning interval, and in each interval the most
    that are missing at once. Who is still on duty, or on the way home, from the previous period
    cannot be called back: what is missing by that alone is not counted. Windows count past the
    horizon's end as far as its shifts reach, and before its start from when on someone leaves for
    one of its shifts.

    Parameters
    ----------
    household : str
        Id of the household.
    windows : tuple of Window
        When someone must be at home.
    at_least : int
        How many must be at home.
    travel : int
        Minutes from the end of a member's shift until that one is at home, and from when on that
        one has left before the start of a shift.
    """

    kind: ClassVar[Literal["work", "family", "wish"]] = "family"
    numbers: ClassVar[tuple[Number, ...]] = (
        Number("at_least", -1),
        Number("travel", -1, "minutes"),
    )

    household: str
    windows: tuple[Window, ...] = (Window(),)
    at_least: int = Field(default=1, ge=1)
    travel: int = Field(default=0, ge=0, le=720)

    def check(self, problem: Problem) -> None:
        """Raise `InputError` if the household is not in the problem."""
        problem.must_know("households", (self.household,), f"rule {self.name()}.household")

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each interval of a window: members away <= members - at_least.

        Intervals in a row that bind the same are one limit, as many times as heavy.
        """
        members = x.problem.household(self.household).members
        for number, span in enumerate(x.spans(self.windows)):
            pieces = [moments(x, members, self.travel, piece) for piece in self._pieces(x, span)]
            for first, equal in enumerate(groupby(pieces, key=_keys)):
                alike = list(equal[1])
                slack = f"{number} {first}" if len(alike[0]) > 1 else ""
                for moment in alike[0]:
                    yield from limit(x, members, moment, self.at_least, len(alike), slack)

    def _pieces(self, x: Grid, span: tuple[int, int]) -> Iterator[tuple[int, int]]:
        """Intervals of a window, cut to it: shifts can begin and end between them only."""
        width = x.horizon.interval
        first = max(span[0], -self.travel)
        for slot in range(first // width, -(-span[1] // width)):
            yield max(first, slot * width), min(span[1], (slot + 1) * width)

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Count who is away in each interval, and report each window."""
        members = problem.household(self.household).members
        past = [shift for shift in problem.previous.shifts if shift.agent in members]
        planned = [shift for member in members for shift in schedule.of(member)]
        width = problem.horizon.interval
        for span in occurrences(self.windows, problem.horizon):
            missing = 0
            first = None
            begin = max(-self.travel, span[0])
            edges = range(width * (begin // width + 1), span[1], width)
            for start, until in pairwise([begin, *edges, span[1]]):
                short = self._missing(past, planned, len(members), (start, until))
                if short > 0:
                    missing += short
                    first = start if first is None else first
            if first is not None:
                names = ", ".join(str(problem.agent(member)) for member in members)
                way = f", {self.travel} min of travel counted" if self.travel else ""
                sentence = (
                    f"Of {names}, too few are at home from {problem.horizon.label(first)}; "
                    f"at least {self.at_least} must be ({missing * width} min short{way})."
                )
                day = min(max(0, problem.horizon.day_of(first)), problem.horizon.days - 1)
                yield self.breach(members, day, missing, sentence)

    def _missing(
        self, past: list[Shift], planned: list[Shift], members: int, piece: tuple[int, int]
    ) -> int:
        """Look at the piece's start and at each moment in it at which somebody comes or goes."""
        times = {piece[0]}
        for shift in [*past, *planned]:
            times |= {shift.start - self.travel, shift.end + self.travel}
        most = 0
        for moment in (time for time in times if piece[0] <= time < piece[1]):
            gone = self._away(past, moment)
            due = min(self.at_least, members - len(gone))
            most = max(most, due - members + len(gone | self._away(planned, moment)))
        return most

    def _away(self, shifts: list[Shift], moment: int) -> set[str]:
        way = self.travel
        return {s.agent for s in shifts if s.start - way <= moment < s.end + way}

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        members = " and ".join(str(problem.agent(m)) for m in self._members(problem))
        when = "; ".join(str(window) for window in self.windows)
        way = f", {self.travel} min after and before each shift counted" if self.travel else ""
        be = "is" if self.at_least == 1 else "are"
        return f"at least {self.at_least} of {members} {be} at home ({when}{way})"

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
            *cls._of_three(),
            *cls._on_the_way(),
        ]

    @classmethod
    def _of_three(cls) -> list[Example]:
        odd = Window(days=("Thu", "Fri"), start="15:00", end="19:00", weeks="odd")
        even = Window(days=("Thu", "Fri"), start="15:00", end="19:00", weeks="even")
        one, two = cls(household="home", windows=(even,)), cls(household="home", at_least=2)
        alternating = two.model_copy(update={"windows": (odd,)})
        late = {"anna": "---LL-----LL--", "ben": "---LL-----LL--", "cleo": "---L----------"}
        third = {"anna": "---LL-----LL--", "ben": "-----------L--"}
        found = [
            example("one of three, in even weeks", one, late, 8),
            example("two of three, in odd weeks", alternating, third, 8),
            example(
                "two of three at any time", two, {"anna": "E-N", "ben": "D--", "cleo": "-DN"}, 27
            ),
        ]
        return [replace(one, problem=_with_cleo(one.problem)) for one in found]

    @classmethod
    def _on_the_way(cls) -> list[Example]:
        near, odd, far, dusk = (cls(household="home", travel=way) for way in (30, 50, 180, 450))
        dawn = cls(household="home", windows=(Window(start="05:10", end="05:50"),), travel=20)
        return [
            example("one leaves before the other comes", near, {"anna": "E-", "ben": "-E"}),
            example("two ways cross", near, {"anna": "N-", "ben": "-E"}, 2),
            example("ways that end inside an interval", odd, {"anna": "N-", "ben": "-E"}, 4),
            example("apart by less than two ways", far, {"anna": "S-", "ben": "L-"}, 10),
            example("one who hardly comes home", far, {"anna": "NE", "ben": "N-"}, 28),
            example("the way out of the house", dawn, {"anna": "N-", "ben": "-E"}, 1),
            example("on the way home across the seam", odd, {"anna": "E"}, 4, before={"ben": "N"}),
            example("leaving before the horizon", dusk, {"ben": "E"}, 15, before={"anna": "L"}),
        ]


def _keys(found: list[Moment]) -> tuple[object, ...]:
    return tuple(moment.key for moment in found)


def _with_cleo(problem: Problem) -> Problem:
    home = Household(id="home", members=("anna", "ben", "cleo"))
    return problem.model_copy(update={"households": (home,)})
