"""Limits at random, and rules that state given ones, for the solver's tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from wfm import Problem
from wfm.contract import stated_breach
from wfm.limit import AnyOf, Cells, Grid, Limit, each
from wfm.piece import Piece


@dataclass(frozen=True, eq=False)
class Stated:
    """A rule that states some limits; it is known to no registry."""

    state: Callable[[Grid], Iterable[Limit]]
    weight: float | None = None
    informative: bool = field(default=False)

    def limits(self, x: Grid) -> Iterator[Limit]:
        """State them."""
        yield from self.state(x)

    def pieces(self, _: Problem) -> Iterator[Piece]:
        """Ask for nothing inside shifts."""
        yield from ()

    def words(self, _: Problem) -> str:
        """Say something."""
        return "some limits hold"


def with_rules(problem: Problem, *stated: Stated) -> Problem:
    """A problem under rules that pydantic need not know."""
    fields = {name: getattr(problem, name) for name in Problem.model_fields}
    return Problem.model_construct(**{**fields, "rules": (*problem.rules, *stated)})


def breach(problem: Problem, rule: Stated, schedule) -> int:
    """By how much a schedule breaks a rule, by counting cells."""
    return stated_breach(problem, rule, schedule)


def random_cells(random: np.random.Generator, days: int, options: int, longest: int) -> Cells:
    """Sparse coefficients on some days in a row."""
    long = int(random.integers(1, min(longest, days) + 1))
    first = int(random.integers(0, days - long + 1))
    grid = random.integers(-1, 3, (long, options)) * (random.random((long, options)) < 0.7)
    return Cells(first, grid.astype(np.int64))


def random_limit(
    random: np.random.Generator, days: int, options: int, group: tuple[str, ...], longest: int = 9
) -> Limit:
    """A limit on a group with up to three `AnyOf`, sometimes with a shared slack."""
    roles = len(group)

    def cells() -> tuple[Cells, ...]:
        return tuple(random_cells(random, days, options, longest) for _ in range(roles))

    nothing = Cells(0, np.zeros((1, options), dtype=np.int64))
    return Limit(
        cells() if random.random() < 0.5 else (nothing,) * roles,
        int(random.integers(0, 3)),
        (group,),
        str(random.choice(["", "one", "two"])),
        tuple(
            AnyOf(cells(), int(random.integers(-1, 3)), int(random.choice([-1, 1, 1, 2])))
            for _ in range(random.integers(0, 4))
        ),
    )


def weekends(most: int, agents: Iterable[str] | None = None) -> Callable[[Grid], Iterator[Limit]]:
    """At most so many weekends with a shift."""

    def state(x: Grid) -> Iterator[Limit]:
        found = tuple(
            AnyOf((x.works(first + 5, last),))
            for first, last in x.weeks()
            if first + 5 < x.horizon.days
        )
        who = each(agents or [agent.id for agent in x.problem.agents])
        yield Limit((x.nothing,), most, who, any_of=found)

    return state


def weekly_block(hours: int) -> Callable[[Grid], Iterator[Limit]]:
    """Somewhere in each week a stretch of so many hours that no shift touches."""

    def state(x: Grid) -> Iterator[Limit]:
        for first, last in x.weeks():
            if first < 0 or last >= x.horizon.days:
                continue
            begin, end = x.horizon.midnight(first), x.horizon.midnight(last + 1)
            ends = np.unique(x.options.end[max(0, first - 1) : last + 1])
            starts = [begin, *(int(e) for e in ends if begin < e <= end - 60 * hours)]
            blocks = [x.overlaps(start, start + 60 * hours) for start in starts]
            found = tuple(AnyOf((cells,)) for cells in blocks if cells is not None)
            if len(found) == len(starts):
                who = each(agent.id for agent in x.problem.agents)
                yield Limit((x.nothing,), len(found) - 1, who, any_of=found)

    return state


def shared_days_off(days: int, members: tuple[str, ...]) -> Callable[[Grid], Iterator[Limit]]:
    """So many days on which none of some people works."""

    def state(x: Grid) -> Iterator[Limit]:
        found = tuple(
            AnyOf(tuple(x.works(day, day) for _ in members)) for day in range(x.horizon.days)
        )
        nothing = (x.nothing,) * len(members)
        yield Limit(nothing, x.horizon.days - days, (members,), any_of=found)

    return state
