"""Wishes refused in earlier periods weigh more in the next one."""

from __future__ import annotations

from wfm.agent_rule import AgentRule
from wfm.problem import Problem
from wfm.rule import Rule
from wfm.value import MOST_MONEY

REFUSED = "refused_wishes"


def weighed(problem: Problem, most: float = 2.0) -> Problem:
    """Let wishes weigh more of those who were refused more than the average.

    The average is taken over all agents of the problem who have a value in the counter
    "refused_wishes" of the previous period, as a ledger keeps it. Whoever was refused twice as many
    has wishes of twice the weight, but never of more than `most` times; nobody's weigh less. A
    wish of several agents is weighed by the mean of their factors.

    Parameters
    ----------
    problem : Problem
        With its previous period.
    most : float
        Largest factor, from 1 on; 1 leaves all as it is.

    Returns
    -------
    Problem
        The same with other weights of its wishes.
    """
    past = problem.previous.counters.get(REFUSED, {})
    counts = {agent.id: past[agent.id] for agent in problem.agents if agent.id in past}
    if not any(counts.values()) or most <= 1:
        return problem
    average = sum(counts.values()) / len(counts)
    factors = {agent: min(most, max(1.0, n / average)) for agent, n in counts.items()}
    rules = tuple(_weighed(rule, problem, factors) for rule in problem.rules)
    return problem.model_copy(update={"rules": rules})


def _weighed(rule: Rule, problem: Problem, factors: dict[str, float]) -> Rule:
    if rule.kind != "wish" or rule.weight is None or not isinstance(rule, AgentRule):
        return rule
    mine = [factors.get(agent, 1.0) for agent in rule.who(problem)]
    factor = sum(mine) / len(mine) if mine else 1.0
    if factor == 1:
        return rule
    return rule.model_copy(update={"weight": min(MOST_MONEY, rule.weight * factor)})
