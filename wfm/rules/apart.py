"""People who are not on duty at the same time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations, permutations, product
from typing import ClassVar, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from wfm.errors import InputError
from wfm.limit import Cells, Grid, Limit, each
from wfm.number import Number
from wfm.problem import Problem
from wfm.rule import Example, Rule, Violation
from wfm.rules.example import SPRING_SATURDAY, example
from wfm.schedule import Schedule

Mask = NDArray[np.bool_]


class Apart(Rule):
    """No two of some people are on duty at the same time for longer than some minutes.

    The unit of breach is a pair of shifts that share more. A shift of the horizon and one of the
    previous period that is still on make a pair too; two shifts of the previous period do not.
    Shifts count as far as they reach, past the horizon's end as well.

    Parameters
    ----------
    agents : tuple of str
        Ids of those who are kept apart, at least two.
    household : str, optional
        Id of a household whose members are kept apart, instead of `agents`.
    overlap : int
        Minutes for which two may meet, as at a hand-over.
    """

    kind: ClassVar[Literal["work", "family", "wish"]] = "family"
    numbers: ClassVar[tuple[Number, ...]] = (Number("overlap", 1, "minutes"),)

    agents: tuple[str, ...] = ()
    household: str | None = None
    overlap: int = Field(default=0, ge=0, le=1440)

    @model_validator(mode="after")
    def _one_group(self) -> Self:
        if self.household is not None and self.agents:
            raise InputError("Apart.household", "be left out when agents are named", self.household)
        if self.household is None and not self.agents:
            raise InputError("Apart.agents", "be given, or household")
        if len(set(self.agents)) < len(self.agents):
            raise InputError("Apart.agents", "name each agent once", self.agents)
        return self

    def check(self, problem: Problem) -> None:
        """Raise `InputError` if someone named is not in the problem, or is alone."""
        place = f"rule {self.name()}.agents"
        problem.must_know("agents", self.agents, place)
        if len(self.agents) == 1:
            raise InputError(place, "name at least two", self.agents[0])
        if self.household is not None:
            place = f"rule {self.name()}.household"
            problem.must_know("households", (self.household,), place)

    def _group(self, problem: Problem) -> tuple[str, ...]:
        if self.household is None:
            return self.agents
        return problem.household(self.household).members

    def limits(self, x: Grid) -> Iterator[Limit]:
        """For each two days and each time: not both have a shift that may not meet the other's.

        Two shifts share more than the overlap if, each cut short by it, they still meet: at the
        start of one of them.
        """
        group = self._group(x.problem)
        begins, ends = x.options.start, x.options.end
        for one in group:
            for old in x.before(one):
                shared = np.minimum(ends, old.end) - np.maximum(begins, old.start)
                for cells in x.marked(shared > self.overlap):
                    yield Limit((cells,), 0, each(other for other in group if other != one))
        for day in range(x.horizon.days):
            yield from self._meeting(x, day, day, tuple(combinations(group, 2)))
            for later in range(day + 1, min(day + 3, x.horizon.days)):
                yield from self._meeting(x, day, later, tuple(permutations(group, 2)))

    def _meeting(
        self, x: Grid, day: int, later: int, pairs: tuple[tuple[str, ...], ...]
    ) -> Iterator[Limit]:
        rows = [day, later]
        offered = x.options.offered[rows]
        begins, ends = x.options.start[rows], x.options.end[rows] - self.overlap
        marked: list[tuple[Mask, Mask]] = []
        for time in np.unique(begins[offered]):
            on = offered & (begins <= time) & (ends > time)
            new = on[0], on[1]
            if on.any(axis=1).all() and not any(_hold(old, new) for old in marked):
                marked = [*(old for old in marked if not _hold(new, old)), new]
        for one, other in marked:
            roles = Cells(day, _row(one)), Cells(later, _row(other))
            yield Limit(roles, 1, pairs, f"{day} {later}")

    def violations(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Measure what each two shifts of different people share."""
        past = Schedule.of_shifts(problem.previous.shifts)
        label = problem.horizon.label
        due = f"at most {self.overlap} min are allowed" if self.overlap else "never may they be"
        for one, other in combinations(self._group(problem), 2):
            pairs = [
                *product(past.of(one), schedule.of(other)),
                *product(schedule.of(one), past.of(other)),
                *product(schedule.of(one), schedule.of(other)),
            ]
            for first, second in pairs:
                begin, end = max(first.start, second.start), min(first.end, second.end)
                if end - begin > self.overlap:
                    sentence = (
                        f"{problem.agent(first.agent)} and {problem.agent(second.agent)} are both "
                        f"on duty from {label(begin)} to {label(end)}; "
                        f"{due}."
                    )
                    yield self.breach((one, other), max(first.day, second.day), 1, sentence)

    def words(self, problem: Problem) -> str:
        """Say the rule in words."""
        names = " and ".join(str(problem.agent(agent)) for agent in self._group(problem))
        longer = f" for more than {self.overlap} min" if self.overlap else ""
        return f"no two of {names} are on duty at the same time{longer}"

    @classmethod
    def examples(cls) -> list[Example]:
        """Shifts that meet, touch, or share no more than they may, of two and of three."""
        two = cls(agents=("anna", "ben"))
        home = cls(household="home", overlap=30)
        long = cls(household="home", overlap=360)
        three = cls(agents=("anna", "ben", "cleo"))
        night, changed = {"ben": "N"}, SPRING_SATURDAY + timedelta(days=1)
        return [
            example(
                "half an hour together",
                two,
                {"anna": "EE-L-N-", "ben": "NN--LL-", "cleo": "EEELLLN"},
                1,
            ),
            example("one ends as the other starts", two, {"anna": "N------", "ben": "-E-----"}),
            example("at the same time", two, {"anna": "EDSL---", "ben": "DESN---"}, 4),
            example("one late, one early", two, {"anna": "L-E----", "ben": "E-L----"}, 2),
            example("half an hour at most", home, {"anna": "E-L-L--", "ben": "L-E-N--"}),
            example("more than half an hour", home, {"anna": "E--D---", "ben": "D--L---"}, 2),
            example("most of a shift", long, {"anna": "EE-S-", "ben": "DE-S-"}, 1),
            example("at the horizon's end", two, {"anna": "------L", "ben": "------N"}, 1),
            example("nights at the end", two, {"anna": "------N", "ben": "------N"}, 1),
            example("of three", three, {"anna": "E--D", "ben": "E-N-", "cleo": "E--S"}, 4),
            example("across the seam", two, {"anna": "E"}, before=night),
            example("meeting across the seam", home, {"anna": "E"}, 1, before=night, start=changed),
            example("others across the seam", two, {"cleo": "E"}, before=night, start=changed),
        ]


def _hold(some: tuple[Mask, Mask], other: tuple[Mask, Mask]) -> bool:
    """Whether all that is marked in the other is marked here."""
    return not any((its & ~mine).any() for mine, its in zip(some, other, strict=True))


def _row(mask: Mask) -> NDArray[np.int64]:
    return mask[None, :].astype(np.int64)
