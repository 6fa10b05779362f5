"""What a change of a plan changes, priced, and how that is told to one agent."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from wfm.advice.option import SwapMove, WishChange
from wfm.advice.plan import Change, Plan
from wfm.advice.promises import Promises
from wfm.advice.service import Ints, Service, wage_change
from wfm.rule import Rule

DIGITS = 6
"""Of money and contacts, beyond which there is only rounding."""


@dataclass(frozen=True, eq=False)
class Priced:
    """What a change changes: money, and the heads by which the answers are found.

    Attributes
    ----------
    wages, service : float
        In money.
    wishes : dict
        Rule's number and agents -> money.
    supply : ndarray of int, shape (groups, slots)
        Heads after the change.
    """

    wages: float
    service: float
    wishes: dict[tuple[int, tuple[str, ...]], float]
    supply: Ints

    @property
    def total(self) -> float:
        """Change of the whole cost, in money, rounded so that equal ones are equal."""
        return round(self.wages + self.service + sum(self.wishes.values()), DIGITS)


def priced(plan: Plan, change: Change, rules: Promises, service: Service) -> Priced:
    """Price a change of a plan."""
    supply = service.supply(change)
    return Priced(wage_change(plan, change), service.change(supply), rules.priced(change), supply)


def told_effects(plan: Plan, found: Priced, service: Service, agent: str) -> dict[str, Any]:
    """Fields of `Effects`, as they may be told to an agent."""
    problem = plan.problem
    answers = service.answers(found.supply)
    return {
        "wages": _rounded(found.wages),
        "service": _rounded(found.service),
        "answers": {
            queue.id: _rounded(float(more))
            for queue, more in zip(problem.demand.queues, answers, strict=True)
        },
        "wishes": _wish_changes(problem.rules, found.wishes, agent),
    }


def moves_of(plan: Plan, change: Change) -> tuple[SwapMove, ...]:
    """What changes for whom on which day."""
    return tuple(
        SwapMove(
            agent=plan.problem.agents[row].id,
            day=plan.problem.horizon.date_of(day),
            before=plan.shifts.get((row, day)),
            after=after,
        )
        for (row, day), after in change.items()
    )


def _wish_changes(
    rules: tuple[Rule, ...], found: dict[tuple[int, tuple[str, ...]], float], agent: str
) -> tuple[WishChange, ...]:
    """Whose wishes are kept worse or better, as it may be told to one agent.

    What concerns several others is shared out among them in equal parts, so that no one can tell
    with whom they are tied.
    """
    named: dict[tuple[str, tuple[str, ...]], float] = defaultdict(float)
    for (number, agents), change in found.items():
        if not agents or agent in agents:
            named[rules[number].shown_name, agents] += change
            continue
        for other in agents:
            named["", (other,)] += change / len(agents)
    rounded = {key: _rounded(change) for key, change in named.items()}
    return tuple(
        WishChange(agents=agents, rule=rule, change=change)
        for (rule, agents), change in sorted(rounded.items(), key=lambda item: item[0][::-1])
        if change
    )


def _rounded(amount: float) -> float:
    return round(amount, DIGITS) + 0.0
