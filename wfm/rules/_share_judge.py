"""What agents owe by contract and bring from the past, for the judge of shares."""

from __future__ import annotations

from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wfm.problem import Problem
    from wfm.rules.fair_share import FairShare

PLANNED = "days planned"


def weight_of(rule: FairShare, problem: Problem, agent: str) -> Fraction:
    """Weight of an agent: whole minutes of the contract's week times the tier's factor."""
    tier = problem.agent(agent).tier
    factor = next((factor for name, factor in rule.tiers if name == tier), 1.0)
    hours = problem.contract_of(agent).weekly_hours
    minutes = 1 if hours is None else max(1, round(hours * 60))
    return Fraction(round(factor * 100), 100) * minutes


def carried_over(
    rule: FairShare, problem: Problem, weight: dict[str, Fraction], unit: int
) -> dict[str, int]:
    """What each has from before, in units, with the average for days of others' plans only."""
    counters = problem.previous.counters
    past = counters.get(rule.counted_as, {})
    if PLANNED in counters:
        days = {agent: counters[PLANNED].get(agent, 0) for agent in weight}
    else:
        days = {agent: int(agent in past) for agent in weight}
    total = sum(past.get(agent, 0) for agent in weight)
    there = sum((weight[agent] * days[agent] for agent in weight), Fraction())
    found = {}
    for agent, mine in weight.items():
        missed = max(days.values()) - days[agent]
        average = floor(unit * total * mine * missed / there) if there else 0
        found[agent] = unit * past.get(agent, 0) + average
    return found
