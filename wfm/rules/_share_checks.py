"""What a fair share must say, and what of it must be known of the people who share."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from wfm.errors import InputError
from wfm.rule import Rule
from wfm.rules._shares import weights_of

if TYPE_CHECKING:
    from wfm.problem import Problem
    from wfm.rules.fair_share import FairShare

COARSEST = Fraction(4, 1000)
"""A smaller part, told in thousandths, would be off by more than an eighth."""
KINDS = {"refused_wishes": "wish", "refused_family": "family"}
BEYOND_SHIFTS = ("overtime", *KINDS)


def check_fields(rule: FairShare) -> None:
    """Raise `InputError` if the fields of a rule do not go together."""
    if rule.of == "holidays" and not rule.dates:
        raise InputError("FairShare.dates", "be given where holidays are shared")
    if rule.of != "holidays" and rule.dates:
        raise InputError("FairShare.dates", "be left out unless holidays are shared")
    if rule.of != "late_shifts" and rule.after != "21:00":
        raise InputError("FairShare.after", "be left out unless late shifts are shared")
    kind = KINDS.get(rule.of)
    known = sorted(name for name, other in Rule.named.items() if other.kind == kind)
    unknown = next((name for name in rule.among if name not in known), None)
    if unknown is not None:
        must = f"name rules of kind {kind} ({', '.join(known)})"
        must = must if kind else "be left out unless refusals are shared"
        raise InputError("FairShare.among", must, unknown)
    _check_below(rule)
    odd = next((factor for _, factor in rule.tiers if not 0.01 <= factor <= 100), None)
    if odd is not None:
        raise InputError("FairShare.tiers", "have factors from 0.01 to 100", odd)
    if len({tier for tier, _ in rule.tiers}) < len(rule.tiers):
        raise InputError("FairShare.tiers", "name each tier once", rule.tiers)


def _check_below(rule: FairShare) -> None:
    place, least = "FairShare.tolerance_below", rule.tolerance_below
    if least is not None and rule.of in BEYOND_SHIFTS:
        # Nobody is to be refused something, or kept longer, for fairness alone.
        raise InputError(place, f"be left out where {rule.of} is shared", least)


def check_people(rule: FairShare, problem: Problem) -> None:
    """Raise `InputError` if tiers are unknown, hours of some only, or parts are too small."""
    place = f"rule {rule.name()}"
    tiers = sorted({agent.tier for agent in problem.agents if agent.tier})
    odd = next((tier for tier, _ in rule.tiers if tier not in tiers), None)
    if odd is not None:
        raise InputError(f"{place}.tiers", f"name tiers of agents ({', '.join(tiers)})", odd)
    who = rule.who(problem)
    bare = [agent for agent in who if problem.contract_of(agent).weekly_hours is None]
    if bare and (rule.of == "overtime" or len(bare) < len(who)):
        must = "share among contracts of which all have weekly_hours"
        must += "" if rule.of == "overtime" else ", or none"
        raise InputError(place, must, problem.contract_of(bare[0]).id)
    weights = weights_of(rule, problem, who)
    if len(who) > 1 and Fraction(min(weights), sum(weights)) < COARSEST:
        must = "share among fewer people: the smallest part must be 4 thousandths at least"
        raise InputError(place, must, f"{len(who)} people")


def check_counter(rule: FairShare, problem: Problem) -> None:
    """Raise `InputError` if another rule counts something else of the same people by the name."""
    mine = set(rule.who(problem))
    for other in problem.rules:
        if not isinstance(other, type(rule)) or other.counted == rule.counted:
            continue
        if other.counted_as == rule.counted_as and not mine.isdisjoint(other.who(problem)):
            must = "be another than that of other rules by which the same people share something"
            raise InputError(f"rule {rule.name()}.counter", must, rule.counted_as)
