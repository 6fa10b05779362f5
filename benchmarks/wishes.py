"""How much of what was wished for a schedule keeps, by weight."""

from __future__ import annotations

from collections import defaultdict

from benchmarks.harness import Figures
from wfm.problem import Problem
from wfm.rule import Rule, Violation
from wfm.rules._request import DayRequest
from wfm.rules.bid import Bid
from wfm.rules.ranked_request import RankedRequest


def wishes_kept(problem: Problem, violations: tuple[Violation, ...]) -> Figures:
    """Share of the wishes that are kept: weight of kept units over that of all asked for.

    Each rule of kind "wish" asks for units, such as days off; each has the rule's weight.
    """
    wishes = [rule for rule in problem.rules if rule.kind == "wish" and rule.weight]
    asked: dict[str, float] = defaultdict(float)
    for rule in wishes:
        asked[rule.name()] += (rule.weight or 0.0) * units_asked(rule, problem)
    broken: dict[str, float] = defaultdict(float)
    for found in violations:
        if found.rule in asked:
            broken[found.rule] += (found.weight or 0.0) * found.amount
    total, lost = sum(asked.values()), sum(broken.values())
    return {
        "wishes": len(wishes),
        "weight_asked": total,
        "weight_kept": total - lost,
        "share_kept": 1 - lost / total if total else None,
        "share_kept_by_rule": {
            name: 1 - broken[name] / weight if weight else None for name, weight in asked.items()
        },
    }


def units_asked(rule: Rule, problem: Problem) -> int:
    """Most units by which a wish can be broken: days, places of a ranking, or points."""
    horizon = problem.horizon
    days = range(horizon.days)
    if isinstance(rule, Bid):
        return sum(item.points * item.asks_for(horizon, d) for item in rule.bids for d in days)
    if not isinstance(rule, DayRequest):
        raise TypeError(f"no count of the units of {rule.name()}")
    each = len(rule.choices) if isinstance(rule, RankedRequest) else 1
    return each * sum(rule.asks_for(horizon, d) for d in days) * len(rule.who(problem))
