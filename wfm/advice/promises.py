"""Whether a change of a plan breaks a hard rule that was kept, and which wishes it touches."""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np
from numpy.typing import NDArray

from wfm.advice.own import OwnBreaches
from wfm.advice.plan import Change, Plan
from wfm.rule import Rule
from wfm.schedule import Schedule
from wfm.solver.book import Book, open_book
from wfm.solver.coupling import Coupling
from wfm.solver.instance import Instance

Ints = NDArray[np.int64]
Agents = tuple[str, ...]
NOISE = 1e-9
"""Amounts that differ by less do not."""


class Promises:
    """The rules of a problem, beside a plan.

    What rules ask of tours is read from their limits, as the search reads it. What they ask to be
    held inside shifts no limit tells in full, so those few rules are asked themselves.

    Parameters
    ----------
    plan : Plan
        The schedule.
    instance : Instance
        Its problem, compiled.
    """

    def __init__(self, plan: Plan, instance: Instance) -> None:
        self.plan = plan
        rules = plan.problem.rules
        self.held = {
            number
            for number, rule in enumerate(rules)
            if not rule.informative and any(True for _ in rule.pieces(plan.problem))
        }
        self.book = _without(open_book(plan.problem), self.held)
        self.coupling = Coupling(instance, self.book)
        self._together: dict[tuple[int, tuple[int, ...]], list[int]] = defaultdict(list)
        for limit, joint in enumerate(self.book.joint):
            self._together[joint.entry.rule, joint.agents].append(limit)
        self._own: dict[int, OwnBreaches] = {}
        self._joint = self._over(plan.tours)
        self._amounts: dict[int, Counter[Agents]] = {}
        self._last: tuple[Change, Schedule] | None = None

    def broken_by(self, change: Change) -> list[int]:
        """Numbers of the hard rules that a change breaks, or breaks more than the plan does.

        It is told apart who breaks them: nobody may break a rule by more in all than before. -1
        stands for shifts that overlap.
        """
        tours = self.plan.tours_after(change)
        found: set[int] = set()
        for row in {row for row, _ in change}:
            before, after = (self._alone(row).of(t[row])[0] for t in (self.plan.tours, tours))
            found |= {rule for rule, over in after.items() if over > before.get(rule, 0)}
        found |= self._more_together(change, self._over(tours))
        hard = (number for number in self.held if self._rule(number).weight is None)
        return sorted(found | {number for number in hard if self._is_worse(number, change)})

    def priced(self, change: Change) -> dict[tuple[int, Agents], float]:
        """Change of the cost of rules with a price: rule's number and agents -> money."""
        found: dict[tuple[int, Agents], float] = {}
        for number in self._touched(change):
            rule = self._rule(number)
            now, then = self._amounts_of(number), self._amounts_after(number, change)
            for agents in dict.fromkeys([*now, *then]):
                more = then[agents] - now[agents]
                if rule.weight is not None and abs(more) > NOISE:
                    found[number, agents] = rule.weight * more
        return found

    def _touched(self, change: Change) -> list[int]:
        """Rules with a price of which a limit counts anything else than before."""
        tours = self.plan.tours_after(change)
        found = {number for number in self.held if self._rule(number).weight is not None}
        for row in {row for row, _ in change}:
            before, after = (self._alone(row).of(t[row])[1] for t in (self.plan.tours, tours))
            found |= {rule for rule in {*before, *after} if before.get(rule) != after.get(rule)}
        soft = (self._over(tours) != self._joint) & ~self.coupling.hard
        found |= {self.book.joint[limit].entry.rule for limit in np.flatnonzero(soft).tolist()}
        return sorted(found)

    def _alone(self, row: int) -> OwnBreaches:
        if row not in self._own:
            self._own[row] = OwnBreaches(self.book.own[row], self.plan.tours[row])
        return self._own[row]

    def _over(self, tours: Ints) -> Ints:
        """By how much each joint limit is broken."""
        return np.asarray(np.maximum(0, self.coupling.counts(tours) - self.coupling.most))

    def _more_together(self, change: Change, over: Ints) -> set[int]:
        """Hard rules that people who are tied together break more than in the plan."""
        worse = np.flatnonzero((over > self._joint) & self.coupling.hard)
        tied = {
            (joint.entry.rule, joint.agents) for joint in map(self.book.joint.__getitem__, worse)
        }
        # Where people break the rule as it is, only the rule can say whether it is worse for any.
        return {
            number
            for number, agents in tied
            if not self._joint[self._together[number, agents]].any()
            or self._is_worse(number, change)
        }

    def _rule(self, number: int) -> Rule:
        return self.plan.problem.rules[number]

    def _is_worse(self, number: int, change: Change) -> bool:
        """Whether a change lets some people break a rule by more than before."""
        now, then = self._amounts_of(number), self._amounts_after(number, change)
        return any(amount > now[agents] + NOISE for agents, amount in then.items())

    def _amounts_of(self, number: int) -> Counter[Agents]:
        if number not in self._amounts:
            self._amounts[number] = self._amounts_after(number, {})
        return self._amounts[number]

    def _amounts_after(self, number: int, change: Change) -> Counter[Agents]:
        """By how much a rule is broken after a change, by whom it concerns."""
        found: Counter[Agents] = Counter()
        for violation in self._rule(number).violations(self.plan.problem, self._after(change)):
            found[violation.agents] += violation.amount  # type: ignore[assignment]
        return found

    def _after(self, change: Change) -> Schedule:
        """The schedule after a change, kept for the next rule that is asked about it."""
        if self._last is None or self._last[0] != change:
            self._last = dict(change), self.plan.with_change(change)
        return self._last[1]


def _without(book: Book, rules: set[int]) -> Book:
    """A book without the limits of some rules."""
    own = (tuple(entry for entry in mine if entry.rule not in rules) for mine in book.own)
    joint = tuple(joint for joint in book.joint if joint.entry.rule not in rules)
    return Book(tuple(own), joint)
