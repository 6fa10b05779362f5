"""A rule as it stands for some of those whom it binds."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from wfm.agent_rule import AgentRule
from wfm.problem import Problem
from wfm.rule import Rule


def narrowed(rule: Rule, problem: Problem, members: Collection[str]) -> Rule:
    """The same rule for some of those whom it binds, who are coupled to nobody else by it."""
    update: dict[str, Any] = {}
    for name in type(rule).model_fields:
        value = getattr(rule, name)
        if isinstance(value, Rule):
            update[name] = narrowed(value, problem, members)
        elif isinstance(value, tuple) and any(hasattr(item, "agent") for item in value):
            update[name] = tuple(item for item in value if item.agent in members)
    if isinstance(rule, AgentRule) and getattr(rule, "household", None) is None:
        named = tuple(agent for agent in rule.who(problem) if agent in members)
        others = dict.fromkeys(("contracts", "teams", "sites", "skills", "waived_by"), ())
        update |= {"agents": named, **others}
    return rule.model_copy(update=update) if update else rule
