"""What agents owe by contract and bring from the past, for the judge of shares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING

from wfm.rules._burdens import burden

if TYPE_CHECKING:
    from wfm.problem import Problem
    from wfm.rules.fair_share import FairShare
    from wfm.schedule import Schedule

PLANNED = "days planned"


@dataclass(frozen=True)
class Share:
    """What an agent has of a burden, and what would be fair.

    Attributes
    ----------
    agent : str
        Whose.
    among : int
        How many share it.
    now : int
        What is planned.
    unit : int
        Units of one.
    carried : int
        What is from before, in units.
    share, past_share : int
        The fair part of what is planned for all, and of what all have from before, in units.
    any_carried : bool
        Whether anybody has any from before.
    """

    agent: str
    among: int
    now: int
    unit: int
    carried: int
    share: int
    past_share: int
    any_carried: bool

    def over(self, allowed: int) -> int:
        """Units above share and tolerance; none for those who take nothing now."""
        beyond = self.carried - self.past_share + self.unit * self.now - self.share - allowed
        return beyond if self.now else 0

    def under(self, allowed: int, at_a_price: bool) -> int:
        """Units below share and tolerance; of what was before, one at most is to be made up.

        That is where it has a price; what always holds asks for nothing more than the share of
        what is planned.
        """
        before = min(self.past_share - self.carried - allowed, self.unit * at_a_price)
        return before + self.share - self.unit * self.now


def shares(rule: FairShare, problem: Problem, schedule: Schedule, unit: int) -> Iterator[Share]:
    """What each agent of a group has, and what would be fair."""
    bound = rule.who(problem)
    weight = {agent: weight_of(rule, problem, agent) for agent in bound}
    now = burden(rule.counted, problem, schedule, bound) if bound else {}
    carried = carried_over(rule, problem, weight, unit) if bound else {}
    for agent in bound:
        part = weight[agent] / sum(weight.values())
        yield Share(
            agent,
            len(bound),
            now[agent],
            unit,
            carried[agent],
            floor(part * unit + Fraction(1, 2)) * sum(now.values()),
            floor(part * sum(carried.values())),
            any(carried.values()),
        )


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
