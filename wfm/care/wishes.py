"""How much of what was wished for a schedule keeps, by weight."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from wfm.problem import Problem
from wfm.rule import Rule, Violation
from wfm.rules._request import DayRequest
from wfm.rules.bid import Bid
from wfm.rules.ranked_request import RankedRequest


class Weight(NamedTuple):
    """Weight of wishes, in money.

    Attributes
    ----------
    asked : float
        Of all units that were asked for.
    lost : float
        Of those that are not kept.
    """

    asked: float
    lost: float

    @property
    def share(self) -> float | None:
        """Share that is kept; None where nothing is asked for."""
        return 1 - self.lost / self.asked if self.asked else None


def wishes_by_rule(problem: Problem, violations: Iterable[Violation]) -> dict[str, Weight]:
    """Weight of the wishes with a price, by the name of their rule.

    Each asks for units, such as days off, and each unit has the weight of its wish; wishes that are
    refused stay in the sum.
    """
    found: dict[str, Weight] = {}
    for rule in problem.rules:
        if rule.kind == "wish" and rule.weight is not None:
            asked, lost = found.get(rule.shown_name, Weight(0.0, 0.0))
            found[rule.shown_name] = Weight(asked + rule.weight * units_asked(rule, problem), lost)
    for each in violations:
        if each.rule in found and each.weight is not None:
            asked, lost = found[each.rule]
            found[each.rule] = Weight(asked, lost + each.weight * each.amount)
    return found


def wishes_kept(problem: Problem, violations: Iterable[Violation]) -> Weight:
    """Weight of all wishes with a price together."""
    every = wishes_by_rule(problem, violations).values()
    return Weight(sum((w.asked for w in every), 0.0), sum((w.lost for w in every), 0.0))


def units_asked(rule: Rule, problem: Problem) -> int:
    """Most units by which a wish can be broken: days, places of a ranking, or points.

    One for a kind of wish that is not among the library's rules.
    """
    horizon = problem.horizon
    days = range(horizon.days)
    if isinstance(rule, Bid):
        return sum(item.points * item.asks_for(horizon, d) for item in rule.bids for d in days)
    if not isinstance(rule, DayRequest):
        return 1
    each = len(rule.choices) if isinstance(rule, RankedRequest) else 1
    return each * sum(rule.asks_for(horizon, d) for d in days) * len(rule.who(problem))
