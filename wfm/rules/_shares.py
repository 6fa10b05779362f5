"""What limits on shares are made of: who takes how much, less a part of what all take."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from wfm.limit import AnyOf, Cells

if TYPE_CHECKING:
    from wfm.problem import Problem
    from wfm.rules.fair_share import FairShare


@dataclass(frozen=True, eq=False)
class Item:
    """Something that counts once for some of the agents, if their cells count more than `over`.

    Attributes
    ----------
    who : tuple of int
        Roles of those for whom it counts.
    cells : tuple of Cells
        One for each role.
    over : int
        Bound of the count.
    amount : int
        How much of the burden it is.
    first : bool
        Whether it is the first of its steps, without which there are no others.
    """

    who: tuple[int, ...]
    cells: tuple[Cells, ...]
    over: int
    amount: int
    first: bool = True


@dataclass(frozen=True, eq=False)
class Statement:
    """A burden of a group of agents.

    Attributes
    ----------
    group : tuple of str
        Who plays the roles: those whose burdens count, and after them others who share a limit.
    nothing : Cells
        Cells that count nothing.
    shifts : Cells or None
        One for each shift that is a part of the burden, for whoever works it.
    items : tuple of Item
        What counts once, instead.
    """

    group: tuple[str, ...]
    nothing: Cells
    shifts: Cells | None = None
    items: tuple[Item, ...] = ()

    @cached_property
    def _made(self) -> dict[int, Cells]:
        return {}

    @cached_property
    def _others(self) -> dict[int, list[AnyOf]]:
        return {}

    @cached_property
    def _mine(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for index, item in enumerate(self.items):
            for role in item.who:
                found.setdefault(role, []).append(index)
        return found

    def cells(self, role: int, part: int, unit: int) -> tuple[Cells, ...]:
        """What counts in units for one role, less its part of what all roles take."""
        if self.shifts is None:
            return (self.nothing,) * len(self.group)
        for factor in (-part, unit - part):
            if factor not in self._made:
                self._made[factor] = self.shifts * factor
        roles = [self._made[-part]] * len(self.group)
        roles[role] = self._made[unit - part]
        return tuple(roles)

    def any_of(self, role: int, part: int, unit: int) -> tuple[AnyOf, ...]:
        """The same of the items."""
        if part not in self._others:
            self._others[part] = [
                AnyOf(item.cells, item.over, -part * item.amount * len(item.who))
                for item in self.items
            ]
        found = list(self._others[part])
        for index in self._mine.get(role, ()):
            item = self.items[index]
            factor = item.amount * (unit - part * len(item.who))
            found[index] = AnyOf(item.cells, item.over, factor)
        return tuple(found)

    def takes_any(self, role: int, owed: int) -> Iterator[AnyOf]:
        """What counts `owed` if a role takes anything; the largest of them does so."""
        if self.shifts is not None:
            yield AnyOf(alone(self.nothing, len(self.group), role, self.shifts), factor=owed)
        for index in self._mine.get(role, ()):
            if self.items[index].first:
                yield AnyOf(self.items[index].cells, self.items[index].over, owed)


def alone(nothing: Cells, roles: int, role: int, cells: Cells) -> tuple[Cells, ...]:
    """Cells of one role, and of the others none."""
    found = [nothing] * roles
    found[role] = cells
    return tuple(found)


def weights_of(rule: FairShare, problem: Problem, bound: Sequence[str]) -> list[int]:
    """Weights of agents: minutes of the contract's week by hundredths of the tier's factor."""
    factors = dict(rule.tiers)
    found = []
    for agent in bound:
        hours = problem.contract_of(agent).weekly_hours
        percent = round(100 * factors.get(problem.agent(agent).tier, 1.0))
        found.append(percent * (1 if hours is None else max(1, round(60 * hours))))
    return found


def rooms_left(
    rule: FairShare, problem: Problem, bound: Sequence[str], weights: Sequence[int], unit: int
) -> tuple[list[int], list[int]]:
    """What the past leaves each, in units: below share and tolerance, and above the least.

    The second is empty if anything less is fair.
    """
    counters = problem.previous.counters
    past = counters.get(rule.counted_as, {})
    planned = counters.get("days planned", {agent: 1 for agent in bound if agent in past})
    days = [planned.get(agent, 0) for agent in bound]
    counts = [past.get(agent, 0) for agent in bound]
    known = sum(weight * day for weight, day in zip(weights, days, strict=True))
    carried = [
        unit * count + (unit * (max(days) - day) * weight * sum(counts) // known if known else 0)
        for weight, day, count in zip(weights, days, counts, strict=True)
    ]
    ahead = [
        weight * sum(carried) // sum(weights) - mine
        for weight, mine in zip(weights, carried, strict=True)
    ]
    above = [round(unit * rule.tolerance) + some for some in ahead]
    if rule.tolerance_below is None:
        return above, []
    fewer = round(unit * rule.tolerance_below)
    # Where it always holds, the past must not ask for more than these days may have.
    made_up = 0 if rule.weight is None else unit
    return above, [max(fewer - some, -made_up) for some in ahead]
